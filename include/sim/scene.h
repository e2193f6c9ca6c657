/* Draws what a camera saw: a shelf with items, as a real JPEG. The picture before and the one after
 * a session differ in nothing but the items taken or put, unless the world has noise. Pure. */
#ifndef SIM_SCENE_H
#define SIM_SCENE_H

#include "base/err.h"
#include "sim/ident.h"
#include <stddef.h>

/* Width of a thumbnail, of an ordinary and of a large picture; all are 4:3. */
enum { THUMBNAIL_WIDTH_PX = 320, LARGE_WIDTH_PX = 1600 };

/* The same as pixels, red green blue, row by row from the top; the caller frees them. NULL when out
 * of memory. */
unsigned char *scene_pixels(
	const struct world *world, const struct object *object, int *width_px, int *height_px);

/* Gives the JPEG; the caller frees it. NULL when it cannot be encoded. */
unsigned char *scene_draw(
	const struct world *world, const struct object *object, size_t *bytes, struct err *err);

/* A JPEG of any pixels, which stay the caller's. */
unsigned char *scene_encode(
	unsigned char *pixels, int width_px, int height_px, size_t *bytes, struct err *err);

/* The last pictures drawn. Opaque; the server's thread. */
struct gallery;

struct gallery *gallery_new(void);
void gallery_free(struct gallery *gallery);
/* Borrows the JPEG until the next call; NULL when it cannot be drawn. */
const unsigned char *gallery_picture(struct gallery *gallery, const struct world *world,
	const struct object *object, size_t *bytes);

#endif
