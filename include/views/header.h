/* What the header line says: how the sites are doing and how many sessions there are per badge.
 * Asked with the view's own data and at most once a second besides; ages are made when drawn. Main
 * thread. */
#ifndef VIEWS_HEADER_H
#define VIEWS_HEADER_H

#include "views/recorders.h"
#include "views/situation.h"
#include "views/view.h"

struct header {
	struct feeds feeds;
	struct feeds recorder_feeds; /* those of their totals */
	struct totals totals;
	struct recorder recorders; /* of all, summed up; UNKNOWN where none knows */
	int64_t asked_at;
	int64_t version; /* of the store when feeds were read */
};

void header_init(struct header *header);
void header_release(struct header *header);
void header_ask(struct header *header, const struct view_context *context);
/* Draws it into one row. */
void header_draw(struct header *header, const struct frame *frame,
	const struct view_context *context, struct canvas *canvas, int row);

/* The header of an open view; borrowed. */
struct header *view_header(const struct view *view);

#endif
