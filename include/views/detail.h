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

/* A view's click: state is a struct detail, or begins with one. Selects the line, a double click
 * opens what it leads to. */
void detail_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent);

/* What the selected line leads to, and its line (as in detail_link). */
struct detail_target {
	char view[32]; /* "session" "camera" "run" "recording" "event" */
	char site[VIEW_ID_BYTES];
	char id[VIEW_ID_BYTES];
	char line[VIEW_ID_BYTES];
};
/* false when no line is selected. */
bool detail_peek(const struct detail *detail, struct detail_target *target);
/* The same; brings the selection back into sight: what is copied is seen. */
bool detail_target(struct detail *detail, struct detail_target *target);
/* Puts the id that the selected line leads to behind the count that are there (view_add_id),
 * labelled with its view's name; returns how many there are then. */
size_t detail_add_id(struct detail *detail, struct view_id ids[VIEW_IDS_MAX], size_t count);

/* Makes the last line one that opens a view on site and id. line tells lines with the same target
 * apart, so that the selection sticks to one of them; NULL where there is only one. */
void detail_link(struct doc *doc, const struct view_ops *view, const char *site, const char *id,
	const char *line);
/* The key of such a line (doc_selected, a spot's text). */
void detail_key(char *dst, size_t dst_bytes, const struct view_ops *view, const char *site,
	const char *id, const char *line);
/* Draws it, dimmed when the feed that brings the thing shown is old. */
void detail_draw(struct detail *detail, struct canvas *canvas, struct area area, bool is_old);

#endif
