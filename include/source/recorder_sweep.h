/* Large tables without an index of use, of a server that can read a range of blocks: each statement
 * reads a bounded part. What is new stands at the table's end mostly and is looked for there each
 * time (the head); beside that rounds go through the whole table, a part after the other, with
 * rests. Recorder lane only; not for others. */
#ifndef SOURCE_RECORDER_SWEEP_H
#define SOURCE_RECORDER_SWEEP_H

#include "source/recorder.h"

enum {
	SWEEP_LARGE_BLOCKS = 4096, /* 32 MiB: what has more is read in parts */
	SWEEP_PART_BLOCKS = 4096,  /* of all tables of a statement together */
	SWEEP_PART_LEAST = 64,
	SWEEP_TAIL_BLOCKS = 1024
};

struct recorder_gather;

struct recorder_sweep {
	bool is_on;      /* there is something to go through */
	bool is_running; /* a round is under way */
	bool is_whole;   /* one has come to its end */
	int64_t due;     /* the next part, or the next round; monotonic */
	int64_t part, parts, part_blocks;
	int64_t blocks[TABLE_COUNT]; /* at the round's beginning; 0 = not of it */
	int64_t began_ms, took_ms;   /* wall clock; the last whole round */
	int64_t cost_ms;             /* what the server worked for this round */
	/* Growing tables: rows written since; UNKNOWN = the first round, which looks for rows newer
	 * than floor_ms. */
	int64_t since_ms, floor_ms, after_ms;
	char after_id[RECORDER_PARAMETER_BYTES];
	/* The head: what it read last; where rounds found new rows, it looks in turn. */
	struct recorder_range head, hot;
	int64_t head_blocks, head_since_ms;
	bool is_hot_next;
	struct recorder_gather *gather; /* owned */
};

struct recorder_slot;

void recorder_sweep_init(struct recorder_sweep *sweep, const struct recorder_feed *feed);
void recorder_sweep_release(struct recorder_sweep *sweep);
/* Before each statement: which blocks it reads. */
void recorder_sweep_plan(struct recorder_slot *slot, const struct catalogue *catalogue,
	bool is_head, struct recorder_range ranges[TABLE_COUNT]);
/* The same for its context, of rows that are only a part. */
void recorder_sweep_set(
	const struct recorder_slot *slot, bool is_head, struct recorder_context *context);
/* A head without a mark was good: what is older than its oldest row need not be looked for. */
void recorder_sweep_note_first(struct recorder_slot *slot, const struct pg_rows *rows);
/* A head was good: a round may begin. */
void recorder_sweep_note_head(struct recorder_slot *slot, const struct catalogue *catalogue,
	int64_t since_ms, int64_t now, int64_t wall_ms);
/* Whether a single round of all feeds waits for this one's: sums of other tables are extras. */
bool recorder_sweep_is_awaited(const struct recorder_slot *slot);
/* A part was good. Gives rows that are to be decoded (given away), or NULL; is_part false: they are
 * all there is. */
struct pg_rows *recorder_sweep_take(struct recorder_slot *slot, struct pg_rows *rows,
	const struct recorder_context *context, int64_t cost_ms, int64_t now, bool *is_part);
/* Rows of a head with the sums of the last whole round in them (given away). */
struct pg_rows *recorder_sweep_fill(
	struct recorder_slot *slot, struct pg_rows *rows, const struct recorder_context *context);
/* A part or a head was too slow: less at a time. false: less is not possible. */
bool recorder_sweep_narrow(struct recorder_slot *slot, int64_t now);
/* "large table without an index: ..."; words stay where nothing is read in parts. */
void recorder_sweep_words(const struct recorder_slot *slot, const struct catalogue *catalogue,
	const struct recorder_range ranges[TABLE_COUNT], struct err *words);

/* ---- recorder_gather.c: sums of parts, found rows of parts ---- */

/* NULL: the feed's parts are delivered one by one; or out of memory. */
struct recorder_gather *recorder_gather_new(const struct recorder_feed *feed);
void recorder_gather_free(struct recorder_gather *gather);
void recorder_gather_begin(struct recorder_gather *gather);
void recorder_gather_add(struct recorder_gather *gather, const struct pg_rows *rows);
void recorder_gather_end(struct recorder_gather *gather);
/* Whether it keeps rows that were found, and not sums. */
bool recorder_gather_finds(const struct recorder_gather *gather);
/* A copy of the rows that were found; NULL without memory. */
struct pg_rows *recorder_gather_found(const struct recorder_gather *gather);
/* A copy of the rows with sums of the last whole round; NULL without memory. */
struct pg_rows *recorder_gather_fill(const struct recorder_gather *gather,
	const struct pg_rows *rows, const struct recorder_context *context);

#endif
