/* One statement from its building to the batch its answer became, given away. Recorder lane. */
#include "base/clock.h"
#include "base/log.h"
#include "base/text.h"
#include "source/recorder_lane.h"
#include "source/recorder_parts.h"
#include "source/redact.h"
#include <stdio.h>
#include <string.h>

enum {
	STATEMENT_BYTES = 16 << 10,
	BATCH_BYTES = 128 << 20,
	ROWS_MORE = 8, /* more than the statement's LIMIT never come */
	TRIES_MAX = 4, /* in a single round */
	MEASURE_MS = 10000,
	SLOW_PAUSE_MS = 1000,
	/* the server works at most a fifth of its time for all parts together while something is
	 * not known yet, a tenth later */
	FIRST_REST = 4,
	PARTS_REST = 9
};

struct visit {
	struct recorder_lane *lane;
	struct recorder_slot *slot;
	int64_t mono_ms, wall_ms;
	bool is_head; /* not one of the parts of a large table */
	struct recorder_range ranges[TABLE_COUNT];
	struct recorder_context context;
	struct pg_rows *rows;
	struct batch *batch;
	const char *state;
	struct err words;
	char code[8];
};

/* ---- rows about the feed ---- */

static bool name_batch(struct visit *visit)
{
	struct arena *arena = visit->batch->arena;
	struct feed *feed = arena_alloc(arena, sizeof *feed);

	if (!feed)
		return false;
	noun_clear(&nouns[NOUN_FEED], feed);
	visit->batch->feed = feed;
	visit->batch->fetched_at = visit->wall_ms;
	feed->site = arena_text(arena, visit->lane->name);
	feed->subject = arena_text(arena, visit->slot->subject);
	feed->feed = visit->slot->feed->name;
	return feed->site && feed->subject;
}

static bool new_batch(struct visit *visit)
{
	visit->batch = batch_new(BATCH_BYTES);
	if (visit->batch && name_batch(visit))
		return true;
	batch_free(visit->batch);
	visit->batch = NULL;
	log_line("site %s: out of memory for an answer", visit->lane->name);
	return false;
}

static const char *path_of(const struct visit *visit)
{
	enum recorder_table table = visit->slot->feed->table;
	const char *server = pg_server(visit->lane->pg);
	char path[TEXT_FIELD_BYTES], clean[TEXT_FIELD_BYTES];
	size_t bytes;

	snprintf(path, sizeof path, "%.400s%s%.64s", server ? server : "",
		table < TABLE_COUNT ? " " : "",
		table < TABLE_COUNT && visit->lane->catalogue->tables[table].name
			? visit->lane->catalogue->tables[table].name
			: "");
	bytes = text_clean(clean, sizeof clean, path, strlen(path));
	return arena_text_n(visit->batch->arena, clean, bytes);
}

static void fill_feed(struct visit *visit)
{
	const struct recorder_slot *slot = visit->slot;
	struct arena *arena = visit->batch->arena;
	struct feed *feed = visit->batch->feed;
	int64_t offset = visit->wall_ms - visit->mono_ms;

	feed->path = path_of(visit);
	feed->state = visit->state;
	feed->last_try = slot->started_at == INT64_MIN ? UNKNOWN : slot->started_at + offset;
	feed->last_ok = slot->last_ok;
	feed->http_status = 0;
	feed->latency_ms = slot->latency_ms;
	feed->code = visit->code[0] ? arena_text(arena, visit->code) : NULL;
	feed->error =
		visit->words.text[0] ? redact_copy(visit->words.text, ERR_TEXT_BYTES, arena) : NULL;
	feed->next_try =
		slot->due == INT64_MAX || slot->due == INT64_MIN ? UNKNOWN : slot->due + offset;
	feed->period_ms = recorder_slot_period(slot, visit->mono_ms);
	feed->records = slot->records;
	feed->skipped = slot->skipped;
	feed->is_cut = slot->is_cut;
	feed->skew_ms = visit->lane->skew_ms;
}

/* Once when it begins to fail, or fails otherwise, and once when it is good again. */
static void log_change(const struct visit *visit)
{
	const char *before = visit->slot->state ? visit->slot->state : "ok";

	if (strcmp(before, visit->state) != 0)
		log_line("site %s: %s: %s", visit->lane->name, visit->slot->feed->name,
			strcmp(visit->state, "ok") == 0     ? "answers again"
				: visit->batch->feed->error ? visit->batch->feed->error
							    : visit->state);
}

/* All times there are by another clock than the one they are compared with here. */
static void say_skew(struct visit *visit)
{
	int64_t skew = visit->lane->skew_ms, minutes = (skew < 0 ? -skew : skew) / 60000;

	if (minutes < 1 || visit->words.text[0] || strcmp(visit->state, "ok") != 0)
		return;
	err_set(&visit->words, "the server's clock is %lld %s %s: ages are wrong by that",
		(long long)(minutes >= 120 ? minutes / 60 : minutes), minutes >= 120 ? "h" : "min",
		skew < 0 ? "behind" : "ahead");
}

static void tell(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;

	say_skew(visit);
	fill_feed(visit);
	log_change(visit);
	slot->state = visit->state;
	visit->batch->is_awaited =
		slot->asked_at > slot->told_at && slot->asked_at <= slot->started_at;
	if (visit->batch->is_awaited)
		slot->told_at = slot->asked_at;
	visit->lane->deliver(visit->lane->deliver_arg, visit->batch);
	visit->batch = NULL;
}

/* ---- whether it can be asked ---- */

static bool is_any_offered(const struct catalogue *catalogue, struct err *words)
{
	struct err first = {""}, why;

	for (int table = 0; table < TABLE_COUNT; table++) {
		if (catalogue_offers(catalogue, (enum recorder_table)table, &why))
			return true;
		if (catalogue->tables[table].real[0] && !first.text[0])
			first = why;
	}
	return err_set(words, "%s",
		first.text[0] ? first.text : "this database has none of the recorder's tables");
}

static bool is_offered(struct visit *visit)
{
	const struct catalogue *catalogue = visit->lane->catalogue;
	enum recorder_table table = visit->slot->feed->table;

	if (table == TABLE_COUNT)
		return is_any_offered(catalogue, &visit->words);
	/* the column without which no row can be told from another */
	return catalogue_offers_column(catalogue, table,
		table == TABLE_SYSTEM_SETTINGS ? "settingKey" : "id", &visit->words);
}

static void conclude_not_offered(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;

	visit->state = "not_offered";
	slot->due = visit->mono_ms + RECORDER_REPROBE_MS;
	slot->is_finished = true;
	slot->sweep.is_running = false;
	if (new_batch(visit))
		tell(visit);
}

/* ---- asking ---- */

/* How large the tables are decides how they are read. */
static bool measure(struct visit *visit, struct pg_error *error)
{
	struct recorder_lane *lane = visit->lane;

	if (lane->measured_at != INT64_MIN && visit->mono_ms < lane->measured_at + MEASURE_MS)
		return true;
	lane->measured_at = visit->mono_ms;
	return catalogue_measure(lane->catalogue, lane->pg, error);
}

static bool is_in_parts(const struct visit *visit)
{
	for (size_t i = 0; i < TABLE_COUNT; i++)
		if (visit->ranges[i].end != 0 || visit->ranges[i].first < 0)
			return true;
	return false;
}

static void set_context(struct visit *visit)
{
	const struct recorder_lane *lane = visit->lane;
	struct recorder_slot *slot = visit->slot;
	int64_t server_ms = visit->wall_ms + lane->skew_ms;
	bool is_steady = recorder_slot_is_steady(slot, visit->mono_ms);

	recorder_sweep_plan(slot, lane->catalogue, visit->is_head, visit->ranges);
	if (!is_in_parts(visit))
		recorder_slot_temper(slot, lane->catalogue);
	visit->context = (struct recorder_context){
		.catalogue = lane->catalogue,
		.ranges = visit->ranges,
		.site = lane->name,
		.subject = slot->subject,
		.has_thumbnails = lane->has_thumbnails,
		.now_ms = server_ms,
		.since_ms = recorder_slot_since(slot, visit->mono_ms, server_ms),
		.window_ms = slot->window_ms,
		.is_lean = slot->is_lean,
		.after_ms = slot->after_ms,
		.after_id = is_steady ? slot->after_id : "",
		.version = pg_server_version(lane->pg),
	};
	recorder_sweep_set(slot, visit->is_head, &visit->context);
}

static bool query(struct visit *visit, struct pg_error *error)
{
	struct recorder_parameters parameters = {.count = 0};
	const char *texts[RECORDER_PARAMETERS_MAX];
	const struct recorder_feed *feed = visit->slot->feed;
	struct buf sql;
	bool is_ok;

	buf_init(&sql, STATEMENT_BYTES);
	is_ok = feed->build(&visit->context, &sql, &parameters, &error->words) &&
		!sql.is_overflowed;
	for (size_t i = 0; i < parameters.count; i++)
		texts[i] = parameters.texts[i];
	if (is_ok)
		is_ok = pg_query(visit->lane->pg, sql.data, texts, parameters.count,
			feed->limit + ROWS_MORE, PG_STATEMENT_MS, &visit->rows, error);
	else
		error->trouble = PG_OTHER;
	buf_release(&sql);
	return is_ok;
}

static void set_words(struct visit *visit)
{
	const struct recorder_slot *slot = visit->slot;

	recorder_slot_words(slot, &visit->words);
	if (!visit->words.text[0])
		recorder_gap_words(slot->feed, visit->lane->catalogue, &visit->words);
	if (!visit->words.text[0])
		recorder_sweep_words(slot, visit->lane->catalogue, visit->ranges, &visit->words);
}

/* What there must be of its subject; NULL: a recording may well be without. */
static const char *missing_of(const struct recorder_feed *feed)
{
	if (strcmp(feed->name, "recorder.event") == 0)
		return "event";
	return strcmp(feed->name, "recorder.segments") == 0 ? "recording" : NULL;
}

static void conclude_good(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;
	const struct feed *feed = visit->batch->feed;
	bool was_steady = visit->context.since_ms != UNKNOWN, is_full;
	int64_t server_ms = visit->wall_ms + visit->lane->skew_ms;

	slot->last_ok = visit->wall_ms;
	slot->records = feed->records;
	slot->skipped = feed->skipped;
	slot->is_cut = !was_steady && pg_row_count(visit->rows) >= slot->feed->limit &&
		slot->feed->limit > 1;
	if (!was_steady)
		slot->full_at = visit->mono_ms;
	is_full = recorder_slot_move_marks(slot, visit->rows, was_steady, server_ms);
	recorder_slot_note_good(slot, is_full, visit->mono_ms);
	if (!was_steady && slot->feed->is_growing)
		recorder_sweep_note_first(slot, visit->rows);
	recorder_sweep_note_head(
		slot, visit->lane->catalogue, visit->context.since_ms, visit->mono_ms, server_ms);
	slot->is_finished = !recorder_sweep_is_awaited(slot);
	visit->state = "ok";
	set_words(visit);
	if (missing_of(slot->feed) && feed->records == 0 && !visit->context.is_part) {
		visit->state = "not_found";
		err_set(&visit->words, "the recorder has no such %s", missing_of(slot->feed));
	}
}

static void decode(struct visit *visit)
{
	const struct recorder_slot before = *visit->slot;

	if (!new_batch(visit)) {
		visit->slot->due = visit->mono_ms + recorder_slot_period(&before, visit->mono_ms);
		return;
	}
	visit->rows = recorder_sweep_fill(visit->slot, visit->rows, &visit->context);
	if (visit->slot->feed->decode(&visit->context, visit->rows, visit->batch, &visit->words)) {
		conclude_good(visit);
	} else {
		for (size_t i = 0; i < NOUN_COUNT; i++)
			visit->batch->rows[i].count = 0;
		visit->batch->lists = 0;
		visit->batch->lists_sessions = false;
		visit->state = "bad_answer";
		visit->slot->due = visit->mono_ms + recorder_slot_period(&before, visit->mono_ms);
	}
	tell(visit);
}

/* An answer of a part says nothing of the feed, but its rows go on. */
static void conclude_part(struct visit *visit, int64_t cost_ms)
{
	struct recorder_slot *slot = visit->slot;

	visit->lane->rest_until =
		visit->mono_ms + cost_ms * (slot->sweep.is_whole ? PARTS_REST : FIRST_REST);
	visit->rows = recorder_sweep_take(slot, visit->rows, &visit->context, cost_ms,
		visit->mono_ms, &visit->context.is_part);
	slot->is_finished = !slot->sweep.is_running;
	if (!visit->rows || (visit->context.is_part && pg_row_count(visit->rows) == 0) ||
		!new_batch(visit))
		return;
	if (!slot->feed->decode(&visit->context, visit->rows, visit->batch, &visit->words)) {
		batch_free(visit->batch);
		return;
	}
	visit->state = "ok";
	set_words(visit);
	tell(visit);
}

/* ---- what goes wrong ---- */

static bool is_of_layout(enum pg_trouble trouble)
{
	return trouble == PG_NO_TABLE || trouble == PG_NO_COLUMN || trouble == PG_NO_GRANT;
}

static const char *state_of(enum pg_trouble trouble)
{
	switch (trouble) {
	case PG_REFUSED:
		return "unauthorized";
	case PG_LIMIT:
		return "unavailable";
	case PG_SLOW:
		return "timeout";
	case PG_NO_TABLE:
	case PG_NO_COLUMN:
	case PG_NO_GRANT:
		return "not_offered";
	default:
		return "failing";
	}
}

/* Fewer blocks at a time; the window stays. */
static void conclude_slow_part(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;

	if (visit->is_head)
		slot->due = visit->mono_ms + SLOW_PAUSE_MS;
	if (recorder_sweep_narrow(slot, visit->mono_ms)) {
		err_set(&visit->words, "query too slow: reading %lld KiB at a time",
			(long long)slot->sweep.part_blocks * 8);
		return;
	}
	err_set(&visit->words, "query too slow, even in small parts");
	slot->due = visit->mono_ms + RECORDER_REPROBE_MS;
	slot->is_finished = true;
}

static void conclude_slow(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;

	if (recorder_slot_note_slow(slot, visit->mono_ms)) {
		recorder_slot_words(slot, &visit->words);
		return;
	}
	slot->is_finished = true;
	if (slot->feed->window_ms > 0)
		err_set(&visit->words, "query too slow, even for the last 15 min");
	else
		err_set(&visit->words, "query too slow");
}

static void conclude_trouble(struct visit *visit, const struct pg_error *error)
{
	struct recorder_slot *slot = visit->slot;

	visit->state = state_of(error->trouble);
	visit->words = error->words;
	snprintf(visit->code, sizeof visit->code, "%s", error->state);
	slot->due = visit->mono_ms + recorder_slot_period(slot, visit->mono_ms);
	if (error->trouble == PG_SLOW && is_in_parts(visit))
		conclude_slow_part(visit);
	else if (error->trouble == PG_SLOW)
		conclude_slow(visit);
	else if (is_of_layout(error->trouble))
		slot->due = visit->mono_ms + RECORDER_REPROBE_MS;
	if (error->trouble != PG_SLOW || ++slot->tries >= TRIES_MAX)
		slot->is_finished = true;
	if (new_batch(visit))
		tell(visit);
}

static bool is_of_connection(enum pg_trouble trouble)
{
	return trouble == PG_UNREACHABLE || trouble == PG_REFUSED || trouble == PG_LIMIT ||
		trouble == PG_LOST || trouble == PG_INTERRUPTED;
}

/* The tables may have changed under us: read what there is now, and try once more. */
static bool looks_again(struct visit *visit, const struct pg_error *error)
{
	if (!is_of_layout(error->trouble) || visit->slot->was_reread)
		return false;
	visit->slot->was_reread = true;
	visit->lane->catalogue_at = INT64_MIN;
	visit->slot->due = visit->mono_ms;
	return true;
}

/* What a server says of which tables that are read in parts are none. */
static bool reads_whole(struct visit *visit, const struct pg_error *error)
{
	bool is_refused = strncmp(error->state, "0A", 2) == 0 ||
		strcmp(error->state, "42703") == 0 || strcmp(error->state, "42883") == 0;

	if (!is_refused || !is_in_parts(visit))
		return false;
	visit->lane->catalogue->has_no_blocks = true;
	visit->lane->measured_at = INT64_MIN;
	visit->slot->sweep.is_running = false;
	visit->slot->due = visit->mono_ms;
	return true;
}

/* What a statement took is remembered of heads only: parts have rests of their own. */
static bool ask(struct visit *visit, struct pg_error *error)
{
	int64_t cost_ms;
	bool is_answered;

	set_context(visit);
	*error = (struct pg_error){.trouble = PG_FINE};
	is_answered = query(visit, error);
	cost_ms = clock_monotonic_ms() - visit->mono_ms;
	visit->wall_ms += cost_ms;
	visit->mono_ms += cost_ms;
	if (visit->is_head)
		visit->slot->latency_ms = cost_ms;
	if (is_answered && visit->is_head)
		decode(visit);
	else if (is_answered)
		conclude_part(visit, cost_ms);
	return is_answered;
}

bool recorder_visit(struct recorder_lane *lane, struct recorder_slot *slot, struct pg_error *error)
{
	struct visit visit = {.lane = lane, .slot = slot};
	bool is_answered;

	visit.mono_ms = clock_monotonic_ms();
	visit.wall_ms = clock_now_ms();
	visit.is_head = slot->due <= visit.mono_ms || !slot->sweep.is_running;
	if (visit.is_head)
		slot->started_at = visit.mono_ms;
	if (!is_offered(&visit)) {
		conclude_not_offered(&visit);
		return true;
	}
	if (!measure(&visit, error))
		return false;
	is_answered = ask(&visit, error);
	pg_rows_free(visit.rows);
	if (is_answered)
		return true;
	if (is_of_connection(error->trouble) || !pg_is_connected(lane->pg))
		return false;
	if (!reads_whole(&visit, error) && !looks_again(&visit, error))
		conclude_trouble(&visit, error);
	return true;
}

void recorder_tell_down(struct recorder_lane *lane, const struct pg_error *error)
{
	for (size_t i = 0; i < lane->slot_count; i++) {
		struct visit visit = {.lane = lane, .slot = lane->slots[i]};

		visit.mono_ms = clock_monotonic_ms();
		visit.wall_ms = clock_now_ms();
		visit.state = state_of(error->trouble);
		visit.words = error->words;
		snprintf(visit.code, sizeof visit.code, "%s", error->state);
		visit.slot->started_at = visit.mono_ms;
		visit.slot->due = lane->connect_at;
		visit.slot->is_finished = true;
		if (new_batch(&visit))
			tell(&visit);
	}
}
