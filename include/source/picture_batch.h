/* What became of a wanted picture, as a batch of one row. Pure. */
#ifndef SOURCE_PICTURE_BATCH_H
#define SOURCE_PICTURE_BATCH_H

#include "source/answer.h"
#include "source/wanted.h"

/* The picture with its bytes, or, answer NULL, the words of its fetch. Gives the batch; NULL when
 * out of memory. */
struct batch *picture_batch(
	const char *site, const struct wanted *wanted, const struct response *answer);

#endif
