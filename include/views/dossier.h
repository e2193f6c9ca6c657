/* All that is read of one thing whose evidence is shown, in the same way wherever it is: a session
 * or a recording, a camera, an event; with its captures, its analysis and what of them is on the
 * panel. Main thread. */
#ifndef VIEWS_DOSSIER_H
#define VIEWS_DOSSIER_H

#include "model/camera.h"
#include "model/recorder.h"
#include "model/session.h"
#include "views/analysis.h"
#include "views/captures.h"
#include "views/evidence.h"

enum dossier_kind { DOSSIER_SESSION, DOSSIER_CAMERA, DOSSIER_EVENT };

struct dossier {
	enum dossier_kind kind;
	struct arena *arena; /* of the texts of what was found */
	bool is_found;
	struct session session;
	struct camera camera;
	struct event event;
	struct captures captures;
	struct analysis analysis; /* of a session */
	struct evidence evidence;
};

bool dossier_init(struct dossier *dossier, enum dossier_kind kind);
void dossier_release(struct dossier *dossier);
/* What is in the store of the thing with that id. */
void dossier_read(struct dossier *dossier, const struct view_context *context, const char *site,
	const char *id, struct err *err);
/* Whether it is of a recording: known when it was found. */
bool dossier_is_recording(const struct dossier *dossier);

#endif
