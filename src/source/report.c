/* Failures are data: writes them into rows. Pure; net lane. */
#include "source/report.h"
#include "model/service.h"
#include <string.h>

bool report_begin(struct batch *batch)
{
	batch->feed = arena_alloc(batch->arena, sizeof *batch->feed);
	if (batch->feed)
		noun_clear(&nouns[NOUN_FEED], batch->feed);
	return batch->feed != NULL;
}

static const char *text_or_null(struct batch *batch, const char *text)
{
	return text[0] ? arena_text(batch->arena, text) : NULL;
}

static int64_t to_wall(const struct report *report, int64_t at)
{
	return at == SLOT_NEVER || at == INT64_MIN ? UNKNOWN : at + report->offset_ms;
}

static void report_verdict(struct batch *batch, const struct verdict *verdict)
{
	struct feed *feed = batch->feed;

	feed->state = verdict->state;
	feed->http_status = verdict->http_status;
	feed->latency_ms = verdict->latency_ms;
	feed->code = text_or_null(batch, verdict->code);
	feed->error = text_or_null(batch, verdict->error);
	feed->request_id = text_or_null(batch, verdict->request_id);
	feed->skew_ms = verdict->skew_ms;
}

void report_feed(struct batch *batch, const struct report *report)
{
	const struct slot *slot = report->slot;
	const struct slot_memory *memory = &slot->memory;
	struct feed *feed = batch->feed;

	report_verdict(batch, report->verdict);
	feed->feed = slot->defs->name;
	feed->path = arena_text(batch->arena, report->path);
	feed->last_try = to_wall(report, slot->started_at);
	feed->last_ok = memory->last_ok;
	feed->next_try = to_wall(report, report->next_try);
	feed->period_ms = slot_period(slot, report->mono_ms);
	feed->records = memory->records;
	feed->skipped = memory->skipped;
	feed->is_cut = memory->is_cut;
}

/* Something answers there, but not as the service would (edge case 107). */
static const char *not_usable(const struct report *report, struct arena *arena)
{
	struct err words;

	err_set(&words, "reachable, not usable: HTTP %lld: %s",
		(long long)report->verdict->http_status, report->verdict->error);
	return arena_text(arena, words.text);
}

/* What a failure to learn about a service says about it. */
static const char *service_status(
	const struct report *report, const char **error, struct arena *arena)
{
	const struct verdict *verdict = report->verdict;
	const char *dialect = report->slot->defs->dialect;

	if (dialect && strcmp(dialect, "omnisight") == 0 && verdict->is_answered) {
		*error = not_usable(report, arena);
		return "unknown";
	}
	if (verdict->outcome == OUTCOME_MISSING || verdict->http_status == 503) {
		*error = "endpoint not available";
		return "unknown";
	}
	if (strcmp(verdict->state, "bad_answer") == 0) {
		*error = "invalid response";
		return "unknown";
	}
	*error = verdict->error;
	return report->slot->defs->flags & FEED_UNKNOWN_IF_DOWN ? "unknown" : "unhealthy";
}

void report_service(struct batch *batch, const struct report *report)
{
	const struct verdict *verdict = report->verdict;
	struct service *service;
	const char *error;

	/* Being asked too often says nothing about the service. */
	if (!(report->slot->defs->flags & FEED_HEALTH) || verdict->outcome == OUTCOME_OK ||
		verdict->outcome == OUTCOME_SAME || verdict->is_limited)
		return;
	service = batch_add(batch, NOUN_SERVICE);
	if (!service)
		return;
	service->site = batch->feed->site;
	service->name = report->slot->defs->name;
	service->status = service_status(report, &error, batch->arena);
	service->error = arena_text(batch->arena, error);
}
