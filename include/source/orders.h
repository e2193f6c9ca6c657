/* What other threads tell the net lane: demands and picture wishes, copied whole. */
#ifndef SOURCE_ORDERS_H
#define SOURCE_ORDERS_H

#include "model/feed.h"
#include "model/picture.h"

/* All demands, or all wishes. Texts are owned. */
struct orders {
	struct demand *demands;
	struct picture_wish *wishes;
	size_t count;
};

/* NULL when out of memory. */
struct orders *orders_of_demands(const struct demand *demands, size_t count);
struct orders *orders_of_wishes(const struct picture_wish *wishes, size_t count);
/* Of struct orders, as a mailbox wants it; NULL is fine. */
void orders_free(void *orders);

#endif
