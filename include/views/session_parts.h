/* A session's view: what its files share. session.c reads and draws, session_text.c writes. Main
 * thread. */
#ifndef VIEWS_SESSION_PARTS_H
#define VIEWS_SESSION_PARTS_H

#include "views/detail.h"
#include "views/dossier.h"
#include "views/situation.h"

struct session_view {
	struct detail detail; /* first */
	struct dossier dossier;
	int text_rows;           /* of the document at the last drawing */
	struct feeds list_feeds; /* what brings the session itself */
	struct feeds item_feeds;
	struct feeds evidence_feeds;
};

/* The first line, which stays on top. */
void session_draw_title(const struct session *session, const struct view_context *context,
	struct canvas *canvas, struct area area);
/* All below the pictures. */
void session_write(struct doc *doc, const struct session_view *view,
	const struct view_context *context, int columns);
void session_write_not_found(struct doc *doc, const struct view *view,
	const struct session_view *state, const struct view_context *context, int columns);

#endif
