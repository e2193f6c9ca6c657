/* What comes of one statement: rows, a part's rows, nothing to ask, or trouble; and when the next
 * one is. Recorder lane. */
#include "base/clock.h"
#include "source/recorder_visit.h"
#include <stdio.h>
#include <string.h>

enum {
	TRIES_MAX = 4, /* in a single round */
	SLOW_PAUSE_MS = 1000,
	/* the server works at most a fifth of its time for all parts together while something is
	 * not known yet, a tenth later */
	FIRST_REST = 4,
	PARTS_REST = 9
};

void visit_end_not_offered(struct visit *visit)
{
	struct recorder_slot *slot = visit->slot;

	visit->state = "not_offered";
	slot->due = visit->mono_ms + RECORDER_REPROBE_MS;
	slot->is_finished = true;
	slot->sweep.is_running = false;
	if (visit_begin_batch(visit))
		visit_tell(visit);
}

/* ---- an answer ---- */

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

void visit_end_answered(struct visit *visit)
{
	const struct recorder_slot before = *visit->slot;

	if (!visit_begin_batch(visit)) {
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
	visit_tell(visit);
}

void visit_end_part(struct visit *visit, int64_t cost_ms)
{
	struct recorder_slot *slot = visit->slot;

	visit->lane->rest_until =
		visit->mono_ms + cost_ms * (slot->sweep.is_whole ? PARTS_REST : FIRST_REST);
	visit->rows = recorder_sweep_take(slot, visit->rows, &visit->context, cost_ms,
		visit->mono_ms, &visit->context.is_part);
	slot->is_finished = !slot->sweep.is_running;
	if (!visit->rows || (visit->context.is_part && pg_row_count(visit->rows) == 0) ||
		!visit_begin_batch(visit))
		return;
	if (!slot->feed->decode(&visit->context, visit->rows, visit->batch, &visit->words)) {
		batch_free(visit->batch);
		return;
	}
	visit->state = "ok";
	set_words(visit);
	visit_tell(visit);
}

/* ---- what goes wrong ---- */

bool visit_is_of_layout(enum pg_trouble trouble)
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

void visit_end_trouble(struct visit *visit, const struct pg_error *error)
{
	struct recorder_slot *slot = visit->slot;

	visit->state = state_of(error->trouble);
	visit->words = error->words;
	snprintf(visit->code, sizeof visit->code, "%s", error->state);
	slot->due = visit->mono_ms + recorder_slot_period(slot, visit->mono_ms);
	if (error->trouble == PG_SLOW && visit_is_in_parts(visit))
		conclude_slow_part(visit);
	else if (error->trouble == PG_SLOW)
		conclude_slow(visit);
	else if (visit_is_of_layout(error->trouble))
		slot->due = visit->mono_ms + RECORDER_REPROBE_MS;
	if (error->trouble != PG_SLOW || ++slot->tries >= TRIES_MAX)
		slot->is_finished = true;
	if (visit_begin_batch(visit))
		visit_tell(visit);
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
		if (visit_begin_batch(&visit))
			visit_tell(&visit);
	}
}
