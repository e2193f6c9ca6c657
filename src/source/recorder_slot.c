/* The life of one feed of a recorder: periods, marks, how much is asked. Owns its subject; recorder
 * lane. */
#include "base/clock.h"
#include "base/text.h"
#include "source/recorder_lane.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LARGE_TABLE_ROWS = 1000000,
	LARGE_WINDOW_MS = 86400000,
	WINDOW_MS = 2 * LARGE_WINDOW_MS, /* where the feed has none of its own */
	REST_FACTOR = 10, /* a server works at most a tenth of its time for one feed */
	QUICK_MS = PG_STATEMENT_MS / 4,
	CALM_FIRST = 10,
	CALM_MOST = 640,
	SLOW_PAUSE_MS = 1000,
	SKEW_MS = 300000 /* rows from a future beyond are no marks */
};

struct recorder_slot *recorder_slot_new(const struct recorder_feed *feed, const char *subject)
{
	struct recorder_slot *slot = calloc(1, sizeof *slot);

	if (!slot)
		return NULL;
	slot->feed = feed;
	slot->subject = strdup(subject);
	if (!slot->subject) {
		free(slot);
		return NULL;
	}
	slot->watched_until = slot->asked_at = slot->told_at = INT64_MIN;
	slot->due = slot->started_at = slot->full_at = INT64_MIN;
	slot->back_at = slot->back_began = INT64_MIN;
	slot->since_ms = slot->after_ms = slot->last_ok = UNKNOWN;
	slot->records = slot->skipped = slot->is_cut = UNKNOWN;
	slot->window_ms = slot->window_most_ms = feed->window_ms ? feed->window_ms : WINDOW_MS;
	slot->calm_needed = CALM_FIRST;
	recorder_sweep_init(&slot->sweep, feed);
	return slot;
}

void recorder_slot_free(struct recorder_slot *slot)
{
	if (!slot)
		return;
	recorder_sweep_release(&slot->sweep);
	recorder_still_release(&slot->still);
	free(slot->subject);
	free(slot);
}

int64_t recorder_slot_period(const struct recorder_slot *slot, int64_t now)
{
	/* recordings are sessions: every screen counts them */
	bool is_watched =
		now <= slot->watched_until || strcmp(slot->feed->name, "recorder.recordings") == 0;
	int64_t period = slot->feed->period_ms, rest = slot->latency_ms * REST_FACTOR;

	if (!is_watched && period < RECORDER_UNWATCHED_MS)
		period = RECORDER_UNWATCHED_MS;
	return period > rest ? period : rest;
}

void recorder_slot_wish(struct recorder_slot *slot, int64_t until, int64_t asked_at, int64_t now)
{
	if (until > slot->watched_until)
		slot->watched_until = until;
	/* a wish from the future would come true again and again */
	if (asked_at > now)
		asked_at = now;
	if (asked_at > slot->asked_at && asked_at >= slot->started_at) {
		slot->asked_at = asked_at;
		slot->due = now;
		slot->tries = 0;
		slot->is_finished = false;
	} else if (slot->state && strcmp(slot->state, "ok") == 0) {
		int64_t due = slot->started_at + recorder_slot_period(slot, now);

		if (due < slot->due)
			slot->due = due < now ? now : due;
	}
}

void recorder_slot_temper(struct recorder_slot *slot, const struct catalogue *catalogue)
{
	const struct catalogue_table *table;

	if (slot->feed->window_ms == 0 || slot->feed->table == TABLE_COUNT || slot->state)
		return;
	table = &catalogue->tables[slot->feed->table];
	if (!table->time_index[0] && table->estimated_rows != UNKNOWN &&
		table->estimated_rows > LARGE_TABLE_ROWS && slot->window_ms > LARGE_WINDOW_MS)
		slot->window_ms = LARGE_WINDOW_MS;
}

/* ---- how much ---- */

static void ask_more(struct recorder_slot *slot)
{
	if (slot->latency_ms > QUICK_MS) {
		slot->calm = 0;
		return;
	}
	if ((!slot->is_lean && slot->window_ms == slot->window_most_ms) ||
		++slot->calm < slot->calm_needed)
		return;
	slot->calm = 0;
	slot->full_at = INT64_MIN;
	if (slot->window_ms == slot->window_most_ms)
		slot->is_lean = false;
	else if (slot->window_ms < slot->window_most_ms / 2)
		slot->window_ms *= 2;
	else
		slot->window_ms = slot->window_most_ms;
}

/* What it cost decides when that is done again. */
static void end_look_back(struct recorder_slot *slot, int64_t now)
{
	int64_t rest;

	if (slot->back_began == INT64_MIN)
		return;
	rest = (now - slot->back_began) * REST_FACTOR;
	slot->back_at = now + (rest > RECORDER_BACK_PERIOD_MS ? rest : RECORDER_BACK_PERIOD_MS);
	slot->back_began = INT64_MIN;
}

void recorder_slot_note_good(struct recorder_slot *slot, bool is_full, int64_t now)
{
	ask_more(slot);
	if (!is_full)
		end_look_back(slot, now);
	slot->tries = 0;
	slot->was_reread = false;
	slot->is_finished = true;
	slot->due = is_full ? now : slot->started_at + recorder_slot_period(slot, now);
}

bool recorder_slot_note_slow(struct recorder_slot *slot, int64_t now)
{
	bool has_window = slot->feed->window_ms > 0;
	bool is_least =
		slot->is_lean && (!has_window || slot->window_ms == RECORDER_WINDOW_LEAST_MS);

	slot->calm = 0;
	end_look_back(slot, now);
	if (slot->calm_needed < CALM_MOST)
		slot->calm_needed *= 2;
	slot->due = now + (is_least ? RECORDER_REPROBE_MS : SLOW_PAUSE_MS);
	if (is_least)
		return false;
	slot->is_lean = true;
	/* hours are said: the first step goes to a day */
	if (has_window && slot->window_ms > LARGE_WINDOW_MS)
		slot->window_ms = LARGE_WINDOW_MS;
	else if (has_window)
		slot->window_ms /= 2;
	if (slot->window_ms < RECORDER_WINDOW_LEAST_MS)
		slot->window_ms = RECORDER_WINDOW_LEAST_MS;
	return true;
}

void recorder_slot_words(const struct recorder_slot *slot, struct err *words)
{
	long long minutes = (long long)(slot->window_ms / 60000);

	words->text[0] = '\0';
	if (slot->feed->window_ms > 0 && slot->window_ms < slot->window_most_ms)
		err_set(words, "%s: showing the last %lld %s%s",
			slot->is_lean ? "query too slow" : "large table without an index",
			minutes >= 120 ? minutes / 60 : minutes, minutes >= 120 ? "h" : "min",
			slot->is_lean ? ", without counts" : "");
	else if (slot->is_lean)
		err_set(words, "query too slow: shown without counts");
}

/* ---- marks ---- */

void recorder_slot_reconnect(struct recorder_slot *slot, int64_t now)
{
	slot->due = now;
	slot->was_reread = false;
	slot->is_unproven = true;
	slot->full_at = slot->back_at = slot->back_began = INT64_MIN;
	slot->after_id[0] = '\0';
}

bool recorder_slot_is_steady(const struct recorder_slot *slot, int64_t now)
{
	int64_t pause = slot->misses_one ? RECORDER_STILL_MS : RECORDER_FULL_LOOK_MS;

	if (!slot->feed->is_growing || slot->since_ms == UNKNOWN)
		return false;
	return slot->after_id[0] || (slot->full_at != INT64_MIN && now < slot->full_at + pause);
}

int64_t recorder_slot_time_at(const struct pg_rows *rows, size_t row, const char *column)
{
	const char *text = pg_text(rows, row, column);
	int64_t ms;

	return text && text_to_int64(text, &ms) ? ms : UNKNOWN;
}

/* When the row was last written. */
int64_t recorder_slot_key_at(const struct pg_rows *rows, size_t row)
{
	int64_t created = recorder_slot_time_at(rows, row, "createdAt"),
		updated = recorder_slot_time_at(rows, row, "updatedAt");

	/* UNKNOWN is the smallest number */
	return created > updated ? created : updated;
}

bool recorder_slot_note_key(const struct pg_rows *rows, size_t row, int64_t *after_ms,
	char after_id[RECORDER_PARAMETER_BYTES])
{
	const char *id = pg_text(rows, row, "id");
	int64_t key = recorder_slot_key_at(rows, row);
	bool is_same = id && key == *after_ms && strcmp(id, after_id) == 0;

	if (!id || !id[0] || strlen(id) >= RECORDER_PARAMETER_BYTES || key == UNKNOWN || is_same)
		return false;
	*after_ms = key;
	snprintf(after_id, RECORDER_PARAMETER_BYTES, "%s", id);
	return true;
}

int64_t recorder_slot_since(struct recorder_slot *slot, int64_t now, int64_t server_ms)
{
	if (!recorder_slot_is_steady(slot, now))
		return UNKNOWN;
	/* the clock there was set back */
	if (slot->since_ms > server_ms + SKEW_MS)
		slot->since_ms = server_ms;
	if (!slot->after_id[0] && slot->back_began == INT64_MIN && now >= slot->back_at)
		slot->back_began = now;
	return slot->back_began == INT64_MIN ? slot->since_ms : slot->since_ms - RECORDER_BACK_MS;
}

/* Of what is not from a future. */
static int64_t newest_key(const struct pg_rows *rows, int64_t server_ms)
{
	int64_t newest = UNKNOWN;

	for (size_t i = 0; i < pg_row_count(rows); i++) {
		int64_t key = recorder_slot_key_at(rows, i);

		if (key > newest && key <= server_ms + SKEW_MS)
			newest = key;
	}
	return newest;
}

/* The newest rows say nothing of what was written between the mark and them, so the mark stays for
 * the next answer; but where all of them are older, it is of another database. */
static bool keep_mark(
	struct recorder_slot *slot, const struct pg_rows *rows, bool was_unproven, int64_t newest)
{
	if (was_unproven && newest < slot->since_ms)
		slot->since_ms = newest;
	return slot->since_ms != UNKNOWN && pg_row_count(rows) >= slot->feed->limit;
}

/* One that ended without an updatedAt is only among the newest, which are looked at soon. */
static void watch_still(struct recorder_slot *slot, const struct pg_rows *rows, bool was_steady)
{
	bool is_one_missing = recorder_still_note(&slot->still, rows);

	slot->misses_one = was_steady && (slot->misses_one || is_one_missing);
}

bool recorder_slot_move_marks(
	struct recorder_slot *slot, const struct pg_rows *rows, bool was_steady, int64_t server_ms)
{
	bool is_full = was_steady && pg_row_count(rows) >= slot->feed->limit;
	bool is_whole = !is_full && !slot->after_id[0], was_unproven = slot->is_unproven;
	int64_t newest;

	if (!slot->feed->is_growing)
		return false;
	slot->is_unproven = was_unproven && was_steady;
	newest = newest_key(rows, server_ms);
	if (is_whole)
		watch_still(slot, rows, was_steady);
	if (!was_steady && slot->since_ms != UNKNOWN)
		return keep_mark(slot, rows, was_unproven, newest);
	if (!is_full ||
		!recorder_slot_note_key(
			rows, pg_row_count(rows) - 1, &slot->after_ms, slot->after_id)) {
		slot->after_id[0] = '\0';
		is_full = false;
	}
	/* while there is more, the mark stays: what fails on the way is read again */
	if (!is_full && newest > slot->since_ms)
		slot->since_ms = newest;
	return is_full;
}
