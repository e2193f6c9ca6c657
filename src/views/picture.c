/* Picture: one picture as large as the screen, to be enlarged, moved about and compared with its
 * counterpart. What it shows is the evidence panel's (evidence.h). Main thread. */
#include "ui/picture.h"
#include "base/text.h"
#include "store/store.h"
#include "views/dossier.h"
#include "views/evidence_hint.h"
#include "views/picture_zoom.h"
#include "views/situation.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { LEGEND_PART = 4, MARGIN_CELLS = 2 };

struct state {
	char id[VIEW_ID_BYTES];      /* of the session, the camera or the event */
	char capture[VIEW_ID_BYTES]; /* that is shown first; "" = it was, or there is only one */
	struct dossier dossier;
	struct feeds feeds;
	struct zoom zoom;
};

/* ---- the subject: "SESSION\x1fCAPTURE\x1fbd", "\x1fCAMERA" or "\x1f\x1fEVENT\x1fb" ---- */

/* Copies the part before the next \x1f and returns what is behind it. */
static const char *take_part(char dst[VIEW_ID_BYTES], const char *text)
{
	size_t bytes = strcspn(text, "\x1f");

	snprintf(dst, VIEW_ID_BYTES, "%.*s", (int)bytes, text);
	return text[bytes] ? text + bytes + 1 : text + bytes;
}

static enum dossier_kind take_subject(struct state *state, const char **subject)
{
	*subject = take_part(state->id, *subject);
	if (state->id[0]) {
		*subject = take_part(state->capture, *subject);
		return DOSSIER_SESSION;
	}
	*subject = take_part(state->id, *subject);
	if (state->id[0])
		return DOSSIER_CAMERA;
	*subject = take_part(state->id, *subject);
	return DOSSIER_EVENT;
}

static bool init(struct view *view, void *data)
{
	static const enum matter matters[] = {[DOSSIER_SESSION] = MATTER_EVIDENCE,
		[DOSSIER_CAMERA] = MATTER_CAMERAS,
		[DOSSIER_EVENT] = MATTER_EVENT};
	struct state *state = data;
	const char *ways = view_id(view);
	enum dossier_kind kind = take_subject(state, &ways);

	feeds_init(&state->feeds, matters[kind]);
	if (!dossier_init(&state->dossier, kind))
		return false;
	state->dossier.evidence.is_full_screen = true;
	state->dossier.evidence.has_boxes = strchr(ways, 'b') != NULL;
	state->dossier.evidence.is_difference = strchr(ways, 'd') != NULL;
	return true;
}

static void release(void *data)
{
	struct state *state = data;

	dossier_release(&state->dossier);
	feeds_release(&state->feeds);
}

/* ---- reading ---- */

/* A recording is only known as one when it was found. */
static void settle_feeds(struct state *state)
{
	if (!dossier_is_recording(&state->dossier) || state->feeds.matter == MATTER_RECORDING)
		return;
	feeds_release(&state->feeds);
	feeds_init(&state->feeds, MATTER_RECORDING);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;
	struct evidence *evidence = &state->dossier.evidence;
	const char *site = view_site(view);
	bool is_of_camera = state->dossier.kind == DOSSIER_CAMERA;

	(void)rows;
	dossier_read(&state->dossier, context, site, state->id, view_error(view));
	settle_feeds(state);
	feeds_read(&state->feeds, context->reader, site, is_of_camera ? "" : state->id,
		view_error(view));
	if (state->capture[0] && evidence->form != EVIDENCE_NONE) {
		evidence_select(evidence, state->capture);
		state->capture[0] = '\0';
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

/* Whose picture there is not. */
static const char *name_of(const struct state *state)
{
	const struct dossier *dossier = &state->dossier;

	return dossier->kind == DOSSIER_CAMERA && dossier->is_found ? camera_name(&dossier->camera)
								    : state->id;
}

static void say_none(char dst[SITUATION_BYTES], const struct state *state, const struct view *view,
	const struct view_context *context)
{
	const struct feed *feed = feeds_of(&state->feeds, view_site(view));
	const struct dossier *dossier = &state->dossier;
	const struct page *captures = &dossier->captures.page;
	char words[PICTURE_WORDS_BYTES];

	if (dossier->evidence.subject.camera) {
		exhibit_say_none(words, &dossier->camera,
			captures->count > 0 ? page_row(captures, capture, 0) : NULL);
		snprintf(dst, SITUATION_BYTES, "%.200s: %s", name_of(state), words);
	} else if (dossier->kind == DOSSIER_EVENT && dossier->is_found) {
		snprintf(dst, SITUATION_BYTES, "%.200s: %s", name_of(state),
			evidence_shown(&dossier->evidence)->words);
	} else if (captures->count > 0) {
		snprintf(dst, SITUATION_BYTES, "no picture of %.400s", name_of(state));
	} else {
		situation_empty(dst, state->feeds.matter, view_site(view), feed, context->now_ms);
	}
}

static void draw_none(const struct state *state, const struct view *view,
	const struct view_context *context, struct canvas *canvas, struct area area)
{
	char text[SITUATION_BYTES];

	say_none(text, state, view, context);
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
	rows = evidence_legend(&state->dossier.evidence, context, NULL, foot);
	foot.rows = rows > 0 || width == 0 ? rows : 1;
	foot.row = area.row + area.rows - foot.rows;
	foot.column = area.column;
	evidence_legend(&state->dossier.evidence, context, canvas, foot);
	canvas_right(canvas, foot.row, area.column, area.columns - 1, ROLE_TEXT, words);
	return foot.rows;
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;
	struct canvas_picture *picture;

	if (state->dossier.evidence.form == EVIDENCE_NONE) {
		draw_none(state, view, context, canvas, area);
		return;
	}
	area.rows -= draw_foot(state, context, canvas, area);
	if (area.rows < 1)
		return;
	picture = evidence_put(&state->dossier.evidence, context, canvas, area,
		evidence_shown(&state->dossier.evidence));
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
	evidence_act(&state->dossier.evidence, action, intent);
}

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	static const char *const kinds[] = {[DOSSIER_CAMERA] = "camera", [DOSSIER_EVENT] = "event"};
	struct state *state = data;
	size_t count = 0;

	(void)view;
	(void)context;
	if (state->dossier.kind != DOSSIER_SESSION)
		count = view_add_id(list, count, kinds[state->dossier.kind], state->id);
	return evidence_add_ids(&state->dossier.evidence, NULL, list, count);
}

static size_t want_session(
	const struct state *state, const char *site, struct demand demands[VIEW_DEMANDS_MAX])
{
	size_t count = matter_wants_one(state->feeds.matter, site, state->id, demands, 0);

	return dossier_is_recording(&state->dossier)
		? evidence_wants(&state->dossier.evidence, demands, count)
		: matter_wants_one(MATTER_DELTA, site, state->id, demands, count);
}

/* The same as the view it was opened from: what is on screen stays alive. */
static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct state *state = data;

	(void)context;
	if (state->dossier.kind == DOSSIER_CAMERA)
		return matter_wants(MATTER_CAMERAS, demands, 0);
	if (state->dossier.kind == DOSSIER_EVENT)
		return matter_wants_one(MATTER_EVENT, view_site(view), state->id, demands, 0);
	return want_session(state, view_site(view), demands);
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct state *state = data;
	bool is_bad;

	if (!situation_note(&state->feeds, context, view_site(view), true, note->text, &is_bad) ||
		!is_bad)
		return evidence_hint(&state->dossier.evidence, context, note);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_picture = {
	.name = "picture",
	.title = "Picture",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_RUN) |
		STORE_CHANGED(NOUN_DELTA_ROW) | STORE_CHANGED(NOUN_OVERLAY) |
		STORE_CHANGED(NOUN_SEGMENT) | STORE_CHANGED(NOUN_EVENT) |
		STORE_CHANGED(NOUN_DETECTED_OBJECT) | STORE_CHANGED(NOUN_FEED),
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
