/* One feed of one site and subject: when it is asked next, and what is remembered of it. A plain
 * state machine: every function takes the time (monotonic milliseconds). Net lane. */
#ifndef SOURCE_SLOT_H
#define SOURCE_SLOT_H

#include "source/answer.h"
#include "source/backoff.h"
#include "source/feeds.h"
#include <stdbool.h>
#include <stdint.h>

/* "At no time." */
#define SLOT_NEVER INT64_MAX

enum {
	SLOT_REPROBE_MS = 60000,    /* how often an endpoint that is not offered is asked again */
	SLOT_MISSES = 3,            /* HTML or 404 in a row until what was good is given up */
	SLOT_UNWATCHED_MS = 30000,  /* the shortest period of a list that nobody has on screen */
	SLOT_BACKGROUND_MS = 60000, /* and of what is less than that: the health of a service */
	SLOT_SLOW_MS = 60000        /* period of what has come to its end (a finished run) */
};

/* Why a slot exists; it goes when nothing is left. */
enum slot_reason {
	SLOT_FOR_SITE = 1 << 0,
	SLOT_FOR_CONTAINER = 1 << 1,
	SLOT_FOR_WISH = 1 << 2,    /* on somebody's screen */
	SLOT_FOR_FALLBACK = 1 << 3 /* stands in for run lists that are not offered */
};

/* What only source.c looks at. */
struct slot_memory {
	int64_t last_ok;   /* wall clock; UNKNOWN = never */
	const char *state; /* of the last verdict, static text; NULL = none yet */
	int64_t records, skipped, is_cut;
	char etag[ANSWER_ETAG_BYTES];
	uint64_t body_hash; /* of the last good body, 0 = none */
	int64_t decoded_at; /* when it was last decoded */
};

struct slot {
	size_t site;
	const struct feed_def *defs; /* alternatives in a row of the table */
	size_t def_count;
	unsigned usable; /* bit per alternative: dialect and key allow it */
	size_t current;  /* the alternative in use or on probation */
	unsigned tried;  /* bit per alternative, in this round of probing */
	char *subject;   /* owned; "" for feeds of the whole site */
	unsigned reasons;
	int64_t wish_until;
	int64_t watched_until; /* on somebody's screen, as a feed of the whole site */
	int64_t asked_at;      /* when a person last wanted it fresh */
	int64_t told_at;       /* the asked_at that was answered last */
	int64_t period_ms;
	int64_t due;
	int64_t not_before; /* what a server asked for */
	int64_t started_at; /* of the last request */
	int attempts;       /* failed in this poll */
	int misses;         /* HTML or 404 in a row */
	bool is_in_flight;
	bool is_settled;  /* current was answered as an endpoint that exists */
	bool is_missing;  /* a whole round found no alternative offered */
	bool is_stopped;  /* not authorized, until somebody asks */
	bool is_finished; /* in a single round: nothing more to ask */
	bool is_slow;
	bool is_awaited; /* the last answer is the first since somebody asked for it */
	bool is_good;    /* the last answer was one */
	bool is_listed;  /* session details that the list brings anyway */
	bool is_young;   /* in the list of source/young.h */
	bool is_extra;
	struct slot *older, *younger;
	struct slot_memory memory;
};

/* NULL when out of memory or when no alternative is usable. due is at once. */
struct slot *slot_new(size_t site, const char *feed, const char *subject, unsigned usable);
void slot_free(struct slot *slot);

/* Which alternatives of a feed this dialect ("auto" or NULL = all) and key allow. */
unsigned slot_usable(const char *feed, const char *dialect, bool has_key);

const struct feed_def *slot_def(const struct slot *slot);
enum feed_priority slot_priority(const struct slot *slot);

void slot_start(struct slot *slot, int64_t now);

/* How often it is asked as things are. Lists of sessions are always watched: every screen counts
 * them. */
int64_t slot_period(const struct slot *slot, int64_t now);

/* Somebody has it on screen until then: what is due by its shorter period is due. */
void slot_watch(struct slot *slot, int64_t until, int64_t now);

/* Moves on by what came of the request. is_once: nothing is asked for a second period. Whether this
 * is news for the feed's row (false in the middle of probing). */
bool slot_conclude(struct slot *slot, const struct verdict *verdict, bool is_once,
	struct dice *dice, int64_t now);

/* Somebody wants it fresh. */
void slot_refresh(struct slot *slot, int64_t asked_at, int64_t now);

#endif
