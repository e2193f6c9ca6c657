/* Keeping the file small: what is too old, and the oldest when the file is too large, goes in
 * small steps so that the lane is never held up. Store lane. Internal to the store. */
#ifndef STORE_PRUNE_H
#define STORE_PRUNE_H

#include "store/writer.h"

struct prune_limits {
	int64_t retention_ms;  /* 0 = for ever */
	int64_t max_bytes;     /* without pictures; 0 = no limit */
	int64_t picture_bytes; /* of them alone; 0 = no limit */
};

/* One step. *is_done: there is nothing left to do for now. */
bool prune_step(struct writer *writer, const struct prune_limits *limits, int64_t now_ms,
	bool *is_done, uint32_t *changed, struct err *err);
/* Whether more pictures came than can wait for the next time. */
bool prune_is_urgent(const struct writer *writer, const struct prune_limits *limits);

#endif
