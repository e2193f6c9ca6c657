/* The net lane: a loop of what is due, requests and answers. Owns the sites, the poller and the
 * HTTP transfers; everything but source_* runs on the lane. */
#include "source/source.h"
#include "base/clock.h"
#include "source/netlane.h"
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum {
	SESSION_LIMIT = 200, /* where the options say nothing */
	INBOX_MAX = 64,
	CONNECTIONS_MAX = 4096,
	IDLE_PER_SITE = 4,
	OTHER_FILES = 128 /* descriptors left for everything else */
};

/* All demands at once, as a job. */
struct demands {
	struct demand *rows; /* texts owned */
	size_t count;
};

/* ---- demands cross the threads ---- */

static void demands_free(void *job)
{
	struct demands *demands = job;

	if (!demands)
		return;
	for (size_t i = 0; i < demands->count; i++) {
		free((void *)(uintptr_t)demands->rows[i].site);
		free((void *)(uintptr_t)demands->rows[i].feed);
		free((void *)(uintptr_t)demands->rows[i].subject);
	}
	free(demands->rows);
	free(demands);
}

static bool copy_demand(struct demand *copy, const struct demand *demand)
{
	*copy = *demand;
	copy->site = strdup(demand->site ? demand->site : "");
	copy->feed = strdup(demand->feed ? demand->feed : "");
	copy->subject = strdup(demand->subject ? demand->subject : "");
	return copy->site && copy->feed && copy->subject;
}

static struct demands *demands_copy(const struct demand *rows, size_t count)
{
	struct demands *demands = calloc(1, sizeof *demands);
	bool is_ok = demands != NULL;

	if (is_ok)
		demands->rows = calloc(count + 1, sizeof demands->rows[0]);
	is_ok = is_ok && demands->rows;
	for (size_t i = 0; is_ok && i < count; i++)
		is_ok = copy_demand(&demands->rows[demands->count++], &rows[i]);
	if (is_ok)
		return demands;
	demands_free(demands);
	return NULL;
}

/* Wall clock to monotonic. */
static int64_t to_monotonic(int64_t wall_ms, int64_t offset_ms)
{
	int64_t ms;

	return wall_ms == UNKNOWN || __builtin_sub_overflow(wall_ms, offset_ms, &ms) ? INT64_MIN
										     : ms;
}

static void grant_demands(struct source *source, const struct demands *demands)
{
	int64_t now = clock_monotonic_ms(), offset = clock_now_ms() - now;
	size_t max = demands->count * (source->site_count + 1), count = 0;
	struct wish *wishes = calloc(max + 1, sizeof wishes[0]);

	if (!wishes)
		return;
	for (size_t i = 0; i < demands->count; i++) {
		const struct demand *demand = &demands->rows[i];
		struct wish wish = {
			.feed = demand->feed,
			.subject = demand->subject,
			.until = to_monotonic(demand->until, offset),
			.asked_at = to_monotonic(demand->asked_at, offset),
		};

		for (; wish.site < source->site_count; wish.site++)
			if (strcmp(demand->site, DEMAND_ALL) == 0 ||
				strcmp(demand->site, source->sites[wish.site].name) == 0)
				wishes[count++] = wish;
	}
	poller_set_wishes(source->poller, wishes, count, now);
	free(wishes);
}

static void take_demands(struct source *source)
{
	struct demands *demands;

	while ((demands = mailbox_take(source->inbox))) {
		grant_demands(source, demands);
		demands_free(demands);
		atomic_store(&source->is_idle, false);
		atomic_fetch_add(&source->demands_seen, 1);
	}
}

/* ---- the lane ---- */

static void run_lane(void *arg)
{
	struct source *source = arg;

	while (!mailbox_is_closed(source->inbox)) {
		struct response answer;
		struct slot *slot;
		int64_t now, due;
		void *tag;

		take_demands(source);
		while ((slot = poller_next(source->poller, clock_monotonic_ms())))
			visit_start(source, slot);
		atomic_store(&source->is_idle, poller_is_idle(source->poller));
		now = clock_monotonic_ms();
		due = poller_due(source->poller, now);
		http_client_run(source->http, due <= now ? 0 : due - now);
		/* Giving away may wait for room; who leaves gives nothing more. */
		while (!mailbox_is_closed(source->inbox) &&
			http_client_take(source->http, &answer, &tag)) {
			visit_finish(source, tag, &answer);
			response_release(&answer);
		}
	}
}

static void wake_lane(void *arg)
{
	http_client_wake(((struct source *)arg)->http);
}

/* ---- life ---- */

static char *copy_or_null(const char *text, bool *is_ok)
{
	char *copy = text && text[0] ? strdup(text) : NULL;

	*is_ok = *is_ok && (copy || !text || !text[0]);
	return copy;
}

static bool set_hosts(struct site *site)
{
	const struct feed_def on_8081 = {.path = "/", .flags = FEED_PORT_8081};
	char url[URL_BYTES];

	return url_host(site->host, site->base) &&
		url_of_feed(url, site->base, &on_8081, "", 0, NULL) &&
		url_host(site->main_host, url);
}

static bool add_site(struct source *source, const struct source_site *given, struct err *err)
{
	struct site *site = &source->sites[source->site_count++];
	struct err why = {""};
	bool is_ok = true;

	site->name = copy_or_null(given->name ? given->name : "pi", &is_ok);
	site->api_key = copy_or_null(given->api_key, &is_ok);
	site->bucket = copy_or_null(given->bucket, &is_ok);
	site->dialect = copy_or_null(given->dialect, &is_ok);
	if (!is_ok)
		return err_set(err, "out of memory");
	if (!source_check_url(site->base, sizeof site->base, given->url, &why) || !set_hosts(site))
		return err_set(err, "site %s: %s", site->name, why.text);
	return true;
}

/* How many descriptors this process may use, after asking for more. */
static size_t raise_file_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return 1024;
	if (limit.rlim_cur < CONNECTIONS_MAX + OTHER_FILES) {
		rlim_t wanted = CONNECTIONS_MAX + OTHER_FILES;

		limit.rlim_cur = limit.rlim_max < wanted ? limit.rlim_max : wanted;
		if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
			getrlimit(RLIMIT_NOFILE, &limit);
	}
	return limit.rlim_cur > CONNECTIONS_MAX + OTHER_FILES ? CONNECTIONS_MAX + OTHER_FILES
							      : (size_t)limit.rlim_cur;
}

static struct poller *new_poller(
	const struct source *source, const struct source_options *options, size_t max_in_flight)
{
	struct poller_site *sites = calloc(source->site_count + 1, sizeof sites[0]);
	struct poller_options poller_options = {
		.sites = sites,
		.site_count = source->site_count,
		.periods = {[PACE_SESSIONS] = options->sessions_period_ms,
			[PACE_CAMERAS] = options->cameras_period_ms,
			[PACE_INVENTORY] = options->inventory_period_ms,
			[PACE_HEALTH] = options->health_period_ms},
		.is_once = options->is_once,
		.fetches_deltas = options->fetches_deltas,
		.max_in_flight = max_in_flight,
		.seed = (uint64_t)clock_now_ms(),
	};
	struct poller *poller = NULL;

	for (size_t i = 0; sites && i < source->site_count; i++)
		sites[i] = (struct poller_site){
			.host = source->sites[i].host,
			.main_host = source->sites[i].main_host,
			.dialect = source->sites[i].dialect,
			.has_key = source->sites[i].api_key != NULL,
		};
	if (sites)
		poller = poller_new(&poller_options);
	free(sites);
	return poller;
}

static void source_free(struct source *source)
{
	for (size_t i = 0; i < source->site_count; i++) {
		struct site *site = &source->sites[i];

		if (site->api_key)
			explicit_bzero(site->api_key, strlen(site->api_key));
		free(site->name);
		free(site->api_key);
		free(site->bucket);
		free(site->dialect);
	}
	free(source->sites);
	http_client_free(source->http);
	poller_free(source->poller);
	mailbox_free(source->inbox);
	free(source);
}

static bool set_up(struct source *source, const struct source_options *options, struct err *err)
{
	size_t files = raise_file_limit();
	size_t connections = files > 2 * OTHER_FILES ? files - OTHER_FILES : OTHER_FILES;
	size_t idle = options->site_count * IDLE_PER_SITE + 8;

	source->sites = calloc(options->site_count + 1, sizeof source->sites[0]);
	source->inbox = mailbox_new(INBOX_MAX, demands_free);
	if (!source->sites || !source->inbox)
		return err_set(err, "out of memory");
	for (size_t i = 0; i < options->site_count; i++)
		if (!add_site(source, &options->sites[i], err))
			return false;
	source->poller = new_poller(source, options, connections / 2);
	if (!source->poller)
		return err_set(err, "out of memory");
	source->http = http_client_new(idle < connections / 2 ? idle : connections / 2, err);
	return source->http != NULL;
}

struct source *source_start(const struct source_options *options, struct err *err)
{
	struct source *source = calloc(1, sizeof *source);

	if (!source) {
		err_set(err, "out of memory");
		return NULL;
	}
	source->session_limit = options->session_limit > 0 ? options->session_limit : SESSION_LIMIT;
	source->is_once = options->is_once;
	source->fetches_deltas = options->fetches_deltas;
	source->deliver = options->deliver;
	source->deliver_arg = options->deliver_arg;
	if (!set_up(source, options, err))
		goto fail;
	mailbox_on_put(source->inbox, wake_lane, source);
	source->lane = lane_start("net", run_lane, source, err);
	if (source->lane)
		return source;
fail:
	source_free(source);
	return NULL;
}

void source_stop(struct source *source)
{
	if (!source)
		return;
	mailbox_close(source->inbox);
	http_client_wake(source->http);
	lane_join(source->lane);
	source_free(source);
}

void source_demand(struct source *source, const struct demand *demands, size_t count)
{
	struct demands *copy = demands_copy(demands, count);

	if (!copy)
		return;
	atomic_fetch_add(&source->demands_given, 1);
	if (mailbox_put(source->inbox, copy))
		return;
	/* The lane is far behind; what is demanded next comes soon. */
	atomic_fetch_sub(&source->demands_given, 1);
	demands_free(copy);
}

bool source_is_idle(struct source *source)
{
	return atomic_load(&source->demands_seen) == atomic_load(&source->demands_given) &&
		atomic_load(&source->is_idle);
}
