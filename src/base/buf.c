/* Growing byte buffer with a maximum. Owns its memory; one owner at a time. */
#include "base/buf.h"
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BYTES = 256 };

void buf_init(struct buf *buf, size_t max_bytes)
{
	*buf = (struct buf){.max = max_bytes < SIZE_MAX ? max_bytes : SIZE_MAX - 1};
}

void buf_release(struct buf *buf)
{
	free(buf->data);
	buf_init(buf, buf->max);
}

void buf_clear(struct buf *buf)
{
	buf->len = 0;
	buf->is_overflowed = false;
	if (buf->data)
		buf->data[0] = '\0';
}

/* cap counts the NUL. */
static bool reserve(struct buf *buf, size_t bytes)
{
	size_t need;
	size_t cap = buf->cap ? buf->cap : FIRST_BYTES;
	char *data;

	if (buf->is_overflowed || bytes > buf->max - buf->len)
		return false;
	need = buf->len + bytes + 1;
	if (need <= buf->cap)
		return true;
	while (cap < need)
		cap = cap > SIZE_MAX / 2 ? need : 2 * cap;
	if (cap > buf->max + 1)
		cap = buf->max + 1;
	data = realloc(buf->data, cap);
	if (!data)
		return false;
	buf->data = data;
	buf->cap = cap;
	return true;
}

static bool overflow(struct buf *buf)
{
	buf->is_overflowed = true;
	return false;
}

bool buf_append(struct buf *buf, const void *data, size_t bytes)
{
	if (!reserve(buf, bytes))
		return overflow(buf);
	if (bytes)
		memcpy(buf->data + buf->len, data, bytes);
	buf->len += bytes;
	buf->data[buf->len] = '\0';
	return true;
}

bool buf_text(struct buf *buf, const char *text)
{
	return buf_append(buf, text, strlen(text));
}

bool buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args, again;
	size_t room = buf->cap - buf->len;
	int bytes;

	va_start(args, format);
	va_copy(again, args);
	bytes = vsnprintf(buf->data ? buf->data + buf->len : NULL, room, format, args);
	va_end(args);
	if (bytes < 0 || !reserve(buf, (size_t)bytes)) {
		if (buf->data)
			buf->data[buf->len] = '\0';
		va_end(again);
		return overflow(buf);
	}
	if ((size_t)bytes >= room)
		vsnprintf(buf->data + buf->len, (size_t)bytes + 1, format, again);
	va_end(again);
	buf->len += (size_t)bytes;
	return true;
}

char *buf_detach(struct buf *buf)
{
	char *data = buf->data;

	buf_init(buf, buf->max);
	return data;
}
