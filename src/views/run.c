/* Run: one inventory analysis, its timeline, delta and review. Main thread. */
#include "model/run.h"
#include "store/store.h"
#include "views/analysis.h"
#include "views/debug.h"
#include "views/detail.h"
#include "views/words.h"
#include <stdio.h>

enum { LABEL_BYTES = 128 };

struct state {
	struct detail detail; /* first */
	struct analysis analysis;
	char container[LABEL_BYTES];
	struct feeds feeds;
};

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	(void)view;
	feeds_init(&state->feeds, MATTER_RUNS);
	return analysis_init(&state->analysis) && detail_init(&state->detail);
}

static void release(void *data)
{
	struct state *state = data;

	detail_release(&state->detail);
	analysis_release(&state->analysis);
	feeds_release(&state->feeds);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;

	(void)rows;
	state->detail.is_changed = true;
	analysis_read(&state->analysis, context, view_site(view), view_id(view), view_error(view));
	feeds_read(&state->feeds, context->reader, view_site(view), NULL, view_error(view));
	if (state->analysis.is_found)
		analysis_name_container(
			state->container, sizeof(state->container), context, &state->analysis.run);
}

static void write_title(struct doc *doc, const struct run *run, const struct view_context *context)
{
	const char *label = run_label(run);
	const struct badge *badge = badge_run(label);
	char words[WORDS_BYTES];

	words_badge(words, badge, label, context->is_ascii);
	doc_line(doc);
	doc_text(doc, 0, role_of_tone(badge->tone), words);
	doc_text(doc, 0, ROLE_STRONG, "  ");
	doc_id(doc, 0, ROLE_STRONG, run->run_id);
	doc_printf(doc, 0, ROLE_DIM, "  %s", run->site);
}

static void write_head(
	struct doc *doc, const struct state *state, const struct view_context *context)
{
	const struct run *run = &state->analysis.run;
	char words[WORDS_BYTES];

	write_title(doc, run, context);
	doc_pair_id(doc, "Session", ROLE_STRONG, run->session_id);
	if (run->session_id)
		detail_link(doc, &view_session, run->site, run->session_id, NULL);
	if (state->container[0]) {
		doc_pair(doc, "Container", ROLE_TEXT, state->container);
		doc_text(doc, 0, ROLE_TEXT, "  ");
		doc_id(doc, 0, ROLE_DIM, run->container_id);
	} else {
		doc_pair_id(doc, "Container", ROLE_TEXT, run->container_id);
	}
	words_when(words, run->created_at, NULL, context->now_ms);
	doc_pair(doc, "Created", ROLE_TEXT, words);
	words_when(words, run->completed_at, NULL, context->now_ms);
	if (run->completed_at != UNKNOWN)
		doc_pair(doc, "Completed", ROLE_TEXT, words);
	if (run->completed_at != UNKNOWN && run->created_at != UNKNOWN &&
		run->completed_at < run->created_at)
		doc_text(doc, 0, ROLE_WARN, "  before it was created: clock skew?");
}

static void write_debug(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	const struct run *run = &state->analysis.run;
	char words[WORDS_BYTES] = "-";

	if (run->processing_time_ms >= 1000)
		snprintf(words, sizeof(words), "%.1fs", (double)run->processing_time_ms / 1000);
	else if (run->processing_time_ms >= 0)
		snprintf(words, sizeof(words), "%lldms", (long long)run->processing_time_ms);
	doc_heading(doc, "Debug");
	debug_id(doc, "run_id", run->run_id, columns);
	debug_id(doc, "session_id", run->session_id, columns);
	debug_id(doc, "container_id", run->container_id, columns);
	doc_pair(doc, "provider", ROLE_TEXT, run->provider);
	doc_pair(doc, "processing time", ROLE_TEXT, words);
	doc_pair(doc, "model", ROLE_TEXT, run->model_version);
	debug_id(doc, "request_id", run->request_id, columns);
	debug_feed(doc, "delta", analysis_feed(&state->analysis, run->site),
		run->delta_kind != NULL, context, columns);
}

static void write_all(
	struct doc *doc, const struct state *state, const struct view_context *context, int columns)
{
	write_head(doc, state, context);
	doc_line(doc);
	analysis_write_timeline(doc, &state->analysis.run, context, columns);
	doc_heading(doc, "Delta");
	analysis_write_delta(doc, &state->analysis, context, columns);
	analysis_write_reviews(doc, &state->analysis, context, columns);
	write_debug(doc, state, context, columns);
}

static void write_not_found(struct doc *doc, const struct view *view)
{
	doc_line(doc);
	doc_id(doc, 0, ROLE_STRONG, view_id(view));
	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT, "no analysis with this id");
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;
	struct doc *doc = state->detail.doc;

	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->analysis.is_found)
			write_all(doc, state, context, area.columns);
		else
			write_not_found(doc, view);
	}
	detail_draw(&state->detail, canvas, area, false);
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)view;
	(void)context;
	detail_act(&state->detail, action, rows, intent);
}

/* The delta comes with its session's. */
static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	struct state *state = data;

	/* Asked for the first time before the first query: without its session, the delta would
	 * come only with the next renewal. */
	if (!state->analysis.is_found)
		analysis_read(&state->analysis, context, view_site(view), view_id(view),
			view_error(view));
	if (!state->analysis.is_found || !state->analysis.run.session_id)
		return 0;
	return matter_wants_one(
		MATTER_DELTA, view_site(view), state->analysis.run.session_id, demands, 0);
}

static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id found[VIEW_IDS_MAX])
{
	struct state *state = data;
	size_t count = detail_add_id(&state->detail, found, 0);

	(void)context;
	if (state->analysis.is_found)
		return analysis_add_ids(&state->analysis.run, found, count);
	return view_add_id(found, count, "run", view_id(view));
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct state *state = data;
	const struct feed *feed = analysis_feed(&state->analysis, view_site(view));

	if (!situation_is_notable(feed, context->now_ms))
		return false;
	situation_old(note->text, MATTER_DELTA, feed, context->now_ms);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_run = {
	.name = "run",
	.title = "Run",
	.watches = STORE_CHANGED(NOUN_RUN) | STORE_CHANGED(NOUN_DELTA_ROW) |
		STORE_CHANGED(NOUN_REVIEW) | STORE_CHANGED(NOUN_CONTAINER) |
		STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct state),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = detail_click,
};
