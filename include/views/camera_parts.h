/* A camera's view: what its files share. camera.c reads, camera_text.c writes, of a
 * recorder's camera camera_recorded.c. Main thread. */
#ifndef VIEWS_CAMERA_PARTS_H
#define VIEWS_CAMERA_PARTS_H

#include "views/dossier.h"
#include "views/signal.h"

/* What brings it in lists, and by itself. */
enum { CAMERA_LIST, CAMERA_ITEM, CAMERA_FEEDS };

struct camera_view {
	struct dossier dossier; /* first */
	char trend[SIGNAL_TREND_BYTES];
	struct page changes;
	struct page recordings; /* the newest; of a recorder's camera */
	int64_t recording_count, event_count;
};

/* As in struct dossier_def. */
int camera_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area);
void camera_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns);
void camera_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns);
/* What it is and what it recorded. */
void camera_write_recorded(struct doc *doc, const struct camera_view *view,
	const struct view_context *context, int columns);

#endif
