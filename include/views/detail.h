/* The engine behind every detail view: a document that is built from what was read, at most once a
 * second or after a change, with lines that open other views. Main thread. */
#ifndef VIEWS_DETAIL_H
#define VIEWS_DETAIL_H

#include "ui/doc.h"
#include "views/view.h"

struct detail {
	struct doc *doc;
	int64_t built_second;
	int built_columns;
	bool is_changed; /* what was read is newer than the document */
};

bool detail_init(struct detail *detail);
void detail_release(struct detail *detail);
/* Whether the document must be built again for this width and time; forgets its lines if so. */
bool detail_begin(struct detail *detail, const struct view_context *context, int columns);
/* Moves, and opens what the selected line leads to. */
void detail_act(struct detail *detail, enum action action, int rows, struct intent *intent);

/* Makes the last line one that opens a view on site and id. line tells lines with the same target
 * apart, so that the selection sticks to one of them; NULL where there is only one. */
void detail_link(struct doc *doc, const struct view_ops *view, const char *site, const char *id,
	const char *line);
/* Draws it, dimmed when the feed that brings the thing shown is old. */
void detail_draw(struct detail *detail, struct canvas *canvas, struct area area, bool is_old);

#endif
