/* Fetches the pictures that are wanted: builds the requests of each step, and gives away what came
 * of it. Net lane. */
#include "base/clock.h"
#include "base/log.h"
#include "source/netlane.h"
#include "source/picture_answer.h"
#include "source/picture_batch.h"
#include "source/picture_way.h"
#include <stdlib.h>
#include <string.h>

enum {
	AT_ONCE_SITE = 4,
	AT_ONCE = 16,
	DEAD_MS = WANTED_RETRY_MS - 5000 /* by the next try it is asked again */
};

static const char accept_pictures[] = "image/*, */*;q=0.5";

/* ---- the end of an attempt ---- */

/* answer NULL: it failed, by the words of its fetch. */
static void tell(struct source *source, struct wanted *wanted, const struct response *answer)
{
	const char *site = source->sites[wanted->site].name;
	struct batch *batch = picture_batch(site, wanted, answer);

	wanted->is_told = true;
	if (batch)
		source->deliver(source->deliver_arg, batch);
	else
		log_line("site %s: out of memory for a picture", site);
}

static void conclude(struct source *source, struct wanted *wanted, const struct response *answer)
{
	bool is_good = wanted->fetch.step == FETCH_GOOD;
	bool is_first = wanted->ended_at == UNKNOWN;

	wanted_note_end(wanted, clock_now_ms(), clock_monotonic_ms());
	if (!is_good && (is_first || !wanted->fetch.may_retry))
		log_line("site %s: picture %s: %s", source->sites[wanted->site].name, wanted->key,
			wanted->fetch.words);
	tell(source, wanted, is_good ? answer : NULL);
}

/* ---- a step ---- */

static void take(struct wanted *wanted, enum fetch_came came, bool is_pi, const char *reason)
{
	struct fetch_answer answer = {.came = came, .is_pi = is_pi};

	snprintf(answer.reason, sizeof answer.reason, "%s", reason);
	picture_fetch_take(&wanted->fetch, &answer);
}

static bool send_request(
	struct source *source, struct wanted *wanted, const struct picture_way *way)
{
	const struct site *site = &source->sites[wanted->site];
	struct http_request request = {
		.url = way->url,
		.api_key = way->has_key ? site->api_key : NULL,
		.etag = "",
		.accept = accept_pictures,
		.timeout_ms = PICTURE_TIMEOUT_MS,
		.max_bytes = PICTURE_BODY_MAX,
		.tag = wanted,
	};

	if (wanted->fetch.step == FETCH_PRESIGN) {
		request.accept = NULL;
		request.max_bytes = PRESIGN_BODY_MAX;
	}
	return http_client_start(source->http, &request, NULL);
}

static bool is_dead_storage(const struct site *site, const char *url, int64_t now)
{
	char host[URL_HOST_BYTES];

	return now < site->dead_until && site->dead_storage[0] && url_host(host, url) &&
		strcmp(host, site->dead_storage) == 0;
}

/* Asks for the step it is at, or learns without asking what would come of it. */
static void ask(struct source *source, struct wanted *wanted, int64_t now)
{
	const struct site *site = &source->sites[wanted->site];
	struct picture_way way;

	if (!picture_way(site, wanted, &way)) {
		take(wanted, CAME_MISSING, false, "its URL cannot be asked");
	} else if (way.is_pi && poller_is_down(source->poller, wanted->site)) {
		take(wanted, CAME_UNREACHABLE, true, "the Pi is down");
	} else if (way.is_pi && poller_host_start_at(source->poller, wanted->site, now) > now) {
		wanted->due = poller_host_start_at(source->poller, wanted->site, now);
	} else if (!way.is_pi && is_dead_storage(site, way.url, now)) {
		take(wanted, CAME_UNREACHABLE, false, "the storage is down");
	} else if (!send_request(source, wanted, &way)) {
		take(wanted, CAME_WRONG, false, "cannot start a request");
	} else {
		wanted->is_in_flight = true;
		if (way.is_pi)
			poller_host_note_start(source->poller, wanted->site, now);
	}
	explicit_bzero(way.url, sizeof way.url);
}

/* ---- from step to step ---- */

static void begin(struct source *source, struct wanted *wanted, int64_t now)
{
	struct site *site = &source->sites[wanted->site];
	const struct link *link;

	site_link_thumbnail(site, wanted);
	link = site->links ? links_find(site->links, wanted->key) : NULL;
	picture_fetch_begin(&wanted->fetch, wanted->key, link, clock_now_ms());
	if (wanted->fetch.step == FETCH_WAIT)
		wanted->due = now + WANTED_GRACE_MS;
}

/* In a single round nothing comes any more once all feeds were asked. */
static bool has_waited(const struct source *source, const struct wanted *wanted, int64_t now)
{
	return wanted->due <= now || (source->is_once && poller_is_idle(source->poller));
}

static bool may_ask(const struct source *source, const struct wanted *wanted)
{
	return wanted_in_flight(&source->wanted, SIZE_MAX) < AT_ONCE &&
		wanted_in_flight(&source->wanted, wanted->site) < AT_ONCE_SITE;
}

/* One step further, if it can go: false when it has to wait. */
static bool advance(struct source *source, struct wanted *wanted, int64_t now)
{
	enum fetch_step step = wanted->fetch.step;

	if (step == FETCH_WAIT && has_waited(source, wanted, now))
		picture_fetch_give_up(&wanted->fetch);
	else if (step == FETCH_WAIT || wanted->due > now)
		return false;
	else if (step == FETCH_NEW)
		begin(source, wanted, now);
	else if (may_ask(source, wanted))
		ask(source, wanted, now);
	else
		return false;
	if (wanted->fetch.step == FETCH_FAILED)
		conclude(source, wanted, NULL);
	return wanted_is_open(wanted) && !wanted->is_in_flight;
}

static void wake(struct source *source, struct wanted *wanted, int64_t now)
{
	if (wanted->fetch.step != FETCH_FAILED)
		return;
	if (!wanted->is_told)
		tell(source, wanted, NULL);
	if (wanted->fetch.may_retry && wanted->due <= now) {
		wanted->fetch.step = FETCH_NEW;
		wanted->due = now;
	}
}

static bool is_in_reach(const struct wanted *wanted, int64_t now)
{
	return wanted->is_wished && !wanted->is_in_flight && wanted->due > now &&
		wanted->due != INT64_MAX;
}

static void cancel(void *arg, struct wanted *wanted)
{
	http_client_cancel(((struct source *)arg)->http, wanted);
}

static struct wanted_changes changes_of(struct source *source)
{
	return (struct wanted_changes){.wall_ms = clock_now_ms(),
		.mono_ms = clock_monotonic_ms(),
		.cancel = cancel,
		.arg = source};
}

int64_t pictures_start(struct source *source)
{
	struct wanted_changes changes = changes_of(source);
	int64_t ends = wanted_sweep(&source->wanted, &changes), now = changes.mono_ms;
	int64_t next = SLOT_NEVER;

	if (ends != INT64_MAX)
		next = now + (ends - changes.wall_ms) + 1;
	for (size_t i = 0; i < source->wanted.count; i++) {
		struct wanted *wanted = source->wanted.items[i];

		if (!wanted->is_wished)
			break;
		if (wanted->is_in_flight)
			continue;
		wake(source, wanted, now);
		while (wanted_is_open(wanted) && !wanted->is_in_flight &&
			advance(source, wanted, now))
			continue;
		if (is_in_reach(wanted, now) && wanted->due < next)
			next = wanted->due;
	}
	return next;
}

/* ---- answers ---- */

/* One that answers again is asked for the rest at once. */
static void note_storage(
	struct source *source, size_t index, const char *url, const struct fetch_answer *answer)
{
	struct site *site = &source->sites[index];
	char host[URL_HOST_BYTES];

	if (!url_host(host, url))
		return;
	if (answer->came == CAME_UNREACHABLE) {
		snprintf(site->dead_storage, sizeof site->dead_storage, "%s", host);
		site->dead_until = clock_monotonic_ms() + DEAD_MS;
	} else if (strcmp(host, site->dead_storage) == 0) {
		site->dead_storage[0] = '\0';
		wanted_note_up(&source->wanted, index, clock_monotonic_ms());
	}
}

static void judge_presign(struct site *site, const struct wanted *wanted,
	const struct response *response, struct fetch_answer *answer)
{
	struct presigned presigned;

	picture_answer_presign(response, clock_now_ms(), answer, &presigned);
	if (answer->came == CAME_GOOD &&
		!site_put_link(site, wanted->key, presigned.url, presigned.expires_at))
		answer->came = CAME_MISSING;
	explicit_bzero(&presigned, sizeof presigned);
	if (response->body.data)
		explicit_bzero(response->body.data, response->body.len);
}

static void judge_get(struct source *source, const struct wanted *wanted,
	const struct response *response, struct fetch_answer *answer)
{
	struct picture_way way = {.is_pi = false};

	picture_way_to_link(&source->sites[wanted->site], wanted, &way);
	picture_answer_get(response, way.is_pi, clock_now_ms(), answer);
	if (!way.is_pi)
		note_storage(source, wanted->site, way.url, answer);
	explicit_bzero(&way, sizeof way);
}

static bool asks_pi(const struct wanted *wanted)
{
	return wanted->fetch.step == FETCH_PRESIGN || wanted->fetch.step == FETCH_PROXY;
}

bool pictures_finish(struct source *source, void *tag, struct response *response)
{
	struct wanted *wanted = wanted_of_tag(&source->wanted, tag);
	struct site *site;
	struct fetch_answer answer;

	if (!wanted)
		return false;
	site = &source->sites[wanted->site];
	wanted->is_in_flight = false;
	if (wanted->fetch.step == FETCH_PRESIGN)
		judge_presign(site, wanted, response, &answer);
	else if (wanted->fetch.step == FETCH_PROXY)
		picture_answer_proxy(response, clock_now_ms(), &answer);
	else
		judge_get(source, wanted, response, &answer);
	if (answer.came == CAME_LIMITED && asks_pi(wanted))
		poller_host_note_limited(
			source->poller, wanted->site, answer.wait_ms, clock_monotonic_ms());
	picture_fetch_take(&wanted->fetch, &answer);
	wanted->due = clock_monotonic_ms() + wanted->fetch.wait_ms;
	if (!wanted_is_open(wanted))
		conclude(source, wanted, response);
	return true;
}

/* ---- news from elsewhere ---- */

void pictures_set(struct source *source, const struct picture_wish *wishes, size_t count)
{
	struct wanted_changes changes = changes_of(source);
	struct wanted_wish *known = calloc(count + 1, sizeof known[0]);
	size_t kept = 0;

	if (!known)
		return;
	for (size_t i = 0; i < count; i++)
		for (size_t site = 0; site < source->site_count; site++)
			if (strcmp(wishes[i].site, source->sites[site].name) == 0)
				known[kept++] = (struct wanted_wish){site, &wishes[i]};
	wanted_set(&source->wanted, known, kept, &changes);
	free(known);
	/* What a person asks for again is tried in earnest. */
	for (size_t i = 0; i < source->wanted.count; i++)
		if (source->wanted.items[i]->fetch.step == FETCH_NEW &&
			source->wanted.items[i]->ended_at != UNKNOWN)
			source->sites[source->wanted.items[i]->site].dead_until = INT64_MIN;
}

/* A picture that came inside of an answer. */
static void follow_picture(struct source *source, size_t index, const struct picture *row,
	const struct wanted_changes *changes)
{
	struct wanted *wanted = wanted_find(&source->wanted, index, row->key);

	if (!row->body && site_links(&source->sites[index]))
		links_put_damaged(source->sites[index].links, row->key);
	if (wanted && row->body)
		wanted_note_have(wanted, changes);
	else if (wanted)
		wanted_note_link(wanted, false, changes->mono_ms);
}

void pictures_follow(struct source *source, size_t index, struct batch *batch)
{
	struct site *site = &source->sites[index];
	struct wanted_changes changes = changes_of(source);

	for (size_t i = 0; i < batch->link_count; i++) {
		const struct link *link = &batch->links[i];
		struct wanted *wanted = wanted_find(&source->wanted, index, link->key);

		if (site_put_link(site, link->key, link->url, link->expires_at) && wanted)
			wanted_note_link(wanted, picture_fetch_is_fresh(link, changes.wall_ms),
				changes.mono_ms);
	}
	batch_forget_links(batch);
	for (size_t i = 0; i < batch->rows[NOUN_PICTURE].count; i++)
		follow_picture(
			source, index, batch_row(batch, NOUN_PICTURE, struct picture, i), &changes);
}

bool pictures_are_idle(const struct source *source)
{
	for (size_t i = 0; i < source->wanted.count; i++)
		if (wanted_is_open(source->wanted.items[i]))
			return false;
	return true;
}
