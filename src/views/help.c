/* Help: every key from the action table and the key map, and what the signs mean. Main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "views/detail.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { KEYS_COLUMN = 2, HELP_COLUMN = 26, HELP_INDENT = 4, KEYS_BYTES = 128, SIGN_CELLS = 18 };
enum { MARGINS = 4, NARROW = 80 };

static bool init(struct view *view, void *state)
{
	(void)view;
	return detail_init(state);
}

static void release(void *state)
{
	detail_release(state);
}

static void query(struct view *view, void *state, const struct view_context *context, int rows)
{
	struct detail *detail = state;

	(void)view;
	(void)context;
	(void)rows;
	detail->is_changed = true;
}

static void write_line(struct doc *doc, const char *keys, const char *help, int columns)
{
	doc_line(doc);
	doc_text(doc, KEYS_COLUMN, ROLE_KEY, keys);
	if (HELP_COLUMN + text_width(help) <= columns - MARGINS)
		doc_text(doc, HELP_COLUMN, ROLE_TEXT, help);
	else
		doc_paragraph(doc, columns < NARROW ? HELP_INDENT : HELP_COLUMN, columns - MARGINS,
			ROLE_TEXT, help);
}

/* What has no key has its name. */
static void write_key(struct doc *doc, const struct action_def *def,
	const struct view_context *context, int columns)
{
	char keys[KEYS_BYTES];

	keymap_keys(context->keymap, def->action, keys, sizeof(keys));
	if (!keys[0])
		snprintf(keys, sizeof(keys), ":%s", def->name);
	write_line(doc, keys, def->help, columns);
}

static void write_keys(struct doc *doc, const struct view_context *context, int columns)
{
	int group = -1;

	for (size_t i = 0; i < action_def_count; i++) {
		if ((int)action_defs[i].group != group) {
			group = (int)action_defs[i].group;
			doc_heading(doc, action_group_names[group]);
		}
		write_key(doc, &action_defs[i], context, columns);
	}
}

static void write_mouse(struct doc *doc, int columns)
{
	static const struct {
		const char *what, *help;
	} lines[] = {
		{"click on an id", "Copy it"},
		{"click on a title", "Sort by that column; again: reverse"},
		{"click on a row", "Select it; a double click opens it"},
		{"click on a tab", "Show that view"},
		{"wheel", "Scroll, keep the selection"},
		{"shift and drag", "Select text, in most terminals"},
	};

	doc_heading(doc, "The mouse");
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		write_line(doc, lines[i].what, lines[i].help, columns);
}

/* ---- signs ---- */

static const struct {
	const char *about;
	const struct badge *(*find)(const char *word);
	const char *words[8];
} legends[] = {
	{"sessions", badge_session, {"Active", "Completed", "Failed", "Stale", "Partial"}},
	{"cameras", badge_camera, {"online", "offline", "error", "idle"}},
	{"runs", badge_run,
		{"Queued", "Running", "Completed", "Reviewed", "Needs Review", "Failed"}},
	{"captures", badge_capture, {"captured", "failed", "timeout", "pending"}},
	{"services", badge_service, {"healthy", "degraded", "unhealthy", "unknown"}},
	{"confidence", badge_confidence, {"High", "Medium", "Low"}},
};

static void write_legend(
	struct doc *doc, size_t index, const struct view_context *context, int columns)
{
	int column = SIGN_CELLS, room = columns - MARGINS;

	doc_line(doc);
	doc_text(doc, KEYS_COLUMN, ROLE_DIM, legends[index].about);
	for (const char *const *word = legends[index].words; *word; word++) {
		const struct badge *badge = legends[index].find(*word);
		char text[WORDS_BYTES];

		words_badge(text, badge, *word, context->is_ascii);
		if (column + SIGN_CELLS > room && column > SIGN_CELLS) {
			column = SIGN_CELLS;
			doc_line(doc);
		}
		doc_text(doc, column, role_of_tone(badge->tone), text);
		column += SIGN_CELLS;
	}
}

static void draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct detail *detail = state;

	(void)view;
	if (detail_begin(detail, context, area.columns)) {
		write_keys(detail->doc, context, area.columns);
		write_mouse(detail->doc, area.columns);
		doc_heading(detail->doc, "What the signs mean");
		for (size_t i = 0; i < sizeof(legends) / sizeof(legends[0]); i++)
			write_legend(detail->doc, i, context, area.columns);
	}
	detail_draw(detail, canvas, area, false);
}

static void act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	(void)view;
	(void)context;
	detail_act(state, action, rows, intent);
}

const struct view_ops view_help = {
	.name = "help",
	.title = "Help",
	.state_bytes = sizeof(struct detail),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.click = detail_click,
};
