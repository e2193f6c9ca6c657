/* What a screen is: one const table of functions and columns. Views read the store, draw to a
 * canvas, move their own cursor, and say what they want done as an intent; they never fetch, never
 * write, never know the terminal. Main thread. */
#ifndef VIEWS_VIEW_H
#define VIEWS_VIEW_H

#include "model/feed.h"
#include "model/picture.h"
#include "store/reader.h"
#include "ui/action.h"
#include "ui/canvas.h"
#include <stdbool.h>

enum { VIEW_ID_BYTES = 640, VIEW_MESSAGE_BYTES = 512, VIEW_DEMANDS_MAX = 16, VIEW_IDS_MAX = 20 };
enum { WHEEL_ROWS = 3 }; /* the wheel scrolls by as many */

/* Lent to a view for each call. */
struct view_context {
	struct reader *reader;
	int64_t now_ms;
	bool is_ascii;
	bool has_many_sites;      /* a site column is worth its place */
	const char *const *sites; /* configured site names, in order */
	size_t site_count;
	bool has_recorders;      /* some site is an OmniSight */
	bool has_only_recorders; /* and none a Pi */
	const struct keymap *keymap;
	const char *setup_hint; /* nothing configured: where the file goes, how to run the demo;
				   NULL otherwise */
	bool shows_pictures; /* else a picture is its caption line alone: --images off, hidden by i,
				or a slow link and nobody asked */
	bool can_show_pictures;            /* or would, with i */
	int cell_width_px, cell_height_px; /* the shape of a cell; 0 = 1:2 */
};

enum intent_kind {
	INTENT_NONE,
	INTENT_OPEN,
	INTENT_BACK,
	INTENT_MESSAGE,
	INTENT_SAVE /* site, picture: as evidence-<id>; id is the capture's */
};

/* Plain data: what app.c is asked to do. */
struct intent {
	enum intent_kind kind;
	const struct view_ops *view; /* OPEN */
	char site[VIEW_ID_BYTES];
	char id[VIEW_ID_BYTES];
	char message[VIEW_MESSAGE_BYTES];
	char picture[PICTURE_KEY_BYTES]; /* SAVE */
	char session_id[VIEW_ID_BYTES];  /* SAVE */
};

/* Asks to open a view on a site and what the format makes the id. */
void intent_open(struct intent *intent, const struct view_ops *view, const char *site,
	const char *format, ...) __attribute__((format(printf, 4, 5)));
/* Asks for a message on the status line. */
void intent_say(struct intent *intent, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* An id that can be copied. */
struct view_id {
	char label[24]; /* "session" "delivery" "container" "run" "request" "correlation" "camera"
			   "object key" */
	char text[VIEW_ID_BYTES];
};

/* A line for the status line of a screen of that many columns. */
struct note {
	int columns;
	enum role role;
	char text[VIEW_MESSAGE_BYTES];
};

struct view; /* views/view.c: ops, subject, state, filter */

struct view_ops {
	const char *name;
	const char *title;
	uint32_t watches; /* STORE_CHANGED bits after which it asks its data again */
	const void
		*def; /* of the engine that its functions belong to (views/list.h, views/pane.h) */
	size_t state_bytes;
	bool (*init)(struct view *view, void *state);
	void (*release)(void *state);
	/* Asks the store again. Called when the store changed, on opening, after filter and sort
	 * changes and when the area's height changed. */
	void (*query)(struct view *view, void *state, const struct view_context *context, int rows);
	void (*draw)(struct view *view, void *state, const struct view_context *context,
		struct canvas *canvas, struct area area);
	void (*act)(struct view *view, void *state, const struct view_context *context,
		enum action action, int rows, struct intent *intent);
	/* What should be fetched while it is on screen; returns how many. NULL = nothing special.
	 */
	size_t (*wants)(struct view *view, void *state, const struct view_context *context,
		struct demand demands[VIEW_DEMANDS_MAX]);
	/* What the status line says while there is no message: why data is old or missing. Made
	 * anew with each draw (countdowns), so it must not query. false = nothing; NULL = never. */
	bool (*note)(const struct view *view, const void *state, const struct view_context *context,
		struct note *note);
	/* The ids of what is selected, the most important first; returns how many. NULL = none. */
	size_t (*ids)(struct view *view, void *state, const struct view_context *context,
		struct view_id ids[VIEW_IDS_MAX]);
	/* A click on one of the spots it drew (SORT, SELECT); double: the second within 400 ms.
	 * NULL = nothing to click. */
	void (*click)(struct view *view, void *state, const struct view_context *context,
		const struct spot *spot, bool is_double, int rows, struct intent *intent);
	bool has_filter;
	bool is_for_recorders; /* a tab only where an OmniSight site is configured */
	bool is_for_pis;       /* a tab only where there is more than recorders */
	bool pans; /* wants ACTION_LEFT and ACTION_RIGHT, and ACTION_BACK before it closes: the view
		      answers INTENT_BACK when it is to close */
};

/* Gives an open view on a subject ("" for none). */
struct view *view_new(const struct view_ops *ops, const char *site, const char *id);
void view_free(struct view *view);

const struct view_ops *view_ops(const struct view *view);
const char *view_site(const struct view *view);
const char *view_id(const struct view *view);
const char *view_filter(const struct view *view);
void view_set_filter(struct view *view, const char *filter);

void view_query(struct view *view, const struct view_context *context, int rows);
void view_draw(struct view *view, const struct view_context *context, struct canvas *canvas,
	struct area area);
void view_act(struct view *view, const struct view_context *context, enum action action, int rows,
	struct intent *intent);
size_t view_wants(struct view *view, const struct view_context *context,
	struct demand demands[VIEW_DEMANDS_MAX]);
/* Puts one behind the count that are there, while it is on screen; returns how many there are then.
 * Texts are borrowed. */
size_t view_add_demand(struct demand demands[VIEW_DEMANDS_MAX], size_t count, const char *site,
	const char *feed, const char *subject);
size_t view_ids(
	struct view *view, const struct view_context *context, struct view_id ids[VIEW_IDS_MAX]);
/* Puts one behind the count that are there, unless it is NULL, empty or there already; returns how
 * many there are then. */
size_t view_add_id(
	struct view_id ids[VIEW_IDS_MAX], size_t count, const char *label, const char *text);
void view_click(struct view *view, const struct view_context *context, const struct spot *spot,
	bool is_double, int rows, struct intent *intent);
/* "12 of 221  /timeout" for the tab line: matching and all rows; false when it has no list. */
bool view_count(const struct view *view, int64_t *matching, int64_t *all);
void view_set_count(struct view *view, int64_t matching, int64_t all);
/* More for the tab line, "3 online  1 offline", shown while there is no filter; "" for none. */
const char *view_summary(const struct view *view);
void view_set_summary(struct view *view, const char *summary);
bool view_note(const struct view *view, const struct view_context *context, struct note *note);

/* The words of the last failed query, shown in the view's area; empty = none. */
struct err *view_error(struct view *view);

/* The tabs, in the order of their digits; then the views opened from them. */
extern const struct view_ops *const view_tabs[];
extern const size_t view_tab_count;
/* Recorders' tabs are there only beside a recorder. */
bool view_tab_is_shown(size_t tab, const struct view_context *context);
extern const struct view_ops view_sessions, view_session, view_cameras, view_camera, view_inventory,
	view_run, view_health, view_help, view_wall, view_picture, view_events, view_event,
	view_recording, view_streams, view_notifications, view_retention, view_settings, view_users;
/* The subject of view_picture: "SESSION_ID\x1fCAPTURE_ID", a recording is a session, its segments
 * and events are captures; a camera's: "\x1fCAMERA_ID"; an event's: "\x1f\x1fEVENT_ID". That of
 * view_help: the name of the view it was asked for in. */

/* The frame around a view: header line, tab line, status line (views/frame.c). */
struct frame {
	const struct view *view;
	size_t tab; /* which tab is lit */
	bool is_paused;
	bool is_offline;     /* --offline: no polling by choice */
	bool is_poller;      /* this process holds the lock */
	bool is_read_only;   /* --read-only: nothing is ever changed on a Pi */
	bool is_slow;        /* low bandwidth: "lo" in the header, no seconds in its clock */
	bool has_mouse;      /* off is said: "mouse off" */
	const char *message; /* status line, NULL = none */
	bool message_is_bad;
};
/* Draws it and returns the area that is left for the view; at less than 40x10 draws the one line
 * that says what is needed and returns an area of 0 rows. */
struct area frame_draw(
	const struct frame *frame, const struct view_context *context, struct canvas *canvas);

#endif
