/* Help: every key from the action table and the key map, and what the signs mean. Its subject is
 * the name of the view it was asked for in. Main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "views/detail.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { KEYS_COLUMN = 2, HELP_COLUMN = 26, HELP_INDENT = 4, KEYS_BYTES = 128, SIGN_CELLS = 18 };
enum { MARGINS = 4, NARROW = 80, WIDE = 160, LINES_MAX = 128 };

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

/* ---- lines ---- */

/* "" and NULL: a blank one; help NULL: a heading. */
struct line {
	char keys[KEYS_BYTES];
	const char *help;
};

struct lines {
	struct line all[LINES_MAX];
	size_t count;
	size_t second; /* where the second column begins: at a heading */
};

static struct line *add(struct lines *lines, const char *keys, const char *help)
{
	struct line *line = &lines->all[lines->count];

	if (lines->count == LINES_MAX)
		return NULL;
	snprintf(line->keys, sizeof(line->keys), "%s", keys);
	line->help = help;
	lines->count++;
	return line;
}

static void add_heading(struct lines *lines, const char *text)
{
	if (lines->count > 0)
		add(lines, "", NULL);
	add(lines, text, NULL);
}

/* What has no key has its name. */
static void add_action(
	struct lines *lines, const struct view_context *context, const struct action_def *def)
{
	char keys[KEYS_BYTES];

	keymap_keys(context->keymap, def->action, keys, sizeof(keys));
	if (!keys[0])
		snprintf(keys, sizeof(keys), ":%s", def->name);
	add(lines, keys, def->help);
}

static bool is_here(const struct action_def *def, const struct view_context *context)
{
	bool is_tab = def->action >= ACTION_VIEW_1 && def->action <= ACTION_VIEW_11;

	return !is_tab || view_tab_is_shown((size_t)(def->action - ACTION_VIEW_1), context);
}

static void add_group(
	struct lines *lines, const struct view_context *context, enum action_group group)
{
	add_heading(lines, action_group_names[group]);
	for (size_t i = 0; i < action_def_count; i++)
		if (action_defs[i].group == group && is_here(&action_defs[i], context))
			add_action(lines, context, &action_defs[i]);
}

static void add_mouse(struct lines *lines)
{
	add_heading(lines, "The mouse");
	add(lines, "click on an id", "Copy it");
	add(lines, "click on a title", "Sort by that column; again: reverse");
	add(lines, "click on a row", "Select it; a double click opens it");
	add(lines, "click on a tab", "Show that view");
	add(lines, "wheel", "Scroll, keep the selection");
	add(lines, "shift and drag", "Select text, in most terminals");
}

/* Who asks in front of a picture asks about pictures. */
static bool is_about_pictures(const char *view)
{
	static const char *const with[] = {"picture", "wall", "session", "camera"};

	for (size_t i = 0; i < sizeof(with) / sizeof(with[0]); i++)
		if (strcmp(view, with[i]) == 0)
			return true;
	return false;
}

static size_t height(const struct lines *lines, size_t second)
{
	return second - 1 > lines->count - second ? second - 1 : lines->count - second;
}

/* The heading with which both columns are lowest. */
static void balance(struct lines *lines)
{
	lines->second = 1;
	for (size_t i = 1; i < lines->count; i++)
		if (!lines->all[i].help && lines->all[i].keys[0] &&
			height(lines, i) < height(lines, lines->second))
			lines->second = i;
}

static void collect(
	struct lines *lines, const struct view *view, const struct view_context *context)
{
	bool has_pictures = is_about_pictures(view_id(view));

	lines->count = 0;
	if (has_pictures)
		add_group(lines, context, GROUP_PICTURE);
	for (int group = 0; group <= GROUP_PROGRAM; group++)
		if (group != GROUP_PICTURE || !has_pictures)
			add_group(lines, context, (enum action_group)group);
	add_mouse(lines);
	balance(lines);
}

/* ---- writing them ---- */

static void write_line(struct doc *doc, const struct line *line, int columns)
{
	doc_line(doc);
	if (!line->help) {
		doc_text(doc, 0, ROLE_STRONG, line->keys);
		return;
	}
	doc_text(doc, KEYS_COLUMN, ROLE_KEY, line->keys);
	if (HELP_COLUMN + text_width(line->help) <= columns - MARGINS)
		doc_text(doc, HELP_COLUMN, ROLE_TEXT, line->help);
	else
		doc_paragraph(doc, columns < NARROW ? HELP_INDENT : HELP_COLUMN, columns - MARGINS,
			ROLE_TEXT, line->help);
}

static void write_beside(struct doc *doc, const struct line *line, int column)
{
	doc_text(doc, column + (line->help ? KEYS_COLUMN : 0), line->help ? ROLE_KEY : ROLE_STRONG,
		line->keys);
	if (line->help)
		doc_text(doc, column + HELP_COLUMN, ROLE_TEXT, line->help);
}

static void write_keys(struct doc *doc, const struct lines *lines, int columns)
{
	static const struct line blank;
	bool is_wide = columns >= WIDE;
	size_t rows = is_wide ? height(lines, lines->second) : lines->count;

	for (size_t i = 0; i < rows; i++) {
		bool is_left = !is_wide || i + 1 < lines->second;

		write_line(doc, is_left ? &lines->all[i] : &blank, columns);
		if (is_wide && lines->second + i < lines->count)
			write_beside(doc, &lines->all[lines->second + i], columns / 2);
	}
}

/* ---- signs ---- */

/* What is no badge of its own: marks in the lists of a recorder. */
static const struct badge *badge_mark(const char *word)
{
	static const struct badge marks[] = {
		{"unread", "●", "*", TONE_INFO},
		{"tied", "!", "!", TONE_WARN},
		{"secret", "■", "#", TONE_DIM},
	};
	size_t i = 0;

	while (i + 1 < sizeof(marks) / sizeof(marks[0]) && strcmp(marks[i].word, word) != 0)
		i++;
	return &marks[i];
}

static const struct legend {
	const char *about;
	const struct badge *(*find)(const char *word);
	const char *words[14];
	bool is_for_recorders;
} legends[] = {
	{"sessions", badge_session, {"Active", "Completed", "Failed", "Stale", "Partial"}, false},
	{"cameras", badge_camera, {"online", "offline", "error", "idle"}, false},
	{"runs", badge_run,
		{"Queued", "Running", "Completed", "Reviewed", "Needs Review", "Failed"}, false},
	{"captures", badge_capture, {"captured", "failed", "timeout", "pending"}, false},
	{"services", badge_service, {"healthy", "degraded", "unhealthy", "unknown"}, false},
	{"confidence", badge_confidence, {"High", "Medium", "Low"}, false},
	{"events", badge_event,
		{"motion", "person", "vehicle", "animal", "face", "tamper", "crossline",
			"intrusion", "object_left", "object_removed", "object_detected", "other"},
		true},
	{"streams", badge_stream, {"active", "inactive", "error"}, true},
	{"notifications", badge_notification, {"info", "success", "warning", "error"}, true},
	{"recorder", badge_mark, {"unread", "tied", "secret"}, true},
};

static void write_legend(struct doc *doc, const struct legend *legend,
	const struct view_context *context, int columns)
{
	int column = SIGN_CELLS, room = columns - MARGINS;

	doc_line(doc);
	doc_text(doc, KEYS_COLUMN, ROLE_DIM, legend->about);
	for (const char *const *word = legend->words; *word; word++) {
		const struct badge *badge = legend->find(*word);
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

	if (detail_begin(detail, context, area.columns)) {
		struct lines lines;

		collect(&lines, view, context);
		write_keys(detail->doc, &lines, area.columns);
		doc_heading(detail->doc, "What the signs mean");
		for (size_t i = 0; i < sizeof(legends) / sizeof(legends[0]); i++)
			if (context->has_recorders || !legends[i].is_for_recorders)
				write_legend(detail->doc, &legends[i], context, area.columns);
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
