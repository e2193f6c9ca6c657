/* The lines of a page's last section: ids and feeds in full, to be read out or copied, broken into
 * lines rather than cut. Main thread. */
#ifndef VIEWS_DEBUG_H
#define VIEWS_DEBUG_H

#include "model/feed.h"
#include "ui/doc.h"
#include "views/view.h"

/* columns: of the document. value NULL = "-". */
void debug_id(struct doc *doc, const char *label, const char *value, int columns);
/* How a feed stands. feed NULL = nothing is kept of it; has_data: yet some of what it brings is
 * there, from an earlier time or another feed. */
void debug_feed(struct doc *doc, const char *label, const struct feed *feed, bool has_data,
	const struct view_context *context, int columns);

#endif
