/* Gives away the batch that a visit to a recorder's server ends with, and the feed's row in it.
 * Recorder lane. */
#include "base/log.h"
#include "base/text.h"
#include "source/recorder_visit.h"
#include "source/redact.h"
#include <stdio.h>
#include <string.h>

enum { BATCH_BYTES = 128 << 20 };

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

bool visit_begin_batch(struct visit *visit)
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

void visit_tell(struct visit *visit)
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
