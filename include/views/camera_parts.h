/* A camera's view: what its files share. camera.c reads and draws, camera_text.c writes, of a
 * recorder's camera camera_recorded.c. Main thread. */
#ifndef VIEWS_CAMERA_PARTS_H
#define VIEWS_CAMERA_PARTS_H

#include "views/detail.h"
#include "views/dossier.h"
#include "views/signal.h"
#include "views/situation.h"

struct camera_view {
	struct detail detail; /* first */
	struct dossier dossier;
	char trend[SIGNAL_TREND_BYTES];
	int text_rows; /* of the document at the last drawing */
	struct page changes;
	struct page recordings; /* the newest; of a recorder's camera */
	int64_t recording_count, event_count;
	struct feeds list_feeds;
	struct feeds item_feeds;
};

/* The first line, which stays on top. */
void camera_draw_title(const struct camera *camera, const struct view_context *context,
	struct canvas *canvas, struct area area);
/* All below the picture. */
void camera_write(struct doc *doc, const struct camera_view *view,
	const struct view_context *context, int columns);
/* What it is and what it recorded. */
void camera_write_recorded(struct doc *doc, const struct camera_view *view,
	const struct view_context *context, int columns);
void camera_write_not_found(struct doc *doc, const struct view *view,
	const struct camera_view *state, const struct view_context *context, int columns);

#endif
