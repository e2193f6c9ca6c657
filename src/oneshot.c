/* list and show: the pipe without a window. Owns nothing between calls; main thread. */
#include "oneshot.h"

#include "cli/cli.h"
#include "model/run.h"
#include "oneshot_hours.h"
#include "pipe.h"

enum {
	ONCE_MS = 120000,
	CLOCKS_APART_MS = 1000,
	WANTED_MAX = 64,
	HOUR_MS = 3600000,
	FEEDS_MAX = 10000,
	ARENA_BYTES = 1 << 16
};

/* Which feeds must have answered for the rows of a noun to be fresh, by kind of site; NULL = that
 * kind has no such rows. */
static const struct source_row {
	const char *what;
	const char *pi;       /* the beginning of their names */
	const char *recorder; /* the whole name */
} sources[] = {
	{"sessions", "sessions", "recorder.recordings"},
	{"session", "sessions", "recorder.recordings"},
	{"captures", "evidence", NULL},
	{"cameras", "cameras.", "recorder.cameras"},
	{"camera", "cameras.", "recorder.cameras"},
	{"containers", "containers", NULL},
	{"runs", "sessions", NULL},
	{"run", "sessions", NULL},
	{"events", NULL, "recorder.events"},
	{"event", NULL, "recorder.event"},
	{"recordings", NULL, "recorder.recordings"},
	{"recording", NULL, "recorder.recordings"},
	{"segments", NULL, "recorder.segments"},
	{"notifications", NULL, "recorder.notifications"},
	{"policies", NULL, "recorder.policies"},
	{"settings", NULL, "recorder.settings"},
	{"users", NULL, "recorder.users"},
	{"streams", NULL, "recorder.streams"},
};

static const struct source_row *find_sources(const struct oneshot *oneshot)
{
	for (size_t i = 0; i < sizeof(sources) / sizeof(sources[0]); i++)
		if (strcmp(sources[i].what, oneshot->options->what) == 0)
			return &sources[i];
	return NULL;
}

static bool is_recorder(const struct config_site *site)
{
	return strcmp(site->kind, "omnisight") == 0;
}

static bool is_what(const struct oneshot *oneshot, enum command command, const char *what)
{
	return oneshot->options->command == command && strcmp(oneshot->options->what, what) == 0;
}

/* ---- what to ask beyond the feeds every site has ---- */

/* Of all sites that have such a feed. */
static size_t add_wanted(const struct oneshot *oneshot, struct demand *wanted, size_t count,
	const char *feed, const char *subject)
{
	const char *site = oneshot->options->site;
	bool is_recorders = strncmp(feed, "recorder.", strlen("recorder.")) == 0;
	for (size_t i = 0; i < oneshot->config->site_count && count < WANTED_MAX; i++) {
		const struct config_site *at = &oneshot->config->sites[i];
		if (is_recorder(at) == is_recorders && (!site || strcmp(site, at->name) == 0))
			wanted[count++] =
				(struct demand){.site = at->name, .feed = feed, .subject = subject};
	}
	return count;
}

static size_t find_wanted(const struct oneshot *oneshot, struct demand wanted[WANTED_MAX])
{
	const struct options *options = oneshot->options;
	bool shows_session = is_what(oneshot, COMMAND_SHOW, "session");
	const char *session = shows_session ? options->id : options->session;
	size_t count = 0;
	if (is_what(oneshot, COMMAND_LIST, "segments"))
		return add_wanted(oneshot, wanted, count, "recorder.segments", session);
	if (is_what(oneshot, COMMAND_SHOW, "recording")) {
		count = add_wanted(oneshot, wanted, count, "recorder.recorded", options->id);
		return add_wanted(oneshot, wanted, count, "recorder.segments", options->id);
	}
	if (is_what(oneshot, COMMAND_SHOW, "event"))
		return add_wanted(oneshot, wanted, count, "recorder.event", options->id);
	if (session)
		count = add_wanted(oneshot, wanted, count, "evidence", session);
	if (shows_session)
		count = add_wanted(oneshot, wanted, count, "delta", session);
	if (is_what(oneshot, COMMAND_SHOW, "camera"))
		count = add_wanted(oneshot, wanted, count, "camera", options->id);
	return count;
}

/* The delta of a run comes by its session, which is only known once the run lists were read. */
static size_t find_wanted_of_run(const struct oneshot *oneshot, struct reader *reader,
	struct arena *arena, struct demand wanted[WANTED_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < oneshot->config->site_count && count < WANTED_MAX; i++) {
		struct run run;
		const char *site = oneshot->config->sites[i].name;
		if (reader_one(reader, NOUN_RUN, site, oneshot->options->id, NULL, arena, &run,
			    NULL) &&
			run.session_id)
			wanted[count++] = (struct demand){
				.site = site, .feed = "delta", .subject = run.session_id};
	}
	return count;
}

static bool ask_once(const struct oneshot *oneshot, struct pipe *pipe, struct err *err)
{
	struct demand wanted[WANTED_MAX];
	size_t count = find_wanted(oneshot, wanted);
	bool is_answered = pipe_wait_once(pipe, wanted, count, ONCE_MS, err);
	struct arena *arena = arena_new(ARENA_BYTES);
	if (is_answered && arena && is_what(oneshot, COMMAND_SHOW, "run")) {
		count = find_wanted_of_run(oneshot, pipe_reader(pipe), arena, wanted);
		is_answered = count == 0 || pipe_wait_once(pipe, wanted, count, ONCE_MS, err);
	}
	arena_free(arena);
	return is_answered;
}

/* ---- the events of a time ---- */

/* Of one recorder; says what could not be read. Gives how many are demanded then. */
static size_t want_hours(const struct oneshot *oneshot, struct reader *reader,
	const struct config_site *site, struct demand *wanted, size_t count, struct arena *arena)
{
	struct unread unread;
	struct err ignored;
	int64_t now_ms = clock_now_ms(), since_ms = oneshot->options->since_ms;
	const char *only = oneshot->options->site;
	bool has_time = since_ms != UNKNOWN;
	if (!has_time)
		since_ms = ONESHOT_HOURS * HOUR_MS;
	if (!is_recorder(site) || (only && strcmp(only, site->name) != 0) ||
		!unread_find(&unread, reader, site->name, now_ms - since_ms, now_ms, &ignored))
		return count;
	if (wanted)
		return unread_want(&unread, site->name, wanted, count, WANTED_MAX, arena);
	if (unread.hours > 0 && !has_time)
		fprintf(stderr,
			"opsglass: %s: the newest %lld of %lld events of %d h; --since reads "
			"more\n",
			site->name, (long long)unread.cached, (long long)unread.counted,
			ONESHOT_HOURS);
	else if (unread.hours > 0)
		fprintf(stderr, "opsglass: %s: only %lld of %lld events of these hours were read\n",
			site->name, (long long)unread.cached, (long long)unread.counted);
	if (has_time && since_ms > ONESHOT_HOURS * HOUR_MS)
		fprintf(stderr,
			"opsglass: %s: of events older than %d h only what was read before\n",
			site->name, ONESHOT_HOURS);
	return count;
}

/* The hours of which the cache has not all, one recorder after the other. */
static bool ask_hours(const struct oneshot *oneshot, struct pipe *pipe, struct err *err)
{
	struct demand wanted[WANTED_MAX];
	struct arena *arena = arena_new(ARENA_BYTES);
	bool is_answered = arena != NULL;
	for (size_t i = 0; is_answered && i < oneshot->config->site_count; i++) {
		size_t count = want_hours(
			oneshot, pipe_reader(pipe), &oneshot->config->sites[i], wanted, 0, arena);
		is_answered = count == 0 || pipe_wait_once(pipe, wanted, count, ONCE_MS, err);
		arena_reset(arena);
	}
	arena_free(arena);
	return is_answered;
}

static bool lists_events_since(const struct oneshot *oneshot)
{
	return is_what(oneshot, COMMAND_LIST, "events") && oneshot->options->since_ms != UNKNOWN;
}

static void say_unread(const struct oneshot *oneshot, struct pipe *pipe)
{
	for (size_t i = 0; i < oneshot->config->site_count; i++)
		want_hours(oneshot, pipe_reader(pipe), &oneshot->config->sites[i], NULL, 0, NULL);
}

/* ---- is it fresh? ---- */

/* --url stands for itself, also in a cache that knows other sites. */
static const char *only_site(const struct oneshot *oneshot)
{
	if (oneshot->options->site || !oneshot->options->url)
		return oneshot->options->site;
	return oneshot->config->sites[0].name;
}

/* What another one's segments came to says nothing about these. */
static bool is_asked_subject(const struct oneshot *oneshot, const char *subject)
{
	const struct options *options = oneshot->options;
	const char *wanted = options->id ? options->id : options->session;
	return !*subject || (wanted && strcmp(subject, wanted) == 0);
}

static bool feeds_rows(const struct oneshot *oneshot, const struct feed *feed)
{
	const char *site = only_site(oneshot);
	const struct source_row *row = find_sources(oneshot);
	if (!row || (site && strcmp(site, feed->site) != 0))
		return false;
	if (row->pi && strncmp(feed->feed, row->pi, strlen(row->pi)) == 0)
		return true;
	return row->recorder && strcmp(feed->feed, row->recorder) == 0 &&
		is_asked_subject(oneshot, feed->subject);
}

/* What the Pi does not offer is no failure, nor is an item it does not know. */
static bool is_failure(const struct feed *feed)
{
	static const char *const calm[] = {"ok", "waiting", "not_offered", "not_found", "paused"};
	for (size_t i = 0; i < sizeof(calm) / sizeof(calm[0]); i++)
		if (strcmp(feed->state, calm[i]) == 0)
			return false;
	return true;
}

static bool say_old(const struct feed *feed, int64_t now_ms, struct err *err)
{
	char age[CLOCK_TEXT_BYTES];
	const char *why = feed->error ? feed->error : feed->state;
	if (feed->last_ok == UNKNOWN)
		return err_set(err, "%s: %.180s", feed->site, why);
	clock_ago(age, feed->last_ok, now_ms);
	return err_set(err, "%s: %.150s; the data is from %s", feed->site, why, age);
}

/* A recorder's table, column or grant that is missing is no failure, but no reason to be silent. */
static void say_missing(const struct feed *feed)
{
	bool is_of_recorder = strncmp(feed->feed, "recorder.", strlen("recorder.")) == 0;
	bool is_calm = strcmp(feed->state, "ok") == 0 || strcmp(feed->state, "not_offered") == 0;
	if (is_of_recorder && is_calm && feed->error && *feed->error)
		fprintf(stderr, "opsglass: %s: %s\n", feed->site, feed->error);
}

static bool has_site_of(const struct oneshot *oneshot, const struct source_row *row)
{
	for (size_t i = 0; i < oneshot->config->site_count; i++)
		if (is_recorder(&oneshot->config->sites[i]) ? row->recorder != NULL
							    : row->pi != NULL)
			return true;
	return false;
}

/* Whether a feed of these rows must have been written: on a full disk answers get nowhere. */
static bool expects_news(const struct oneshot *oneshot, const struct pipe *pipe)
{
	const struct source_row *row = find_sources(oneshot);
	return pipe_is_poller(pipe) && !oneshot->options->site && row &&
		strcmp(row->what, "captures") != 0 && has_site_of(oneshot, row);
}

static bool is_since(const struct feed *feed, int64_t asked_ms)
{
	return feed->last_try != UNKNOWN && feed->last_try >= asked_ms - CLOCKS_APART_MS;
}

static bool check_fresh(
	const struct oneshot *oneshot, struct pipe *pipe, int64_t asked_ms, struct err *err)
{
	struct reader *reader = pipe_reader(pipe);
	int64_t now_ms = clock_now_ms();
	bool has_news = !expects_news(oneshot, pipe);
	struct page page;
	page_init(&page);
	struct query query = {.noun = NOUN_FEED, .since_ms = UNKNOWN, .now_ms = now_ms};
	bool is_fresh = reader_page(reader, &query, PAGE_FIRST, NULL, FEEDS_MAX, &page, err);
	for (size_t i = 0; is_fresh && i < page.count; i++) {
		const struct feed *feed = page_row(&page, feed, i);
		has_news = has_news || (feeds_rows(oneshot, feed) && is_since(feed, asked_ms));
		if (!feeds_rows(oneshot, feed))
			continue;
		say_missing(feed);
		if (is_failure(feed))
			is_fresh = say_old(feed, now_ms, err);
	}
	page_release(&page);
	if (is_fresh && !has_news)
		return err_set(err, "what was answered could not be kept in the cache");
	return is_fresh;
}

static bool print(
	const struct oneshot *oneshot, struct reader *reader, int64_t now_ms, struct err *err)
{
	const struct options *options = oneshot->options;
	struct cli_request request = {
		.what = options->what,
		.id = options->id,
		.session = options->session,
		.site = only_site(oneshot),
		.status = options->status,
		.since_ms = options->since_ms == UNKNOWN ? UNKNOWN : now_ms - options->since_ms,
		.limit = options->limit,
		.format = options->is_json ? CLI_JSON
			: options->is_csv  ? CLI_CSV
					   : CLI_PLAIN,
		.is_ascii = oneshot->is_ascii,
		.has_color = oneshot->has_color,
		.now_ms = now_ms,
	};
	bool is_fine = options->command == COMMAND_LIST ? cli_list(reader, &request, stdout, err)
							: cli_show(reader, &request, stdout, err);
	if (fflush(stdout) != 0 && is_fine)
		is_fine = err_set(err, "cannot write to standard output");
	return is_fine;
}

/* The cache may still have rows of one that was: with --offline it is not looked for. */
static bool is_site_known(const struct oneshot *oneshot)
{
	const char *site = oneshot->options->site;
	for (size_t i = 0; i < oneshot->config->site_count; i++)
		if (!site || strcmp(oneshot->config->sites[i].name, site) == 0)
			return true;
	return !site || oneshot->config->site_count == 0 || oneshot->options->is_offline;
}

bool oneshot_run(const struct oneshot *oneshot, struct err *err)
{
	const char *what = oneshot->options->what;
	if (!is_site_known(oneshot))
		return err_set(err, "no site '%.60s' in the configuration", oneshot->options->site);
	struct pipe_options options = {
		.config = oneshot->config,
		.path = oneshot->path,
		.is_offline = oneshot->options->is_offline || oneshot->config->site_count == 0,
		.is_once = true,
		.fetches_deltas = strcmp(what, "runs") == 0 || strcmp(what, "run") == 0,
	};
	struct pipe *pipe = pipe_open(&options, err);
	if (!pipe)
		return false;
	struct err late = {0}, notice;
	int64_t asked_ms = clock_now_ms();
	bool is_fresh = options.is_offline || ask_once(oneshot, pipe, &late);
	if (is_fresh && !options.is_offline && lists_events_since(oneshot))
		is_fresh = ask_hours(oneshot, pipe, &late);
	int64_t now_ms = clock_now_ms();
	bool is_fine = print(oneshot, pipe_reader(pipe), now_ms, err);
	if (is_fresh && !options.is_offline)
		is_fresh = check_fresh(oneshot, pipe, asked_ms, &late);
	if (pipe_notice(pipe, &notice))
		fprintf(stderr, "opsglass: %s\n", notice.text);
	if (is_what(oneshot, COMMAND_LIST, "events") && oneshot->options->limit == 0)
		say_unread(oneshot, pipe);
	pipe_close(pipe);
	if (is_fine && !is_fresh)
		*err = late;
	return is_fine && is_fresh;
}
