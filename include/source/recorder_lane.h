/* The inside of a recorder's lane: recorder.c, recorder_visit.c, recorder_slot.c. Not for others.
 */
#ifndef SOURCE_RECORDER_LANE_H
#define SOURCE_RECORDER_LANE_H

#include "base/work.h"
#include "source/orders.h"
#include "source/recorder.h"
#include "source/recorder_sweep.h"
#include <stdatomic.h>

enum {
	RECORDER_UNWATCHED_MS = 30000,  /* the shortest period of what nobody has on screen */
	RECORDER_REPROBE_MS = 60000,    /* how often what is not offered is looked for again */
	RECORDER_FULL_LOOK_MS = 300000, /* the newest rows are read anew, whatever their marks */
	RECORDER_STILL_MS = 30000, /* the same, when a recording that still recorded is missing */
	RECORDER_BACK_MS = 900000, /* a row may be committed so long after it was written */
	RECORDER_BACK_PERIOD_MS = 60000, /* how often such rows are looked for */
	RECORDER_CLOCK_MS = 60000,       /* how often the server is asked for the time */
	RECORDER_WINDOW_LEAST_MS = 900000,
	RECORDER_SLOTS_MAX = 256
};

/* The recordings that still recorded in an answer. */
struct recorder_still {
	uint64_t *ids; /* owned; sorted hashes */
	size_t count;
};

/* One feed of one subject: when it is asked next, and what is remembered of it. Times are monotonic
 * where nothing else is said. */
struct recorder_slot {
	const struct recorder_feed *feed;
	char *subject;         /* owned; "" = of the whole site */
	int64_t watched_until; /* somebody has it on screen */
	int64_t asked_at, told_at;
	int64_t due, started_at;
	/* marks */
	int64_t since_ms, after_ms;
	char after_id[RECORDER_PARAMETER_BYTES];
	int64_t full_at;
	int64_t back_at, back_began; /* looks further back: the next, the one under way */
	bool is_unproven; /* the mark is of another connection, maybe of another server */
	struct recorder_still still;
	bool misses_one; /* of those */
	/* how much is asked */
	int64_t window_ms, window_most_ms;
	bool is_lean;
	int calm, calm_needed; /* quick answers in a row until more is asked again */
	int64_t latency_ms;
	/* what came of it */
	int64_t last_ok; /* wall clock */
	int64_t records, skipped, is_cut;
	const char *state; /* static text; NULL = not asked yet */
	int tries;         /* failed, in a single round */
	bool was_reread;   /* the catalogue was read again because of it */
	bool is_finished;  /* in a single round */
	struct recorder_sweep sweep;
};

struct recorder_slot *recorder_slot_new(const struct recorder_feed *feed, const char *subject);
void recorder_slot_free(struct recorder_slot *slot);
int64_t recorder_slot_period(const struct recorder_slot *slot, int64_t now);
/* Somebody has it on screen; asked_at: wants it fresh. */
void recorder_slot_wish(struct recorder_slot *slot, int64_t until, int64_t asked_at, int64_t now);
/* The table is large and has no index for it: less is asked at first. */
void recorder_slot_temper(struct recorder_slot *slot, const struct catalogue *catalogue);
/* An answer was good: the next period, or at once where it was full. */
void recorder_slot_note_good(struct recorder_slot *slot, bool is_full, int64_t now);
/* It was too slow: less next time, soon. false: less is not possible. */
bool recorder_slot_note_slow(struct recorder_slot *slot, int64_t now);
/* "query too slow: showing the last 6 h"; "" when all is asked. */
void recorder_slot_words(const struct recorder_slot *slot, struct err *words);
/* It is due on a new connection, which may lead elsewhere: the marks have to prove themselves. */
void recorder_slot_reconnect(struct recorder_slot *slot, int64_t now);
/* The mark from which on the next answer is; UNKNOWN = it is of the newest rows. Now and then from
 * further back: rows of long transactions, and of clocks that are behind, appear behind the mark.
 * server_ms: the time there. */
int64_t recorder_slot_since(struct recorder_slot *slot, int64_t now, int64_t server_ms);
/* Whether rows of the next answer are those since the mark. */
bool recorder_slot_is_steady(const struct recorder_slot *slot, int64_t now);
/* Of a row: its column, when it was last written, both as the place to go on from (false: it is
 * none, or the same as before). */
int64_t recorder_slot_time_at(const struct pg_rows *rows, size_t row, const char *column);
int64_t recorder_slot_key_at(const struct pg_rows *rows, size_t row);
bool recorder_slot_note_key(const struct pg_rows *rows, size_t row, int64_t *after_ms,
	char after_id[RECORDER_PARAMETER_BYTES]);
/* Moves the marks by what an answer brought; it was delivered. Gives whether there is more. */
bool recorder_slot_move_marks(
	struct recorder_slot *slot, const struct pg_rows *rows, bool was_steady, int64_t server_ms);

/* ---- recorder_still.c ---- */

/* Whether a recording that still recorded before is not in the answer at all: it ended or went
 * without a word (no updatedAt). The answer becomes what is known. */
bool recorder_still_note(struct recorder_still *still, const struct pg_rows *rows);
void recorder_still_release(struct recorder_still *still);

struct recorder_lane {
	char *name, *dsn; /* dsn: secret */
	bool has_thumbnails, is_once;
	source_deliver_fn deliver;
	void *deliver_arg;
	struct pg *pg;
	struct catalogue *catalogue;
	int64_t catalogue_at; /* when it was read; INT64_MIN = is to be */
	int64_t measured_at;  /* its tables' sizes; the same */
	int64_t rest_until;   /* no part of a large table before */
	struct recorder_slot *slots[RECORDER_SLOTS_MAX];
	size_t slot_count;
	int failures; /* connections in a row */
	int64_t connect_at, connected_at;
	int64_t clock_at, skew_ms; /* when the server's clock was read, and how far it is ahead */
	struct mailbox *inbox;     /* of struct orders */
	struct lane *lane;
	atomic_uint orders_given, orders_seen;
	atomic_bool is_idle;
};

/* ---- recorder_orders.c ---- */

/* NULL: there are too many, or no memory. */
struct recorder_slot *recorder_add_slot(
	struct recorder_lane *lane, const struct recorder_feed *feed, const char *subject);
/* Takes these and all that wait in the inbox; the last ones hold. */
void recorder_take_orders(struct recorder_lane *lane, struct orders *orders);
/* What nobody looks at any more is forgotten. */
void recorder_forget(struct recorder_lane *lane, int64_t now);

/* ---- recorder_gap.c ---- */

/* "without objects: this database has no table DetectedObject"; words stay where nothing is. */
void recorder_gap_words(
	const struct recorder_feed *feed, const struct catalogue *catalogue, struct err *words);

/* ---- recorder_visit.c ---- */

/* Asks for a slot, gives away what came. false: the connection is of no use, error says why. */
bool recorder_visit(struct recorder_lane *lane, struct recorder_slot *slot, struct pg_error *error);
/* Says of all slots that there is no connection. */
void recorder_tell_down(struct recorder_lane *lane, const struct pg_error *error);

#endif
