/* The engine behind every table view. A list is a noun, columns and a sort over pages of the store;
 * it keeps a page of rows, and a cursor that remembers a key, so that the selection sticks to the
 * row when rows come, go and move. Main thread. */
#ifndef VIEWS_LIST_H
#define VIEWS_LIST_H

#include "ui/table.h"
#include "views/situation.h"
#include "views/view.h"

struct list;

/* Lent to a column's getter. */
struct list_at {
	const struct list *list;
	const struct view_context *context;
	const void *row;
	const void *extra; /* what extend made of the row; NULL without extend */
	const void *above; /* the row above it, while the list is in its own order: what both say
			    * need not be said twice; NULL on the first line */
	int cells;         /* width of the column; 0 while it is only measured */
};

enum list_column_flags {
	LIST_RIGHT = 1 << 0,
	LIST_MANY_SITES = 1 << 1,  /* only with many sites */
	LIST_FALLING = 1 << 2,     /* its sort starts with the highest or newest */
	LIST_SNUG = 1 << 3,        /* its minimum is no more than its widest content */
	LIST_ID = 1 << 4,          /* long ids are shortened unless there is much room */
	LIST_ECHO = 1 << 5,        /* says the same as the column its sort is of: has the arrow when
				    * that one is not shown, is no step of its own */
	LIST_RECORDERS = 1 << 6,   /* only beside a recorder */
	LIST_PIS = 1 << 7,         /* beside a recorder only where some row has it */
	LIST_NO_RECORDERS = 1 << 8 /* not beside a recorder */
};

/* A column is one row of one table. */
struct list_column {
	const char *title;
	const char *sort; /* NULL = cannot be sorted by */
	int min_cells;
	int max_cells;  /* 0 = takes what is left */
	int importance; /* the least goes first when it is narrow; 0 = never */
	unsigned flags;
	void (*get)(const struct list_at *at, struct table_cell *cell);
	/* What a click on its cell copies, in full; NULL = it is no id. */
	const char *(*id)(const void *row);
};

enum { LIST_COUNTED_MAX = 3 };

struct list_def {
	enum noun_id noun;
	const char *default_sort;
	const char *default_column; /* title that carries the arrow then; NULL = none */
	const struct list_column *columns;
	size_t column_count;
	enum matter matter;
	bool has_subjects; /* its feeds are asked once a subject, not once a site */
	bool is_never_old; /* rows speak of their own age */
	int wish_cells;    /* of the column that takes the rest, at COMFORT_CELLS */
	const char *word;  /* "session": the tab line says "221 sessions"; NULL = nothing */
	/* "active", "error": and says "  4 active" of each status of which there are any. */
	const char *counted[LIST_COUNTED_MAX];
	/* Says another thing there, once the rows are counted; may be NULL. */
	void (*summarize)(struct view *view, const struct view_context *context);
	/* What is asked of the store once a row on the page (sparklines); may be NULL. */
	size_t extra_bytes;
	void (*extend)(const struct view_context *context, const void *row, void *extra);
	/* Adds the view's own conditions to a query: those that always hold, and with has_filter
	 * those its filter asks for beyond words; may be NULL. list is the view's state. */
	void (*narrow)(const struct list *list, const struct view_context *context, bool has_filter,
		struct query *query);
	/* What Enter does. */
	void (*open)(const void *row, struct intent *intent);
	/* Its ids, the row's own first; NULL = it has none. */
	size_t (*ids)(const void *row, struct view_id ids[VIEW_IDS_MAX]);
};

enum { LIST_UNSORTED = TABLE_COLUMNS_MAX };

struct list {
	const struct list_def *def;
	struct page page;
	struct page spare; /* the next page is read into it: a failed read loses nothing */
	void *extras;
	struct feeds feeds;
	struct table table;
	struct table_column columns[TABLE_COLUMNS_MAX];
	const struct list_column *shown[TABLE_COLUMNS_MAX];
	size_t column_count;
	bool is_filled[TABLE_COLUMNS_MAX]; /* some row had more than "-" in that column */
	bool has_site_column;
	bool has_recorder_columns;
	char selected[PLACE_BYTES]; /* key of the selected row */
	size_t cursor;              /* its index on the page; beyond the page when is_apart */
	struct place top;           /* first row of the page */
	bool is_at_top;             /* the page starts with the first row of all */
	bool is_resting;            /* nobody moved away from the first row */
	bool is_apart;              /* the wheel left the selection behind, out of sight */
	bool is_told;               /* a pane says all of the selected row (views/pane.h) */
	size_t sort;                /* index in def->columns, or LIST_UNSORTED */
	bool is_reversed;
	char filter[QUERY_TEXT_BYTES]; /* of the page */
	int capacity;                  /* rows that fit */
	size_t loads;                  /* how often a page was read */
};

bool list_init(struct list *list, const struct list_def *def);

/* A column's getter: the first field of every noun. */
void list_get_site(const struct list_at *at, struct table_cell *cell);

/* These are a view's functions: state is a struct list, or begins with one. */
bool list_open(struct view *view, void *state); /* its ops have a struct list_def */
void list_release(void *state);
void list_query(struct view *view, void *state, const struct view_context *context, int rows);
void list_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area);
void list_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent);
/* The matter of its definition, of every site. */
size_t list_wants(struct view *view, void *state, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX]);
bool list_note(const struct view *view, const void *state, const struct view_context *context,
	struct note *note);
/* Brings the selection back into sight: what is copied is seen. */
size_t list_ids(struct view *view, void *state, const struct view_context *context,
	struct view_id ids[VIEW_IDS_MAX]);
/* A click on a title sorts by its column, another one reverses that; on a row selects it, a double
 * one opens it. */
void list_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent);

/* All that a view's table says of itself where it is a list and no more. */
#define LIST_VIEW(definition)                                                             \
	.def = (definition), .state_bytes = sizeof(struct list), .init = list_open,       \
	.release = list_release, .query = list_query, .draw = list_draw, .act = list_act, \
	.note = list_note, .ids = list_ids, .click = list_click, .has_filter = true

/* The selected row; NULL in an empty list, and where the wheel left it behind. */
const void *list_selected(const struct list *list);

/* ---- the parts of the engine (list.c, list_move.c, list_mouse.c, list_draw.c) ---- */

struct query list_make_query(
	const struct list *list, const struct view *view, const struct view_context *context);
/* Shows the first rows again: others than before. To be asked anew afterwards. */
void list_restart(struct list *list);
/* Loads the page that starts at list->top; false on an error (said in view_error). */
bool list_load(struct list *list, struct view *view, const struct view_context *context);
void list_take_cursor(struct list *list, size_t index);
/* Looks where on the page the selection is now, or notes that it is not. */
void list_seek(struct list *list);
/* Scrolls back to a selection that the wheel left behind; false when it is in sight. */
bool list_return(struct list *list, struct view *view, const struct view_context *context);
void list_load_extras(struct list *list, const struct view_context *context);
const void *list_row(const struct list *list, size_t index);
const char *list_site(const struct list *list, const void *row);
/* What is lent of the row with that index, without the one above; of none where it is apart. */
struct list_at list_lend(const struct list *list, const struct view_context *context, size_t index);
/* ACTION_SCROLL_UP, ACTION_SCROLL_DOWN. */
void list_wheel(struct list *list, struct view *view, const struct view_context *context,
	enum action action);
/* The column of the definition that the rows are in order of; NULL = the list's own order, which is
 * none column's. */
const struct list_column *list_order(const struct list *list);
/* Whether a screen like this has such a column at all, however wide it is. */
bool list_has_column(const struct list_column *column, const struct view_context *context);
/* To be asked anew afterwards. */
void list_sort_by(struct list *list, size_t column, struct intent *intent);

#endif
