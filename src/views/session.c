/* Session: one door session with its pictures, its captures and its analysis. Each section reads
 * its own data and fails on its own. Main thread. What it says: session_text.c. */
#include "store/store.h"
#include "views/session_parts.h"
#include <string.h>

static const struct dossier_def session = {
	.kind = DOSSIER_SESSION,
	.feeds = {[SESSION_LIST] = {MATTER_SESSIONS, false},
		[SESSION_ITEM] = {MATTER_SESSION, true},
		[SESSION_EVIDENCE] = {MATTER_EVIDENCE, true}},
	.feed_count = SESSION_FEEDS,
	.noted = SESSION_LIST,
	.draw_head = session_draw_title,
	.write = session_write,
	.write_not_found = session_write_not_found,
};

/* The camera that the selected line names, or that took what is shown. */
static size_t ids(struct view *view, void *data, const struct view_context *context,
	struct view_id list[VIEW_IDS_MAX])
{
	struct dossier *dossier = data;
	size_t count = detail_add_id(&dossier->detail, list, 0);
	struct detail_target target = {.line = ""};

	(void)context;
	detail_target(&dossier->detail, &target);
	count = view_add_id(list, count, "session", view_id(view));
	return evidence_add_ids(&dossier->evidence, target.line, list, count);
}

static size_t wants(struct view *view, void *data, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX])
{
	const struct dossier *dossier = data;
	bool is_dialect_a = dossier->is_found && dossier->session.dialect &&
		strcmp(dossier->session.dialect, "A") == 0;
	const enum matter matters[] = {MATTER_EVIDENCE, MATTER_DELTA, MATTER_SESSION};
	size_t count = is_dialect_a || !dossier->is_found ? 3 : 2;

	(void)context;
	for (size_t i = 0; i < count; i++)
		matter_wants_one(matters[i], view_site(view), view_id(view), demands, i);
	return count;
}

const struct view_ops view_session = {
	.name = "session",
	.title = "Session",
	.watches = STORE_CHANGED(NOUN_SESSION) | STORE_CHANGED(NOUN_CAPTURE) |
		STORE_CHANGED(NOUN_CAMERA) | STORE_CHANGED(NOUN_RUN) |
		STORE_CHANGED(NOUN_DELTA_ROW) | STORE_CHANGED(NOUN_OVERLAY) |
		STORE_CHANGED(NOUN_REVIEW) | STORE_CHANGED(NOUN_FEED),
	.def = &session,
	.state_bytes = sizeof(struct dossier),
	.init = dossier_open,
	.release = dossier_release,
	.query = dossier_query,
	.draw = dossier_draw,
	.act = dossier_act,
	.wants = wants,
	.note = dossier_note,
	.ids = ids,
	.click = dossier_click,
	.pans = true,
};
