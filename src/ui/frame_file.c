/* Frames gathered in a memory file. Owns the file and a buffer. Main thread. */
#include "ui/frame_file.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

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
	free(frame->bytes);
	memset(frame, 0, sizeof *frame);
}

static bool make_room(struct frame_file *frame, size_t bytes)
{
	char *grown;

	if (bytes <= frame->cap)
		return true;
	grown = realloc(frame->bytes, bytes);
	if (!grown)
		return false;
	frame->bytes = grown;
	frame->cap = bytes;
	return true;
}

bool frame_file_send(struct frame_file *frame, struct tty *tty)
{
	int descriptor = fileno(frame->file);
	off_t end = lseek(descriptor, 0, SEEK_CUR);
	bool is_read;

	if (end <= 0)
		return end == 0;
	is_read = make_room(frame, (size_t)end) &&
		pread(descriptor, frame->bytes, (size_t)end, 0) == (ssize_t)end;
	lseek(descriptor, 0, SEEK_SET);
	if (is_read)
		tty_write(tty, frame->bytes, (size_t)end);
	return is_read;
}
