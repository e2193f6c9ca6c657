/* One site of the poller. Owns its slots; net lane. */
#include "source/station.h"
#include <stdlib.h>
#include <string.h>

void station_release(struct station *station)
{
	for (size_t i = 0; i < station->count; i++)
		slot_free(station->slots[i]);
	for (size_t i = 0; i < station->newest_count; i++)
		free(station->newest[i]);
	free(station->slots);
	free(station->newest);
}

struct host *station_host(const struct station *station, const struct slot *slot)
{
	return slot_def(slot)->flags & FEED_PORT_8081 ? station->main_host : station->host;
}

static struct slot *find_slot(const struct station *station, const char *feed, const char *subject)
{
	for (size_t i = 0; i < station->count; i++)
		if (strcmp(station->slots[i]->defs->name, feed) == 0 &&
			strcmp(station->slots[i]->subject, subject) == 0)
			return station->slots[i];
	return NULL;
}

/* "v1" "dashboard", or NULL while it is not known. */
static const char *dialect_of(const struct station *station)
{
	const struct slot *sessions = find_slot(station, "sessions", "");

	return sessions && sessions->is_settled ? slot_def(sessions)->dialect : NULL;
}

/* Evidence is asked in the dialect of the sessions first. */
static void choose_dialect(const struct station *station, struct slot *slot)
{
	const char *dialect = dialect_of(station);
	unsigned left = slot->usable & ~slot->tried;

	for (size_t i = 0; dialect && i < slot->def_count; i++)
		if (left & 1u << i && slot->defs[i].dialect &&
			strcmp(slot->defs[i].dialect, dialect) == 0) {
			slot->current = i;
			return;
		}
}

static bool has_a_choice(const struct slot *slot)
{
	return slot->defs->scope == FEED_ON_DEMAND && slot->def_count > 1 && !slot->is_settled;
}

void station_learn_dialect(struct station *station)
{
	for (size_t i = 0; i < station->count; i++)
		if (has_a_choice(station->slots[i]) && !station->slots[i]->is_in_flight)
			choose_dialect(station, station->slots[i]);
	station->is_dirty = true;
}

static bool has_room(struct station *station)
{
	size_t cap = station->cap ? station->cap * 2 : 32;
	struct slot **slots;

	if (station->count < station->cap)
		return true;
	slots = reallocarray(station->slots, cap, sizeof slots[0]);
	if (!slots)
		return false;
	station->slots = slots;
	station->cap = cap;
	return true;
}

struct slot *station_add(struct station *station, const char *feed, const char *subject,
	enum slot_reason reason, const int64_t periods[PACE_COUNT])
{
	struct slot *slot = find_slot(station, feed, subject);

	station->is_dirty = true;
	if (!slot && has_room(station)) {
		slot = slot_new(station->index, feed, subject,
			slot_usable(feed, station->dialect, station->has_key));
		if (!slot)
			return NULL;
		if (periods[slot->defs->pace] > 0)
			slot->period_ms = periods[slot->defs->pace];
		choose_dialect(station, slot);
		station->slots[station->count++] = slot;
	}
	if (slot)
		slot->reasons |= (unsigned)reason;
	return slot;
}

void station_drop_reason(struct station *station, const char *feed, enum slot_reason reason)
{
	for (size_t i = 0; i < station->count; i++)
		if (!feed || strcmp(station->slots[i]->defs->name, feed) == 0)
			station->slots[i]->reasons &= ~(unsigned)reason;
	station->is_dirty = true;
}

void station_forget_wishes(struct station *station)
{
	station_drop_reason(station, NULL, SLOT_FOR_WISH);
	for (size_t i = 0; i < station->count; i++)
		station->slots[i]->watched_until = INT64_MIN;
}

void station_sweep(struct station *station)
{
	size_t kept = 0;

	for (size_t i = 0; i < station->count; i++) {
		struct slot *slot = station->slots[i];

		if (slot->reasons || slot->is_in_flight)
			station->slots[kept++] = slot;
		else
			slot_free(slot);
	}
	station->count = kept;
}

struct slot *station_knocker(const struct station *station)
{
	for (size_t i = 0; i < station->count; i++)
		if (station_host(station, station->slots[i]) == station->host)
			return station->slots[i];
	return NULL;
}

/* The detail of a session exists in one dialect only, and not where the list brings it. */
static bool is_pointless(const struct station *station, const struct slot *slot)
{
	const char *dialect;

	if (slot->is_stopped || slot->is_finished || slot->is_listed)
		return true;
	if (slot->def_count > 1 || !slot->defs->dialect || slot->defs->scope != FEED_ON_DEMAND)
		return false;
	dialect = dialect_of(station);
	return !dialect || strcmp(dialect, slot->defs->dialect) != 0;
}

/* While the sessions look for their path, how to ask for evidence is a guess: a wrong one costs a
 * second of a Pi that answers one request in each. */
static bool is_too_early(const struct station *station, const struct slot *slot)
{
	const struct slot *sessions;

	if (!has_a_choice(slot))
		return false;
	sessions = find_slot(station, "sessions", "");
	return sessions && sessions->tried && !sessions->is_settled;
}

int64_t station_start_at(const struct station *station, const struct slot *slot)
{
	if (slot->is_in_flight || is_pointless(station, slot) || is_too_early(station, slot))
		return SLOT_NEVER;
	if (station->is_down && slot != station_knocker(station))
		return SLOT_NEVER;
	return host_start_at(
		station_host(station, slot), slot_def(slot)->flags & FEED_SPACED, slot->due);
}

/* ---- up and down ---- */

static void come_up(struct station *station, const struct slot *answered, int64_t now)
{
	station->refusals = station->silences = station->knocks = 0;
	if (!station->is_down)
		return;
	station->is_down = false;
	for (size_t i = 0; i < station->count; i++) {
		struct slot *slot = station->slots[i];

		if (slot == answered)
			continue;
		slot->attempts = 0;
		slot->due = now > slot->not_before ? now : slot->not_before;
	}
}

static void go_down(
	struct station *station, const struct slot *slot, struct dice *dice, int64_t now)
{
	struct slot *knocker = station_knocker(station);
	bool was_down = station->is_down;

	station->is_down = true;
	if (!knocker || (was_down && slot != knocker))
		return;
	if (!knocker->is_in_flight)
		knocker->due = now + backoff_ms(++station->knocks, dice);
}

void station_note(struct station *station, const struct slot *slot, const struct verdict *verdict,
	struct dice *dice, int64_t now)
{
	if (station_host(station, slot) != station->host)
		return;
	if (verdict->is_answered) {
		come_up(station, slot, now);
		return;
	}
	station->refusals += verdict->is_unreachable;
	station->silences += verdict->is_silent;
	if (station->refusals >= STATION_REFUSALS || station->silences >= STATION_SILENCES)
		go_down(station, slot, dice, now);
}

/* ---- when ---- */

void station_settle(struct station *station)
{
	bool is_full = station->young >= STATION_CONNECTIONS;

	for (int i = 0; i < PRIORITY_COUNT; i++)
		station->due[i] = SLOT_NEVER;
	for (size_t i = 0; !is_full && i < station->count; i++) {
		int64_t at = station_start_at(station, station->slots[i]);
		int64_t *due = &station->due[slot_priority(station->slots[i])];

		if (at < *due)
			*due = at;
	}
	station->is_dirty = false;
}

struct slot *station_pick(const struct station *station, enum feed_priority priority, int64_t now)
{
	struct slot *best = NULL;

	if (station->young >= STATION_CONNECTIONS)
		return NULL;
	for (size_t i = 0; i < station->count; i++) {
		struct slot *slot = station->slots[i];

		if (slot_priority(slot) == priority && station_start_at(station, slot) <= now &&
			(!best || slot->due < best->due))
			best = slot;
	}
	return best;
}
