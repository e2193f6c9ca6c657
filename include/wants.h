/* What the consoles on a machine want: what they have on screen, and which pictures. They say it in
 * the store, whichever process polls; here it reaches the poller. Main thread. */
#ifndef WANTS_H
#define WANTS_H

#include "source/source.h"
#include "store/reader.h"

/* Passes all that is in force now; it replaces what was passed before. */
void wants_pass(struct reader *reader, struct source *source);

#endif
