/* The list of wanted pictures. Owns its entries; net lane. */
#include "source/wanted.h"
#include <stdlib.h>
#include <string.h>

static void wanted_free(struct wanted *wanted)
{
	free(wanted->key);
	free(wanted->session_id);
	free(wanted);
}

void wanted_release(struct wanted_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		wanted_free(list->items[i]);
	list->count = 0;
}

struct wanted *wanted_find(const struct wanted_list *list, size_t site, const char *key)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->site == site && strcmp(list->items[i]->key, key) == 0)
			return list->items[i];
	return NULL;
}

struct wanted *wanted_of_tag(const struct wanted_list *list, const void *tag)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i] == tag)
			return list->items[i];
	return NULL;
}

size_t wanted_in_flight(const struct wanted_list *list, size_t site)
{
	size_t count = 0;

	for (size_t i = 0; i < list->count; i++)
		count += list->items[i]->is_in_flight &&
			(site == SIZE_MAX || list->items[i]->site == site);
	return count;
}

bool wanted_is_open(const struct wanted *wanted)
{
	return wanted->is_wished && wanted->fetch.step != FETCH_GOOD &&
		wanted->fetch.step != FETCH_FAILED;
}

/* ---- beginnings ---- */

static struct wanted *add(struct wanted_list *list, size_t site, const struct picture_wish *wish)
{
	struct wanted *wanted;

	if (list->count == sizeof list->items / sizeof list->items[0] || !wish->key[0] ||
		strlen(wish->key) >= PICTURE_KEY_BYTES)
		return NULL;
	wanted = calloc(1, sizeof *wanted);
	if (!wanted)
		return NULL;
	wanted->site = site;
	wanted->key = strdup(wish->key);
	wanted->session_id = strdup(wish->session_id ? wish->session_id : "");
	wanted->until = wanted->ended_at = wanted->obeyed_at = UNKNOWN;
	wanted->due = INT64_MIN;
	if (!wanted->key || !wanted->session_id) {
		wanted_free(wanted);
		return NULL;
	}
	list->items[list->count++] = wanted;
	return wanted;
}

static void begin_again(struct wanted *wanted, int64_t mono_ms)
{
	wanted->fetch.step = FETCH_NEW;
	wanted->is_told = false;
	wanted->due = mono_ms;
}

/* A wish from the future, of a clock that was set back, would come true again and again. */
static void obey(struct wanted *wanted, int64_t asked_at, const struct wanted_changes *changes)
{
	if (asked_at == UNKNOWN || asked_at == wanted->obeyed_at || asked_at > changes->wall_ms)
		return;
	wanted->obeyed_at = asked_at;
	if (!wanted_is_open(wanted) &&
		(asked_at > wanted->ended_at || wanted->ended_at > changes->wall_ms)) {
		begin_again(wanted, changes->mono_ms);
		wanted->retries = 0;
	}
}

static int64_t later_end(int64_t a, int64_t b)
{
	if (a == UNKNOWN || b == UNKNOWN || b == 0)
		return UNKNOWN;
	return a > b ? a : b;
}

static void wish_for(struct wanted *wanted, size_t rank, const struct picture_wish *wish,
	const struct wanted_changes *changes)
{
	if (!wanted->is_wished) {
		wanted->is_wished = true;
		wanted->rank = rank;
		wanted->until = wish->until == 0 ? UNKNOWN : wish->until;
	} else {
		wanted->until = later_end(wanted->until, wish->until);
	}
	/* Who looks again is told again. */
	if (!wanted->was_wished && wanted->fetch.step == FETCH_FAILED)
		wanted->is_told = false;
	if (wanted->was_wished && wanted->fetch.step == FETCH_GOOD &&
		wanted->due <= changes->mono_ms)
		begin_again(wanted, changes->mono_ms);
	obey(wanted, wish->asked_at, changes);
}

/* ---- ends ---- */

static int by_rank(const void *left, const void *right)
{
	const struct wanted *a = *(const struct wanted *const *)left;
	const struct wanted *b = *(const struct wanted *const *)right;

	if (a->is_wished != b->is_wished)
		return a->is_wished ? -1 : 1;
	if (a->is_wished)
		return (a->rank > b->rank) - (a->rank < b->rank);
	return (a->ended_at < b->ended_at) - (a->ended_at > b->ended_at);
}

/* Only failures are remembered, the newest. */
static void forget_others(struct wanted_list *list, const struct wanted_changes *changes)
{
	size_t count = list->count, remembered = 0;

	qsort(list->items, count, sizeof list->items[0], by_rank);
	list->count = 0;
	for (size_t i = 0; i < count; i++) {
		struct wanted *wanted = list->items[i];
		bool is_memory = wanted->fetch.step == FETCH_FAILED && remembered < WANTED_KEPT;

		if (wanted->is_wished || is_memory) {
			remembered += !wanted->is_wished;
			list->items[list->count++] = wanted;
			continue;
		}
		if (wanted->is_in_flight)
			changes->cancel(changes->arg, wanted);
		wanted_free(wanted);
	}
}

void wanted_set(struct wanted_list *list, const struct wanted_wish *wishes, size_t count,
	const struct wanted_changes *changes)
{
	for (size_t i = 0; i < list->count; i++) {
		list->items[i]->was_wished = list->items[i]->is_wished;
		list->items[i]->is_wished = false;
	}
	for (size_t i = 0; i < count && i < WANTED_MAX; i++) {
		const struct picture_wish *wish = wishes[i].wish;
		struct wanted *wanted = wanted_find(list, wishes[i].site, wish->key);

		if (!wanted)
			wanted = add(list, wishes[i].site, wish);
		if (wanted)
			wish_for(wanted, i, wish, changes);
	}
	forget_others(list, changes);
}

int64_t wanted_sweep(struct wanted_list *list, const struct wanted_changes *changes)
{
	int64_t next = INT64_MAX;
	bool has_ended = false;

	for (size_t i = 0; i < list->count; i++) {
		struct wanted *wanted = list->items[i];

		if (!wanted->is_wished || wanted->until == UNKNOWN)
			continue;
		if (wanted->until < changes->wall_ms) {
			wanted->is_wished = false;
			has_ended = true;
		} else if (wanted->until < next) {
			next = wanted->until;
		}
	}
	if (has_ended)
		forget_others(list, changes);
	return next;
}

/* ---- news ---- */

void wanted_note_link(struct wanted *wanted, bool is_fresh, int64_t mono_ms)
{
	if (wanted->fetch.step == FETCH_WAIT ||
		(wanted->fetch.step == FETCH_FAILED && wanted->fetch.may_link && is_fresh))
		begin_again(wanted, mono_ms);
}

void wanted_note_have(struct wanted *wanted, const struct wanted_changes *changes)
{
	if (wanted->is_in_flight)
		changes->cancel(changes->arg, wanted);
	wanted->is_in_flight = false;
	wanted->fetch.step = FETCH_GOOD;
	wanted->is_told = true;
	wanted_note_end(wanted, changes->wall_ms, changes->mono_ms);
}

/* A storage that cannot be reached from here may never be: the Pi, which is asked instead, has
 * other things to do. */
static int64_t retry_ms(const struct wanted *wanted)
{
	int64_t ms = WANTED_RETRY_MS;

	for (unsigned i = 1; i < wanted->retries && ms < WANTED_RETRY_MAX_MS; i++)
		ms *= 2;
	return ms < WANTED_RETRY_MAX_MS ? ms : WANTED_RETRY_MAX_MS;
}

void wanted_note_end(struct wanted *wanted, int64_t wall_ms, int64_t mono_ms)
{
	bool retries = wanted->fetch.step == FETCH_FAILED && wanted->fetch.may_retry;

	wanted->ended_at = wall_ms;
	wanted->retries = retries ? wanted->retries + 1 : 0;
	wanted->due = wanted->fetch.step == FETCH_GOOD ? mono_ms + WANTED_LOST_MS
		: retries                              ? mono_ms + retry_ms(wanted)
						       : INT64_MAX;
}

void wanted_note_up(struct wanted_list *list, size_t site, int64_t mono_ms)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->site == site && list->items[i]->fetch.step == FETCH_FAILED &&
			list->items[i]->fetch.may_retry)
			list->items[i]->due = mono_ms;
}
