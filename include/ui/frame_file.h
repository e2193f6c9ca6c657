/* A file in memory that a frame is written to piece by piece, so that it goes to the tty in one
 * write. Main thread. */
#ifndef UI_FRAME_FILE_H
#define UI_FRAME_FILE_H

#include "base/buf.h"
#include "base/err.h"
#include <stdio.h>

struct frame_file {
	FILE *file; /* whoever writes must flush it, or use its descriptor */
};

bool frame_file_open(struct frame_file *frame, struct err *err);
/* A zeroed one is fine. */
void frame_file_close(struct frame_file *frame);

/* Appends what was written since the last time; false when it was lost for want of memory. */
bool frame_file_take(struct frame_file *frame, struct buf *bytes);

#endif
