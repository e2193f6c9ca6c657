/* A session's view: what its files share. session.c reads, session_text.c writes. Main thread. */
#ifndef VIEWS_SESSION_PARTS_H
#define VIEWS_SESSION_PARTS_H

#include "views/dossier.h"

/* What brings the session itself, what it answers by itself, its captures. */
enum { SESSION_LIST, SESSION_ITEM, SESSION_EVIDENCE, SESSION_FEEDS };

/* As in struct dossier_def. */
int session_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area);
void session_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns);
void session_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns);

#endif
