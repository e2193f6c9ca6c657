/* A growing byte buffer that is born with its maximum. Always NUL-terminated when data != NULL. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include <stdbool.h>
#include <stddef.h>

struct buf {
	char *data;
	size_t len;
	size_t cap;
	size_t max;         /* bytes of content, without the NUL */
	bool is_overflowed; /* something did not fit; content up to then is intact */
};

void buf_init(struct buf *buf, size_t max_bytes);
void buf_release(struct buf *buf);
void buf_clear(struct buf *buf); /* keeps the memory */

/* All three: false, and is_overflowed set, when the maximum or memory is reached; then nothing of
 * this call was appended, nor is anything later until buf_clear: what is there has no holes. */
bool buf_append(struct buf *buf, const void *data, size_t bytes);
bool buf_text(struct buf *buf, const char *text);
bool buf_printf(struct buf *buf, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Gives the memory to the caller, who frees it; the buffer is empty afterwards. */
char *buf_detach(struct buf *buf);

#endif
