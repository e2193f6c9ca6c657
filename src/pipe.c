/* The pipe: config -> net lane -> store lane -> reader, and who polls. Owns the store, the reader,
 * the lock, the watch and the net lane; main thread. */
#include "pipe.h"

#include "base/log.h"
#include "base/work.h"
#include "source/source.h"
#include "store/lock.h"
#include "store/store.h"
#include "store/watch.h"
#include "wants.h"

enum {
	LOCK_RETRY_MS = 1000,
	LOOK_AGAIN_MS = 1500, /* the main loop turns at least once a second */
	CONSOLE_BYTES = 40,
	FEEDS_MAX = 10000,
	ONCE_STEP_MS = 10,
	ARENA_BYTES = 1 << 16
};

struct pipe {
	const struct config *config;
	char path[CONFIG_TEXT_BYTES];
	bool is_offline, is_once, is_paused, fetches_deltas;
	int lock;                 /* descriptor, -1 = another process polls */
	int64_t next_lock_try_ms; /* monotonic */
	int64_t look_until_ms;    /* monotonic: the file may have changed */
	struct err trouble;       /* why nobody here polls; "" = nothing is wrong */
	bool has_told_trouble;
	uint32_t pending; /* changes that were noticed and not yet told */
	struct store *store;
	struct reader *reader;
	struct watch *watch;
	struct bell *bell;
	struct source *source;
	char console[CONSOLE_BYTES]; /* what this process is called among those that wish */
};

static void on_commit(void *arg, uint32_t changed)
{
	bell_ring(arg, changed);
}

static void on_batch(void *arg, struct batch *batch)
{
	store_put(arg, batch);
}

struct pipe *pipe_open(const struct pipe_options *options, struct err *err)
{
	struct pipe *pipe = calloc(1, sizeof(*pipe));
	if (!pipe) {
		err_set(err, "out of memory");
		return NULL;
	}
	pipe->config = options->config;
	pipe->is_offline = options->is_offline;
	pipe->is_once = options->is_once;
	pipe->fetches_deltas = options->fetches_deltas;
	pipe->lock = -1;
	snprintf(pipe->path, sizeof(pipe->path), "%s", options->path);
	snprintf(pipe->console, sizeof(pipe->console), "%d-%llx", (int)getpid(),
		(unsigned long long)clock_now_ms());
	pipe->bell = bell_new(err);
	if (!pipe->bell)
		goto fail;
	struct store_options store = {
		.path = pipe->path,
		.retention_ms = options->config->retention_ms,
		.max_bytes = options->config->max_bytes,
		.picture_bytes = options->config->picture_bytes,
		.changed = on_commit,
		.changed_arg = pipe->bell,
	};
	pipe->store = store_open(&store, err);
	if (!pipe->store)
		goto fail;
	pipe->reader = reader_open(pipe->path, err);
	pipe->watch = pipe->reader ? watch_new(pipe->path, err) : NULL;
	if (!pipe->watch)
		goto fail;
	return pipe;
fail:
	pipe_close(pipe);
	return NULL;
}

static void stop_polling(struct pipe *pipe)
{
	source_stop(pipe->source);
	pipe->source = NULL;
}

void pipe_close(struct pipe *pipe)
{
	if (!pipe)
		return;
	stop_polling(pipe);
	watch_free(pipe->watch);
	reader_close(pipe->reader);
	store_close(pipe->store);
	if (pipe->lock >= 0)
		store_lock_release(pipe->lock);
	bell_free(pipe->bell);
	free(pipe);
}

static bool start_polling(struct pipe *pipe, struct err *err)
{
	const struct config *config = pipe->config;
	struct source_site *sites = calloc(config->site_count + 1, sizeof(*sites));
	if (!sites)
		return err_set(err, "out of memory");
	for (size_t i = 0; i < config->site_count; i++) {
		const struct config_site *site = &config->sites[i];
		sites[i] = (struct source_site){
			.name = site->name,
			.url = site->url,
			.api_key = site->api_key[0] ? site->api_key : NULL,
			.dialect = site->dialect,
			.bucket = site->bucket[0] ? site->bucket : NULL,
			.kind = site->kind,
			.dsn = site->dsn,
			.thumbnails_url = site->thumbnails_url[0] ? site->thumbnails_url : NULL,
			.health_url = site->health_url[0] ? site->health_url : NULL,
		};
	}
	struct source_options options = {
		.sites = sites,
		.site_count = config->site_count,
		.sessions_period_ms = config->sessions_period_ms,
		.cameras_period_ms = config->cameras_period_ms,
		.inventory_period_ms = config->inventory_period_ms,
		.health_period_ms = config->health_period_ms,
		.session_limit = config->session_limit,
		.is_once = pipe->is_once,
		.fetches_deltas = pipe->fetches_deltas,
		.deliver = on_batch,
		.deliver_arg = pipe->store,
	};
	pipe->source = source_start(&options, err);
	free(sites);
	return pipe->source != NULL;
}

int pipe_descriptors(const struct pipe *pipe, int descriptors[2])
{
	descriptors[0] = bell_descriptor(pipe->bell);
	descriptors[1] = watch_descriptor(pipe->watch);
	return 2;
}

static void pass_wants(struct pipe *pipe)
{
	if (pipe->source)
		wants_pass(pipe->reader, pipe->source);
}

/* A commit is to be seen a moment after the last byte of it was written, and nothing tells when:
 * after each write the reader is asked for a while. */
static bool has_file_changed(struct pipe *pipe)
{
	int64_t now_ms = clock_monotonic_ms();

	if (watch_take(pipe->watch))
		pipe->look_until_ms = now_ms + LOOK_AGAIN_MS;
	return now_ms < pipe->look_until_ms && reader_has_changed(pipe->reader);
}

/* The lock holder hears of its own commits by the bell; others write only what they want then. */
uint32_t pipe_changed(struct pipe *pipe)
{
	const uint32_t wants = STORE_CHANGED(NOUN_DEMAND) | STORE_CHANGED(NOUN_PICTURE_WISH);
	uint32_t changed = bell_answer(pipe->bell) | pipe->pending;
	bool has_changed = has_file_changed(pipe);

	pipe->pending = 0;
	if (has_changed && pipe->lock < 0)
		return UINT32_MAX;
	if (has_changed || changed & wants)
		pass_wants(pipe);
	return changed;
}

/* Told once, not with every try. */
static void set_trouble(struct pipe *pipe, const struct err *err)
{
	if (strcmp(pipe->trouble.text, err->text) == 0)
		return;
	pipe->trouble = *err;
	pipe->has_told_trouble = !err->text[0];
	if (err->text[0])
		log_line("%s", err->text);
}

static void try_to_poll(struct pipe *pipe, struct err *err)
{
	if (pipe->lock < 0)
		pipe->lock = store_lock_try(pipe->path, err);
	if (pipe->lock < 0)
		return;
	store_become_writer(pipe->store);
	if (start_polling(pipe, err))
		pass_wants(pipe);
	pipe->pending = UINT32_MAX;
}

void pipe_tick(struct pipe *pipe)
{
	int64_t now_ms = clock_monotonic_ms();
	if (pipe->is_offline || pipe->is_paused || pipe->source || now_ms < pipe->next_lock_try_ms)
		return;
	pipe->next_lock_try_ms = now_ms + LOCK_RETRY_MS;
	struct err err = {0};
	try_to_poll(pipe, &err);
	set_trouble(pipe, &err);
}

bool pipe_is_poller(const struct pipe *pipe)
{
	return pipe->source != NULL;
}

void pipe_pause(struct pipe *pipe, bool is_paused)
{
	pipe->is_paused = is_paused;
	pipe->next_lock_try_ms = 0;
	if (!is_paused)
		return;
	stop_polling(pipe);
	if (pipe->lock >= 0)
		store_lock_release(pipe->lock);
	pipe->lock = -1;
}

void pipe_demand(struct pipe *pipe, const struct demand *demand)
{
	if (!pipe->is_offline)
		store_put_demand(pipe->store, demand);
}

void pipe_wish_pictures(struct pipe *pipe, const struct picture_wish *wishes, size_t count)
{
	if (!pipe->is_offline)
		store_put_picture_wishes(pipe->store, pipe->console, wishes, count);
}

void pipe_touch_picture(struct pipe *pipe, const char *site, const char *key)
{
	store_touch_picture(pipe->store, site, key);
}

struct reader *pipe_reader(struct pipe *pipe)
{
	return pipe->reader;
}

bool pipe_notice(struct pipe *pipe, struct err *notice)
{
	if (store_notice(pipe->store, notice))
		return true;
	if (pipe->has_told_trouble || !pipe->trouble.text[0])
		return false;
	pipe->has_told_trouble = true;
	*notice = pipe->trouble;
	return true;
}

/* ---- one-shot: ask once, by whichever process polls ---- */

static bool was_asked(const struct feed *feed, int64_t asked_at)
{
	bool is_waiting = feed->next_try != UNKNOWN && feed->next_try > asked_at + feed->period_ms;
	return is_waiting || (feed->last_try != UNKNOWN && feed->last_try >= asked_at);
}

static bool demand_was_asked(struct pipe *pipe, const struct demand *demand)
{
	struct feed feed;
	struct arena *arena = arena_new(ARENA_BYTES);
	bool is_asked = arena &&
		reader_one(pipe->reader, NOUN_FEED, demand->site, demand->feed, demand->subject,
			arena, &feed, NULL) &&
		was_asked(&feed, demand->asked_at);
	arena_free(arena);
	return is_asked;
}

/* Another process polls: have all feeds of the sites, and the wanted ones, been asked since? */
static bool others_have_asked(
	struct pipe *pipe, const struct demand *wanted, size_t count, int64_t asked_at)
{
	struct page page;
	page_init(&page);
	struct query query = {.noun = NOUN_FEED, .since_ms = UNKNOWN, .now_ms = asked_at};
	bool is_asked =
		reader_page(pipe->reader, &query, PAGE_FIRST, NULL, FEEDS_MAX, &page, NULL) &&
		page.count > 0;
	for (size_t i = 0; is_asked && i < page.count; i++) {
		const struct feed *feed = page_row(&page, feed, i);
		is_asked = feed->subject[0] || was_asked(feed, asked_at);
	}
	page_release(&page);
	for (size_t i = 0; is_asked && i < count; i++)
		is_asked = demand_was_asked(pipe, &wanted[i]);
	return is_asked;
}

static void ask_others(struct pipe *pipe, const struct demand *wanted, size_t count,
	int64_t asked_at, int64_t until)
{
	bool is_one = pipe->config->site_count == 1;
	struct demand all = {.site = is_one ? pipe->config->sites[0].name : DEMAND_ALL,
		.feed = DEMAND_ALL,
		.subject = "",
		.until = until,
		.asked_at = asked_at};
	pipe_demand(pipe, &all);
	for (size_t i = 0; i < count; i++)
		pipe_demand(pipe, &wanted[i]);
}

bool pipe_wait_once(
	struct pipe *pipe, struct demand *wanted, size_t count, int64_t timeout_ms, struct err *err)
{
	int64_t asked_at = clock_now_ms();
	int64_t deadline = clock_monotonic_ms() + timeout_ms;
	for (size_t i = 0; i < count; i++) {
		wanted[i].asked_at = asked_at;
		wanted[i].until = asked_at + timeout_ms;
	}
	pipe_tick(pipe);
	if (pipe->source)
		source_demand(pipe->source, wanted, count);
	else
		ask_others(pipe, wanted, count, asked_at, asked_at + timeout_ms);
	while (clock_monotonic_ms() < deadline) {
		bool was_poller = pipe->source != NULL;
		pipe_tick(pipe);
		if (pipe->trouble.text[0]) {
			pipe->has_told_trouble = true;
			return err_set(err, "%s", pipe->trouble.text);
		}
		if (pipe->source && !was_poller) /* the one that polled has gone */
			source_demand(pipe->source, wanted, count);
		bool is_done = pipe->source ? source_is_idle(pipe->source)
					    : others_have_asked(pipe, wanted, count, asked_at);
		if (is_done) {
			store_flush(pipe->store);
			return true;
		}
		struct timespec step = {.tv_nsec = ONCE_STEP_MS * 1000000L};
		nanosleep(&step, NULL);
	}
	store_flush(pipe->store);
	return err_set(err, "not everything was answered within %d s", (int)(timeout_ms / 1000));
}
