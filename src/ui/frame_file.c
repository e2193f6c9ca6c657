/* Frames gathered in a memory file. Owns the file. Main thread. */
#include "ui/frame_file.h"
#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

enum { PIECE_BYTES = 16 * 1024 };

bool frame_file_open(struct frame_file *frame, struct err *err)
{
	int descriptor = memfd_create("opsglass-frame", MFD_CLOEXEC);

	memset(frame, 0, sizeof *frame);
	if (descriptor < 0)
		return err_set(err, "cannot make a memory file: %s", strerror(errno));
	frame->file = fdopen(descriptor, "w");
	if (frame->file)
		return true;
	close(descriptor);
	return err_set(err, "out of memory");
}

void frame_file_close(struct frame_file *frame)
{
	if (frame->file)
		fclose(frame->file);
	memset(frame, 0, sizeof *frame);
}

bool frame_file_take(struct frame_file *frame, struct buf *bytes)
{
	char piece[PIECE_BYTES];
	int descriptor = fileno(frame->file);
	off_t end = lseek(descriptor, 0, SEEK_CUR);
	off_t at = 0;

	while (at < end) {
		ssize_t count = pread(descriptor, piece,
			end - at < PIECE_BYTES ? (size_t)(end - at) : sizeof piece, at);

		if (count <= 0 || !buf_append(bytes, piece, (size_t)count))
			break;
		at += count;
	}
	if (end > 0)
		lseek(descriptor, 0, SEEK_SET);
	return end >= 0 && at == end;
}
