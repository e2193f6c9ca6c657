/* What the retention view is made of, for views/retention*.c only. Main thread. */
#ifndef VIEWS_RETENTION_PARTS_H
#define VIEWS_RETENTION_PARTS_H

#include "model/recorder.h"
#include "views/camera_name.h"
#include "views/pane.h"

enum { RETENTION_POLICIES_MAX = 200 };

struct retention_view {
	struct pane pane;
	struct page policies; /* of all sites, the most important first */
	/* Of each, the name of the one camera that it is for; "" = for all. */
	char (*cameras)[CAMERA_NAME_BYTES];
};

/* Whether its oldest recording is older than its days. */
bool retention_is_exceeded(const struct retention *retention, int64_t now_ms);
/* A pane's write: why this policy holds for the camera, and all policies of its site. */
void retention_write(const void *state, struct doc *doc, const struct list_at *at, int room);

#endif
