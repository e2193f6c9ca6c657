/* The net lane: a loop of what is due, requests and answers. Owns the sites, the poller and the
 * HTTP transfers; everything but source_* runs on the lane. */
#include "source/source.h"
#include "base/clock.h"
#include "source/netlane.h"
#include "source/orders.h"
#include "source/recorder.h"
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

/* ---- orders cross the threads ---- */

/* Wall clock to monotonic. */
static int64_t to_monotonic(int64_t wall_ms, int64_t offset_ms)
{
	int64_t ms;

	return wall_ms == UNKNOWN || __builtin_sub_overflow(wall_ms, offset_ms, &ms) ? INT64_MIN
										     : ms;
}

static void grant_demands(struct source *source, const struct orders *orders)
{
	int64_t now = clock_monotonic_ms(), offset = clock_now_ms() - now;
	size_t max = orders->count * (source->site_count + 1), count = 0;
	struct wish *wishes = calloc(max + 1, sizeof wishes[0]);

	if (!wishes)
		return;
	for (size_t i = 0; i < orders->count; i++) {
		const struct demand *demand = &orders->demands[i];
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

static void note_seen(struct source *source)
{
	atomic_store(&source->is_idle, false);
	atomic_fetch_add(&source->orders_seen, 1);
}

static void take_orders(struct source *source)
{
	struct orders *orders;

	while ((orders = mailbox_take(source->inbox))) {
		grant_demands(source, orders);
		orders_free(orders);
		note_seen(source);
	}
	orders = atomic_exchange(&source->wishes, NULL);
	if (!orders)
		return;
	pictures_set(source, orders->wishes, orders->count);
	orders_free(orders);
	note_seen(source);
}

/* ---- the lane ---- */

/* Starts all that is due. Gives how long nothing more will be. */
static int64_t start_what_is_due(struct source *source)
{
	int64_t now, due, pictures_due;
	struct slot *slot;

	while ((slot = poller_next(source->poller, clock_monotonic_ms())))
		visit_start(source, slot);
	pictures_due = pictures_start(source);
	atomic_store(&source->is_idle, poller_is_idle(source->poller) && pictures_are_idle(source));
	now = clock_monotonic_ms();
	due = poller_due(source->poller, now);
	if (pictures_due < due)
		due = pictures_due;
	return due <= now ? 0 : due - now;
}

static void run_lane(void *arg)
{
	struct source *source = arg;

	while (!mailbox_is_closed(source->inbox)) {
		struct response answer;
		void *tag;

		take_orders(source);
		http_client_run(source->http, start_what_is_due(source));
		/* Giving away may wait for room; who leaves gives nothing more. */
		while (!mailbox_is_closed(source->inbox) &&
			http_client_take(source->http, &answer, &tag)) {
			if (!pictures_finish(source, tag, &answer))
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

/* "…/health" is where it is asked anyway. */
static void cut_health(char *url)
{
	static const char health[] = "/health";
	size_t bytes = strlen(url);

	if (bytes > sizeof health - 1 && strcmp(url + bytes - (sizeof health - 1), health) == 0)
		url[bytes - (sizeof health - 1)] = '\0';
}

static bool set_thumbnails(struct site *site, const struct source_site *given, struct err *err)
{
	char url[URL_BYTES];

	if (!given->thumbnails_url || !given->thumbnails_url[0])
		return true;
	if (!source_check_url(url, sizeof url, given->thumbnails_url, err))
		return false;
	site->thumbnails = strdup(url);
	return site->thumbnails || err_set(err, "out of memory");
}

/* The lane of its database begins with the net lane. */
static bool set_recorder(
	struct source *source, struct site *site, const struct source_site *given, struct err *err)
{
	const struct recorder_options options = {
		.name = site->name,
		.dsn = given->dsn,
		.has_thumbnails = site->thumbnails != NULL,
		.is_once = source->is_once,
		.deliver = source->deliver,
		.deliver_arg = source->deliver_arg,
	};
	bool has_health = given->health_url && given->health_url[0];

	if (has_health && !source_check_url(site->base, sizeof site->base, given->health_url, err))
		return false;
	cut_health(site->base);
	if (has_health && !set_hosts(site))
		return err_set(err, "unusable health_url");
	free(site->dialect);
	site->dialect = strdup(has_health ? "omnisight" : "none");
	if (!site->dialect)
		return err_set(err, "out of memory");
	site->recorder = recorder_start(&options, err);
	return site->recorder != NULL;
}

static bool add_site(struct source *source, const struct source_site *given, struct err *err)
{
	struct site *site = &source->sites[source->site_count++];
	struct err why = {""};
	bool is_ok = true, is_recorder = given->kind && strcmp(given->kind, "omnisight") == 0;

	site->name = copy_or_null(given->name ? given->name : "pi", &is_ok);
	site->api_key = copy_or_null(given->api_key, &is_ok);
	site->bucket = copy_or_null(given->bucket, &is_ok);
	site->dialect = copy_or_null(given->dialect, &is_ok);
	if (!is_ok)
		return err_set(err, "out of memory");
	if (is_recorder)
		is_ok = set_thumbnails(site, given, &why) &&
			set_recorder(source, site, given, &why);
	else
		is_ok = source_check_url(site->base, sizeof site->base, given->url, &why) &&
			set_hosts(site);
	return is_ok || err_set(err, "site %s: %s", site->name, why.text);
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

static void stop_recorders(struct source *source)
{
	for (size_t i = 0; source->sites && i < source->site_count; i++) {
		recorder_stop(source->sites[i].recorder);
		source->sites[i].recorder = NULL;
	}
}

static void source_free(struct source *source)
{
	stop_recorders(source);
	for (size_t i = 0; i < source->site_count; i++) {
		struct site *site = &source->sites[i];

		if (site->api_key)
			explicit_bzero(site->api_key, strlen(site->api_key));
		free(site->name);
		free(site->api_key);
		free(site->bucket);
		free(site->dialect);
		free(site->thumbnails);
		links_free(site->links);
	}
	free(source->sites);
	http_client_free(source->http);
	poller_free(source->poller);
	wanted_release(&source->wanted);
	orders_free(atomic_load(&source->wishes));
	mailbox_free(source->inbox);
	free(source);
}

static bool set_up(struct source *source, const struct source_options *options, struct err *err)
{
	size_t files = raise_file_limit();
	size_t connections = files > 2 * OTHER_FILES ? files - OTHER_FILES : OTHER_FILES;
	size_t idle = options->site_count * IDLE_PER_SITE + 8;

	source->sites = calloc(options->site_count + 1, sizeof source->sites[0]);
	source->inbox = mailbox_new(INBOX_MAX, orders_free);
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
	struct orders *orders = orders_of_demands(demands, count);

	for (size_t i = 0; i < source->site_count; i++)
		if (source->sites[i].recorder)
			recorder_demand(source->sites[i].recorder, demands, count);
	if (!orders)
		return;
	atomic_fetch_add(&source->orders_given, 1);
	if (mailbox_put(source->inbox, orders))
		return;
	/* The lane is far behind; what is demanded next comes soon. */
	atomic_fetch_sub(&source->orders_given, 1);
	orders_free(orders);
}

/* Wishes change with each key: what the lane did not come to in time is void, and never waits. */
void source_want_pictures(struct source *source, const struct picture_wish *wishes, size_t count)
{
	struct orders *orders = orders_of_wishes(wishes, count);
	struct orders *void_orders;

	if (!orders)
		return;
	atomic_fetch_add(&source->orders_given, 1);
	void_orders = atomic_exchange(&source->wishes, orders);
	if (void_orders)
		atomic_fetch_sub(&source->orders_given, 1);
	orders_free(void_orders);
	http_client_wake(source->http);
}

bool source_is_idle(struct source *source)
{
	for (size_t i = 0; i < source->site_count; i++)
		if (source->sites[i].recorder && !recorder_is_idle(source->sites[i].recorder))
			return false;
	return atomic_load(&source->orders_seen) == atomic_load(&source->orders_given) &&
		atomic_load(&source->is_idle);
}
