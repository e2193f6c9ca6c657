/* The frame around a view: header line, tab line, status line. Owns nothing; main thread. */
#include "base/text.h"
#include "views/header.h"
#include "views/view.h"
#include <stdio.h>
#include <string.h>

enum { LEAST_ROWS = 10, LEAST_COLUMNS = 40, RIGHT_BYTES = 320, GAP = 2 };

/* ---- tabs ---- */

enum { TAB_BYTES = 64 };

/* The first key that shows a tab; where it has none, its place. */
static void tab_key(char dst[TAB_BYTES], size_t tab, const struct view_context *context)
{
	dst[0] = '\0';
	if (context->keymap)
		keymap_keys(context->keymap, (enum action)(ACTION_VIEW_1 + tab), dst, TAB_BYTES);
	dst[strcspn(dst, " ")] = '\0';
	if (!dst[0])
		snprintf(dst, TAB_BYTES, "%zu", tab + 1);
}

/* One tab: its key, and its title where it is lit or there is room. */
static void tab_text(
	char dst[TAB_BYTES], size_t tab, const struct view_context *context, bool has_title)
{
	tab_key(dst, tab, context);
	if (has_title)
		snprintf(dst + strlen(dst), TAB_BYTES - strlen(dst), " %s", view_tabs[tab]->title);
}

static int draw_tab(struct canvas *canvas, int column, size_t tab, bool is_lit, const char *text)
{
	int used = canvas_text(
		canvas, 1, column, canvas->columns - column, is_lit ? ROLE_TAB : ROLE_DIM, text);

	canvas_spot(canvas, 1, column, used, SPOT_TAB, (int)tab, NULL);
	return used;
}

static int tabs_width(const struct view_context *context)
{
	char text[TAB_BYTES];
	int width = 1;

	for (size_t i = 0; i < view_tab_count; i++)
		if (view_tab_is_shown(i, context)) {
			tab_text(text, i, context, true);
			width += GAP + text_width(text);
		}
	return width;
}

static bool is_tab(const struct view *view)
{
	for (size_t i = 0; i < view_tab_count; i++)
		if (view_tabs[i] == view_ops(view))
			return true;
	return false;
}

/* "12 of 221  /timeout", "221 sessions", "Esc back"; what the view wants beside its tab. */
static void right_text(char dst[RIGHT_BYTES], const struct view *view)
{
	int64_t matching, all;
	bool has_count = view_count(view, &matching, &all);
	const char *filter = view_filter(view);

	dst[0] = '\0';
	if (filter[0] && has_count)
		snprintf(dst, RIGHT_BYTES, "%lld of %lld  /%s", (long long)matching, (long long)all,
			filter);
	else if (view_summary(view)[0])
		snprintf(dst, RIGHT_BYTES, "%s", view_summary(view));
	else if (!is_tab(view))
		snprintf(dst, RIGHT_BYTES, "Esc back");
}

/* Drops its last parts, which two blanks set apart, until it fits, or but one is left. */
static void shorten(char text[RIGHT_BYTES], int columns)
{
	while (text_width(text) > columns) {
		char *end = NULL;

		for (char *at = strstr(text, "  "); at; at = strstr(at + 1, "  "))
			end = at;
		if (!end)
			return;
		*end = '\0';
	}
}

static void draw_tabs(
	const struct frame *frame, const struct view_context *context, struct canvas *canvas)
{
	char right[RIGHT_BYTES], text[TAB_BYTES];
	int help_cells = 6 + 2 * GAP, room, column = 1;
	bool is_short;

	right_text(right, frame->view);
	is_short = tabs_width(context) + text_width(right) + GAP > canvas->columns;
	for (size_t i = 0; i < view_tab_count; i++)
		if (view_tab_is_shown(i, context)) {
			tab_text(text, i, context, !is_short || i == frame->tab);
			column += GAP + draw_tab(canvas, column, i, i == frame->tab, text);
		}
	room = canvas->columns - column - 1;
	if (text_width(right) + help_cells <= room) {
		canvas_text(canvas, 1, canvas->columns - 7, 1, ROLE_KEY, "?");
		canvas_text(canvas, 1, canvas->columns - 5, 4, ROLE_DIM, "help");
		room -= help_cells;
	}
	if (!view_filter(frame->view)[0])
		shorten(right, room);
	if (room > 0 && text_width(right) <= room)
		canvas_right(canvas, 1, column, room, ROLE_TEXT, right);
	else if (room > 0)
		canvas_cut(canvas, 1, column, room, ROLE_TEXT, right);
}

/* ---- status line ---- */

static void draw_status(
	const struct frame *frame, const struct view_context *context, struct canvas *canvas)
{
	struct note note = {.columns = canvas->columns};
	const char *text = frame->message;
	enum role role = frame->message_is_bad ? ROLE_BAD : ROLE_TEXT;

	if (!text && view_note(frame->view, context, &note)) {
		text = note.text;
		role = note.role;
	}
	if (text)
		canvas_cut(canvas, canvas->rows - 1, 1, canvas->columns - 2, role, text);
}

struct area frame_draw(
	const struct frame *frame, const struct view_context *context, struct canvas *canvas)
{
	struct area area = {2, 0, canvas->rows - 3, canvas->columns};

	if (canvas->rows < LEAST_ROWS || canvas->columns < LEAST_COLUMNS) {
		canvas_printf(canvas, 0, 0, canvas->columns, ROLE_TEXT, "need %dx%d, have %dx%d",
			LEAST_COLUMNS, LEAST_ROWS, canvas->columns, canvas->rows);
		return (struct area){0, 0, 0, canvas->columns};
	}
	header_draw(view_header(frame->view), frame, context, canvas, 0);
	draw_tabs(frame, context, canvas);
	draw_status(frame, context, canvas);
	return area;
}
