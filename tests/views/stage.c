/* Builds stores, draws views and compares screens for the tests of this folder. */
#include "views/stage.h"
#include "base/text.h"
#include "ui/picture.h"
#include <criterion/criterion.h>
#include <dirent.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { ROW_BYTES = 4096, SCREEN_BYTES = 1 << 18 };

/* ---- store ---- */

void stage_open(struct stage *stage)
{
	struct err err = {""};

	*stage = (struct stage){.folder = "/tmp/opsglass-views-XXXXXX",
		.site = SITE,
		.frame = {.is_poller = true, .has_mouse = true}};
	setenv("TZ", "UTC", 1);
	tzset();
	text_init();
	cr_assert(mkdtemp(stage->folder));
	snprintf(stage->path, sizeof(stage->path), "%s/store.db", stage->folder);
	struct store_options options = {.path = stage->path};
	stage->store = store_open(&options, &err);
	cr_assert(stage->store, "%s", err.text);
	store_become_writer(stage->store);
	store_flush(stage->store);
	stage->reader = reader_open(stage->path, &err);
	cr_assert(stage->reader, "%s", err.text);
	keymap_default(&stage->keymap);
	stage->context = (struct view_context){.reader = stage->reader,
		.now_ms = NOW,
		.sites = stage->sites,
		.keymap = &stage->keymap,
		.shows_pictures = true,
		.can_show_pictures = true};
	stage_add_site(stage, SITE);
	stage->batch = batch_new(1 << 22);
}

static void remove_folder(const char *folder)
{
	DIR *dir = opendir(folder);

	for (struct dirent *entry; dir && (entry = readdir(dir));) {
		char path[512];

		snprintf(path, sizeof(path), "%s/%s", folder, entry->d_name);
		unlink(path);
	}
	if (dir)
		closedir(dir);
	rmdir(folder);
}

void stage_close(struct stage *stage)
{
	view_free(stage->view);
	canvas_release(&stage->canvas);
	batch_free(stage->batch);
	reader_close(stage->reader);
	store_close(stage->store);
	remove_folder(stage->folder);
}

void stage_add_site(struct stage *stage, const char *site)
{
	stage->sites[stage->context.site_count++] = site;
	stage->context.has_many_sites = stage->context.site_count > 1;
}

/* ---- rows ---- */

const char *stage_text(struct stage *stage, const char *format, ...)
{
	char text[256];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return arena_text(stage->batch->arena, text);
}

struct session *stage_session(
	struct stage *stage, const char *id, const char *status, int64_t started_at)
{
	struct session *session = batch_add(stage->batch, NOUN_SESSION);

	session->site = SITE;
	session->id = id;
	session->status = status;
	session->started_at = started_at;
	session->dialect = "A";
	return session;
}

struct camera *stage_camera(struct stage *stage, const char *id, const char *status)
{
	struct camera_source *source = batch_add(stage->batch, NOUN_CAMERA_SOURCE);

	source->source = "diagnostics";
	source->camera.site = SITE;
	source->camera.id = id;
	source->camera.status = status;
	source->camera.last_seen = NOW - SECONDS(4);
	return &source->camera;
}

struct capture *stage_capture(struct stage *stage, const char *session_id, const char *id,
	const char *camera_id, const char *status)
{
	struct capture *capture = batch_add(stage->batch, NOUN_CAPTURE);

	capture->site = SITE;
	capture->session_id = session_id;
	capture->id = id;
	capture->camera_id = camera_id;
	capture->status = status;
	return capture;
}

struct run *stage_run(
	struct stage *stage, const char *run_id, const char *session_id, const char *status)
{
	struct run *run = batch_add(stage->batch, NOUN_RUN);

	run->site = SITE;
	run->run_id = run_id;
	run->session_id = session_id;
	run->status = status;
	return run;
}

struct delta_row *stage_delta(struct stage *stage, const char *run_id, int64_t ordinal,
	const char *name, int64_t before, int64_t after)
{
	struct delta_row *row = batch_add(stage->batch, NOUN_DELTA_ROW);

	row->site = SITE;
	row->run_id = run_id;
	row->ordinal = ordinal;
	row->name = name;
	row->before_count = before;
	row->after_count = after;
	row->change = after - before;
	row->confidence = 0.93;
	return row;
}

struct overlay *stage_overlay(struct stage *stage, const char *run_id, const char *side,
	int64_t ordinal, const char *label)
{
	struct overlay *overlay = batch_add(stage->batch, NOUN_OVERLAY);

	overlay->site = SITE;
	overlay->run_id = run_id;
	overlay->side = side;
	overlay->ordinal = ordinal;
	overlay->label = label;
	return overlay;
}

struct service *stage_service(struct stage *stage, const char *name, const char *status)
{
	struct service *service = batch_add(stage->batch, NOUN_SERVICE);

	service->site = SITE;
	service->name = name;
	service->status = status;
	return service;
}

void *stage_add(struct stage *stage, enum noun_id noun)
{
	void *row = batch_add(stage->batch, noun);

	/* The first field of each noun. */
	*(const char **)row = SITE;
	return row;
}

struct feed *stage_feed(struct stage *stage, const char *site, const char *name,
	const char *subject, const char *state, int64_t last_ok)
{
	struct feed *feed = &stage->feeds[stage->feed_count++];

	noun_clear(&nouns[NOUN_FEED], feed);
	feed->site = site;
	feed->feed = name;
	feed->subject = subject;
	feed->state = state;
	feed->last_ok = last_ok;
	feed->last_try = last_ok;
	feed->next_try = NOW + SECONDS(3);
	feed->period_ms = SECONDS(5);
	feed->http_status = 200;
	feed->latency_ms = 31;
	feed->skipped = 0;
	return feed;
}

static void commit_feeds(struct stage *stage)
{
	for (size_t i = 0; i < stage->feed_count; i++) {
		struct batch *batch = batch_new(1 << 16);

		batch->feed = arena_alloc(batch->arena, sizeof(*batch->feed));
		*batch->feed = stage->feeds[i];
		batch->fetched_at = NOW;
		store_put(stage->store, batch);
	}
	stage->feed_count = 0;
}

void stage_commit(struct stage *stage)
{
	struct rows *sessions = &stage->batch->rows[NOUN_SESSION];

	for (size_t i = 0; i < sessions->count; i++) {
		struct session *session = batch_row(stage->batch, NOUN_SESSION, struct session, i);

		if (!session->badge)
			session_settle(session, UNKNOWN, NOW);
	}
	stage->batch->fetched_at = NOW;
	store_put(stage->store, stage->batch);
	commit_feeds(stage);
	store_flush(stage->store);
	stage->batch = batch_new(1 << 22);
}

/* ---- screen ---- */

/* Instead of the pictures, which the app brings, their names. */
static void draw_pictures(struct canvas *canvas)
{
	for (size_t i = 0; i < canvas->picture_count; i++) {
		const struct canvas_picture *picture = &canvas->pictures[i];
		char words[ROW_BYTES];

		snprintf(words, sizeof(words), "%s",
			picture->key[0] ? picture->key : picture->words);
		picture_caption(canvas, picture,
			picture->area.rows == 1 && !picture->key[0] ? picture->words : "",
			ROLE_DIM);
		if (picture->area.rows > 1)
			picture_placeholder(canvas, picture, words, ROLE_DIM);
	}
}

static void draw(struct stage *stage)
{
	struct area area;

	canvas_clear(&stage->canvas);
	stage->canvas.is_ascii = stage->context.is_ascii;
	stage->frame.view = stage->view;
	area = frame_draw(&stage->frame, &stage->context, &stage->canvas);
	if (area.rows != stage->view_rows) {
		stage->view_rows = area.rows;
		view_query(stage->view, &stage->context, area.rows);
	}
	if (area.rows > 0)
		view_draw(stage->view, &stage->context, &stage->canvas, area);
	draw_pictures(&stage->canvas);
}

void stage_show(
	struct stage *stage, const struct view_ops *ops, const char *id, int rows, int columns)
{
	view_free(stage->view);
	canvas_release(&stage->canvas);
	cr_assert(canvas_init(&stage->canvas, rows, columns));
	stage->view = view_new(ops, id[0] ? stage->site : "", id);
	cr_assert(stage->view);
	stage->frame.tab = 0;
	for (size_t i = 0; i < view_tab_count; i++)
		if (view_tabs[i] == ops)
			stage->frame.tab = i;
	stage->view_rows = -1;
	draw(stage);
	draw(stage); /* the frame now knows what the view has asked */
}

void stage_refresh(struct stage *stage)
{
	view_query(stage->view, &stage->context, stage->view_rows);
	draw(stage);
}

void stage_draw_at(struct stage *stage, int64_t now_ms)
{
	stage->context.now_ms = now_ms;
	draw(stage);
}

void stage_press(struct stage *stage, enum action action)
{
	view_act(stage->view, &stage->context, action, stage->view_rows, &stage->intent);
	draw(stage);
}

void stage_filter(struct stage *stage, const char *filter)
{
	view_set_filter(stage->view, filter);
	stage_refresh(stage);
}

/* ---- reading it ---- */

int stage_row(const struct stage *stage, const char *text)
{
	for (int row = 0; row < stage->canvas.rows; row++) {
		char line[ROW_BYTES];

		canvas_row_text(&stage->canvas, row, line, sizeof(line));
		if (strstr(line, text))
			return row;
	}
	return -1;
}

bool stage_sees(const struct stage *stage, const char *text)
{
	return stage_row(stage, text) >= 0;
}

/* Where on its row the text begins; -1. */
static int find_column(const struct stage *stage, int row, const char *text)
{
	for (int column = 0; row >= 0 && column < stage->canvas.columns; column++) {
		const struct cell *cells = &stage->canvas.cells[row * stage->canvas.columns];
		char tail[ROW_BYTES];
		size_t used = 0;

		for (int i = column; i < stage->canvas.columns && used + CELL_BYTES < ROW_BYTES;
			i++)
			used += (size_t)snprintf(
				tail + used, ROW_BYTES - used, "%s", cells[i].text);
		if (strncmp(tail, text, strlen(text)) == 0)
			return column;
	}
	return -1;
}

int stage_role(const struct stage *stage, const char *text)
{
	int row = stage_row(stage, text);
	int column = find_column(stage, row, text);

	return column < 0 ? -1 : stage->canvas.cells[row * stage->canvas.columns + column].role;
}

/* ---- clicking ---- */

bool stage_click_at(struct stage *stage, int row, int column, bool is_double)
{
	const struct spot *spot = canvas_spot_at(&stage->canvas, row, column);

	stage->copied[0] = '\0';
	stage->tab = -1;
	stage->intent.kind = INTENT_NONE;
	if (!spot)
		return false;
	if (spot->kind == SPOT_COPY)
		snprintf(stage->copied, sizeof(stage->copied), "%s", spot->text);
	else if (spot->kind == SPOT_TAB)
		stage->tab = spot->number;
	else
		view_click(stage->view, &stage->context, spot, is_double, stage->view_rows,
			&stage->intent);
	draw(stage);
	return true;
}

bool stage_click(struct stage *stage, const char *text, bool is_double)
{
	int row = stage_row(stage, text);

	cr_assert_geq(row, 0, "%s is not on the screen", text);
	return stage_click_at(stage, row, find_column(stage, row, text), is_double);
}

void stage_selected(const struct stage *stage, char *dst, size_t dst_bytes)
{
	int row = stage_row(stage, stage->context.is_ascii ? "|" : "▌");

	dst[0] = '\0';
	if (row >= 0)
		canvas_row_text(&stage->canvas, row, dst, dst_bytes);
}

static void write_screen(const struct stage *stage, char *dst)
{
	size_t used = 0;

	for (int row = 0; row < stage->canvas.rows; row++) {
		char line[ROW_BYTES];

		canvas_row_text(&stage->canvas, row, line, sizeof(line));
		used += (size_t)snprintf(dst + used, SCREEN_BYTES - used, "%s\n", line);
	}
}

static void read_golden(const char *path, char *dst)
{
	FILE *file = fopen(path, "r");
	size_t bytes = file ? fread(dst, 1, SCREEN_BYTES - 1, file) : 0;

	dst[bytes] = '\0';
	if (file)
		fclose(file);
}

void expect_screen(const struct stage *stage, const char *name)
{
	static char actual[SCREEN_BYTES], golden[SCREEN_BYTES];
	char path[256];

	snprintf(path, sizeof(path), "tests/golden/view-%s.txt", name);
	write_screen(stage, actual);
	if (getenv("UPDATE_GOLDEN")) {
		FILE *file = fopen(path, "w");

		cr_assert(file, "cannot write %s", path);
		fputs(actual, file);
		fclose(file);
		return;
	}
	read_golden(path, golden);
	cr_assert(strcmp(actual, golden) == 0, "the screen is not %s:\n%s", path, actual);
}

void expect_screens(
	struct stage *stage, const struct view_ops *ops, const char *id, const char *name)
{
	static const struct {
		const char *name;
		int rows, columns;
		bool is_ascii;
	} sizes[] = {
		{"80x24", 24, 80, false},
		{"200x50", 50, 200, false},
		{"40x10", 10, 40, false},
		{"ascii", 24, 80, true},
	};
	char file[128];

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		stage->context.is_ascii = sizes[i].is_ascii;
		stage_show(stage, ops, id, sizes[i].rows, sizes[i].columns);
		snprintf(file, sizeof(file), "%s-%s", name, sizes[i].name);
		expect_screen(stage, file);
	}
	stage->context.is_ascii = false;
}
