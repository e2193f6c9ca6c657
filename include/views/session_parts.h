/* A session's view: what its files share. session.c reads and draws, session_text.c writes. Main
 * thread. */
#ifndef VIEWS_SESSION_PARTS_H
#define VIEWS_SESSION_PARTS_H

#include "model/session.h"
#include "views/analysis.h"
#include "views/captures.h"
#include "views/detail.h"
#include "views/evidence.h"
#include "views/situation.h"

struct session_view {
	struct detail detail; /* first */
	struct arena *arena;
	struct session session;
	bool is_found;
	struct captures captures;
	struct analysis analysis;
	struct evidence evidence;
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
