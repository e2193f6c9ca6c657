/* Pictures as cameras store them, turned and mirrored, and how they are meant to be seen: the eight
 * orientations of EXIF (1 = as stored). Pure; image lane. */
#ifndef MEDIA_UPRIGHT_H
#define MEDIA_UPRIGHT_H

#include "media/pixels.h"
#include "model/picture.h"
#include <stddef.h>

/* The orientation a JPEG's EXIF block tells; 1 when there is none, or none that can be read. */
int exif_orientation(const void *bytes, size_t count);

/* Whether width and height change places. */
bool upright_swaps(int orientation);
/* Where a part of the upright picture lies in the stored one. */
struct part upright_stored_part(int orientation, struct part part);
/* Turns stored pixels upright; false when out of memory (they stay as they were). */
bool upright_turn(int orientation, struct pixels *pixels);

#endif
