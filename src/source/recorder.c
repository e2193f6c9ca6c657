/* The lane of one recorder: connects, asks what is due, comes back after trouble. Owns the
 * connection, the catalogue and the slots; everything but recorder_* runs on the lane. */
#include "source/recorder.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/recorder_lane.h"
#include <stdlib.h>
#include <string.h>

enum {
	INBOX_MAX = 64,
	CONNECT_FIRST_MS = 1000,
	CONNECT_MOST_MS = 30000,
	CATALOGUE_FRESH_MS = 5000, /* ten panels that are not offered read it once */
	STEADY_MS = 10000,         /* a connection that broke before counts as one that failed */
	CLOCK_NOISE_MS = 1000,
	WAIT_MOST_MS = 3600000
};

/* ---- the connection ---- */

static bool read_catalogue(struct recorder_lane *lane, struct pg_error *error)
{
	if (!catalogue_read(lane->catalogue, lane->pg, error))
		return false;
	lane->catalogue_at = lane->measured_at = clock_monotonic_ms();
	return true;
}

static int64_t measure_skew(const struct pg_rows *rows, int64_t before)
{
	int64_t took = clock_monotonic_ms() - before, here = clock_now_ms() - took / 2, there;
	const char *now = pg_text(rows, 0, "now");

	if (!now || !text_to_int64(now, &there))
		return 0;
	/* what the way took is no skew */
	return there < here - took - CLOCK_NOISE_MS || there > here + took + CLOCK_NOISE_MS
		? there - here
		: 0;
}

/* Rows are as old as the server's clock says, not ours. Where it cannot tell, they agree. */
static bool read_clock(struct recorder_lane *lane, struct pg_error *error)
{
	static const char sql[] =
		"SELECT floor(extract(epoch from now()) * 1000)::bigint AS \"now\"";
	struct pg_rows *rows;

	lane->skew_ms = 0;
	lane->clock_at = clock_monotonic_ms();
	if (!pg_query(lane->pg, sql, NULL, 0, 1, PG_STATEMENT_MS, &rows, error))
		return pg_is_connected(lane->pg) && error->trouble != PG_INTERRUPTED;
	lane->skew_ms = measure_skew(rows, lane->clock_at);
	pg_rows_free(rows);
	return true;
}

static void lose(struct recorder_lane *lane, const struct pg_error *error)
{
	int64_t wait_ms = CONNECT_FIRST_MS;

	/* What a question of ours brings down is not asked again at once, and again. */
	if (lane->connected_at != INT64_MIN &&
		clock_monotonic_ms() - lane->connected_at > STEADY_MS)
		lane->failures = 0;
	lane->connected_at = INT64_MIN;
	pg_disconnect(lane->pg);
	for (int i = 0; i < lane->failures && wait_ms < CONNECT_MOST_MS; i++)
		wait_ms *= 2;
	if (wait_ms > CONNECT_MOST_MS)
		wait_ms = CONNECT_MOST_MS;
	lane->failures++;
	lane->connect_at = clock_monotonic_ms() + wait_ms;
	if (error->trouble != PG_INTERRUPTED && !mailbox_is_closed(lane->inbox))
		recorder_tell_down(lane, error);
}

static void connect_now(struct recorder_lane *lane)
{
	struct pg_error error = {.trouble = PG_FINE};
	int64_t now;

	lane->catalogue->has_no_blocks = false;
	if (!pg_connect(lane->pg, lane->dsn, &error) || !read_catalogue(lane, &error) ||
		!read_clock(lane, &error)) {
		lose(lane, &error);
		return;
	}
	lane->connected_at = now = clock_monotonic_ms();
	for (size_t i = 0; i < lane->slot_count; i++) {
		recorder_slot_reconnect(lane->slots[i], now);
		lane->slots[i]->sweep.is_running = false;
	}
}

/* ---- what is due ---- */

static bool is_done(const struct recorder_lane *lane, const struct recorder_slot *slot)
{
	return lane->is_once && slot->is_finished;
}

/* When the next part of a large table may be read; INT64_MAX: there is none. */
static int64_t part_due(const struct recorder_lane *lane, const struct recorder_slot *slot)
{
	const struct recorder_sweep *sweep = &slot->sweep;

	if (!sweep->is_running || is_done(lane, slot))
		return INT64_MAX;
	if (lane->is_once)
		return INT64_MIN;
	/* somebody waits for it */
	if (slot->subject[0] && !sweep->is_whole)
		return sweep->due;
	return sweep->due > lane->rest_until ? sweep->due : lane->rest_until;
}

/* When no other thing is due. */
static struct recorder_slot *pick_part(const struct recorder_lane *lane, int64_t now)
{
	struct recorder_slot *best = NULL;

	for (size_t i = 0; i < lane->slot_count; i++) {
		struct recorder_slot *slot = lane->slots[i];

		if (part_due(lane, slot) > now)
			continue;
		if (!best || (slot->subject[0] && !best->subject[0]) ||
			(!slot->subject[0] == !best->subject[0] &&
				slot->sweep.due < best->sweep.due))
			best = slot;
	}
	return best;
}

/* Details somebody waits for first, then in the order of the table; the longest due among equals is
 * not looked for, as each comes to its turn. */
static struct recorder_slot *pick(const struct recorder_lane *lane, int64_t now)
{
	struct recorder_slot *best = NULL;

	for (size_t i = 0; i < lane->slot_count; i++) {
		struct recorder_slot *slot = lane->slots[i];

		if (slot->due > now || is_done(lane, slot))
			continue;
		if (!best || (slot->subject[0] && !best->subject[0]) ||
			(!slot->subject[0] == !best->subject[0] &&
				slot->started_at < best->started_at))
			best = slot;
	}
	return best ? best : pick_part(lane, now);
}

static bool is_stale_catalogue(const struct recorder_lane *lane, const struct recorder_slot *slot)
{
	int64_t now = clock_monotonic_ms();

	if (lane->catalogue_at == INT64_MIN)
		return true;
	return slot->state && strcmp(slot->state, "not_offered") == 0 &&
		now > lane->catalogue_at + CATALOGUE_FRESH_MS;
}

static void ask(struct recorder_lane *lane, struct recorder_slot *slot)
{
	struct pg_error error = {.trouble = PG_FINE};

	if (is_stale_catalogue(lane, slot) && !read_catalogue(lane, &error))
		lose(lane, &error);
	else if (clock_monotonic_ms() > lane->clock_at + RECORDER_CLOCK_MS &&
		!read_clock(lane, &error))
		lose(lane, &error);
	else if (!recorder_visit(lane, slot, &error))
		lose(lane, &error);
}

/* One thing that is due. Gives how long there is nothing more. */
static int64_t step(struct recorder_lane *lane)
{
	int64_t now = clock_monotonic_ms(), due = INT64_MAX;
	struct recorder_slot *slot;
	bool has_work = false;

	recorder_forget(lane, now);
	for (size_t i = 0; i < lane->slot_count; i++)
		has_work = has_work || !lane->is_once || !lane->slots[i]->is_finished;
	if (has_work && !pg_is_connected(lane->pg)) {
		if (now >= lane->connect_at)
			connect_now(lane);
		now = clock_monotonic_ms();
		due = pg_is_connected(lane->pg) ? now : lane->connect_at;
		if (lane->is_once && !pg_is_connected(lane->pg))
			atomic_store(&lane->is_idle, true);
		return due > now ? due - now : 0;
	}
	slot = has_work ? pick(lane, now) : NULL;
	if (slot) {
		ask(lane, slot);
		return 0;
	}
	atomic_store(&lane->is_idle, !has_work);
	for (size_t i = 0; has_work && i < lane->slot_count; i++) {
		int64_t part = part_due(lane, lane->slots[i]);

		if (lane->slots[i]->due < due && !is_done(lane, lane->slots[i]))
			due = lane->slots[i]->due;
		due = part < due ? part : due;
	}
	return due > now && due - now < WAIT_MOST_MS ? due - now : WAIT_MOST_MS;
}

static void run_lane(void *arg)
{
	struct recorder_lane *lane = arg;

	while (!mailbox_is_closed(lane->inbox)) {
		int64_t wait_ms = step(lane);

		recorder_take_orders(lane,
			wait_ms > 0 ? mailbox_wait(lane->inbox, (int)wait_ms)
				    : mailbox_take(lane->inbox));
	}
}

/* ---- life ---- */

static void lane_free(struct recorder_lane *lane)
{
	for (size_t i = 0; i < lane->slot_count; i++)
		recorder_slot_free(lane->slots[i]);
	pg_free(lane->pg);
	mailbox_free(lane->inbox);
	if (lane->dsn)
		explicit_bzero(lane->dsn, strlen(lane->dsn));
	free(lane->dsn);
	free(lane->name);
	free(lane->catalogue);
	free(lane);
}

static bool set_up(
	struct recorder_lane *lane, const struct recorder_options *options, struct err *err)
{
	bool is_ok = true;

	lane->has_thumbnails = options->has_thumbnails;
	lane->is_once = options->is_once;
	lane->deliver = options->deliver;
	lane->deliver_arg = options->deliver_arg;
	lane->catalogue_at = lane->measured_at = lane->connect_at = lane->rest_until = INT64_MIN;
	lane->name = strdup(options->name);
	lane->dsn = strdup(options->dsn ? options->dsn : "");
	lane->catalogue = calloc(1, sizeof *lane->catalogue);
	lane->inbox = mailbox_new(INBOX_MAX, orders_free);
	is_ok = lane->name && lane->dsn && lane->catalogue && lane->inbox;
	for (size_t i = 0; is_ok && i < recorder_feed_count; i++)
		if (recorder_feeds[i].scope == RECORDER_SITE)
			is_ok = recorder_add_slot(lane, &recorder_feeds[i], "") != NULL;
	if (!is_ok)
		return err_set(err, "out of memory");
	lane->pg = pg_new(err);
	return lane->pg != NULL;
}

struct recorder_lane *recorder_start(const struct recorder_options *options, struct err *err)
{
	struct recorder_lane *lane = calloc(1, sizeof *lane);

	if (!lane) {
		err_set(err, "out of memory");
		return NULL;
	}
	lane->connected_at = INT64_MIN;
	if (set_up(lane, options, err))
		lane->lane = lane_start("recorder", run_lane, lane, err);
	if (lane->lane)
		return lane;
	lane_free(lane);
	return NULL;
}

void recorder_stop(struct recorder_lane *lane)
{
	if (!lane)
		return;
	mailbox_close(lane->inbox);
	pg_interrupt(lane->pg);
	lane_join(lane->lane);
	lane_free(lane);
}

void recorder_demand(struct recorder_lane *lane, const struct demand *demands, size_t count)
{
	struct orders *orders = orders_of_demands(demands, count);

	if (!orders)
		return;
	atomic_fetch_add(&lane->orders_given, 1);
	if (mailbox_put(lane->inbox, orders))
		return;
	/* The lane is far behind; what is demanded next comes soon. */
	atomic_fetch_sub(&lane->orders_given, 1);
	orders_free(orders);
}

bool recorder_is_idle(struct recorder_lane *lane)
{
	return atomic_load(&lane->orders_seen) == atomic_load(&lane->orders_given) &&
		atomic_load(&lane->is_idle);
}
