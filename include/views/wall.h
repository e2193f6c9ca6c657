/* The wall: every camera's latest picture, as tiles. What the files of it share: wall.c reads and
 * keeps the selection, wall_act.c moves it, wall_latest.c finds the pictures, wall_draw.c draws.
 * Main thread. */
#ifndef VIEWS_WALL_H
#define VIEWS_WALL_H

#include "model/camera.h"
#include "ui/picture.h"
#include "views/captures.h"
#include "views/picture_size.h"
#include "views/situation.h"

enum { WALL_CAMERAS_MAX = 1000, WALL_EVIDENCE_MAX = VIEW_DEMANDS_MAX - MATTER_FEEDS_MAX };

/* The latest picture of a camera; texts in the wall's arena. */
struct wall_latest {
	const char *key;        /* small where there is a small one; NULL: words say why */
	const char *full;       /* what is saved */
	const char *camera;     /* whose it is: site and id */
	const char *stand_in;   /* the one before, until this one is there; NULL = none */
	const char *session_id; /* NULL = not known */
	const char *capture_id; /* of an event or a segment, too; NULL: the Pi itself names it */
	const char *object_key;
	const char *session_label, *capture_label; /* what their ids are of */
	int64_t at;                                /* UNKNOWN = not known */
	char words[PICTURE_WORDS_BYTES];
};

struct wall {
	struct page page;              /* of cameras */
	const struct camera **cameras; /* in order: site, name; of the page */
	size_t count;
	int64_t total; /* more than are read where there are too many */
	char selected[PLACE_BYTES];
	size_t cursor;
	size_t first;             /* of the page of tiles on screen */
	struct picture_grid grid; /* of the last drawing */
	struct arena *arena;      /* of latest */
	struct arena *spare;      /* of what was the latest before, while it is sought anew */
	struct page found;
	struct captures recorded;                       /* of a recorder's camera */
	struct wall_latest latest[CANVAS_PICTURES_MAX]; /* of the tiles from latest_first on */
	size_t latest_first, latest_count;
	bool is_stale; /* what was read of the pictures may have changed */
	struct feeds feeds;
	struct page sessions; /* the newest, whose evidence is asked for */
	char sites[WALL_EVIDENCE_MAX][PICTURE_SITE_BYTES];
	char evidence[WALL_EVIDENCE_MAX][VIEW_ID_BYTES];
	bool is_recording[WALL_EVIDENCE_MAX];
	size_t evidence_count;
};

/* Finds the pictures of the tiles on screen, unless it has them. */
void wall_find_latest(struct wall *wall, const struct view_context *context, struct err *err);
/* NULL: not on screen. */
const struct wall_latest *wall_latest(const struct wall *wall, size_t index);

/* Puts the cursor on a camera and its page of tiles on screen. */
void wall_select(struct wall *wall, size_t index);

void wall_act(struct view *view, void *data, const struct view_context *context, enum action action,
	int rows, struct intent *intent);
void wall_click(struct view *view, void *data, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent);
void wall_draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area);

#endif
