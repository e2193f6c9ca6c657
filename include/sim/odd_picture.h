/* A session of --odd whose captures are hard to fetch or to draw: one of each kind that contracts 6
 * tells of (48 to 57). */
#ifndef SIM_ODD_PICTURE_H
#define SIM_ODD_PICTURE_H

#include "sim/answer.h"

#define ODD_PICTURES_SESSION "odd-pictures"

/* Whether request->id is that session, and there is one. */
bool odd_pictures_asked(const struct request *request);
/* Its captures, newest first, as dialect A or B tells them. */
void odd_pictures_emit_a(struct emit *emit, const struct request *request);
void odd_pictures_emit_b(struct emit *emit, const struct request *request);

/* Writes the picture of an odd object key; false when it names none. A key of what was deleted
 * names none either. */
bool odd_picture_send(const struct request *request, struct answer *answer, const char *key);

#endif
