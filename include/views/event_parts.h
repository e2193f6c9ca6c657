/* An event's view: what its files share. event.c reads, event_text.c writes,
 * event_place.c finds the second in the recording, event_recording.c says it, event_objects.c
 * writes what was detected. Main thread. */
#ifndef VIEWS_EVENT_PARTS_H
#define VIEWS_EVENT_PARTS_H

#include "model/recorder.h"
#include "views/camera_name.h"
#include "views/dossier.h"
#include "views/event_place.h"

/* All about it, what brings it in lists, and who was told. */
enum { EVENT_ITEM, EVENT_LIST, EVENT_NOTIFICATIONS, EVENT_FEEDS };

struct event_view {
	struct dossier dossier;              /* first */
	char camera_name[CAMERA_NAME_BYTES]; /* "" = it names none */
	struct recording recording;
	bool has_recording;  /* it is in the store */
	struct page earlier; /* segments that began before it, the newest first */
	struct page later;   /* the first one that began after it */
	struct event_place place;
	struct page notifications;  /* about it */
	struct feeds segment_feeds; /* of its recording */
};

/* As in struct dossier_def. */
int event_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area);
void event_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns);
void event_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns);
/* What was detected, as a table; the numbers are those of the boxes. */
void event_write_objects(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns);

/* Its recording, and what there is of it there. */
void event_write_recording(
	struct doc *doc, const struct event_view *state, const struct view_context *context);
void event_write_segment(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns);

/* Where values stand behind their labels, as in doc_pair. */
enum { EVENT_VALUE_CELLS = 18 };
/* A value that may be longer than its line; an id that can be copied where is_id. label "": more of
 * the one before. */
void event_write_value(struct doc *doc, const char *label, enum role role, int columns,
	const char *text, bool is_id);

#endif
