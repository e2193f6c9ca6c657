/* The view of a thing with its evidence: a title, the panel, a text. Owns the text and the feeds
 * that bring it; main thread. */
#include "views/dossier.h"
#include "views/evidence_hint.h"

enum { MARGINS = 4 };

bool dossier_open(struct view *view, void *state)
{
	struct dossier *dossier = state;
	const struct dossier_def *def = view_ops(view)->def;
	bool is_fine = dossier_init(dossier, def->kind);

	dossier->def = def;
	dossier->evidence.has_boxes = def->has_boxes;
	for (size_t i = 0; i < def->feed_count; i++)
		feeds_init(&dossier->feeds[i], def->feeds[i].matter);
	return detail_init(&dossier->detail) && is_fine;
}

void dossier_query(struct view *view, void *state, const struct view_context *context, int rows)
{
	struct dossier *dossier = state;
	const struct dossier_def *def = dossier->def;
	const char *site = view_site(view), *id = view_id(view);
	struct err *err = view_error(view);

	(void)rows;
	dossier->detail.is_changed = true;
	dossier_read(dossier, context, site, id, err);
	for (size_t i = 0; i < def->feed_count; i++)
		feeds_read(&dossier->feeds[i], context->reader, site,
			def->feeds[i].is_own ? id : "", err);
}

const struct feed *dossier_feed(const struct dossier *dossier, size_t index, const char *site)
{
	return feeds_of(&dossier->feeds[index], site);
}

/* ---- drawing ---- */

static bool is_old(
	const struct dossier *dossier, const struct view *view, const struct view_context *context)
{
	const struct dossier_def *def = dossier->def;
	const char *site = view_site(view);
	const struct feed *feed =
		def->feed ? def->feed(dossier, site) : dossier_feed(dossier, def->noted, site);

	return feed && feed_is_old(feed, context->now_ms);
}

static void take_rows(struct area *area, int rows)
{
	area->row += rows;
	area->rows -= rows;
}

/* Gives the area that is left for the text. */
static struct area draw_top(struct dossier *dossier, const struct view_context *context,
	struct canvas *canvas, struct area area, bool is_dim)
{
	int first = area.row;

	take_rows(&area, dossier->def->draw_head(dossier, context, canvas, area));
	for (int row = first; is_dim && row < area.row; row++)
		canvas_role(canvas, row, area.column, area.columns, ROLE_DIM);
	take_rows(&area, evidence_draw(&dossier->evidence, context, canvas, area));
	return area;
}

void dossier_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct dossier *dossier = state;
	const struct dossier_def *def = dossier->def;
	struct doc *doc = dossier->detail.doc;
	bool is_dim = is_old(dossier, view, context);

	if (dossier->is_found)
		area = draw_top(dossier, context, canvas, area, is_dim);
	if (detail_begin(&dossier->detail, context, area.columns)) {
		if (dossier->is_found)
			def->write(doc, state, context, area.columns);
		else
			def->write_not_found(doc, view, state, context, area.columns);
	}
	dossier->text_rows = area.rows;
	detail_draw(&dossier->detail, canvas, area, is_dim);
}

void dossier_write_none(struct doc *doc, const struct view *view, const char *text, int columns)
{
	doc_line(doc);
	doc_id(doc, 0, ROLE_STRONG, view_id(view));
	doc_printf(doc, 0, ROLE_DIM, "  %s", view_site(view));
	doc_paragraph(doc, 0, columns - MARGINS, ROLE_TEXT, text);
}

bool dossier_note(const struct view *view, const void *state, const struct view_context *context,
	struct note *note)
{
	const struct dossier *dossier = state;
	const struct dossier_def *def = dossier->def;
	const struct feeds *feeds = &dossier->feeds[def->noted];
	bool is_bad;

	if (!situation_note(feeds, context, view_site(view), true, note->text, &is_bad) ||
		(!is_bad && !def->notes_rest))
		return evidence_hint(&dossier->evidence, context, note);
	note->role = is_bad ? ROLE_WARN : ROLE_DIM;
	return true;
}

/* ---- keys ---- */

void dossier_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct dossier *dossier = state;

	(void)view;
	(void)context;
	(void)rows;
	if (action == ACTION_LEFT)
		action = ACTION_BACK;
	if (action == ACTION_RIGHT)
		action = ACTION_OPEN;
	if (evidence_act(&dossier->evidence, action, intent))
		return;
	if (action == ACTION_BACK)
		intent->kind = INTENT_BACK;
	else
		detail_act(&dossier->detail, action, dossier->text_rows, intent);
}

void dossier_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent)
{
	struct dossier *dossier = state;

	(void)rows;
	if (!evidence_click(&dossier->evidence, spot, is_double, intent))
		detail_click(view, state, context, spot, is_double, dossier->text_rows, intent);
}
