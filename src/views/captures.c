/* Reads captures and writes them as a table whose rows open camera or session. Owns what it read;
 * main thread. */
#include "views/captures.h"
#include "model/badge.h"
#include "model/camera.h"
#include "views/detail.h"
#include "views/grid.h"
#include "views/situation.h"
#include "views/words.h"
#include <stdlib.h>
#include <string.h>

void captures_init(struct captures *captures)
{
	*captures = (struct captures){0};
	page_init(&captures->page);
	page_init(&captures->segments);
	page_init(&captures->events);
}

void captures_release(struct captures *captures)
{
	page_release(&captures->page);
	page_release(&captures->segments);
	page_release(&captures->events);
	free(captures->is_unlisted);
}

/* ---- reading ---- */

/* Whether some list of cameras was ever read: without one nothing can be said. */
static bool has_lists(const struct view_context *context, const char *site)
{
	const struct feed *feed;
	struct feeds feeds;
	bool is_so;

	feeds_init(&feeds, MATTER_CAMERAS);
	feeds_read(&feeds, context->reader, site, "", NULL);
	feed = feeds_of(&feeds, site);
	is_so = feed && feed->last_ok != UNKNOWN;
	feeds_release(&feeds);
	return is_so;
}

/* A camera that only captures speak of has no status. */
static bool is_listed(const struct view_context *context, const char *site, const char *camera_id)
{
	struct arena *arena = arena_new(1 << 16);
	struct camera camera;
	bool is_so = arena &&
		reader_one(context->reader, NOUN_CAMERA, site, camera_id, NULL, arena, &camera,
			NULL) &&
		camera.status;

	arena_free(arena);
	return is_so;
}

/* The same few cameras come again and again: what is known of one is looked up among the rows
 * before. */
static bool look_up(const struct captures *captures, size_t index,
	const struct view_context *context, const char *site)
{
	const char *camera_id = page_row(&captures->page, capture, index)->camera_id;

	if (!camera_id)
		return false;
	for (size_t i = 0; i < index; i++) {
		const char *other = page_row(&captures->page, capture, i)->camera_id;

		if (other && strcmp(other, camera_id) == 0)
			return captures->is_unlisted[i];
	}
	return !is_listed(context, site, camera_id);
}

void captures_read(struct captures *captures, const struct view_context *context, const char *site,
	const char *field, const char *id, struct err *err)
{
	struct query query = {.noun = NOUN_CAPTURE,
		.matches = {{"site", site}, {field, id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	int64_t all;

	captures->total = 0;
	free(captures->is_unlisted);
	captures->is_unlisted = calloc(CAPTURES_MAX, sizeof(*captures->is_unlisted));
	if (!captures->is_unlisted ||
		!reader_page(context->reader, &query, PAGE_FIRST, NULL, CAPTURES_MAX,
			&captures->page, err) ||
		!reader_count(context->reader, &query, &captures->total, &all, err)) {
		captures->page.count = 0;
		return;
	}
	if (has_lists(context, site))
		for (size_t i = 0; i < captures->page.count; i++)
			captures->is_unlisted[i] = look_up(captures, i, context, site);
}

/* ---- writing ---- */

enum column { TIME, TAG, CAMERA, STATUS, SIZE, REASON, KEY, COLUMNS };

/* Narrower ones have no room for keys. */
enum { KEY_SCREEN_CELLS = 110, REASON_INDENT = 2, MARGINS = 4 };

static const struct table_column columns_of_captures[COLUMNS] = {
	[TIME] = {"TIME", 8, 12, 0, false},
	[TAG] = {"TAG", 8, 14, 4, false},
	[CAMERA] = {"CAMERA", 14, 42, 0, false},
	[STATUS] = {"STATUS", 10, 20, 0, false},
	[SIZE] = {"SIZE", 8, 10, 3, true},
	[REASON] = {"REASON", 14, 60, 5, false},
	[KEY] = {"KEY", 16, 0, 1, false},
};

static void set_reason(struct table_cell *cell, const struct capture *capture)
{
	cell_printf(cell, ROLE_TEXT, "%s", capture->reason ? capture->reason : "");
	if (capture->upload_status && strcmp(capture->upload_status, "failed") == 0) {
		cell_add(cell, "upload failed");
		cell_add(cell, capture->upload_error);
	}
}

/* The last part of the object key: the rest repeats container and session. */
static const char *short_key(const struct capture *capture)
{
	const char *slash = capture->object_key ? strrchr(capture->object_key, '/') : NULL;

	return slash ? slash + 1 : capture->object_key;
}

static void fill_cells(struct table_cell cells[COLUMNS], const struct captures *captures,
	size_t index, const struct view_context *context, bool of_camera)
{
	const struct capture *capture = page_row(&captures->page, capture, index);
	char text[WORDS_BYTES];

	clock_short(text, capture->captured_at, context->now_ms);
	cell_set(&cells[TIME], ROLE_TEXT,
		capture->captured_at == UNKNOWN && capture->captured_raw ? "Invalid time" : text);
	cell_set(&cells[TAG], ROLE_TEXT, capture->tag);
	cell_set(&cells[CAMERA], ROLE_STRONG, of_camera ? capture->session_id : capture->camera_id);
	if (captures->is_unlisted[index] && !of_camera)
		cell_add(&cells[CAMERA], "(no longer registered)");
	cell_badge(
		&cells[STATUS], badge_capture(capture->status), capture->status, context->is_ascii);
	words_kilobytes(text, capture->size_bytes);
	cell_set(&cells[SIZE], capture->size_bytes == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
	set_reason(&cells[REASON], capture);
	cell_set(&cells[KEY], ROLE_DIM, short_key(capture));
}

/* below_columns: of the document, where reasons go on lines of their own; else 0. */
static void write_rows(const struct captures *captures, struct grid *grid,
	const struct view_context *context, bool of_camera, int below_columns)
{
	struct table_cell cells[COLUMNS];

	for (size_t i = 0; i < captures->page.count; i++) {
		const struct capture *capture = page_row(&captures->page, capture, i);

		fill_cells(cells, captures, i, context, of_camera);
		grid_id(grid, CAMERA, of_camera ? capture->session_id : capture->camera_id);
		grid_id(grid, KEY, capture->object_key);
		grid_row(grid, cells);
		if (of_camera)
			detail_link(grid->doc, &view_session, capture->site, capture->session_id,
				capture->id);
		else if (capture->camera_id)
			detail_link(grid->doc, &view_camera, capture->site, capture->camera_id,
				capture->id);
		if (below_columns > 0 && cells[REASON].text[0])
			doc_paragraph(grid->doc, REASON_INDENT, below_columns - MARGINS, ROLE_BAD,
				cells[REASON].text);
	}
}

void captures_write(const struct captures *captures, struct doc *doc,
	const struct view_context *context, int columns, bool of_camera)
{
	bool is_narrow = columns < KEY_SCREEN_CELLS;
	bool is_below; /* reasons that do not fit beside their captures */
	struct table_column titled[COLUMNS];
	struct table_cell cells[COLUMNS];
	struct grid grid;

	memcpy(titled, columns_of_captures, sizeof(titled));
	if (of_camera)
		titled[CAMERA].title = "SESSION";
	grid_init(&grid, doc, titled, is_narrow ? KEY : COLUMNS);
	for (size_t i = 0; i < captures->page.count; i++) {
		fill_cells(cells, captures, i, context, of_camera);
		grid_measure(&grid, cells);
	}
	grid_lay_out(&grid, columns);
	is_below = grid.table.widths[REASON] < grid.table.grown[REASON];
	if (is_below)
		grid_leave_out(&grid, REASON);
	grid_titles(&grid, columns);
	write_rows(captures, &grid, context, of_camera, is_below ? columns : 0);
	if (captures->total > (int64_t)captures->page.count) {
		doc_line(doc);
		doc_printf(doc, 0, ROLE_DIM, "and %lld older captures",
			(long long)captures->total - (long long)captures->page.count);
	}
}
