/* The captures of a session or of a camera as a table in a document; those of a recording are its
 * segments and events. Main thread. */
#ifndef VIEWS_CAPTURES_H
#define VIEWS_CAPTURES_H

#include "model/capture.h"
#include "model/recorder.h"
#include "ui/doc.h"
#include "views/view.h"

enum { CAPTURES_MAX = 500 };

/* Captures as last read. Owns them. */
struct captures {
	struct page page;
	bool *is_unlisted; /* of each: its camera is in no camera list */
	int64_t total;     /* more than are on the page when there are too many */
	/* Of a recording: what the page was made of. Segments without a picture are left out. */
	int64_t left_out;
	struct page segments;
	struct page events;
};

void captures_init(struct captures *captures);
void captures_release(struct captures *captures);
/* field "session_id" or "camera_id". */
void captures_read(struct captures *captures, const struct view_context *context, const char *site,
	const char *field, const char *id, struct err *err);
/* Those of a recording: its events and those segments that have a picture, the newest first
 * (captures_recording.c). */
void captures_read_recording(struct captures *captures, const struct view_context *context,
	const char *site, const char *recording_id, struct err *err);
/* Those of a recorder's camera: its newest events; where none has a picture, the segments of its
 * newest recording, too. */
void captures_read_recorded(struct captures *captures, const struct view_context *context,
	const char *site, const char *camera_id, struct err *err);
/* That of an event alone; none when it is not in the store. */
void captures_read_event(struct captures *captures, const struct view_context *context,
	const char *site, const char *event_id, struct err *err);
/* The event a capture of a recording was made of; NULL: of a segment, or taken at a door. */
const struct event *captures_event(const struct captures *captures, const struct capture *capture);
/* Each row opens its camera; with of_camera its session. */
void captures_write(const struct captures *captures, struct doc *doc,
	const struct view_context *context, int columns, bool of_camera);

#endif
