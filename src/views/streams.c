/* Streams: the streams of all cameras, problems first. Main thread. */
#include "model/recorder.h"
#include "model/span.h"
#include "store/store.h"
#include "views/camera_name.h"
#include "views/list.h"
#include "views/words.h"
#include <string.h>
#include <strings.h>

static void extend(const struct view_context *context, const void *row, void *name)
{
	const struct stream *stream = row;

	camera_name_of(name, CAMERA_NAME_BYTES, context, stream->site, stream->camera_id);
}

/* ---- columns ---- */

static bool is_active(const struct stream *stream)
{
	return stream->status && strcasecmp(stream->status, "active") == 0;
}

static void get_status(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;
	const char *status = stream->status && *stream->status ? stream->status : "unknown";
	const struct badge *badge = badge_stream(stream->status);
	bool is_known = strcasecmp(badge->word, status) == 0;

	cell_badge(cell, badge, is_known ? NULL : status, at->context->is_ascii);
}

static void get_camera(const struct list_at *at, struct table_cell *cell)
{
	cell_name(cell, ROLE_STRONG, at->extra, at->cells);
}

static void get_started(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;

	cell_time(cell, stream->started_at, NULL, at->context->now_ms, at->cells);
}

/* One that is active has no end: an end all the same is odd. */
static void get_ended(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;

	cell_time(cell, stream->ended_at, NULL, at->context->now_ms, at->cells);
	if (stream->ended_at != UNKNOWN && is_active(stream))
		cell->role = ROLE_WARN;
}

/* How long it went on, or goes on. */
static void get_lasted(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;
	bool goes_on = stream->ended_at == UNKNOWN && is_active(stream);
	char text[WORDS_BYTES];

	words_length(text,
		time_span(stream->started_at, goes_on ? at->context->now_ms : stream->ended_at));
	cell_set(cell, strcmp(text, "-") == 0 ? ROLE_DIM : ROLE_TEXT, text);
}

static void get_updated(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;
	char text[WORDS_BYTES];

	words_ago(text, stream->updated_at, at->context->now_ms);
	cell_set(cell, ROLE_TEXT, stream->updated_at == UNKNOWN ? NULL : text);
}

static void get_id(const struct list_at *at, struct table_cell *cell)
{
	const struct stream *stream = at->row;

	cell_id(cell, ROLE_TEXT, stream->id, at->cells);
}

static const char *camera_of(const void *row)
{
	return ((const struct stream *)row)->camera_id;
}

static const char *id_of(const void *row)
{
	return ((const struct stream *)row)->id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"STATUS",  "status",     10, 14, 0, 0, get_status, NULL},
	{"SITE",    "site",        6, 20, 8, LIST_MANY_SITES, list_get_site, NULL},
	{"CAMERA",  "camera",     14, 32, 0, LIST_SNUG, get_camera, camera_of},
	{"STARTED", "started_at",  8, 12, 7, LIST_FALLING, get_started, NULL},
	{"ENDED",   "ended_at",    8, 12, 4, LIST_FALLING, get_ended, NULL},
	{"LASTED",  NULL,          7,  8, 6, LIST_RIGHT, get_lasted, NULL},
	{"UPDATED", "updated_at",  9, 12, 5, LIST_FALLING, get_updated, NULL},
	{"STREAM",  "id",         15, 40, 3, LIST_SNUG | LIST_ID, get_id, id_of},
};
/* clang-format on */

static void open_camera(const void *row, struct intent *intent)
{
	const struct stream *stream = row;

	if (!stream->camera_id) {
		intent_say(intent, "this stream names no camera");
		return;
	}
	intent_open(intent, &view_camera, stream->site, "%s", stream->camera_id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	const struct stream *stream = row;
	size_t count = view_add_id(ids, 0, "stream", stream->id);

	return view_add_id(ids, count, "camera", stream->camera_id);
}

static const struct list_def streams = {
	.noun = NOUN_STREAM,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_STREAMS,
	.word = "stream",
	.counted = {"active", "error"},
	.extra_bytes = CAMERA_NAME_BYTES,
	.extend = extend,
	.open = open_camera,
	.ids = add_ids,
};

const struct view_ops view_streams = {
	.name = "streams",
	.title = "Streams",
	.watches =
		STORE_CHANGED(NOUN_STREAM) | STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_FEED),
	LIST_VIEW(&streams),
	.wants = list_wants,
	.is_for_recorders = true,
};
