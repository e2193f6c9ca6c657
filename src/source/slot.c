/* The life of one feed at one site: periods, attempts, probing, waiting, giving up (contracts 1.5,
 * 1.7, 2.1.5). Owns its subject; net lane. */
#include "source/slot.h"
#include "source/host.h"
#include <stdlib.h>
#include <string.h>

/* In a single round nobody waits for a server that wants more patience than this. */
enum { ONCE_WAIT_MS = 5000 };

struct slot *slot_new(size_t site, const char *feed, const char *subject, unsigned usable)
{
	struct slot *slot = usable ? calloc(1, sizeof *slot) : NULL;

	if (!slot)
		return NULL;
	slot->defs = feed_find(feed, &slot->def_count);
	slot->subject = strdup(subject);
	if (!slot->defs || !slot->subject) {
		slot_free(slot);
		return NULL;
	}
	slot->site = site;
	slot->usable = usable;
	slot->current = (size_t)__builtin_ctz(usable);
	slot->period_ms = slot_def(slot)->period_ms;
	slot->due = slot->not_before = slot->started_at = INT64_MIN;
	slot->asked_at = slot->told_at = INT64_MIN;
	slot->watched_until = INT64_MIN;
	slot->memory.last_ok = slot->memory.records = slot->memory.skipped = UNKNOWN;
	slot->memory.is_cut = UNKNOWN;
	return slot;
}

void slot_free(struct slot *slot)
{
	if (!slot)
		return;
	free(slot->subject);
	free(slot);
}

/* A Pi and a recorder have nothing in common. "none" asks for nothing. */
static bool speaks(const struct feed_def *def, const char *dialect)
{
	bool is_pi = !def->dialect || strcmp(def->dialect, "omnisight") != 0;

	if (dialect && (strcmp(dialect, "omnisight") == 0 || strcmp(dialect, "none") == 0))
		return !is_pi && strcmp(dialect, def->dialect) == 0;
	return is_pi &&
		(!dialect || !def->dialect || strcmp(dialect, "auto") == 0 ||
			strcmp(dialect, def->dialect) == 0);
}

unsigned slot_usable(const char *feed, const char *dialect, bool has_key)
{
	size_t count;
	const struct feed_def *defs = feed_find(feed, &count);
	unsigned usable = 0;

	for (size_t i = 0; i < count; i++) {
		if (speaks(&defs[i], dialect) && (has_key || !(defs[i].flags & FEED_NEEDS_KEY)))
			usable |= 1u << i;
	}
	return usable;
}

const struct feed_def *slot_def(const struct slot *slot)
{
	return &slot->defs[slot->current];
}

enum feed_priority slot_priority(const struct slot *slot)
{
	bool is_first = slot->started_at == INT64_MIN;

	/* The first list of sessions tells how details are to be asked. */
	if (slot->reasons & SLOT_FOR_WISH || (is_first && slot->defs == feed_defs))
		return PRIORITY_DETAIL;
	return slot->reasons & SLOT_FOR_FALLBACK ? PRIORITY_BACKGROUND : slot_def(slot)->priority;
}

void slot_start(struct slot *slot, int64_t now)
{
	slot->is_in_flight = true;
	slot->started_at = now;
}

static bool is_watched(const struct slot *slot, int64_t now)
{
	return slot->reasons & SLOT_FOR_WISH || slot->defs == feed_defs ||
		now <= slot->watched_until;
}

int64_t slot_period(const struct slot *slot, int64_t now)
{
	bool is_list = slot_def(slot)->priority != PRIORITY_BACKGROUND;
	int64_t least = slot->is_slow   ? SLOT_SLOW_MS
		: is_watched(slot, now) ? 0
		: is_list               ? SLOT_UNWATCHED_MS
					: SLOT_BACKGROUND_MS;

	return slot->period_ms > least ? slot->period_ms : least;
}

/* Late polls are skipped, never queued (edge case 20). */
static void wait_for_period(struct slot *slot, int64_t now)
{
	int64_t period = slot_period(slot, now);
	int64_t late = now - slot->started_at;

	slot->attempts = 0;
	slot->tried = 0;
	slot->due = slot->started_at + (late / period + 1) * period;
	slot->is_finished = true;
}

void slot_watch(struct slot *slot, int64_t until, int64_t now)
{
	int64_t due;

	slot->watched_until = until;
	if (slot->started_at == INT64_MIN || slot->is_missing || slot->attempts > 0)
		return;
	due = slot->started_at + slot_period(slot, now);
	if (due < now)
		due = now;
	if (due < slot->not_before)
		due = slot->not_before;
	if (due < slot->due)
		slot->due = due;
}

static void wait_for_server(struct slot *slot, int64_t wait_ms, int64_t now)
{
	if (wait_ms < HOST_SPACING_MS)
		wait_ms = HOST_SPACING_MS;
	slot->attempts++;
	slot->is_finished = wait_ms > ONCE_WAIT_MS || slot->attempts >= BACKOFF_ATTEMPTS;
	slot->due = slot->not_before = now + wait_ms;
}

static void try_again(struct slot *slot, struct dice *dice, int64_t now)
{
	slot->attempts++;
	if (slot->attempts >= BACKOFF_ATTEMPTS)
		wait_for_period(slot, now);
	else
		slot->due = now + backoff_ms(slot->attempts, dice);
}

/* Whether there is an alternative left to try in this round; goes over to it. */
static bool go_over(struct slot *slot, int64_t now)
{
	unsigned left;
	bool was_spaced = slot_def(slot)->flags & FEED_SPACED;

	slot->tried |= 1u << slot->current;
	left = slot->usable & ~slot->tried;
	if (!left)
		return false;
	slot->current = (size_t)__builtin_ctz(left);
	slot->attempts = 0;
	slot->due = now + (was_spaced ? HOST_SPACING_MS : 0);
	return true;
}

/* HTML or 404. false: the round of probing goes on, nothing is known yet. */
static bool conclude_missing(struct slot *slot, int64_t now)
{
	slot->misses++;
	slot->memory.body_hash = 0;
	if (slot->is_settled && slot->misses < SLOT_MISSES) {
		wait_for_period(slot, now);
		return true;
	}
	slot->is_settled = false;
	if (go_over(slot, now))
		return false;
	wait_for_period(slot, now);
	slot->is_missing = true;
	slot->current = (size_t)__builtin_ctz(slot->usable);
	if (slot->due < now + SLOT_REPROBE_MS)
		slot->due = now + SLOT_REPROBE_MS;
	return true;
}

/* The other port may simply not be there. */
static bool is_other_port_closed(const struct slot *slot, const struct verdict *verdict)
{
	return verdict->is_unreachable && slot_def(slot)->flags & FEED_PORT_8081;
}

static bool conclude(
	struct slot *slot, const struct verdict *verdict, struct dice *dice, int64_t now)
{
	if (verdict->outcome == OUTCOME_MISSING || is_other_port_closed(slot, verdict))
		return conclude_missing(slot, now);
	if (verdict->is_answered) {
		slot->is_settled = true;
		slot->is_missing = false;
		slot->misses = 0;
	}
	switch (verdict->outcome) {
	case OUTCOME_RETRY:
		try_again(slot, dice, now);
		break;
	case OUTCOME_WAIT:
		wait_for_server(slot, verdict->wait_ms, now);
		break;
	case OUTCOME_STOP:
		wait_for_period(slot, now);
		slot->is_stopped = true;
		break;
	default:
		wait_for_period(slot, now);
		break;
	}
	return true;
}

static void ask_at_once(struct slot *slot, int64_t now)
{
	slot->is_stopped = false;
	slot->is_finished = false;
	slot->attempts = 0;
	slot->due = now > slot->not_before ? now : slot->not_before;
}

bool slot_conclude(struct slot *slot, const struct verdict *verdict, bool is_once,
	struct dice *dice, int64_t now)
{
	bool is_news;

	slot->is_in_flight = false;
	slot->is_finished = false;
	is_news = conclude(slot, verdict, dice, now);
	slot->is_finished = slot->is_finished && is_once;
	slot->is_awaited =
		is_news && slot->asked_at > slot->told_at && slot->asked_at <= slot->started_at;
	if (slot->is_awaited)
		slot->told_at = slot->asked_at;
	/* Asked for again while it was under way: what came may be older than the wish. */
	if (slot->asked_at > slot->started_at)
		ask_at_once(slot, now);
	return is_news;
}

void slot_refresh(struct slot *slot, int64_t asked_at, int64_t now)
{
	/* A wish from the future would come true again and again. */
	if (asked_at > now)
		asked_at = now;
	/* A fast server has answered within the same millisecond; but nothing is asked twice. */
	if (asked_at < slot->started_at || asked_at == slot->asked_at)
		return;
	slot->asked_at = asked_at;
	ask_at_once(slot, now);
}
