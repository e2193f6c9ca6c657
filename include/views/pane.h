/* A list and, where the screen has room, all that is known of its selected row in a pane below it,
 * as in a mail reader: long texts are cut in the list, never out of reach. Main thread. */
#ifndef VIEWS_PANE_H
#define VIEWS_PANE_H

#include "ui/doc.h"
#include "views/list.h"

struct pane;

/* Of the screen's columns the pane's text has all but these. */
enum { PANE_MARGIN_CELLS = 4 };

struct pane_def {
	struct list_def list;
	/* Writes what there is to know of a row, in lines of room cells; state is the view's. */
	void (*write)(const void *state, struct doc *doc, const struct list_at *at, int room);
	/* Also writes what is about no row, then with at->row NULL: while there are none. */
	bool has_more;
	/* What is on the line above the pane, and stays where there is no room for more; may be
	 * NULL. The short one where the long one does not fit. */
	const char *caption;
	const char *short_caption;
};

/* A view's state begins with it. */
struct pane {
	struct list list;
	const struct pane_def *def;
	struct doc *doc;
	char told[PLACE_BYTES]; /* key of the row that it was last about */
	int first;              /* line of the pane's text that is on its top */
	int body_rows;          /* without the line above, as last drawn; 0 = no room */
	int lines;              /* of the text, as last written */
};

bool pane_init(struct pane *pane, const struct pane_def *def);

/* These are a view's functions, as those of a list (views/list.h); its view pans: left and right
 * move through a text that is longer than the pane. */
bool pane_open(struct view *view, void *state); /* its ops have a struct pane_def */
void pane_release(void *state);
void pane_query(struct view *view, void *state, const struct view_context *context, int rows);
void pane_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area);
void pane_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent);
void pane_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent);

/* "label value   label value", as many as fit on a line. Labels are dim. */
struct pane_facts {
	struct doc *doc;
	int columns; /* of a line */
	int used;    /* of the last one */
};

/* Begins a line of them. */
struct pane_facts pane_facts(struct doc *doc, int columns);
/* value NULL or "": nothing. */
void pane_fact(struct pane_facts *facts, const char *label, enum role role, const char *value);
/* The same for an id: a click copies it. */
void pane_fact_id(struct pane_facts *facts, const char *label, const char *id);

#endif
