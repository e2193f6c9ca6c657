/* Draws what a recorder's camera saw: a yard with the things of an event in it, each as large as
 * its box. Pure. */
#ifndef SIM_YARD_H
#define SIM_YARD_H

#include "base/err.h"
#include "sim/recorder.h"

/* YARD_WIDTH_PX x YARD_HEIGHT_PX, red green blue; the caller frees them. NULL when out of memory.
 */
unsigned char *yard_pixels(const struct recorder *recorder, const struct sighting *sighting);

/* Gives the JPEG; the caller frees it. NULL when it cannot be encoded. */
unsigned char *yard_draw(const struct recorder *recorder, const struct sighting *sighting,
	size_t *bytes, struct err *err);

#endif
