/* The encoder of each rung, for media/encode.c. All pixels are of encode_size. They fill bytes and
 * count; false: out of memory. Pure; image lane. */
#ifndef MEDIA_ENCODE_PARTS_H
#define MEDIA_ENCODE_PARTS_H

#include "media/pixels.h"
#include "model/picture.h"

bool encode_sixel(const struct pixels *pixels, int colors, struct drawn *drawn);
bool encode_blocks(const struct pixels *pixels, int colors, struct drawn *drawn);
bool encode_ascii(const struct pixels *pixels, struct drawn *drawn);

#endif
