/* Sessions with pictures, beside the kitchen's: a pair with an analysis, many tiles, a live one. */
#ifndef TESTS_VIEWS_LARDER_H
#define TESTS_VIEWS_LARDER_H

#include "views/stage.h"

/* One more capture of a session: at seconds before NOW, with a picture named after its id; of
 * dialect A, which has no tags. */
struct capture *larder_capture(struct stage *stage, const char *session_id, const char *id,
	const char *camera_id, int64_t seconds);
/* A box of an overlay or a row of a delta, in fractions. */
#define larder_box(row, x, y, width, height)                                 \
	((row)->box_x = (x), (row)->box_y = (y), (row)->box_width = (width), \
		(row)->box_height = (height))

/* The kitchen's run-203 of sess-7f2d with its pictures and boxes, committed. */
void larder_pair(struct stage *stage);
/* Session "sess-many" with count captures that are no pair, the oldest first "ev-0000", committed.
 */
void larder_many(struct stage *stage, int count);
/* Cameras "cam-00".. of SITE, each with a picture; committed. */
void larder_cameras(struct stage *stage, int count);

#endif
