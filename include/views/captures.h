/* The captures of a session or of a camera as a table in a document. Main thread. */
#ifndef VIEWS_CAPTURES_H
#define VIEWS_CAPTURES_H

#include "model/capture.h"
#include "ui/doc.h"
#include "views/view.h"

enum { CAPTURES_MAX = 500 };

/* Captures as last read. Owns them. */
struct captures {
	struct page page;
	bool *is_unlisted; /* of each: its camera is in no camera list */
	int64_t total;     /* more than are on the page when there are too many */
};

void captures_init(struct captures *captures);
void captures_release(struct captures *captures);
/* field "session_id" or "camera_id". */
void captures_read(struct captures *captures, const struct view_context *context, const char *site,
	const char *field, const char *id, struct err *err);
/* Each row opens its camera; with of_camera its session. */
void captures_write(const struct captures *captures, struct doc *doc,
	const struct view_context *context, int columns, bool of_camera);

#endif
