/* Requests that are under way for less than a second. How many there may be is bounded, so that a
 * start with hundreds of sites is no stampede; older ones hang, and must not hold up others. */
#ifndef SOURCE_YOUNG_H
#define SOURCE_YOUNG_H

#include "source/slot.h"

enum {
	YOUNG_MS = 1000,
	YOUNG_EXTRAS_MAX = 64 /* of all sites, beside first lists and details */
};

struct young {
	struct slot *oldest, *newest; /* borrowed, linked in the order of their start */
	size_t extras;
};

/* The slot was just started; is_extra: it counts towards YOUNG_EXTRAS_MAX. */
void young_add(struct young *young, struct slot *slot, bool is_extra);
/* It was answered, or is young no more. */
void young_remove(struct young *young, struct slot *slot);
/* The oldest when its time is over; NULL. */
struct slot *young_expired(const struct young *young, int64_t now);
/* When the next one's time is over; SLOT_NEVER. */
int64_t young_next_expiry(const struct young *young);

#endif
