/* Session: one door session with its pictures, its captures and its analysis. Each section reads
 * its own data and fails on its own. Main thread. What it says: session_text.c. */
#include "store/store.h"
#include "views/evidence_hint.h"
#include "views/session_parts.h"
#include <string.h>

static bool init(struct view *view, void *data)
{
	struct session_view *state = data;

	(void)view;
	feeds_init(&state->list_feeds, MATTER_SESSIONS);
	feeds_init(&state->item_feeds, MATTER_SESSION);
	feeds_init(&state->evidence_feeds, MATTER_EVIDENCE);
	return dossier_init(&state->dossier, DOSSIER_SESSION) && detail_init(&state->detail);
}

static void release(void *data)
{
	struct session_view *state = data;

	detail_release(&state->detail);
	dossier_release(&state->dossier);
	feeds_release(&state->list_feeds);
	feeds_release(&state->item_feeds);
	feeds_release(&state->evidence_feeds);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct session_view *state = data;
	struct err *err = view_error(view);
	const char *site = view_site(view), *id = view_id(view);

	(void)rows;
	state->detail.is_changed = true;
	dossier_read(&state->dossier, context, site, id, err);
	feeds_read(&state->list_feeds, context->reader, site, "", err);
	feeds_read(&state->item_feeds, context->reader, site, id, err);
	feeds_read(&state->evidence_feeds, context->reader, site, id, err);
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct session_view *state = data;
	struct doc *doc = state->detail.doc;
	const struct feed *feed = feeds_of(&state->list_feeds, view_site(view));
	bool is_old = feed && feed_is_old(feed, context->now_ms);

	if (state->dossier.is_found) {
		session_draw_title(&state->dossier.session, context, canvas, area);
		area = evidence_draw_top(&state->dossier.evidence, context, canvas, area, is_old);
	}
	if (detail_begin(&state->detail, context, area.columns)) {
		if (state->dossier.is_found)
			session_write(doc, state, context, area.columns);
		else
			session_write_not_found(doc, view, state, context, area.columns);
	}
	state->text_rows = area.rows;
	detail_draw(&state->detail, canvas, area, is_old);
}

/* Left and right are what they are elsewhere: back, and open. */
static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct session_view *state = data;

	(void)view;
	(void)context;
	(void)rows;
	if (action == ACTION_LEFT)
		action = ACTION_BACK;
	if (action == ACTION_RIGHT)
		action = ACTION_OPEN;
	if (evidence_act(&state->dossier.evidence, action, intent))
		return;
	if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else
		detail_act(&state->detail, action, state->text_rows, intent);
}

static void click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct session_view *state = data;

	(void)rows;
	if (!evidence_click(&state->dossier.evidence, spot, is_double, intent))
		detail_click(view, data, context, spot, is_double, state->text_rows, intent);
}

/* The camera that the selected line names, or that took what is shown. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct session_view *state = data;
	size_t count = detail_add_id(&state->detail, list, 0);
	struct detail_target target = {.line = ""};

	(void)context;
	detail_target(&state->detail, &target);
	count = view_add_id(list, count, "session", view_id(view));
	return evidence_add_ids(&state->dossier.evidence, target.line, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct session_view *state = data;
	bool is_dialect_a = state->dossier.is_found && state->dossier.session.dialect &&
		strcmp(state->dossier.session.dialect, "A") == 0;
	const enum matter matters[] = {MATTER_EVIDENCE, MATTER_DELTA, MATTER_SESSION};
	size_t count = is_dialect_a || !state->dossier.is_found ? 3 : 2;

	(void)context;
	for (size_t i = 0; i < count; i++)
		matter_wants_one(matters[i], view_site(view), view_id(view), demands, i);
	return count;
}

static bool say_note(const struct view *view, const void *data, const struct view_context *context,
	struct note *note)
{
	const struct session_view *state = data;
	bool is_bad;

	if (!situation_note(
		    &state->list_feeds, context, view_site(view), true, note->text, &is_bad) ||
		!is_bad)
		return evidence_hint(&state->dossier.evidence, context, note);
	note->role = ROLE_WARN;
	return true;
}

const struct view_ops view_session = {
	.name = "session",
	.title = "Session",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_RUN) |
		STORE_CHANGED(NOUN_DELTA_ROW) | STORE_CHANGED(NOUN_OVERLAY) |
		STORE_CHANGED(NOUN_REVIEW) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct session_view),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
	.wants = wants,
	.note = say_note,
	.ids = ids,
	.click = click,
	.pans = true,
};
