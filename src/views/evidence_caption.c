/* What is said of each picture of the panel, as much of it as there is room for, and which of all
 * they are. Owns nothing; main thread. */
#include "base/text.h"
#include "views/evidence.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { MARK_COLUMNS = 1, COMPARED_COLUMNS = 15 }; /* " changed: 3.2 %" */

static void add(char dst[PICTURE_CAPTION_BYTES], const char *between, const char *text)
{
	size_t used = strlen(dst);

	if (text && *text)
		snprintf(dst + used, PICTURE_CAPTION_BYTES - used, "%s%s", used ? between : "",
			text);
}

/* ---- which of all ---- */

/* Where a capture stands among all that there are. */
static int64_t position_of(const struct evidence *evidence, size_t index)
{
	bool is_behind = index > 0 || evidence_is_recorded(evidence);

	return (int64_t)index + 1 + (is_behind ? evidence->hidden : 0);
}

static int64_t total_of(const struct evidence *evidence)
{
	return (int64_t)evidence->count + evidence->hidden;
}

void evidence_page_words(char dst[VIEW_MESSAGE_BYTES], const struct evidence *evidence)
{
	size_t tiles = (size_t)(evidence->grid.across * evidence->grid.down);
	size_t first = tiles ? evidence->cursor / tiles * tiles : 0;
	size_t end = first + tiles < evidence->count ? first + tiles : evidence->count;

	dst[0] = '\0';
	if (evidence->form == EVIDENCE_GRID && tiles > 0 && tiles < evidence->count)
		snprintf(dst, VIEW_MESSAGE_BYTES, "%lld-%lld of %lld",
			(long long)position_of(evidence, first),
			(long long)position_of(evidence, end - 1), (long long)total_of(evidence));
}

/* Only of what a person moved to: of the pair itself it says nothing. */
static void add_position(char dst[PICTURE_CAPTION_BYTES], const struct evidence *evidence,
	const struct exhibit *exhibit)
{
	bool is_tile = evidence->form == EVIDENCE_GRID && !evidence->is_full_screen;
	char text[WORDS_BYTES];

	if (exhibit != &evidence->chosen || !evidence->selected[0] || !exhibit->capture || is_tile)
		return;
	snprintf(text, sizeof(text), "%lld of %lld",
		(long long)position_of(evidence, evidence->cursor), (long long)total_of(evidence));
	add(dst, " ", text);
}

/* ---- captions ---- */

enum where { WHERE_NONE, WHERE_TAIL, WHERE_WHOLE };

/* Ways to say it, each shorter than the one before. */
static const struct form {
	const char *between;
	bool has_seconds;
	enum where where;
	bool has_size, is_rounded;
} forms[] = {
	{" · ", true, WHERE_WHOLE, true, false},
	{" ", true, WHERE_WHOLE, true, false},
	{" ", false, WHERE_WHOLE, true, true},
	{" ", false, WHERE_WHOLE, false, false},
	{" ", true, WHERE_TAIL, false, false},
	{" ", true, WHERE_NONE, false, false},
	{" ", false, WHERE_NONE, false, false},
};

enum { FORM_COUNT = sizeof(forms) / sizeof(forms[0]), SECONDS_BYTES = 3, TAIL_BYTES = 6 };

static void add_time(char dst[PICTURE_CAPTION_BYTES], const struct capture *capture, int64_t now_ms,
	bool has_seconds)
{
	char text[CLOCK_TEXT_BYTES];

	clock_short(text, capture->captured_at, now_ms);
	if (!has_seconds && !strchr(text, ' ') && strlen(text) > SECONDS_BYTES)
		text[strlen(text) - SECONDS_BYTES] = '\0';
	if (capture->captured_at != UNKNOWN)
		add(dst, " ", text);
	else if (capture->captured_raw && *capture->captured_raw)
		add(dst, " ", "Invalid time");
}

/* Ids begin alike: they are told apart by their ends. */
static const char *tail_of(const char *id)
{
	const char *tail = id + strlen(id);

	while (tail > id && id + strlen(id) - tail < TAIL_BYTES)
		for (tail--; tail > id && (*tail & 0xc0) == 0x80;)
			tail--;
	return tail;
}

static void add_where(char dst[PICTURE_CAPTION_BYTES], const char *id, const struct form *form)
{
	char text[PICTURE_CAPTION_BYTES];

	if (!id || form->where == WHERE_NONE)
		return;
	snprintf(text, sizeof(text), "%s", id);
	if (form->where == WHERE_TAIL && tail_of(id) > id + 1)
		snprintf(text, sizeof(text), "…%s", tail_of(id));
	add(dst, form->between, text);
}

static void add_size(char dst[PICTURE_CAPTION_BYTES], int64_t bytes, const struct form *form)
{
	char text[WORDS_BYTES];

	if (bytes == UNKNOWN || !form->has_size)
		return;
	words_kilobytes(text, bytes);
	if (form->is_rounded)
		snprintf(text, sizeof(text), "%.0f KB", (double)bytes / 1024.0);
	add(dst, form->between, text);
}

static const char *where_of(const struct evidence *evidence, const struct capture *capture)
{
	if (evidence_is_recorded(evidence))
		return evidence->camera_name;
	return evidence->subject.is_of_camera ? capture->session_id : capture->camera_id;
}

static void say(char dst[PICTURE_CAPTION_BYTES], const struct evidence *evidence,
	const struct view_context *context, const struct exhibit *exhibit, const struct form *form)
{
	const struct capture *capture = exhibit->capture;

	dst[0] = '\0';
	add(dst, " ", capture && capture->tag && *capture->tag ? capture->tag : exhibit->name);
	if (form->has_seconds && form->has_size && evidence_is_compared(evidence, exhibit) &&
		evidence_side(evidence, exhibit) != SIDE_BEFORE)
		add(dst, " ", "compared");
	add_position(dst, evidence, exhibit);
	if (!capture) {
		if (exhibit->key)
			add(dst, " · ",
				evidence->subject.is_of_camera ? "as the Pi names it"
							       : "of the analysis");
		return;
	}
	add_time(dst, capture, context->now_ms, form->has_seconds);
	add_where(dst, where_of(evidence, capture), form);
	add_size(dst, capture->size_bytes, form);
}

void evidence_caption(char dst[PICTURE_CAPTION_BYTES], const struct evidence *evidence,
	const struct view_context *context, const struct exhibit *exhibit, int columns)
{
	int room = columns - MARK_COLUMNS;

	if (evidence_is_compared(evidence, exhibit) &&
		evidence_side(evidence, exhibit) != SIDE_BEFORE)
		room -= COMPARED_COLUMNS;
	for (size_t i = 0; i < FORM_COUNT; i++) {
		say(dst, evidence, context, exhibit, &forms[i]);
		if (text_width(dst) <= room)
			return;
	}
}
