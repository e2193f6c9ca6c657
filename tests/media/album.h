/* Pictures for tests: files of tests/data/pictures, and shelves of the simulator with their truth.
 */
#ifndef TESTS_MEDIA_ALBUM_H
#define TESTS_MEDIA_ALBUM_H

#include "media/pixels.h"
#include "sim/session.h"
#include "sim/shelf.h"
#include <stddef.h>

/* A file as bytes; the caller frees them. */
struct file {
	unsigned char *bytes;
	size_t count;
};

struct file album_file(const char *name);

/* What was on the shelf of a session, and the pictures before and after, as JPEG. */
struct scene_pair {
	struct shelf shelf;
	struct file before, after;
};

/* The number-th session of a fixed world that is complete and has both pictures in 800x600.
 * tag: what counts as after. */
void album_scene(struct scene_pair *pair, int number, enum capture_tag tag);
void album_scene_release(struct scene_pair *pair);

/* Decodes all of a file to width x height; fails the test when it cannot. */
struct pixels album_pixels(struct file file, int width, int height);
/* With a restart marker after each row of blocks. */
struct file album_jpeg(const struct pixels *pixels, int quality);

#endif
