/* Writes PNG without compression, so that no library is needed. Pure. */
#ifndef SIM_PNG_H
#define SIM_PNG_H

#include "base/buf.h"

/* Appends a picture of rgb pixels, row by row from the top. false when it does not fit. */
bool png_write(struct buf *out, const unsigned char *rgb, int width_px, int height_px);

#endif
