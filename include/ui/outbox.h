/* What goes to the tty, in order. A slow terminal does not hold up who writes: what it does not
 * take waits here. Main thread. */
#ifndef UI_OUTBOX_H
#define UI_OUTBOX_H

#include "base/buf.h"
#include "ui/tty.h"

struct outbox {
	struct buf bytes;
	size_t sent; /* of them */
};

void outbox_init(struct outbox *outbox);
void outbox_release(struct outbox *outbox);

/* false when it did not fit: then nothing more does until all is sent. */
bool outbox_put(struct outbox *outbox, const char *bytes, size_t count);
/* Sends what the tty takes now; waits for it only until nothing but the last may_wait bytes is
 * left. Whether all is sent. */
bool outbox_send(struct outbox *outbox, struct tty *tty, size_t may_wait);
size_t outbox_left(const struct outbox *outbox);
/* Throws away what waits. */
void outbox_drop(struct outbox *outbox);

#endif
