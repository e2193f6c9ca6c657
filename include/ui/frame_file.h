/* A file in memory that a frame is written to piece by piece, and that goes to the tty as one
 * write. Main thread. */
#ifndef UI_FRAME_FILE_H
#define UI_FRAME_FILE_H

#include "base/err.h"
#include "ui/tty.h"
#include <stdio.h>

struct frame_file {
	FILE *file; /* whoever writes must flush it, or use its descriptor */
	char *bytes;
	size_t cap;
};

bool frame_file_open(struct frame_file *frame, struct err *err);
/* A zeroed one is fine. */
void frame_file_close(struct frame_file *frame);

/* Sends what was written since the last time; false when it was lost for want of memory. */
bool frame_file_send(struct frame_file *frame, struct tty *tty);

#endif
