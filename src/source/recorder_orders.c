/* What is asked of a recorder: the slots of what somebody has on screen come and go. Owns nothing
 * between calls; recorder lane. */
#include "base/clock.h"
#include "source/recorder_lane.h"
#include <string.h>

static int64_t to_monotonic(int64_t wall_ms, int64_t offset_ms)
{
	int64_t ms;

	return wall_ms == UNKNOWN || __builtin_sub_overflow(wall_ms, offset_ms, &ms) ? INT64_MIN
										     : ms;
}

static struct recorder_slot *find_slot(
	const struct recorder_lane *lane, const char *feed, const char *subject)
{
	for (size_t i = 0; i < lane->slot_count; i++)
		if (strcmp(lane->slots[i]->feed->name, feed) == 0 &&
			strcmp(lane->slots[i]->subject, subject) == 0)
			return lane->slots[i];
	return NULL;
}

struct recorder_slot *recorder_add_slot(
	struct recorder_lane *lane, const struct recorder_feed *feed, const char *subject)
{
	struct recorder_slot *slot =
		lane->slot_count < RECORDER_SLOTS_MAX ? recorder_slot_new(feed, subject) : NULL;

	if (slot)
		lane->slots[lane->slot_count++] = slot;
	return slot;
}

/* The slot for what somebody has on screen; NULL for feeds of others. */
static struct recorder_slot *slot_for(struct recorder_lane *lane, const struct demand *demand)
{
	struct recorder_slot *slot = find_slot(lane, demand->feed, demand->subject);

	if (slot || !demand->subject[0])
		return slot;
	for (size_t i = 0; i < recorder_feed_count; i++)
		if (recorder_feeds[i].scope == RECORDER_ON_DEMAND &&
			strcmp(recorder_feeds[i].name, demand->feed) == 0)
			return recorder_add_slot(lane, &recorder_feeds[i], demand->subject);
	return NULL;
}

/* Asked for by a person: a connection that waits is tried now. */
static void wish(struct recorder_lane *lane, struct recorder_slot *slot, int64_t until,
	int64_t asked_at, int64_t now)
{
	int64_t before = slot->asked_at;

	recorder_slot_wish(slot, until, asked_at, now);
	if (slot->asked_at != before && lane->connect_at > now)
		lane->connect_at = now;
}

static void take_demand(struct recorder_lane *lane, const struct demand *demand, int64_t now)
{
	int64_t offset = clock_now_ms() - now;
	int64_t until = to_monotonic(demand->until, offset);
	int64_t asked_at = to_monotonic(demand->asked_at, offset);

	if (strcmp(demand->site, DEMAND_ALL) != 0 && strcmp(demand->site, lane->name) != 0)
		return;
	if (strcmp(demand->feed, DEMAND_ALL) != 0) {
		struct recorder_slot *slot = slot_for(lane, demand);

		if (slot)
			wish(lane, slot, until, asked_at, now);
		return;
	}
	for (size_t i = 0; i < lane->slot_count; i++)
		if (!lane->slots[i]->subject[0])
			wish(lane, lane->slots[i], until, asked_at, now);
}

void recorder_take_orders(struct recorder_lane *lane, struct orders *orders)
{
	int64_t now = clock_monotonic_ms();

	for (; orders; orders = mailbox_take(lane->inbox)) {
		/* all demands are replaced */
		for (size_t i = 0; i < lane->slot_count; i++)
			lane->slots[i]->watched_until = INT64_MIN;
		for (size_t i = 0; i < orders->count; i++)
			take_demand(lane, &orders->demands[i], now);
		orders_free(orders);
		atomic_store(&lane->is_idle, false);
		atomic_fetch_add(&lane->orders_seen, 1);
	}
}

void recorder_forget(struct recorder_lane *lane, int64_t now)
{
	size_t kept = 0;

	for (size_t i = 0; i < lane->slot_count; i++) {
		struct recorder_slot *slot = lane->slots[i];
		bool is_gone = slot->subject[0] && slot->watched_until < now &&
			(!lane->is_once || slot->is_finished);

		if (is_gone)
			recorder_slot_free(slot);
		else
			lane->slots[kept++] = slot;
	}
	lane->slot_count = kept;
}
