/* Containers, sessions, runs and pictures that an answer brought decide what else is asked. Net
 * lane. */
#include "model/container.h"
#include "model/run.h"
#include "model/session.h"
#include "source/netlane.h"
#include <stdlib.h>
#include <string.h>

static int newest_first(const void *a, const void *b)
{
	const struct session *one = *(const struct session *const *)a;
	const struct session *two = *(const struct session *const *)b;

	return (one->started_at < two->started_at) - (one->started_at > two->started_at);
}

static void follow_newest(struct source *source, size_t site, const struct batch *batch)
{
	size_t count = batch->rows[NOUN_SESSION].count;
	const struct session **order = calloc(count + 1, sizeof order[0]);
	const char *ids[POLLER_DELTAS_MAX];
	size_t kept = count < POLLER_DELTAS_MAX ? count : POLLER_DELTAS_MAX;

	if (!order)
		return;
	for (size_t i = 0; i < count; i++)
		order[i] = batch_row(batch, NOUN_SESSION, struct session, i);
	qsort(order, count, sizeof order[0], newest_first);
	for (size_t i = 0; i < kept; i++)
		ids[i] = order[i]->id;
	poller_set_sessions(source->poller, site, ids, kept);
	free(order);
}

static void note_listed(void *arg, struct slot *slot)
{
	const struct batch *batch = arg;

	slot->is_listed = false;
	for (size_t i = 0; i < batch->rows[NOUN_SESSION].count && !slot->is_listed; i++)
		slot->is_listed = strcmp(batch_row(batch, NOUN_SESSION, struct session, i)->id,
					  slot->subject) == 0;
}

static void follow_sessions(struct source *source, struct slot *slot, const struct batch *batch)
{
	poller_each(source->poller, slot->site, "session", note_listed, (void *)(uintptr_t)batch);
	if (source->fetches_deltas)
		follow_newest(source, slot->site, batch);
}

static void follow_containers(struct source *source, struct slot *slot, const struct batch *batch)
{
	const char *ids[POLLER_CONTAINERS_MAX];
	size_t count = 0;

	for (; count < batch->rows[NOUN_CONTAINER].count && count < POLLER_CONTAINERS_MAX; count++)
		ids[count] = batch_row(batch, NOUN_CONTAINER, struct container, count)->id;
	poller_set_containers(source->poller, slot->site, ids, count);
}

/* A run that came to its end changes rarely; one that a session does not have yet is urgent only
 * while somebody looks. */
static void follow_delta(struct source *source, struct slot *slot, const struct batch *batch)
{
	size_t count = batch->rows[NOUN_RUN].count;

	(void)source;
	slot->is_slow = count > 0 || !(slot->reasons & SLOT_FOR_WISH);
	for (size_t i = 0; i < count; i++)
		if (!run_is_terminal(batch_row(batch, NOUN_RUN, struct run, i)))
			slot->is_slow = false;
}

static const struct follower {
	const char *feed;
	void (*follow)(struct source *source, struct slot *slot, const struct batch *batch);
} followers[] = {
	{"sessions", follow_sessions},
	{"containers", follow_containers},
	{"delta", follow_delta},
};

void follow(struct source *source, struct slot *slot, struct batch *batch)
{
	pictures_follow(source, slot->site, batch);
	for (size_t i = 0; i < sizeof followers / sizeof followers[0]; i++)
		if (strcmp(followers[i].feed, slot->defs->name) == 0)
			followers[i].follow(source, slot, batch);
}
