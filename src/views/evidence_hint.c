/* Chooses the keys worth saying. Owns nothing; pure. */
#include "views/evidence_hint.h"
#include "base/text.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { MARGIN_COLUMNS = 2, KEYS_BYTES = 64 };

/* ---- whether a key does something ---- */

static bool is_hidden(const struct evidence *evidence, const struct view_context *context)
{
	(void)evidence;
	return !context->shows_pictures && context->can_show_pictures;
}

static bool is_in_panel(const struct evidence *evidence, const struct view_context *context)
{
	return !evidence->is_full_screen && context->shows_pictures;
}

static bool is_large(const struct evidence *evidence, const struct view_context *context)
{
	return evidence->is_full_screen && context->shows_pictures;
}

static bool has_pair(const struct evidence *evidence, const struct view_context *context)
{
	return evidence->form == EVIDENCE_PAIR && context->shows_pictures;
}

static bool has_both(const struct evidence *evidence, const struct view_context *context)
{
	return has_pair(evidence, context) && evidence->pair.before.key && evidence->pair.after.key;
}

static bool has_boxes(const struct evidence *evidence, const struct view_context *context)
{
	bool can_show = has_pair(evidence, context) || evidence_is_recorded(evidence);

	return can_show && context->shows_pictures && evidence->marks.item_count > 0;
}

static bool has_others(const struct evidence *evidence, const struct view_context *context)
{
	(void)context;
	return evidence->count > 1;
}

static bool has_picture(const struct evidence *evidence, const struct view_context *context)
{
	(void)context;
	return evidence_shown(evidence)->key != NULL;
}

static bool is_alone(const struct evidence *evidence, const struct view_context *context)
{
	return has_pair(evidence, context) && evidence->is_alone && !evidence->is_full_screen;
}

/* ---- the line ---- */

/* What is left out first is last. */
static const struct {
	enum action actions[2];
	const char *word;
	bool (*is_useful)(const struct evidence *evidence, const struct view_context *context);
} hints[] = {
	{{ACTION_IMAGES}, "show pictures", is_hidden},
	{{ACTION_BACK}, "both", is_alone},
	{{ACTION_FULL_SCREEN}, "large", is_in_panel},
	{{ACTION_FLIP}, "flip", has_pair},
	{{ACTION_DIFFERENCE}, "difference", has_both},
	{{ACTION_BOXES}, "boxes", has_boxes},
	{{ACTION_ZOOM_IN, ACTION_ZOOM_OUT}, "zoom", is_large},
	{{ACTION_PREVIOUS_CAPTURE, ACTION_NEXT_CAPTURE}, "others", has_others},
	{{ACTION_SAVE}, "save", has_picture},
	{{ACTION_BACK}, "back", is_large},
};

/* The first key of each; "" when one has none. */
static void say_keys(
	char dst[KEYS_BYTES], const struct view_context *context, const enum action actions[2])
{
	dst[0] = '\0';
	for (size_t i = 0; i < 2 && actions[i] != ACTION_NONE; i++) {
		char keys[WORDS_BYTES];
		size_t used = strlen(dst);

		keymap_keys(context->keymap, actions[i], keys, sizeof(keys));
		keys[strcspn(keys, " ")] = '\0';
		if (!keys[0]) {
			dst[0] = '\0';
			return;
		}
		snprintf(dst + used, KEYS_BYTES - used, "%s%.24s", i ? " " : "", keys);
	}
}

bool evidence_hint(
	const struct evidence *evidence, const struct view_context *context, struct note *note)
{
	size_t used = 0;

	note->text[0] = '\0';
	note->role = ROLE_DIM;
	for (size_t i = 0; evidence->form != EVIDENCE_NONE && i < sizeof(hints) / sizeof(hints[0]);
		i++) {
		char keys[KEYS_BYTES];

		say_keys(keys, context, hints[i].actions);
		if (!keys[0] || !hints[i].is_useful(evidence, context))
			continue;
		snprintf(note->text + used, sizeof(note->text) - used, "%s%s %s", used ? "  " : "",
			keys, hints[i].word);
		if (text_width(note->text) > note->columns - MARGIN_COLUMNS) {
			note->text[used] = '\0';
			break;
		}
		used = strlen(note->text);
	}
	return used > 0;
}
