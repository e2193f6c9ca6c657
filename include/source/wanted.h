/* The pictures that are wanted, nearest first, and what is remembered of those that failed. Plain
 * data and its rules; times are passed in (wall clock where a person's wish is compared, monotonic
 * for what is due). Net lane. */
#ifndef SOURCE_WANTED_H
#define SOURCE_WANTED_H

#include "source/picture_fetch.h"

enum {
	WANTED_MAX = 4 * PICTURE_WISHES_MAX, /* of several consoles */
	WANTED_KEPT = 256,                   /* failures that are remembered when nobody looks */
	/* What could not be reached is tried again, each time after twice as long. */
	WANTED_RETRY_MS = 30000,
	WANTED_RETRY_MAX_MS = 300000,
	WANTED_GRACE_MS = 15000, /* how long the Pi has to say where a picture is */
	WANTED_LOST_MS = 120000  /* then what was given away should be in the store */
};

struct wanted {
	size_t site;
	char *key;
	char *session_id; /* "" = not known */
	bool is_wished, was_wished;
	size_t rank;       /* 0 = nearest */
	int64_t until;     /* wall clock; UNKNOWN = as long as it is wished */
	int64_t obeyed_at; /* the asked_at that was looked at last */
	struct picture_fetch fetch;
	bool is_in_flight;
	bool is_told;     /* how it ended was given away */
	unsigned retries; /* in a row that reached nobody */
	int64_t due;      /* monotonic: the next step not before; of a good one: it was lost */
	int64_t ended_at; /* wall clock: of the last attempt; UNKNOWN = none yet */
};

struct wanted_list {
	/* Owned; wished ones first, by rank. Room for the old wishes beside the new. */
	struct wanted *items[2 * WANTED_MAX + WANTED_KEPT];
	size_t count;
};

/* What to do before an entry in flight goes. */
typedef void (*wanted_cancel_fn)(void *arg, struct wanted *wanted);

struct wanted_changes {
	int64_t wall_ms, mono_ms;
	wanted_cancel_fn cancel;
	void *arg;
};

void wanted_release(struct wanted_list *list);

/* A wish for a site that is known by its number. */
struct wanted_wish {
	size_t site;
	const struct picture_wish *wish; /* borrowed; its texts are not NULL */
};
/* Replaces all wishes. until 0 or UNKNOWN = no end. Good ones that nobody wants any more are
 * forgotten, those under way cancelled. */
void wanted_set(struct wanted_list *list, const struct wanted_wish *wishes, size_t count,
	const struct wanted_changes *changes);
/* Ends wishes whose time is over. Gives when the next one's is, wall clock; INT64_MAX. */
int64_t wanted_sweep(struct wanted_list *list, const struct wanted_changes *changes);

struct wanted *wanted_find(const struct wanted_list *list, size_t site, const char *key);
/* Whether tag is an entry of the list. */
struct wanted *wanted_of_tag(const struct wanted_list *list, const void *tag);

/* A link of this picture came: who waited for it begins again, and who failed for want of one when
 * it is fresh. */
void wanted_note_link(struct wanted *wanted, bool is_fresh, int64_t mono_ms);
/* The picture itself came another way. */
void wanted_note_have(struct wanted *wanted, const struct wanted_changes *changes);
/* An attempt is over: when is the next. */
void wanted_note_end(struct wanted *wanted, int64_t wall_ms, int64_t mono_ms);
/* Whether there is something left to do by itself, soon. */
bool wanted_is_open(const struct wanted *wanted);
/* The site is there again: what could not be reached is tried now. */
void wanted_note_up(struct wanted_list *list, size_t site, int64_t mono_ms);

/* How many requests there are for pictures of a site, or of all (site SIZE_MAX). */
size_t wanted_in_flight(const struct wanted_list *list, size_t site);

#endif
