/* Bytes on their way to the tty. Owns those that wait. Main thread. */
#include "ui/outbox.h"

enum { WAITING_MAX = 32 * 1024 * 1024, PATIENCE_MS = 3 };

void outbox_init(struct outbox *outbox)
{
	*outbox = (struct outbox){0};
	buf_init(&outbox->bytes, WAITING_MAX);
}

void outbox_release(struct outbox *outbox)
{
	buf_release(&outbox->bytes);
	outbox->sent = 0;
}

bool outbox_put(struct outbox *outbox, const char *bytes, size_t count)
{
	return buf_append(&outbox->bytes, bytes, count);
}

size_t outbox_left(const struct outbox *outbox)
{
	return outbox->bytes.len - outbox->sent;
}

void outbox_drop(struct outbox *outbox)
{
	buf_clear(&outbox->bytes);
	outbox->sent = 0;
}

bool outbox_send(struct outbox *outbox, struct tty *tty, size_t may_wait)
{
	const char *bytes = outbox->bytes.data;
	size_t left = outbox_left(outbox);

	if (left > 0)
		outbox->sent += tty_offer(tty, bytes + outbox->sent, left, PATIENCE_MS);
	left = outbox_left(outbox);
	if (left > may_wait) {
		tty_write(tty, bytes + outbox->sent, left - may_wait);
		outbox->sent += left - may_wait;
	}
	if (outbox_left(outbox) > 0)
		return false;
	outbox_drop(outbox);
	return true;
}
