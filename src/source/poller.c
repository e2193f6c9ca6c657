/* The scheduler over all sites. Owns stations and hosts; net lane. */
#include "source/poller.h"
#include "source/station.h"
#include "source/young.h"
#include <stdlib.h>
#include <string.h>

struct named_host {
	char *name;
	struct host host;
};

struct poller {
	struct station *stations;
	size_t station_count;
	struct named_host *hosts; /* room for two a site: stations point into it */
	size_t host_count;
	int64_t periods[PACE_COUNT];
	bool is_once;
	bool fetches_deltas;
	size_t in_flight, max_in_flight;
	struct young young;
	struct dice dice;
};

/* ---- life ---- */

static struct host *share_host(struct poller *poller, const char *name)
{
	for (size_t i = 0; i < poller->host_count; i++)
		if (strcmp(poller->hosts[i].name, name) == 0)
			return &poller->hosts[i].host;
	poller->hosts[poller->host_count].name = strdup(name);
	if (!poller->hosts[poller->host_count].name)
		return NULL;
	host_init(&poller->hosts[poller->host_count].host);
	return &poller->hosts[poller->host_count++].host;
}

static const char *known_dialect(const char *dialect)
{
	static const char *const known[] = {"dashboard", "v1", "omnisight", "none"};

	for (size_t i = 0; dialect && i < sizeof known / sizeof known[0]; i++)
		if (strcmp(dialect, known[i]) == 0)
			return known[i];
	return "auto";
}

static bool add_station(struct poller *poller, const struct poller_site *site)
{
	struct station *station = &poller->stations[poller->station_count];

	*station = (struct station){
		.index = poller->station_count++,
		.dialect = known_dialect(site->dialect),
		.has_key = site->has_key,
		.host = share_host(poller, site->host),
		.main_host = share_host(poller, site->main_host),
		.is_dirty = true,
	};
	for (size_t i = 0; i < feed_def_count; i++)
		if (feed_defs[i].scope == FEED_SITE)
			station_add(station, feed_defs[i].name, "", SLOT_FOR_SITE, poller->periods);
	return station->host && station->main_host &&
		(station->count > 0 || strcmp(station->dialect, "none") == 0);
}

struct poller *poller_new(const struct poller_options *options)
{
	struct poller *poller = calloc(1, sizeof *poller);
	bool is_ok;

	if (!poller)
		return NULL;
	poller->stations = calloc(options->site_count + 1, sizeof poller->stations[0]);
	poller->hosts = calloc(options->site_count * 2 + 1, sizeof poller->hosts[0]);
	memcpy(poller->periods, options->periods, sizeof poller->periods);
	poller->is_once = options->is_once;
	poller->fetches_deltas = options->fetches_deltas;
	poller->max_in_flight = options->max_in_flight;
	poller->dice.state = options->seed;
	is_ok = poller->stations && poller->hosts;
	for (size_t i = 0; is_ok && i < options->site_count; i++)
		is_ok = add_station(poller, &options->sites[i]);
	if (is_ok)
		return poller;
	poller_free(poller);
	return NULL;
}

void poller_free(struct poller *poller)
{
	if (!poller)
		return;
	for (size_t i = 0; i < poller->station_count; i++)
		station_release(&poller->stations[i]);
	for (size_t i = 0; i < poller->host_count; i++)
		free(poller->hosts[i].name);
	free(poller->stations);
	free(poller->hosts);
	free(poller);
}

/* ---- what is next ---- */

static void settle(struct station *station)
{
	if (!station->is_dirty)
		return;
	station_sweep(station);
	station_settle(station);
}

static void grow_up(struct poller *poller, struct slot *slot)
{
	struct station *station = &poller->stations[slot->site];

	young_remove(&poller->young, slot);
	station->young--;
	station->is_dirty = true;
}

static void grow_older(struct poller *poller, int64_t now)
{
	struct slot *slot;

	while ((slot = young_expired(&poller->young, now)))
		grow_up(poller, slot);
}

static bool may_start(const struct poller *poller, int priority)
{
	return poller->in_flight < poller->max_in_flight &&
		(priority == PRIORITY_DETAIL || poller->young.extras < YOUNG_EXTRAS_MAX);
}

/* What nobody looks at any more is not asked. */
static bool is_unwished(const struct slot *slot, int64_t now)
{
	return slot->reasons == SLOT_FOR_WISH && now > slot->wish_until;
}

static struct slot *start_at_station(
	struct poller *poller, struct station *station, enum feed_priority priority, int64_t now)
{
	struct slot *slot = station_pick(station, priority, now);

	station->is_dirty = true;
	if (!slot)
		return NULL;
	if (is_unwished(slot, now)) {
		slot->reasons = 0;
		return NULL;
	}
	slot_start(slot, now);
	young_add(&poller->young, slot, priority != PRIORITY_DETAIL);
	station->young++;
	host_note_start(station_host(station, slot), slot_def(slot)->flags & FEED_SPACED, now);
	poller->in_flight++;
	return slot;
}

struct slot *poller_next(struct poller *poller, int64_t now)
{
	grow_older(poller, now);
	for (int priority = 0; priority < PRIORITY_COUNT; priority++)
		for (size_t i = 0; i < poller->station_count && may_start(poller, priority); i++) {
			struct station *station = &poller->stations[i];
			struct slot *slot = NULL;

			settle(station);
			if (station->due[priority] <= now)
				slot = start_at_station(
					poller, station, (enum feed_priority)priority, now);
			if (slot)
				return slot;
		}
	return NULL;
}

int64_t poller_due(struct poller *poller, int64_t now)
{
	int64_t due;

	grow_older(poller, now);
	due = young_next_expiry(&poller->young);
	for (size_t i = 0; i < poller->station_count; i++) {
		settle(&poller->stations[i]);
		for (int priority = 0; priority < PRIORITY_COUNT; priority++)
			if (may_start(poller, priority) && poller->stations[i].due[priority] < due)
				due = poller->stations[i].due[priority];
	}
	return due;
}

/* ---- what came of it ---- */

static bool is_missing(const struct station *station, const char *feed)
{
	for (size_t i = 0; i < station->count; i++)
		if (station->slots[i]->is_missing &&
			strcmp(station->slots[i]->defs->name, feed) == 0)
			return true;
	return false;
}

static void update_fallback(struct poller *poller, struct station *station)
{
	/* Where deltas are not offered either, one of them goes on asking for all. */
	size_t count = is_missing(station, "delta") ? 1 : station->newest_count;

	station_drop_reason(station, "delta", SLOT_FOR_FALLBACK);
	if (!poller->fetches_deltas ||
		(!is_missing(station, "runs") && !is_missing(station, "containers")))
		return;
	for (size_t i = 0; i < count && i < station->newest_count; i++)
		station_add(
			station, "delta", station->newest[i], SLOT_FOR_FALLBACK, poller->periods);
}

/* A single round does not wait until a site that is down comes up. */
static void finish_round(struct station *station)
{
	const struct slot *knocker = station_knocker(station);

	if (!station->is_down || (knocker && !knocker->is_finished))
		return;
	for (size_t i = 0; i < station->count; i++)
		station->slots[i]->is_finished = true;
}

bool poller_done(
	struct poller *poller, struct slot *slot, const struct verdict *verdict, int64_t now)
{
	struct station *station = &poller->stations[slot->site];
	bool was_missing = slot->is_missing, was_settled = slot->is_settled;
	bool is_news;

	if (slot->is_young)
		grow_up(poller, slot);
	poller->in_flight--;
	station->is_dirty = true;
	is_news = slot_conclude(slot, verdict, poller->is_once, &poller->dice, now);
	station_note(station, slot, verdict, &poller->dice, now);
	if (slot->is_settled && !was_settled && slot->defs == feed_defs)
		station_learn_dialect(station);
	if (verdict->is_limited)
		host_note_limited(station_host(station, slot), slot_def(slot)->flags & FEED_SPACED,
			verdict->wait_ms, now);
	if (poller->is_once)
		finish_round(station);
	if (was_missing != slot->is_missing)
		update_fallback(poller, station);
	return is_news;
}

int64_t poller_next_try(const struct poller *poller, const struct slot *slot)
{
	const struct station *station = &poller->stations[slot->site];
	const struct slot *knocker = station_knocker(station);

	if (slot->is_stopped || slot->is_finished)
		return SLOT_NEVER;
	return station->is_down && knocker ? knocker->due : slot->due;
}

bool poller_is_down(const struct poller *poller, size_t site)
{
	return poller->stations[site].is_down;
}

bool poller_is_knocker(const struct poller *poller, const struct slot *slot)
{
	return station_knocker(&poller->stations[slot->site]) == slot;
}

int64_t poller_host_start_at(const struct poller *poller, size_t site, int64_t now)
{
	return host_start_at(poller->stations[site].host, false, now);
}

void poller_host_note_start(struct poller *poller, size_t site, int64_t now)
{
	host_note_start(poller->stations[site].host, false, now);
	poller->stations[site].is_dirty = true;
}

void poller_host_note_limited(struct poller *poller, size_t site, int64_t wait_ms, int64_t now)
{
	host_note_limited(poller->stations[site].host, false, wait_ms, now);
	poller->stations[site].is_dirty = true;
}

void poller_each_held(struct poller *poller, size_t site, poller_each_fn each, void *arg)
{
	struct station *station = &poller->stations[site];
	const struct slot *knocker = station_knocker(station);

	for (size_t i = 0; station->is_down && i < station->count; i++)
		if (station->slots[i] != knocker && !station->slots[i]->is_in_flight &&
			!station->slots[i]->is_stopped)
			each(arg, station->slots[i]);
}

void poller_each(
	struct poller *poller, size_t site, const char *feed, poller_each_fn each, void *arg)
{
	struct station *station = &poller->stations[site];

	for (size_t i = 0; i < station->count; i++)
		if (strcmp(station->slots[i]->defs->name, feed) == 0)
			each(arg, station->slots[i]);
	station->is_dirty = true;
}

bool poller_is_idle(const struct poller *poller)
{
	if (poller->in_flight > 0)
		return false;
	for (size_t i = 0; i < poller->station_count; i++)
		for (size_t j = 0; j < poller->stations[i].count; j++) {
			const struct station *station = &poller->stations[i];

			if (station_start_at(station, station->slots[j]) != SLOT_NEVER)
				return false;
		}
	return true;
}

/* ---- subjects ---- */

void poller_set_containers(struct poller *poller, size_t site, const char *const *ids, size_t count)
{
	struct station *station = &poller->stations[site];

	station_drop_reason(station, NULL, SLOT_FOR_CONTAINER);
	for (size_t i = 0; i < feed_def_count; i++)
		for (size_t j = 0; j < count && j < POLLER_CONTAINERS_MAX; j++)
			if (feed_defs[i].scope == FEED_CONTAINER)
				station_add(station, feed_defs[i].name, ids[j], SLOT_FOR_CONTAINER,
					poller->periods);
}

void poller_set_sessions(struct poller *poller, size_t site, const char *const *ids, size_t count)
{
	struct station *station = &poller->stations[site];
	size_t kept = count < POLLER_DELTAS_MAX ? count : POLLER_DELTAS_MAX;
	char **copies = calloc(kept + 1, sizeof copies[0]);

	if (!copies)
		return;
	for (size_t i = 0; i < station->newest_count; i++)
		free(station->newest[i]);
	free(station->newest);
	station->newest = copies;
	station->newest_count = 0;
	for (size_t i = 0; i < kept; i++) {
		copies[station->newest_count] = strdup(ids[i]);
		if (copies[station->newest_count])
			station->newest_count++;
	}
	update_fallback(poller, station);
}

/* ---- wishes ---- */

static bool is_on_demand(const char *feed)
{
	size_t count;
	const struct feed_def *def = feed_find(feed, &count);

	return def && def->scope == FEED_ON_DEMAND;
}

static void watch_matching(struct station *station, const struct wish *wish, int64_t now)
{
	bool is_all = strcmp(wish->feed, "*") == 0;
	struct slot *knocker = station_knocker(station);

	for (size_t i = 0; i < station->count; i++) {
		struct slot *slot = station->slots[i];

		if (!is_all && strcmp(slot->defs->name, wish->feed) != 0)
			continue;
		slot_watch(slot, wish->until, now);
		slot_refresh(slot, wish->asked_at, now);
	}
	if (station->is_down && knocker)
		slot_refresh(knocker, wish->asked_at, now);
	station->is_dirty = true;
}

static void grant(struct poller *poller, const struct wish *wish, int64_t now)
{
	struct station *station = &poller->stations[wish->site];
	struct slot *slot;

	if (!is_on_demand(wish->feed)) {
		watch_matching(station, wish, now);
		return;
	}
	if (wish->until < now || !wish->subject[0])
		return;
	slot = station_add(station, wish->feed, wish->subject, SLOT_FOR_WISH, poller->periods);
	if (!slot)
		return;
	slot->wish_until = wish->until;
	slot_refresh(slot, wish->asked_at, now);
}

void poller_set_wishes(struct poller *poller, const struct wish *wishes, size_t count, int64_t now)
{
	for (size_t i = 0; i < poller->station_count; i++)
		station_forget_wishes(&poller->stations[i]);
	for (size_t i = 0; i < count; i++)
		if (wishes[i].site < poller->station_count)
			grant(poller, &wishes[i], now);
}
