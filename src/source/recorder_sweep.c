/* Rounds through large tables, a part at a time, and where their heads are. Owns what was gathered;
 * recorder lane. */
#include "source/recorder_sweep.h"
#include "source/recorder_lane.h"
#include "source/recorder_parts.h"
#include <stdio.h>
#include <string.h>

enum {
	ROUND_REST_FACTOR = 50, /* between rounds: a fiftieth */
	ROUND_REST_LEAST_MS = 20000,
	QUICK_PART_MS = 150, /* parts may grow again */
	SLOW_PAUSE_MS = 1000,
	SKEW_MS = 300000 /* the clock that stamps rows may be behind ours */
};

/* How a statement looks at a table, once that is large. */
enum role {
	ROLE_PAGE,   /* rows of its head each time, all of it by rounds */
	ROLE_BESIDE, /* what the newest rows of another table need of its end */
	ROLE_OUT,    /* nothing */
	ROLE_END,    /* its end only */
	ROLE_SUM,    /* nothing but by rounds, whose sums stay until the next */
	ROLE_FIND    /* its end, until a round has found what there is */
};

static const struct look {
	const char *feed;
	enum recorder_table table;
	enum role role;
	const char *indexes[2]; /* with all of them the table is as good as small */
} looks[] = {
	{"recorder.recordings", TABLE_RECORDING, ROLE_PAGE, {NULL}},
	{"recorder.recordings", TABLE_SEGMENT, ROLE_BESIDE, {"recordingId"}},
	{"recorder.recordings", TABLE_EVENT, ROLE_OUT, {"recordingId"}},
	{"recorder.events", TABLE_EVENT, ROLE_PAGE, {"createdAt", "timestamp"}},
	{"recorder.events", TABLE_DETECTED_OBJECT, ROLE_BESIDE, {"eventId"}},
	{"recorder.notifications", TABLE_NOTIFICATION, ROLE_PAGE, {"createdAt", "updatedAt"}},
	{"recorder.cameras", TABLE_RECORDING, ROLE_SUM, {NULL}},
	{"recorder.cameras", TABLE_EVENT, ROLE_SUM, {"timestamp"}},
	{"recorder.cameras", TABLE_STREAM, ROLE_END, {NULL}},
	{"recorder.streams", TABLE_STREAM, ROLE_END, {NULL}},
	{"recorder.totals", TABLE_RECORDING, ROLE_SUM, {NULL}},
	{"recorder.totals", TABLE_SEGMENT, ROLE_SUM, {NULL}},
	{"recorder.totals", TABLE_EVENT, ROLE_SUM, {"timestamp"}},
	{"recorder.totals", TABLE_NOTIFICATION, ROLE_SUM, {NULL}},
	{"recorder.histogram", TABLE_EVENT, ROLE_SUM, {"timestamp"}},
	{"recorder.policies", TABLE_RECORDING, ROLE_SUM, {NULL}},
	{"recorder.segments", TABLE_SEGMENT, ROLE_FIND, {"recordingId"}},
	{"recorder.recorded", TABLE_EVENT, ROLE_FIND, {"recordingId"}},
	{"recorder.recorded", TABLE_DETECTED_OBJECT, ROLE_BESIDE, {"eventId"}},
	{"recorder.hour", TABLE_EVENT, ROLE_FIND, {"timestamp"}},
	{"recorder.hour", TABLE_DETECTED_OBJECT, ROLE_BESIDE, {"eventId"}},
	{"recorder.event", TABLE_SEGMENT, ROLE_FIND, {"recordingId"}},
	{"recorder.event", TABLE_DETECTED_OBJECT, ROLE_FIND, {"eventId"}},
};

enum { LOOKS = sizeof looks / sizeof looks[0] };

static bool is_large(const struct catalogue *catalogue, const struct look *look)
{
	int64_t blocks = catalogue->tables[look->table].blocks;
	bool is_indexed = look->indexes[0] != NULL;

	for (size_t i = 0; i < 2 && look->indexes[i]; i++)
		is_indexed = is_indexed &&
			catalogue_is_indexed(catalogue, look->table, look->indexes[i]);
	return blocks != UNKNOWN && blocks > SWEEP_LARGE_BLOCKS && !is_indexed;
}

/* Whether rounds go through it. */
static bool is_swept(const struct look *look)
{
	return look->role == ROLE_PAGE || look->role == ROLE_SUM || look->role == ROLE_FIND;
}

static bool is_of(const struct look *look, const struct recorder_slot *slot)
{
	return strcmp(look->feed, slot->feed->name) == 0;
}

void recorder_sweep_init(struct recorder_sweep *sweep, const struct recorder_feed *feed)
{
	*sweep = (struct recorder_sweep){.part_blocks = SWEEP_PART_BLOCKS,
		.due = INT64_MIN,
		.since_ms = UNKNOWN,
		.floor_ms = UNKNOWN,
		.began_ms = UNKNOWN,
		.took_ms = UNKNOWN,
		.head_since_ms = UNKNOWN,
		.gather = recorder_gather_new(feed)};
}

void recorder_sweep_release(struct recorder_sweep *sweep)
{
	recorder_gather_free(sweep->gather);
}

/* ---- which blocks ---- */

static struct recorder_range last_blocks(int64_t blocks, int64_t count)
{
	return (struct recorder_range){blocks > count ? blocks - count : 0, INT64_MAX};
}

/* What was added since the last head, and some that may have changed or come into sight since. */
static struct recorder_range head_of(struct recorder_sweep *sweep, int64_t blocks)
{
	int64_t count = sweep->part_blocks;

	if (sweep->head_blocks > 0) {
		count = blocks - sweep->head_blocks + SWEEP_TAIL_BLOCKS;
		if (count < SWEEP_TAIL_BLOCKS)
			count = SWEEP_TAIL_BLOCKS;
		if (count > sweep->part_blocks)
			count = sweep->part_blocks;
	}
	return last_blocks(blocks, count);
}

/* The end of the table, and in turn with it where new rows were found. A page that goes on stays
 * where it was. */
static struct recorder_range page_head(struct recorder_slot *slot, int64_t blocks)
{
	struct recorder_sweep *sweep = &slot->sweep;

	if (!slot->after_id[0] || sweep->head.end == 0)
		sweep->head = sweep->is_hot_next && slot->since_ms != UNKNOWN
			? sweep->hot
			: head_of(sweep, blocks);
	return sweep->head;
}

static struct recorder_range part_of(const struct recorder_sweep *sweep, enum recorder_table table)
{
	int64_t blocks = sweep->blocks[table];
	bool is_last = sweep->part == sweep->parts - 1;

	if (blocks == 0)
		return (struct recorder_range){-1, 0};
	return (struct recorder_range){blocks * sweep->part / sweep->parts,
		is_last ? INT64_MAX : blocks * (sweep->part + 1) / sweep->parts};
}

static struct recorder_range range_of(struct recorder_slot *slot, const struct look *look,
	const struct catalogue *catalogue, bool is_head)
{
	struct recorder_sweep *sweep = &slot->sweep;
	int64_t blocks = catalogue->tables[look->table].blocks;
	int64_t tail =
		sweep->part_blocks < SWEEP_TAIL_BLOCKS ? sweep->part_blocks : SWEEP_TAIL_BLOCKS;

	if (!is_head && is_swept(look))
		return part_of(sweep, look->table);
	switch (look->role) {
	case ROLE_PAGE:
		return page_head(slot, blocks);
	case ROLE_BESIDE:
		return last_blocks(blocks, tail);
	case ROLE_END:
	case ROLE_FIND:
		return last_blocks(blocks, sweep->part_blocks);
	default:
		return (struct recorder_range){-1, 0};
	}
}

void recorder_sweep_plan(struct recorder_slot *slot, const struct catalogue *catalogue,
	bool is_head, struct recorder_range ranges[TABLE_COUNT])
{
	bool was_on = slot->sweep.is_on;

	memset(ranges, 0, TABLE_COUNT * sizeof ranges[0]);
	slot->sweep.is_on = false;
	for (size_t i = 0; i < LOOKS; i++) {
		if (!is_of(&looks[i], slot) || !is_large(catalogue, &looks[i]))
			continue;
		slot->sweep.is_on = slot->sweep.is_on || is_swept(&looks[i]);
		ranges[looks[i].table] = range_of(slot, &looks[i], catalogue, is_head);
	}
	if (was_on && !slot->sweep.is_on)
		slot->sweep.is_running = false;
}

/* ---- rounds ---- */

static void begin(
	struct recorder_slot *slot, const struct catalogue *catalogue, int64_t now, int64_t wall_ms)
{
	struct recorder_sweep *sweep = &slot->sweep;
	int64_t all = 0;

	memset(sweep->blocks, 0, sizeof sweep->blocks);
	for (size_t i = 0; i < LOOKS; i++) {
		enum recorder_table table = looks[i].table;

		if (!is_of(&looks[i], slot) || !is_swept(&looks[i]) ||
			!is_large(catalogue, &looks[i]))
			continue;
		sweep->blocks[table] = catalogue->tables[table].blocks;
		all += sweep->blocks[table];
	}
	sweep->parts = (all + sweep->part_blocks - 1) / sweep->part_blocks;
	sweep->part = sweep->parts - 1;
	sweep->since_ms = sweep->is_whole ? sweep->began_ms - SKEW_MS : UNKNOWN;
	sweep->began_ms = wall_ms;
	sweep->cost_ms = 0;
	sweep->after_id[0] = '\0';
	sweep->due = now;
	sweep->is_running = sweep->parts > 0;
	if (sweep->gather)
		recorder_gather_begin(sweep->gather);
}

/* Of the last page of a table that is read newest first: where its oldest row is. */
static int64_t oldest_of(const struct recorder_slot *slot, const struct pg_rows *rows)
{
	size_t count = pg_row_count(rows);
	bool is_event = slot->feed->table == TABLE_EVENT;

	return recorder_slot_time_at(rows, count - 1,
		is_event                                       ? "timestamp"
			: slot->feed->table == TABLE_RECORDING ? "startTime"
							       : "createdAt");
}

static void raise_floor(struct recorder_slot *slot, const struct pg_rows *rows)
{
	int64_t oldest = pg_row_count(rows) >= slot->feed->limit ? oldest_of(slot, rows) : UNKNOWN;

	if (oldest > slot->sweep.floor_ms)
		slot->sweep.floor_ms = oldest;
}

void recorder_sweep_note_head(struct recorder_slot *slot, const struct catalogue *catalogue,
	int64_t since_ms, int64_t now, int64_t wall_ms)
{
	struct recorder_sweep *sweep = &slot->sweep;

	if (!sweep->is_on)
		return;
	if (slot->feed->is_growing && !slot->after_id[0]) {
		/* a hot place's rows must not hide older ones of the end from the next head */
		sweep->head_since_ms = since_ms;
		if (!sweep->is_hot_next)
			sweep->head_blocks = catalogue->tables[slot->feed->table].blocks;
		sweep->is_hot_next = !sweep->is_hot_next && sweep->hot.end != 0;
	}
	if (!sweep->is_running && now >= sweep->due)
		begin(slot, catalogue, now, wall_ms);
}

void recorder_sweep_note_first(struct recorder_slot *slot, const struct pg_rows *rows)
{
	slot->sweep.floor_ms = UNKNOWN;
	raise_floor(slot, rows);
}

void recorder_sweep_set(
	const struct recorder_slot *slot, bool is_head, struct recorder_context *context)
{
	const struct recorder_sweep *sweep = &slot->sweep;

	context->is_part = false;
	for (size_t i = 0; i < LOOKS; i++)
		if (is_of(&looks[i], slot) && looks[i].role != ROLE_SUM &&
			(is_swept(&looks[i]) || looks[i].table == slot->feed->table) &&
			sql_is_part(context, looks[i].table))
			context->is_part = true;
	if (is_head) {
		bool has_two = sweep->hot.end != 0 && sweep->head_since_ms != UNKNOWN;

		if (has_two && context->since_ms != UNKNOWN && !slot->after_id[0] &&
			sweep->head_since_ms < context->since_ms)
			context->since_ms = sweep->head_since_ms;
		return;
	}
	context->since_ms = slot->feed->is_growing ? sweep->since_ms : UNKNOWN;
	context->after_ms = sweep->after_ms;
	context->after_id = sweep->after_id;
	if (slot->feed->is_growing && sweep->floor_ms != UNKNOWN &&
		context->now_ms - sweep->floor_ms < context->window_ms)
		context->window_ms = context->now_ms - sweep->floor_ms;
}

bool recorder_sweep_is_awaited(const struct recorder_slot *slot)
{
	const struct recorder_sweep *sweep = &slot->sweep;

	return sweep->is_running && !sweep->is_whole &&
		(!sweep->gather || recorder_gather_finds(sweep->gather));
}

/* ---- parts ---- */

static void end_part(struct recorder_slot *slot, int64_t cost_ms, int64_t now, int64_t wall_ms)
{
	struct recorder_sweep *sweep = &slot->sweep;
	int64_t rest_ms;

	sweep->cost_ms += cost_ms;
	if (!sweep->after_id[0])
		sweep->part--;
	sweep->due = now; /* the lane has rests between the parts of all */
	if (sweep->part >= 0)
		return;
	rest_ms = sweep->cost_ms * ROUND_REST_FACTOR;
	sweep->due = now + (rest_ms > ROUND_REST_LEAST_MS ? rest_ms : ROUND_REST_LEAST_MS);
	if (sweep->part_blocks < SWEEP_PART_BLOCKS &&
		sweep->cost_ms / (sweep->parts + 1) < QUICK_PART_MS)
		sweep->part_blocks *= 2;
	sweep->took_ms = wall_ms - sweep->began_ms;
	sweep->is_running = false;
	sweep->is_whole = true;
}

/* A page of what was written since goes on in the same part while it is full. */
static void note_page(struct recorder_slot *slot, const struct pg_rows *rows,
	const struct recorder_context *context)
{
	struct recorder_sweep *sweep = &slot->sweep;
	size_t count = pg_row_count(rows);
	bool is_new = false;

	if (context->since_ms == UNKNOWN) {
		raise_floor(slot, rows);
		return;
	}
	for (size_t i = 0; i < count; i++)
		is_new = is_new || recorder_slot_key_at(rows, i) > slot->since_ms;
	/* the end of the table is looked at anyway */
	if (is_new && sweep->part < sweep->parts - 1)
		sweep->hot = part_of(sweep, slot->feed->table);
	if (count < slot->feed->limit ||
		!recorder_slot_note_key(rows, count - 1, &sweep->after_ms, sweep->after_id))
		sweep->after_id[0] = '\0';
}

static struct pg_rows *take_found(
	struct recorder_sweep *sweep, struct pg_rows *rows, bool is_last, bool *is_part)
{
	*is_part = !is_last;
	if (!is_last)
		return rows;
	pg_rows_free(rows);
	return recorder_gather_found(sweep->gather);
}

struct pg_rows *recorder_sweep_take(struct recorder_slot *slot, struct pg_rows *rows,
	const struct recorder_context *context, int64_t cost_ms, int64_t now, bool *is_part)
{
	struct recorder_sweep *sweep = &slot->sweep;

	if (!sweep->gather)
		note_page(slot, rows, context);
	else
		recorder_gather_add(sweep->gather, rows);
	end_part(slot, cost_ms, now, context->now_ms);
	*is_part = true;
	if (!sweep->gather)
		return rows;
	if (recorder_gather_finds(sweep->gather))
		return take_found(sweep, rows, !sweep->is_running, is_part);
	if (!sweep->is_running) {
		recorder_gather_end(sweep->gather);
		*is_part = false;
		return recorder_sweep_fill(slot, rows, context);
	}
	pg_rows_free(rows);
	return NULL;
}

struct pg_rows *recorder_sweep_fill(
	struct recorder_slot *slot, struct pg_rows *rows, const struct recorder_context *context)
{
	struct recorder_sweep *sweep = &slot->sweep;
	struct pg_rows *filled;

	if (!sweep->is_on || !sweep->gather || recorder_gather_finds(sweep->gather))
		return rows;
	filled = recorder_gather_fill(sweep->gather, rows, context);
	if (filled)
		pg_rows_free(rows);
	return filled ? filled : rows;
}

bool recorder_sweep_narrow(struct recorder_slot *slot, int64_t now)
{
	struct recorder_sweep *sweep = &slot->sweep;
	bool is_least = sweep->part_blocks <= SWEEP_PART_LEAST;

	sweep->is_running = false;
	sweep->after_id[0] = '\0';
	sweep->due = now + (is_least ? RECORDER_REPROBE_MS : SLOW_PAUSE_MS);
	if (!is_least)
		sweep->part_blocks /= 4;
	return !is_least;
}

/* ---- words ---- */

static void advise(const struct recorder_slot *slot, const struct catalogue *catalogue,
	char *advice, size_t size)
{
	advice[0] = '\0';
	for (size_t i = 0; i < LOOKS; i++) {
		struct buf name;

		if (!is_of(&looks[i], slot) || !looks[i].indexes[0] ||
			!is_large(catalogue, &looks[i]))
			continue;
		buf_init(&name, 4 * CATALOGUE_NAME_BYTES);
		sql_index_words(&name, catalogue, looks[i].table, looks[i].indexes[0]);
		snprintf(advice, size, "; CREATE INDEX ON %s helps", name.data ? name.data : "it");
		buf_release(&name);
		return;
	}
}

void recorder_sweep_words(const struct recorder_slot *slot, const struct catalogue *catalogue,
	const struct recorder_range ranges[TABLE_COUNT], struct err *words)
{
	const struct recorder_sweep *sweep = &slot->sweep;
	char advice[5 * CATALOGUE_NAME_BYTES];
	bool is_any = false;

	for (size_t i = 0; i < TABLE_COUNT; i++)
		is_any = is_any || ranges[i].end != 0 || ranges[i].first < 0;
	if (!is_any)
		return;
	advise(slot, catalogue, advice, sizeof advice);
	if (!sweep->is_on)
		err_set(words, "large table without an index: without counts%s", advice);
	else if (!sweep->is_whole)
		err_set(words, "large table without an index: read in parts, %lld %% so far%s",
			(long long)(sweep->parts > 0 && sweep->is_running
					? 100 * (sweep->parts - 1 - sweep->part) / sweep->parts
					: 0),
			advice);
	else
		err_set(words,
			"large table without an index: read in parts, the whole of it in %lld s%s",
			(long long)(sweep->took_ms + 999) / 1000, advice);
}
