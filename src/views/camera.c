/* Camera: everything known of one camera, its latest picture, its signal over time, its captures,
 * its history. Main thread. What it says: camera_text.c. */
#include "store/store.h"
#include "views/camera_parts.h"

enum { CHANGES_MAX = 50, RECORDINGS_MAX = 10 };

static const struct dossier_def dossier = {
	.kind = DOSSIER_CAMERA,
	.feeds = {[CAMERA_LIST] = {MATTER_CAMERAS, false}, [CAMERA_ITEM] = {MATTER_CAMERA, true}},
	.feed_count = CAMERA_FEEDS,
	.noted = CAMERA_LIST,
	.notes_rest = true,
	.draw_head = camera_draw_title,
	.write = camera_write,
	.write_not_found = camera_write_not_found,
};

static bool init(struct view *view, void *data)
{
	struct camera_view *state = data;

	page_init(&state->changes);
	page_init(&state->recordings);
	return dossier_open(view, state);
}

static void release(void *data)
{
	struct camera_view *state = data;

	dossier_release(&state->dossier);
	page_release(&state->changes);
	page_release(&state->recordings);
}

static bool is_of_recorder(const struct camera_view *state)
{
	return state->dossier.is_found && camera_is_of_recorder(&state->dossier.camera);
}

static void read_recordings(struct camera_view *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	struct query query = {.noun = NOUN_RECORDING,
		.matches = {{"site", view_site(view)}, {"camera_id", view_id(view)}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	int64_t all;

	state->recordings.count = 0;
	state->recording_count = state->event_count = 0;
	if (!is_of_recorder(state) ||
		!reader_page(context->reader, &query, PAGE_FIRST, NULL, RECORDINGS_MAX,
			&state->recordings, err) ||
		!reader_count(context->reader, &query, &state->recording_count, &all, err))
		return;
	query.noun = NOUN_EVENT;
	reader_count(context->reader, &query, &state->event_count, &all, err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct camera_view *state = data;
	struct err *err = view_error(view);
	const char *site = view_site(view), *id = view_id(view);
	struct query history = {.noun = NOUN_CHANGE,
		.matches = {{"site", site}, {"kind", "camera"}, {"id", id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	dossier_query(view, state, context, rows);
	read_recordings(state, view, context, err);
	signal_trend(state->trend, context, site, id, SIGNAL_TREND_MAX);
	reader_page(context->reader, &history, PAGE_FIRST, NULL, CHANGES_MAX, &state->changes, err);
}

/* The session that the selected line names, then the camera itself. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct camera_view *state = data;
	size_t count = detail_add_id(&state->dossier.detail, list, 0);
	struct detail_target target = {.line = ""};

	(void)context;
	detail_target(&state->dossier.detail, &target);
	count = view_add_id(list, count, "camera", view_id(view));
	if (state->dossier.is_found) {
		count = view_add_id(list, count, "container", state->dossier.camera.container_id);
		count = view_add_id(list, count, "MAC address", state->dossier.camera.mac_address);
	}
	return evidence_add_ids(&state->dossier.evidence, target.line, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct camera_view *state = data;
	const char *site = view_site(view);
	size_t count = 0;

	(void)context;
	if (!is_of_recorder(state))
		return matter_wants(MATTER_CAMERAS, demands,
			matter_wants_one(MATTER_CAMERA, site, view_id(view), demands, 0));
	count = matter_wants_one(MATTER_EVENTS, site, "", demands, count);
	if (state->recordings.count > 0)
		count = matter_wants_one(MATTER_RECORDING, site,
			page_row(&state->recordings, recording, 0)->id, demands, count);
	return matter_wants(MATTER_CAMERAS, demands, count);
}

const struct view_ops view_camera = {
	.name = "camera",
	.title = "Camera",
	.watches = STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_SAMPLE) |
		STORE_CHANGED(NOUN_CHANGE) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_RECORDING) |
		STORE_CHANGED(NOUN_SEGMENT) | STORE_CHANGED(NOUN_EVENT) | STORE_CHANGED(NOUN_FEED),
	.def = &dossier,
	.state_bytes = sizeof(struct camera_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = dossier_draw,
	.act = dossier_act,
	.wants = wants,
	.note = dossier_note,
	.ids = ids,
	.click = dossier_click,
};
