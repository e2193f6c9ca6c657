/* One site inside the poller: its slots, and whether it is down. For poller*.c only. */
#ifndef SOURCE_STATION_H
#define SOURCE_STATION_H

#include "source/host.h"
#include "source/poller.h"

enum {
	STATION_REFUSALS = 2,   /* connections refused in a row until a site counts as down */
	STATION_SILENCES = 3,   /* or time-outs */
	STATION_CONNECTIONS = 4 /* young requests at a time */
};

struct station {
	size_t index;
	const char *dialect; /* static text */
	bool has_key;
	struct host *host; /* borrowed: of all sites at this address */
	struct host *main_host;
	struct slot **slots; /* owned, the site's own first in the order of the table */
	size_t count, cap;
	char **newest; /* ids of sessions, owned */
	size_t newest_count;
	bool is_down;
	int refusals, silences; /* in a row */
	int young;              /* requests, see source/young.h */
	int knocks;             /* failed since it is down */
	bool is_dirty;          /* due[] must be computed anew */
	int64_t due[PRIORITY_COUNT];
};

void station_release(struct station *station);

struct host *station_host(const struct station *station, const struct slot *slot);

/* The slot for this, made when there is none; NULL when it cannot be. */
struct slot *station_add(struct station *station, const char *feed, const char *subject,
	enum slot_reason reason, const int64_t periods[PACE_COUNT]);

/* Takes a reason away from all slots of a feed (NULL = of all feeds). */
void station_drop_reason(struct station *station, const char *feed, enum slot_reason reason);
/* Nobody looks at anything. */
void station_forget_wishes(struct station *station);
/* Frees slots without a reason that are not in flight. */
void station_sweep(struct station *station);

/* The slot that knocks while the site is down. */
struct slot *station_knocker(const struct station *station);

/* The sessions answered: details that were not asked yet are asked in their dialect. */
void station_learn_dialect(struct station *station);

/* The earliest time at which this slot may start; SLOT_NEVER. */
int64_t station_start_at(const struct station *station, const struct slot *slot);

/* Learns from an answer, or none, whether the site is down. */
void station_note(struct station *station, const struct slot *slot, const struct verdict *verdict,
	struct dice *dice, int64_t now);

/* Computes due[]. While too many requests are young, nothing is due. */
void station_settle(struct station *station);

/* The slot of that priority to start now; NULL. */
struct slot *station_pick(const struct station *station, enum feed_priority priority, int64_t now);

#endif
