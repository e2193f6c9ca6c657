/* Picture: one picture as large as the screen, to be enlarged, moved about and compared with its
 * counterpart. What it shows is the evidence panel's (evidence.h). Main thread. */
#include "ui/picture.h"
#include "base/text.h"
#include "store/store.h"
#include "views/evidence_hint.h"
#include "views/picture_zoom.h"
#include "views/situation.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 18, LEGEND_PART = 4, MARGIN_CELLS = 2 };

struct state {
	char session_id[VIEW_ID_BYTES]; /* "" = a camera's latest */
	char id[VIEW_ID_BYTES];         /* of the capture, or of the camera */
	bool is_begun;                  /* what is to be shown first was found */
	struct arena *arena;
	struct session session;
	struct camera camera;
	struct captures captures;
	struct analysis analysis;
	struct evidence evidence;
	struct feeds feeds;
	struct zoom zoom;
};

/* ---- the subject: "SESSION\x1fCAPTURE\x1fbd" or "\x1fCAMERA" ---- */

/* Copies the part before the next \x1f and returns what is behind it. */
static const char *take_part(char dst[VIEW_ID_BYTES], const char *text)
{
	size_t bytes = strcspn(text, "\x1f");

	snprintf(dst, VIEW_ID_BYTES, "%.*s", (int)bytes, text);
	return text[bytes] ? text + bytes + 1 : text + bytes;
}

static void take_subject(struct state *state, const char *subject)
{
	char ways[VIEW_ID_BYTES];

	subject = take_part(state->session_id, subject);
	subject = take_part(state->id, subject);
	take_part(ways, subject);
	state->evidence.has_boxes = strchr(ways, 'b') != NULL;
	state->evidence.is_difference = strchr(ways, 'd') != NULL;
}

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	captures_init(&state->captures);
	evidence_init(&state->evidence);
	state->evidence.is_full_screen = true;
	take_subject(state, view_id(view));
	feeds_init(&state->feeds, state->session_id[0] ? MATTER_EVIDENCE : MATTER_CAMERAS);
	state->arena = arena_new(ARENA_BYTES);
	return analysis_init(&state->analysis) && state->arena;
}

static void release(void *data)
{
	struct state *state = data;

	arena_free(state->arena);
	captures_release(&state->captures);
	analysis_release(&state->analysis);
	evidence_release(&state->evidence);
	feeds_release(&state->feeds);
}

/* ---- reading ---- */

static void read_session(struct state *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	const char *site = view_site(view), *id = state->session_id;
	bool is_found = reader_one(
		context->reader, NOUN_SESSION, site, id, NULL, state->arena, &state->session, err);

	captures_read(&state->captures, context, site, "session_id", id, err);
	analysis_read_session(&state->analysis, context, site, id, err);
	evidence_read(&state->evidence, context,
		&(struct evidence_subject){.site = site,
			.session = is_found ? &state->session : NULL,
			.captures = &state->captures,
			.analysis = &state->analysis},
		err);
	feeds_read(&state->feeds, context->reader, site, id, err);
}

static void read_camera(struct state *state, const struct view *view,
	const struct view_context *context, struct err *err)
{
	const char *site = view_site(view);
	bool is_found = reader_one(context->reader, NOUN_CAMERA, site, state->id, NULL,
		state->arena, &state->camera, err);

	captures_read(&state->captures, context, site, "camera_id", state->id, err);
	evidence_read(&state->evidence, context,
		&(struct evidence_subject){.site = site,
			.camera = is_found ? &state->camera : NULL,
			.captures = &state->captures,
			.is_of_camera = true},
		err);
	feeds_read(&state->feeds, context->reader, site, "", err);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;

	(void)rows;
	arena_reset(state->arena);
	if (!state->session_id[0]) {
		read_camera(state, view, context, view_error(view));
		return;
	}
	read_session(state, view, context, view_error(view));
	if (!state->is_begun && state->evidence.form != EVIDENCE_NONE) {
		evidence_select(&state->evidence, state->id);
		state->is_begun = true;
	}
}

/* ---- drawing ---- */

/* "2x" and where in the picture; nothing of the whole. */
static void say_zoom(char dst[WORDS_BYTES], const struct zoom *zoom)
{
	struct part part = zoom_part(zoom);

	dst[0] = '\0';
	if (!zoom_is_whole(zoom))
		snprintf(dst, WORDS_BYTES, "%gx at %.0f %%, %.0f %%", zoom_factor(zoom),
			(part.x + part.width / 2) * 100, (part.y + part.height / 2) * 100);
}

static void draw_none(const struct state *state, const struct view *view,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	const struct feed *feed = feeds_of(&state->feeds, view_site(view));
	const struct page *captures = &state->captures.page;
	char text[SITUATION_BYTES], words[PICTURE_WORDS_BYTES];

	if (state->evidence.subject.camera) {
		exhibit_say_none(words, &state->camera,
			captures->count > 0 ? page_row(captures, capture, 0) : NULL);
		snprintf(text, sizeof(text), "%.200s: %s", camera_name(&state->camera), words);
	} else if (captures->count > 0) {
		snprintf(text, sizeof(text), "no picture of %.400s", state->session_id);
	} else {
		situation_empty(text, state->feeds.matter, view_site(view), feed, context->now_ms);
	}
	canvas_cut(canvas, area.row + area.rows / 2, area.column + MARGIN_CELLS,
		area.columns - 2 * MARGIN_CELLS, ROLE_TEXT, text);
}

/* Below the picture: what the boxes' numbers mean, on the right how it is enlarged. Gives its rows.
 */
static int draw_foot(const struct state *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct area foot = {.rows = area.rows / LEGEND_PART, .columns = area.columns};
	char words[WORDS_BYTES];
	int rows, width;

	say_zoom(words, &state->zoom);
	width = text_width(words);
	foot.columns -= width;
	rows = evidence_legend(&state->evidence, context, NULL, foot);
	foot.rows = rows > 0 || width == 0 ? rows : 1;
	foot.row = area.row + area.rows - foot.rows;
	foot.column = area.column;
	evidence_legend(&state->evidence, context, canvas, foot);
	canvas_right(canvas, foot.row, area.column, area.columns - 1, ROLE_TEXT, words);
	return foot.rows;
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;
	struct canvas_picture *picture;

	if (state->evidence.form == EVIDENCE_NONE) {
		draw_none(state, view, context, canvas, area);
		return;
	}
	area.rows -= draw_foot(state, context, canvas, area);
	if (area.rows < 1)
		return;
	picture = evidence_put(
		&state->evidence, context, canvas, area, evidence_shown(&state->evidence));
	if (picture)
		picture->part = zoom_part(&state->zoom);
}

/* ---- keys ---- */

static void enlarge(struct state *state, struct intent *intent)
{
	(void)intent;
	zoom_in(&state->zoom);
}

static void reduce(struct state *state, struct intent *intent)
{
	(void)intent;
	zoom_out(&state->zoom);
}

static void leave(struct state *state, struct intent *intent)
{
	(void)state;
	intent->kind = INTENT_BACK;
}

/* First back to the whole of it. */
static void go_back(struct state *state, struct intent *intent)
{
	if (zoom_is_whole(&state->zoom))
		leave(state, intent);
	state->zoom = (struct zoom){0};
}

static void go_left(struct state *state, struct intent *intent)
{
	if (zoom_is_whole(&state->zoom))
		leave(state, intent);
	else
		zoom_pan(&state->zoom, -1, 0);
}

static const struct {
	enum action action;
	int right, down;
	void (*act)(struct state *state, struct intent *intent); /* NULL: moves about */
} acts[] = {
	{ACTION_UP, 0, -1, NULL},
	{ACTION_DOWN, 0, 1, NULL},
	{ACTION_SCROLL_UP, 0, -1, NULL},
	{ACTION_SCROLL_DOWN, 0, 1, NULL},
	{ACTION_RIGHT, 1, 0, NULL},
	{ACTION_OPEN, 1, 0, NULL},
	{ACTION_PAGE_UP, 0, -3, NULL},
	{ACTION_PAGE_DOWN, 0, 3, NULL},
	{ACTION_LEFT, 0, 0, go_left},
	{ACTION_ZOOM_IN, 0, 0, enlarge},
	{ACTION_ZOOM_OUT, 0, 0, reduce},
	{ACTION_FULL_SCREEN, 0, 0, leave},
	{ACTION_BACK, 0, 0, go_back},
};

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)view;
	(void)context;
	(void)rows;
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].action != action)
			continue;
		if (acts[i].act)
			acts[i].act(state, intent);
		else
			zoom_pan(&state->zoom, acts[i].right, acts[i].down);
		return;
	}
	evidence_act(&state->evidence, action, intent);
}

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct state *state = data;
	size_t count = 0;

	(void)view;
	(void)context;
	if (!state->session_id[0])
		count = view_add_id(list, count, "camera", state->id);
	return evidence_add_ids(&state->evidence, NULL, list, count);
}

/* The same as the view it was opened from: what is on screen stays alive. */
static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	static const enum matter matters[] = {MATTER_EVIDENCE, MATTER_DELTA};
	const struct state *state = data;

	(void)context;
	if (!state->session_id[0])
		return matter_wants(MATTER_CAMERAS, demands, 0);
	for (size_t i = 0; i < sizeof(matters) / sizeof(matters[0]); i++)
		matter_wants_one(matters[i], view_site(view), state->session_id, demands, i);
	return sizeof(matters) / sizeof(matters[0]);
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct state *state = data;
	bool is_bad;

	if (!situation_note(&state->feeds, context, view_site(view), true, note->text, &is_bad) ||
		!is_bad)
		return evidence_hint(&state->evidence, context, note);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_picture = {
	.name = "picture",
	.title = "Picture",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_RUN) |
		STORE_CHANGED(NOUN_DELTA_ROW) | STORE_CHANGED(NOUN_OVERLAY) |
		STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct state),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.pans = true,
};
