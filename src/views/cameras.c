/* Cameras: health of every camera, problems first. Main thread. */
#include "model/camera.h"
#include "store/store.h"
#include "views/list.h"
#include "views/signal.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

static void get_status(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	const char *word = camera->status && *camera->status ? camera->status : "unknown";

	cell_badge(cell, badge_camera(camera->status), word, at->context->is_ascii);
	if (camera_is_stale(camera, at->context->now_ms)) {
		cell_add(cell, "! Stale");
		cell->role = ROLE_STALE;
	}
}

static void get_name(const struct list_at *at, struct table_cell *cell)
{
	cell_set(cell, ROLE_STRONG, camera_name(at->row));
}

static void get_last_seen(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	char text[WORDS_BYTES];

	if (camera_is_of_recorder(camera)) {
		cell_set(cell, ROLE_DIM, NULL);
		return;
	}
	words_ago(text, camera->last_seen, at->context->now_ms);
	cell_set(cell, camera->last_seen == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
	if (camera->last_seen == UNKNOWN && camera->last_seen_raw && *camera->last_seen_raw)
		cell_set(cell, ROLE_TEXT, "Invalid time");
}

static void get_last_capture(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	char text[WORDS_BYTES];

	words_ago(text, camera->last_capture_at, at->context->now_ms);
	if (camera->last_capture_at != UNKNOWN)
		cell_set(cell, ROLE_TEXT, text);
	else if (camera->total_captures == 0)
		cell_set(cell, ROLE_DIM, "none yet");
	else
		cell_set(cell, ROLE_DIM, NULL);
}

static void get_stream(const struct list_at *at, struct table_cell *cell)
{
	const char *status = ((const struct camera *)at->row)->stream_status;

	cell_set(cell, ROLE_DIM, NULL);
	if (status && *status)
		cell_badge(cell, badge_stream(status), status, at->context->is_ascii);
}

static void get_last_recording(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	char text[WORDS_BYTES];

	words_ago(text, camera->last_recording_at, at->context->now_ms);
	cell_set(cell, camera->last_recording_at == UNKNOWN ? ROLE_DIM : ROLE_TEXT,
		camera->last_recording_at == UNKNOWN ? NULL : text);
}

static void get_events(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;

	cell_number(cell, camera->events_24h > 0 ? ROLE_TEXT : ROLE_DIM, camera->events_24h);
}

static void get_location(const struct list_at *at, struct table_cell *cell)
{
	cell_set(cell, ROLE_TEXT, ((const struct camera *)at->row)->location);
}

static void get_signal(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;

	cell->role = signal_words(cell->text, sizeof(cell->text), camera, at->context->is_ascii);
}

static void get_trend(const struct list_at *at, struct table_cell *cell)
{
	cell_printf(cell, ROLE_DIM, "%s", (const char *)at->extra);
}

static void get_errors(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;

	cell_number(cell, camera->error_count > 0 ? ROLE_WARN : ROLE_DIM, camera->error_count);
}

static void get_heap(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;

	if (camera->heap == UNKNOWN)
		cell_set(cell, ROLE_DIM, NULL);
	else
		cell_printf(cell, ROLE_TEXT, "%lld KB", (long long)(camera->heap / 1024));
}

static void get_uptime(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	char text[WORDS_BYTES];

	words_uptime(text, camera->uptime_seconds);
	cell_set(cell, camera->uptime_seconds == UNKNOWN ? ROLE_DIM : ROLE_TEXT, text);
}

static void get_firmware(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;

	cell_set(cell, ROLE_TEXT, camera->firmware_version);
}

static void get_error(const struct list_at *at, struct table_cell *cell)
{
	const struct camera *camera = at->row;
	bool has_health = camera->rssi != UNKNOWN || camera->heap != UNKNOWN ||
		camera->uptime_seconds != UNKNOWN || camera->quality;

	if (camera->last_error && *camera->last_error)
		cell_set(cell, ROLE_TEXT, camera->last_error);
	else
		cell_printf(cell, ROLE_DIM, "%s",
			has_health || camera_is_of_recorder(camera) ? "" : "no diagnostics");
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"STATUS",       "status",          16, 19, 0, 0, get_status, NULL},
	{"SITE",         "site",             6, 20, 10, LIST_MANY_SITES, list_get_site, NULL},
	{"CAMERA",       "name",            12, 28, 0, LIST_SNUG, get_name, NULL},
	{"STREAM",       "stream_status",   10, 12, 13, LIST_RECORDERS, get_stream, NULL},
	{"RECORDED",     "last_recording_at", 8, 12, 11, LIST_RECORDERS | LIST_FALLING,
		get_last_recording, NULL},
	{"EVENTS 24H",   "events_24h",      10, 10, 9, LIST_RECORDERS | LIST_RIGHT | LIST_FALLING,
		get_events, NULL},
	{"LAST SEEN",    "last_seen",        9, 12, 8, LIST_PIS | LIST_FALLING, get_last_seen, NULL},
	{"LAST CAPTURE", "last_capture_at", 12, 12, 1, LIST_FALLING, get_last_capture, NULL},
	{"SIGNAL",       "rssi",            12, 12, 9, LIST_PIS | LIST_FALLING, get_signal, NULL},
	{"TREND",        NULL, SIGNAL_TREND_CELLS, SIGNAL_TREND_CELLS, 2, LIST_RIGHT, get_trend, NULL},
	{"ERRORS",       "errors",           6,  6, 3, LIST_RIGHT | LIST_FALLING, get_errors, NULL},
	{"HEAP",         "heap",             7,  8, 1, LIST_RIGHT | LIST_FALLING, get_heap, NULL},
	{"UPTIME",       "uptime",           7,  8, 3, LIST_RIGHT | LIST_FALLING, get_uptime, NULL},
	{"FIRMWARE",     "firmware",         8, 14, 1, 0, get_firmware, NULL},
	{"LOCATION",     "location",        10, 24, 5, LIST_RECORDERS, get_location, NULL},
	{"LAST ERROR",   "last_error",      14,  0, 7, LIST_PIS, get_error, NULL},
};
/* clang-format on */

static void extend(const struct view_context *context, const void *row, void *extra)
{
	const struct camera *camera = row;

	signal_trend(extra, context, camera->site, camera->id, SIGNAL_TREND_CELLS);
}

static void open_camera(const void *row, struct intent *intent)
{
	const struct camera *camera = row;

	intent_open(intent, &view_camera, camera->site, "%s", camera->id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct camera *camera = row;
	size_t count = view_add_id(ids, 0, "camera", camera->id);

	return view_add_id(ids, count, "container", camera->container_id);
}

/* "5 cameras  4 online  1 offline": online is the status exactly, offline all the rest (contracts
 * 4.6). */
static void summarize(struct view *view, const struct view_context *context)
{
	struct query query = {.noun = NOUN_CAMERA,
		.status = "online",
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	char cameras_text[WORDS_BYTES], text[2 * WORDS_BYTES];
	int64_t matching, total, online, ignored;

	if (!view_count(view, &matching, &total) ||
		!reader_count(context->reader, &query, &online, &ignored, view_error(view)))
		return;
	words_count(cameras_text, total, "camera");
	snprintf(text, sizeof(text), "%s  %lld online", cameras_text, (long long)online);
	if (total > online)
		snprintf(text + strlen(text), sizeof(text) - strlen(text), "  %lld offline",
			(long long)(total - online));
	view_set_summary(view, total > 0 ? text : "");
}

static const struct list_def cameras = {
	.noun = NOUN_CAMERA,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_CAMERAS,
	.wish_cells = 26,
	.extra_bytes = SIGNAL_TREND_BYTES,
	.extend = extend,
	.summarize = summarize,
	.open = open_camera,
	.ids = add_ids,
};

const struct view_ops view_cameras = {
	.name = "cameras",
	.title = "Cameras",
	.watches = STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_SAMPLE) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_FEED),
	LIST_VIEW(&cameras),
	.wants = list_wants,
};
