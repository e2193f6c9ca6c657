/* Sentences for empty, failing and old panels, from one table (contracts 4.13). Owns nothing; main
 * thread. Reading the feeds: feeds.c. */
#include "views/situation.h"
#include "base/buf.h"
#include "base/text.h"
#include "model/error_code.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { TROUBLE_CELLS = 54, OVERDUE_MS = 60000 };

/* ok with no rows; never asked; ok long ago and not asked since (paused, offline by choice). */
#define EMPTY "ok"
#define WAITING "waiting"
#define NOT_ASKED "old"
/* The feed that says what to ask for named nothing. */
#define NO_BASIS "no basis"

#define AGE "{age}"     /* " - last good data from 2m ago"; nothing when there never was any */
#define RETRY "{retry}" /* ", retry in 8 s"; nothing where nobody does */

static const struct sentence {
	enum matter matter; /* MATTER_COUNT = any */
	const char *state;
	const char *text;
} sentences[] = {
	{MATTER_SESSIONS, EMPTY, "no sessions yet - is the machine in use?"},
	{MATTER_SESSIONS, "not_offered", "this Pi's software does not offer sessions ({path})"},
	{MATTER_SESSION, "not_found", "session not found, it may have expired"},
	{MATTER_EVIDENCE, EMPTY, "no captures in this session"},
	{MATTER_EVIDENCE, "not_offered", "this Pi's software does not offer evidence"},
	{MATTER_EVIDENCE, "not_found", "no captures in this session"},
	{MATTER_CAMERAS, EMPTY, "no cameras registered"},
	{MATTER_CAMERAS, "not_offered",
		"camera health not offered by this Pi - update the orchestrator?"},
	{MATTER_CAMERAS, "unavailable", "camera health not offered by this Pi right now" AGE RETRY},
	{MATTER_CAMERAS, "failing", "camera health failed: {reason}" AGE RETRY},
	{MATTER_CAMERAS, "bad_answer", "camera health failed: {reason}" AGE RETRY},
	{MATTER_CAMERA, EMPTY, "no diagnostics for this camera"},
	{MATTER_CAMERA, "not_offered", "no diagnostics for this camera"},
	{MATTER_CAMERA, "not_found", "no diagnostics for this camera"},
	{MATTER_RUNS, EMPTY, "no analysis runs yet"},
	{MATTER_RUNS, "not_offered",
		"this Pi's software does not offer run lists - open a session to see its analysis"},
	{MATTER_RUNS, NO_BASIS, "no analysis runs yet: no container is registered"},
	{MATTER_RUNS, "not_found",
		"this Pi's software does not offer run lists - open a session to see its analysis"},
	{MATTER_DELTA, EMPTY, "no analysis for this session yet"},
	{MATTER_DELTA, "not_found", "no analysis for this session yet"},
	{MATTER_DELTA, "not_offered", "this Pi's software does not offer inventory analysis"},
	{MATTER_HEALTH, EMPTY, "no services reported"},
	{MATTER_RECORDINGS, EMPTY, "no recordings in this time"},
	{MATTER_RECORDING, EMPTY, "no segments in this recording"},
	{MATTER_RECORDING, WAITING, "not read yet"},
	{MATTER_RECORDING, "not_found",
		"the recorder no longer has this recording: retention may have removed it"},
	{MATTER_RECORDED, EMPTY, "no events in this recording"},
	{MATTER_RECORDED, WAITING, "not read yet"},
	{MATTER_EVENTS, EMPTY, "no events in this time"},
	{MATTER_EVENT, "not_found", "the recorder no longer has this event"},
	{MATTER_HISTOGRAM, EMPTY, "no events in this time"},
	{MATTER_STREAMS, EMPTY, "no streams"},
	{MATTER_NOTIFICATIONS, EMPTY, "no notifications in this time"},
	{MATTER_RETENTION, EMPTY, "no cameras, so nothing is kept"},
	{MATTER_SETTINGS, EMPTY, "no settings"},
	{MATTER_USERS, EMPTY, "no users"},
	{MATTER_COUNT, WAITING, "nothing from {site} yet"},
	{MATTER_COUNT, NOT_ASKED, "not asked since then" AGE},
	{MATTER_COUNT, "failing", "{fault}" AGE RETRY},
	{MATTER_COUNT, "timeout", "{fault}" AGE RETRY},
	{MATTER_COUNT, "unauthorized", "{denial}"},
	{MATTER_COUNT, "forbidden", "{denial}"},
	{MATTER_COUNT, "rate_limited", "rate limited, next try {next}"},
	{MATTER_COUNT, "unavailable", "service unavailable, next try {next}"},
	{MATTER_COUNT, "not_offered", "this Pi's software does not offer this ({path})"},
	{MATTER_COUNT, "not_found", "not found"},
	{MATTER_COUNT, "too_large", "answer too large: {reason}"},
	{MATTER_COUNT, "bad_answer", "{fault}" AGE RETRY},
	{MATTER_COUNT, "paused", "polling is paused" AGE},
	{MATTER_COUNT, NULL, "{state}: {reason}"},
};

/* Of a recorder's database, whatever the panel shows besides: what it lacks (a table, a column, a
 * grant), what it refuses and what is wrong with it, the feed says in full. */
static const struct {
	const char *state, *text;
} of_recorder[] = {
	{"failing", "{trouble}" AGE RETRY},
	{"timeout", "{trouble}" AGE RETRY},
	{"unauthorized", "{trouble}" AGE RETRY},
	{"unavailable", "{trouble}" AGE RETRY},
	{"bad_answer", "{trouble}" AGE RETRY},
	{"not_offered", "{reason}"},
};

static bool is_of_recorder(enum matter matter, const struct feed *feed)
{
	static const char prefix[] = "recorder.";

	return (matter >= MATTER_RECORDINGS && matter < MATTER_COUNT) ||
		(feed && feed->feed && strncmp(feed->feed, prefix, strlen(prefix)) == 0);
}

static const char *sentence_for(enum matter matter, const struct feed *feed, const char *state)
{
	const struct sentence *s = sentences;
	size_t own =
		is_of_recorder(matter, feed) ? sizeof(of_recorder) / sizeof(of_recorder[0]) : 0;

	if (own > 0 && matter == MATTER_SESSIONS)
		matter = MATTER_RECORDINGS; /* its sessions */
	for (size_t i = 0; i < own; i++)
		if (strcmp(of_recorder[i].state, state) == 0)
			return of_recorder[i].text;
	while (s->state &&
		(strcmp(s->state, state) != 0 ||
			(s->matter != MATTER_COUNT && s->matter != matter)))
		s++;
	return s->text;
}

/* ---- filling in ---- */

struct facts {
	const char *site;
	const struct feed *feed; /* NULL = never asked */
	int64_t now_ms;
};

static void put_site(struct buf *out, const struct facts *facts)
{
	buf_text(out, facts->site && *facts->site ? facts->site : "the Pi");
}

static void put_path(struct buf *out, const struct facts *facts)
{
	buf_text(out, facts->feed && facts->feed->path ? facts->feed->path : "?");
}

static void put_age(struct buf *out, const struct facts *facts)
{
	char age[CLOCK_TEXT_BYTES];

	if (!facts->feed || facts->feed->last_ok == UNKNOWN)
		return;
	clock_ago(age, facts->feed->last_ok, facts->now_ms);
	buf_printf(out, " - last good data from %s", age);
}

static void put_next(struct buf *out, const struct facts *facts)
{
	char next[WORDS_BYTES];

	words_next(next, facts->feed ? facts->feed->next_try : UNKNOWN, facts->now_ms);
	buf_text(out, next);
}

/* --offline, or a poller that went: what was due long ago is not tried "now". */
static void put_retry(struct buf *out, const struct facts *facts)
{
	int64_t at_ms = facts->feed ? facts->feed->next_try : UNKNOWN;

	if (at_ms != UNKNOWN && facts->now_ms - at_ms > OVERDUE_MS)
		return;
	buf_text(out, ", retry ");
	put_next(out, facts);
}

static void put_reason(struct buf *out, const struct facts *facts)
{
	const struct feed *feed = facts->feed;

	if (feed && feed->error && *feed->error)
		buf_text(out, feed->error);
	else if (feed && error_code_text(feed->code))
		buf_text(out, error_code_text(feed->code));
	else
		buf_text(out, "no reason given");
}

/* What failed, without the details behind the first ": ". */
static void put_fault(struct buf *out, const struct facts *facts)
{
	const struct feed *feed = facts->feed;
	const char *error = feed && feed->error ? feed->error : "";
	const char *details = strstr(error, ": ");

	if (*error)
		buf_append(out, error, details ? (size_t)(details - error) : strlen(error));
	else if (feed && feed->http_status > 0)
		buf_printf(out, "the Pi answered HTTP %lld", (long long)feed->http_status);
	else
		buf_printf(out, "cannot reach the Pi at %s", facts->site);
}

/* A recorder's: without the address of its server, and not so long that what follows is cut off;
 * all of it is in Health. */
static void put_trouble(struct buf *out, const struct facts *facts)
{
	static const char prefix[] = "database ";
	const char *error = facts->feed ? facts->feed->error : NULL;
	const char *words = error ? strstr(error, ": ") : NULL;
	size_t bytes;

	if (!error || !*error) {
		put_reason(out, facts);
		return;
	}
	if (words && strncmp(error, prefix, strlen(prefix)) == 0)
		buf_text(out, "database");
	else
		words = error;
	bytes = text_fit(words, TROUBLE_CELLS, NULL);
	buf_append(out, words, bytes);
	if (words[bytes])
		buf_text(out, "...");
}

static void put_denial(struct buf *out, const struct facts *facts)
{
	const char *error = facts->feed ? facts->feed->error : NULL;

	buf_text(out,
		error && *error
			? error
			: "not authorized - check the API key and the Pi's link to BridgeServer");
}

static void put_state(struct buf *out, const struct facts *facts)
{
	buf_text(out, facts->feed && facts->feed->state ? facts->feed->state : "unknown");
}

static const struct {
	const char *name;
	void (*put)(struct buf *out, const struct facts *facts);
} blanks[] = {
	{"{site}", put_site},
	{"{path}", put_path},
	{"{age}", put_age},
	{"{next}", put_next},
	{"{retry}", put_retry},
	{"{reason}", put_reason},
	{"{fault}", put_fault},
	{"{trouble}", put_trouble},
	{"{denial}", put_denial},
	{"{state}", put_state},
};

static size_t fill_blank(struct buf *out, const char *text, const struct facts *facts)
{
	for (size_t i = 0; i < sizeof(blanks) / sizeof(blanks[0]); i++) {
		size_t bytes = strlen(blanks[i].name);

		if (strncmp(text, blanks[i].name, bytes) == 0) {
			blanks[i].put(out, facts);
			return bytes;
		}
	}
	buf_append(out, text, 1);
	return 1;
}

static void fill(char dst[SITUATION_BYTES], const char *text, const struct facts *facts)
{
	struct buf out;

	buf_init(&out, 2 * SITUATION_BYTES);
	while (*text)
		text += *text == '{' ? fill_blank(&out, text, facts)
				     : (buf_append(&out, text, 1), (size_t)1);
	snprintf(dst, SITUATION_BYTES, "%s", out.data ? out.data : "");
	buf_release(&out);
}

/* ---- the two kinds of panel ---- */

bool situation_is_notable(const struct feed *feed, int64_t now_ms)
{
	if (!feed || !feed->state || strcmp(feed->state, WAITING) == 0)
		return false;
	return strcmp(feed->state, "ok") != 0 || feed_is_old(feed, now_ms);
}

static bool is_basis(enum matter matter, const struct feed *feed)
{
	const char *basis = matter_basis(matter);

	return basis && feed->feed && strcmp(feed->feed, basis) == 0;
}

void situation_empty(char dst[SITUATION_BYTES], enum matter matter, const char *site,
	const struct feed *feed, int64_t now_ms)
{
	const struct facts facts = {site, feed, now_ms};
	const char *state = feed && feed->state ? feed->state : WAITING;

	if (strcmp(state, "ok") == 0 && is_basis(matter, feed))
		state = NO_BASIS;
	fill(dst, sentence_for(matter, feed, state), &facts);
}

void situation_old(
	char dst[SITUATION_BYTES], enum matter matter, const struct feed *feed, int64_t now_ms)
{
	const struct facts facts = {feed->site, feed, now_ms};
	bool is_fine = !feed->state || strcmp(feed->state, "ok") == 0;

	fill(dst, sentence_for(matter, feed, is_fine ? NOT_ASKED : feed->state), &facts);
}

/* ---- one line about all sites ---- */

struct tally {
	size_t notable;
	const struct feed *first; /* notable one */
	int64_t skipped;
	int64_t cut_at;             /* UNKNOWN = no list was cut */
	const struct feed *limited; /* a good one that says what it leaves out */
};

static void count_feed(struct tally *tally, const struct feed *feed, int64_t now_ms)
{
	if (!feed)
		return;
	if (situation_is_notable(feed, now_ms) && tally->notable++ == 0)
		tally->first = feed;
	if (feed->is_cut == 1)
		tally->cut_at = feed->records;
	if (feed->state && strcmp(feed->state, "ok") == 0 && feed->error && *feed->error)
		tally->limited = feed;
}

/* One list may be good beside another whose records could not be read. */
static void count_skipped(struct tally *tally, const struct feeds *feeds, const char *site)
{
	size_t count;
	const struct feed *const *here = feeds_at(feeds, site, &count);

	for (size_t i = 0; i < count; i++)
		if (here[i]->skipped > 0)
			tally->skipped += here[i]->skipped;
}

static void say_notable(struct buf *out, const struct tally *tally, const struct feeds *feeds,
	const struct view_context *context)
{
	char text[SITUATION_BYTES];

	situation_old(text, feeds->matter, tally->first, context->now_ms);
	if (context->site_count > 1 && !strstr(text, tally->first->site))
		buf_printf(out, "%s: ", tally->first->site);
	buf_text(out, text);
	if (tally->notable > 1)
		buf_printf(out, " (and %zu more site%s: see Health)", tally->notable - 1,
			tally->notable == 2 ? "" : "s");
}

static void say_rest(struct buf *out, const struct tally *tally)
{
	char skipped[WORDS_BYTES];

	if (tally->limited)
		buf_printf(out, "%s%s: %s", out->len ? " · " : "", tally->limited->site,
			tally->limited->error);
	if (tally->cut_at != UNKNOWN)
		buf_printf(out, "%sthe server cut the list at %lld", out->len ? " · " : "",
			(long long)tally->cut_at);
	if (tally->skipped > 0) {
		words_count(skipped, tally->skipped, "record");
		buf_printf(out, "%s%s skipped", out->len ? " · " : "", skipped);
	}
}

bool situation_note(const struct feeds *feeds, const struct view_context *context,
	const char *only_site, bool with_trouble, char dst[SITUATION_BYTES], bool *is_bad)
{
	struct tally tally = {.cut_at = UNKNOWN};
	struct buf out;

	for (size_t i = 0; i < context->site_count; i++)
		if (!only_site || strcmp(only_site, context->sites[i]) == 0) {
			count_feed(&tally, feeds_of(feeds, context->sites[i]), context->now_ms);
			count_skipped(&tally, feeds, context->sites[i]);
		}
	buf_init(&out, 2 * SITUATION_BYTES);
	if (!with_trouble)
		tally.notable = 0;
	if (tally.notable > 0)
		say_notable(&out, &tally, feeds, context);
	say_rest(&out, &tally);
	snprintf(dst, SITUATION_BYTES, "%s", out.data ? out.data : "");
	buf_release(&out);
	*is_bad = tally.notable > 0;
	return dst[0] != '\0';
}
