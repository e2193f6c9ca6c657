/* The evidence panel: what the cameras saw, as a part of a view. A pair side by side, one of it
 * alone, a page of tiles, a camera's latest, or an event's. It says where it wants which picture
 * (ui/picture.h) and keeps what is selected. Main thread.
 *
 * Reading: evidence.c; the pair: evidence_pair.c; boxes: evidence_marks.c; words:
 * evidence_caption.c and evidence_words.c; drawing: evidence_draw.c; keys: evidence_act.c; ids:
 * evidence_ids.c. */
#ifndef VIEWS_EVIDENCE_H
#define VIEWS_EVIDENCE_H

#include "model/camera.h"
#include "views/analysis.h"
#include "views/camera_name.h"
#include "views/captures.h"
#include "views/evidence_marks.h"
#include "views/evidence_pair.h"
#include "views/picture_size.h"

/* What it is of; lent with each reading, must stay as it is until the next. */
struct evidence_subject {
	const char *site;
	const struct session *session; /* maybe a recording; NULL: of something else, or not found
					*/
	const struct camera *camera;   /* NULL: of something else, or not found */
	const struct captures *captures;
	const struct analysis *analysis; /* NULL = none */
	bool is_of_camera;
	bool is_of_event; /* which is its only capture */
};

enum evidence_form {
	EVIDENCE_NONE, /* no picture at all: no panel */
	EVIDENCE_PAIR,
	EVIDENCE_GRID,
	EVIDENCE_ONE /* a camera's, an event's */
};

enum { EVIDENCE_CAPTURES_MAX = CAPTURES_MAX + 1, EVIDENCE_KEY_BYTES = 2 * VIEW_ID_BYTES };

struct evidence {
	struct evidence_subject subject;
	enum evidence_form form;
	struct page oldest; /* where the list is cut: its other end */
	struct page overlays;
	struct page objects;                 /* that were detected where the cursor is: of events */
	struct reader *reader;               /* as of the last reading */
	char camera_name[CAMERA_NAME_BYTES]; /* of a recorder, where no title says it; "" */
	const struct capture *captures[EVIDENCE_CAPTURES_MAX]; /* in the order of time */
	size_t count;
	int64_t hidden; /* older than all but the first of them; of a recording: than all */
	struct pair pair;
	struct marks marks;

	/* What a person chose. */
	char selected[EVIDENCE_KEY_BYTES]; /* "" = what is shown by itself */
	size_t cursor;                     /* where the selected one is in captures */
	bool is_alone;                     /* EVIDENCE_PAIR: one of the two, large */
	bool shows_before;                 /* and which */
	bool has_boxes;
	bool is_difference;
	bool is_full_screen; /* of view_picture */

	struct exhibit chosen;    /* at the cursor; EVIDENCE_ONE: maybe what the Pi names itself */
	struct picture_grid grid; /* EVIDENCE_GRID, of the last drawing */
};

void evidence_init(struct evidence *evidence);
void evidence_release(struct evidence *evidence);
/* Reads the boxes and settles what is shown. */
void evidence_read(struct evidence *evidence, const struct view_context *context,
	const struct evidence_subject *subject, struct err *err);

/* Draws the panel at the top of area and gives its rows: no more than leaves the text below room,
 * 0 when there is nothing to show. */
int evidence_draw(struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area);
/* Whether the action was the panel's; then something may be wanted. */
bool evidence_act(struct evidence *evidence, enum action action, struct intent *intent);
/* Adds what must be fetched for what is shown: an event's objects. */
size_t evidence_wants(
	const struct evidence *evidence, struct demand demands[VIEW_DEMANDS_MAX], size_t count);
/* The event whose picture is shown; NULL = none. */
const struct event *evidence_event(const struct evidence *evidence);
/* A click on one of its spots: selects the capture, a double click opens it. false: not its own. */
bool evidence_click(
	struct evidence *evidence, const struct spot *spot, bool is_double, struct intent *intent);
/* Puts the ids of the session, its run and one capture behind those that are there; returns how
 * many there are then. The capture: the one with that id, or where there is none, what is shown. */
size_t evidence_add_ids(const struct evidence *evidence, const char *capture_id,
	struct view_id ids[VIEW_IDS_MAX], size_t count);
/* The object key as the storage's own tools want it, behind its bucket; false when the bucket is
 * not known, or it is too long. */
bool evidence_bucket_key(char *dst, size_t dst_bytes, const struct capture *capture);

/* ---- for the full screen ---- */

/* The second part of view_picture's subject where no capture is known of it. */
#define EVIDENCE_RUN_BEFORE "run:before"
#define EVIDENCE_RUN_AFTER "run:after"

/* Of a recorder: there is nothing before and after. */
bool evidence_is_recorded(const struct evidence *evidence);
/* What is selected: what w saves and z opens. */
const struct exhibit *evidence_shown(const struct evidence *evidence);
/* Selects what the second part of view_picture's subject names, if it is there. */
void evidence_select(struct evidence *evidence, const char *id);
/* Wants an exhibit as large as area; NULL when there are too many pictures. */
struct canvas_picture *evidence_put(const struct evidence *evidence,
	const struct view_context *context, struct canvas *canvas, struct area area,
	const struct exhibit *exhibit);
/* Warnings and the boxes' numbers, in as many rows of area as they need; gives how many. canvas
 * NULL: only counts. */
int evidence_legend(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area);

/* ---- the parts ---- */

/* The text of its spots, and their numbers where they are no capture's. */
#define EVIDENCE_SPOT "evidence"
enum { EVIDENCE_SHOWN = -1, EVIDENCE_BEFORE = -2 };

/* Settles what is at the cursor. */
void evidence_choose(struct evidence *evidence, size_t index);
/* "BEFORE_OPEN 13:58:04 · espcam-0a1b2c · 180.0 KB"; where so many columns are too few, closer
 * together, then less of it: "BEFORE_OPEN 13:58 espcam-0a1b2c 180 KB", "BEFORE 13:58:04 …0a1b2c".
 */
void evidence_caption(char dst[PICTURE_CAPTION_BYTES], const struct evidence *evidence,
	const struct view_context *context, const struct exhibit *exhibit, int columns);
/* "12-23 of 500"; "" with a single page. */
void evidence_page_words(char dst[VIEW_MESSAGE_BYTES], const struct evidence *evidence);
/* Which side of the pair an exhibit is; SIDES = none. */
enum side evidence_side(const struct evidence *evidence, const struct exhibit *exhibit);
/* Whether it is drawn as what changed since the one before. */
bool evidence_is_compared(const struct evidence *evidence, const struct exhibit *exhibit);

#endif
