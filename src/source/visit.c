/* One request: its URL, its answer, what that means, the batch it becomes, given away. Net lane. */
#include "base/clock.h"
#include "base/log.h"
#include "source/digest.h"
#include "source/netlane.h"
#include "source/report.h"
#include <stdio.h>
#include <string.h>

enum {
	FULL_LOOK_MS = 60000, /* what seems to say the same is decoded this often anyway */
	TEXT_PER_BYTE = 4,    /* cleaning may turn one bad byte into three; a link comes beside */
	TEXT_SPARE_BYTES = 1 << 20 /* keys of pictures name their session each */
};

/* What is known of a visit while it is being concluded. */
struct visit {
	struct source *source;
	const struct site *site;
	struct slot *slot;
	struct asked asked;
	char path[URL_BYTES];
	struct verdict verdict;
	int64_t mono_ms, wall_ms;
	struct batch *batch;
};

static void set_path(char path[URL_BYTES], const struct source *source, const struct slot *slot)
{
	const char *base = source->sites[slot->site].base;
	char url[URL_BYTES];

	path[0] = '\0';
	if (url_of_feed(url, base, slot_def(slot), slot->subject, source->session_limit, NULL))
		url_path(path, url);
}

static void visit_init(struct visit *visit, struct source *source, struct slot *slot)
{
	const struct feed_def *def = slot_def(slot);

	*visit = (struct visit){.source = source, .site = &source->sites[slot->site], .slot = slot};
	visit->mono_ms = clock_monotonic_ms();
	visit->wall_ms = clock_now_ms();
	set_path(visit->path, source, slot);
	visit->asked = (struct asked){
		.def = def,
		.path = visit->path,
		.host = def->flags & FEED_PORT_8081 ? visit->site->main_host : visit->site->host,
		.had_key = visit->site->api_key != NULL,
		.now_ms = visit->wall_ms,
	};
}

/* ---- rows ---- */

/* A batch may outlive its slot, and the source: it owns what it is named by. */
static bool name_batch(struct batch *batch, const struct visit *visit, const struct slot *slot)
{
	struct feed *feed;

	if (!report_begin(batch))
		return false;
	feed = batch->feed;
	feed->site = arena_text(batch->arena, visit->site->name);
	feed->subject = arena_text(batch->arena, slot->subject);
	return feed->site && feed->subject;
}

static struct batch *new_batch(
	const struct visit *visit, const struct slot *slot, size_t body_bytes)
{
	struct batch *batch = batch_new(body_bytes * TEXT_PER_BYTE + TEXT_SPARE_BYTES);

	if (batch && !name_batch(batch, visit, slot)) {
		batch_free(batch);
		return NULL;
	}
	if (batch)
		batch->fetched_at = visit->wall_ms;
	return batch;
}

static void remember(struct visit *visit, const struct response *answer, uint64_t hash)
{
	struct slot_memory *memory = &visit->slot->memory;
	const struct feed *feed = visit->batch->feed;

	memory->records = feed->records;
	memory->skipped = feed->skipped;
	memory->is_cut = feed->is_cut;
	memory->body_hash = hash;
	memory->decoded_at = visit->mono_ms;
	snprintf(memory->etag, sizeof memory->etag, "%s", answer->etag);
}

static void decode(struct visit *visit, const struct response *answer, uint64_t hash)
{
	const struct feed_def *def = visit->asked.def;
	const struct decode_context context = {
		.site = visit->batch->feed->site,
		.subject = visit->batch->feed->subject,
		.bucket = visit->site->bucket,
		.source = def->name,
		.fetched_at = visit->wall_ms,
		.limit = feed_limit(def, visit->source->session_limit),
	};
	struct err err = {""};
	struct batch *batch = visit->batch;

	if (def->decode(&context, visit->verdict.body, batch, &err)) {
		remember(visit, answer, hash);
		follow(visit->source, visit->slot, batch);
		return;
	}
	/* Rows of half an answer say nothing. */
	for (size_t i = 0; i < NOUN_COUNT; i++)
		batch->rows[i].count = 0;
	batch_forget_links(batch);
	batch->lists_sessions = false;
	verdict_refuse(&visit->verdict, err.text);
}

/* ---- what it means ---- */

/* Whether the body says what the last one said; *hash is its digest then or otherwise. */
static bool is_nothing_new(const struct visit *visit, const struct response *answer, uint64_t *hash)
{
	const struct slot_memory *memory = &visit->slot->memory;

	*hash = 0;
	if (answer->exchange != EXCHANGE_ANSWERED || answer->status != 200 || !answer->body.data)
		return false;
	*hash = digest_body(answer->body.data, answer->body.len);
	return *hash == memory->body_hash && visit->mono_ms < memory->decoded_at + FULL_LOOK_MS;
}

static bool is_good(enum outcome outcome)
{
	return outcome == OUTCOME_OK || outcome == OUTCOME_SAME || outcome == OUTCOME_ABSENT;
}

static void judge(struct visit *visit, const struct response *answer)
{
	uint64_t hash;

	if (is_nothing_new(visit, answer, &hash)) {
		answer_judge_same(answer, &visit->asked, &visit->verdict);
	} else {
		answer_judge(answer, &visit->asked, &visit->verdict);
		if (visit->verdict.outcome == OUTCOME_OK)
			decode(visit, answer, hash);
	}
	if (is_good(visit->verdict.outcome))
		visit->slot->memory.last_ok = visit->wall_ms;
	if (visit->verdict.outcome == OUTCOME_ABSENT)
		visit->slot->memory.body_hash = 0;
}

/* ---- news ---- */

static void deliver(struct visit *visit, struct slot *slot, struct batch *batch)
{
	struct source *source = visit->source;
	char path[URL_BYTES];
	const struct report report = {
		.path = path,
		.mono_ms = visit->mono_ms,
		.offset_ms = visit->wall_ms - visit->mono_ms,
		.next_try = poller_next_try(source->poller, slot),
		.slot = slot,
		.verdict = &visit->verdict,
	};

	set_path(path, source, slot);
	report_feed(batch, &report);
	report_service(batch, &report);
	batch->is_awaited = slot == visit->slot && slot->is_awaited;
	source->deliver(source->deliver_arg, batch);
}

/* A feed that is held because its site is down shares the reason and the countdown. */
static void deliver_held(void *arg, struct slot *slot)
{
	struct visit *visit = arg;
	struct batch *batch = slot == visit->slot ? NULL : new_batch(visit, slot, 0);

	if (batch)
		deliver(visit, slot, batch);
}

/* Once when it begins to fail, or fails otherwise, and once when it is good again. */
static void log_change(const struct visit *visit)
{
	const struct verdict *verdict = &visit->verdict;
	const char *before = visit->slot->memory.state;

	if (before ? strcmp(before, verdict->state) == 0 : is_good(verdict->outcome))
		return;
	log_line("site %s: %s: %s", visit->site->name, visit->slot->defs->name,
		verdict->error[0] ? verdict->error : "answers again");
}

static void conclude(struct visit *visit)
{
	struct source *source = visit->source;
	struct slot *slot = visit->slot;
	bool was_down = poller_is_down(source->poller, slot->site);
	bool is_knocker = poller_is_knocker(source->poller, slot);

	if (poller_done(source->poller, slot, &visit->verdict, visit->mono_ms)) {
		log_change(visit);
		slot->memory.state = visit->verdict.state;
		deliver(visit, slot, visit->batch);
	} else {
		batch_free(visit->batch);
	}
	visit->batch = NULL;
	if (was_down && !poller_is_down(source->poller, slot->site))
		wanted_note_up(&source->wanted, slot->site, visit->mono_ms);
	if (poller_is_down(source->poller, slot->site) && (!was_down || is_knocker))
		poller_each_held(source->poller, slot->site, deliver_held, visit);
}

void visit_finish(struct source *source, struct slot *slot, const struct response *answer)
{
	struct visit visit;

	visit_init(&visit, source, slot);
	visit.batch = new_batch(&visit, slot, answer->body.len);
	if (!visit.batch) {
		/* Out of memory: this poll is lost, the next may find room. */
		visit.verdict = (struct verdict){.outcome = OUTCOME_WRONG, .state = "failing"};
		poller_done(source->poller, slot, &visit.verdict, visit.mono_ms);
		log_line("site %s: out of memory for an answer", visit.site->name);
		return;
	}
	judge(&visit, answer);
	conclude(&visit);
	verdict_release(&visit.verdict);
}

/* ---- the way out ---- */

static bool send_request(struct source *source, struct slot *slot, struct err *err)
{
	const struct site *site = &source->sites[slot->site];
	const struct feed_def *def = slot_def(slot);
	const struct slot_memory *memory = &slot->memory;
	char url[URL_BYTES];
	struct http_request request = {
		.url = url,
		.api_key = site->api_key,
		.etag = memory->body_hash ? memory->etag : "",
		.timeout_ms = def->timeout_ms,
		.max_bytes = def->max_bytes,
		.tag = slot,
	};

	return url_of_feed(url, site->base, def, slot->subject, source->session_limit, err) &&
		http_client_start(source->http, &request, err);
}

void visit_start(struct source *source, struct slot *slot)
{
	struct visit visit;
	struct err err = {""};

	if (send_request(source, slot, &err))
		return;
	visit_init(&visit, source, slot);
	visit.verdict = (struct verdict){.state = "failing", .skew_ms = UNKNOWN};
	verdict_refuse(&visit.verdict, err.text);
	visit.batch = new_batch(&visit, slot, 0);
	if (visit.batch)
		conclude(&visit);
	else
		poller_done(source->poller, slot, &visit.verdict, visit.mono_ms);
}
