/* All that is read of one thing whose evidence is shown, in the same way wherever it is: a session,
 * a recording, a camera, an event; with its captures, its analysis and what of them is on the
 * panel. And the engine behind its view: a title that stays on top, the panel, and a text below.
 * Main thread. */
#ifndef VIEWS_DOSSIER_H
#define VIEWS_DOSSIER_H

#include "model/camera.h"
#include "model/recorder.h"
#include "model/session.h"
#include "views/analysis.h"
#include "views/captures.h"
#include "views/detail.h"
#include "views/evidence.h"
#include "views/situation.h"

enum dossier_kind { DOSSIER_SESSION, DOSSIER_RECORDING, DOSSIER_CAMERA, DOSSIER_EVENT };

enum { DOSSIER_FEEDS_MAX = 4 };

/* A view of it. Functions are lent the view's state, which begins with the dossier. */
struct dossier_def {
	enum dossier_kind kind;
	bool has_boxes; /* from the beginning */
	struct {
		enum matter matter;
		bool is_own; /* asked once a thing: the subject is its id */
	} feeds[DOSSIER_FEEDS_MAX];
	size_t feed_count;
	size_t noted;    /* which of them speaks below, and dims what is old */
	bool notes_rest; /* also of what is no trouble, rather than the panel's keys */
	/* Where it is not always that one; NULL: it is. */
	const struct feed *(*feed)(const void *state, const char *site);
	/* All that stands above the panel, while it was found; gives its rows. */
	int (*draw_head)(void *state, const struct view_context *context, struct canvas *canvas,
		struct area area);
	void (*write)(struct doc *doc, const void *state, const struct view_context *context,
		int columns);
	/* Why there is nothing, and what there is all the same. */
	void (*write_not_found)(struct doc *doc, const struct view *view, const void *state,
		const struct view_context *context, int columns);
};

struct dossier {
	struct detail detail; /* first: a detail's functions take it; of views only */
	const struct dossier_def *def;
	enum dossier_kind kind;
	struct arena *arena; /* of the texts of what was found */
	bool is_found;
	struct session session; /* also that which a recording is */
	struct recording recording;
	struct camera camera;
	struct event event;
	struct captures captures;
	struct analysis analysis; /* of a session */
	struct evidence evidence;
	struct feeds feeds[DOSSIER_FEEDS_MAX]; /* as in the definition */
	int text_rows;                         /* of the document at the last drawing */
};

bool dossier_init(struct dossier *dossier, enum dossier_kind kind);
void dossier_release(void *state);
/* What is in the store of the thing with that id. */
void dossier_read(struct dossier *dossier, const struct view_context *context, const char *site,
	const char *id, struct err *err);
/* Whether it is of a recording: known when it was found. */
bool dossier_is_recording(const struct dossier *dossier);

/* ---- the view ---- */

/* The one of its feeds that speaks for its site; NULL = never asked. */
const struct feed *dossier_feed(const struct dossier *dossier, size_t index, const char *site);
/* Begins what is written where nothing was found: its id, its site and why. */
void dossier_write_none(struct doc *doc, const struct view *view, const char *text, int columns);

/* These are a view's functions: state begins with a dossier. Left and right are what they are
 * elsewhere: back, and open. */
bool dossier_open(struct view *view, void *state); /* its ops have a struct dossier_def */
void dossier_query(struct view *view, void *state, const struct view_context *context, int rows);
void dossier_draw(struct view *view, void *state, const struct view_context *context,
	struct canvas *canvas, struct area area);
void dossier_act(struct view *view, void *state, const struct view_context *context,
	enum action action, int rows, struct intent *intent);
void dossier_click(struct view *view, void *state, const struct view_context *context,
	const struct spot *spot, bool is_double, int rows, struct intent *intent);
bool dossier_note(const struct view *view, const void *state, const struct view_context *context,
	struct note *note);

#endif
