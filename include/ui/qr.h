/* An id as a QR code in half blocks, for a phone where nothing can be copied. The only file that
 * knows libqrencode. Main thread. */
#ifndef UI_QR_H
#define UI_QR_H

#include "base/err.h"
#include "ui/canvas.h"

/* Draws it dark on light, with its quiet zone and the id below, in the middle of the canvas. false:
 * err says how large the screen would have to be ("needs 29x17 cells"). */
bool qr_draw(struct canvas *canvas, const char *text, struct err *err);

#endif
