/* What is asked next for a picture, and what is said when there is nothing left to ask. Owns
 * nothing; any thread. */
#include "source/picture_fetch.h"
#include "model/span.h"
#include <stdio.h>
#include <string.h>

bool picture_fetch_is_fresh(const struct link *link, int64_t now_ms)
{
	return link->expires_at == UNKNOWN || time_plus(now_ms, FETCH_EXPIRY_MS) < link->expires_at;
}

void picture_fetch_begin(
	struct picture_fetch *fetch, const char *key, const struct link *link, int64_t now_ms)
{
	bool is_damaged = link && !link->url[0];

	*fetch = (struct picture_fetch){.is_object = picture_key_is_object(key)};
	if (is_damaged && !fetch->is_object) {
		fetch->step = FETCH_FAILED;
		fetch->may_link = true;
		snprintf(fetch->words, sizeof fetch->words, "corrupt image data");
		return;
	}
	if (is_damaged)
		link = NULL;
	if (fetch->is_object && (!link || !picture_fetch_is_fresh(link, now_ms)))
		fetch->step = FETCH_PRESIGN;
	else
		fetch->step = link ? FETCH_GET : FETCH_WAIT;
}

/* ---- the end ---- */

static void fail(struct picture_fetch *fetch)
{
	const char *what = fetch->reason;

	fetch->step = FETCH_FAILED;
	fetch->may_retry = fetch->is_pi_unreachable || (fetch->is_unreachable && !fetch->is_gone);
	fetch->may_link = fetch->cannot_refresh && !fetch->has_asked_url;
	if (fetch->is_pi_unreachable)
		what = "cannot reach the Pi";
	else if (fetch->is_gone)
		what = NULL;
	else if (fetch->is_unreachable)
		what = "cannot reach the storage";
	else if (fetch->cannot_refresh)
		what = "cannot refresh";
	if (what)
		snprintf(fetch->words, sizeof fetch->words, "image unavailable: %s", what);
	else
		snprintf(fetch->words, sizeof fetch->words, PICTURE_GONE);
}

void picture_fetch_give_up(struct picture_fetch *fetch)
{
	fetch->step = FETCH_FAILED;
	fetch->may_link = true;
	snprintf(fetch->words, sizeof fetch->words,
		"image unavailable: the Pi no longer says where it is");
}

/* ---- on the way ---- */

static void go_to_proxy(struct picture_fetch *fetch)
{
	if (fetch->is_object && !fetch->has_proxied)
		fetch->step = FETCH_PROXY;
	else
		fail(fetch);
}

static void note_unreachable(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	fetch->is_unreachable = true;
	fetch->is_pi_unreachable = answer->is_pi;
}

static void take_presigned(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	fetch->has_presigned = true;
	switch (answer->came) {
	case CAME_GOOD:
		fetch->step = FETCH_GET;
		break;
	case CAME_UNREACHABLE: /* the Pi, and with it the proxy */
		fetch->is_pi_unreachable = true;
		fail(fetch);
		break;
	case CAME_WRONG:
		go_to_proxy(fetch);
		break;
	default:
		fetch->cannot_refresh = true;
		go_to_proxy(fetch);
		break;
	}
}

static void take_picture(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	fetch->has_asked_url = true;
	fetch->is_gone = answer->came == CAME_GONE;
	fetch->is_unreachable = false;
	switch (answer->came) {
	case CAME_GOOD:
		fetch->step = FETCH_GOOD;
		break;
	case CAME_REFUSED:
	case CAME_GONE:
		if (fetch->is_object && !fetch->has_presigned)
			fetch->step = FETCH_PRESIGN;
		else
			go_to_proxy(fetch);
		break;
	case CAME_UNREACHABLE:
		note_unreachable(fetch, answer);
		if (answer->is_pi)
			fail(fetch);
		else
			go_to_proxy(fetch);
		break;
	default:
		if (answer->is_final)
			fail(fetch);
		else
			go_to_proxy(fetch);
		break;
	}
}

static void take_proxied(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	fetch->has_proxied = true;
	if (answer->came == CAME_GOOD) {
		fetch->step = FETCH_GOOD;
		return;
	}
	if (answer->came == CAME_GONE)
		fetch->is_gone = true;
	else if (answer->came == CAME_UNREACHABLE)
		note_unreachable(fetch, answer);
	fail(fetch);
}

/* Whether the step is to be tried again after a while. */
static bool waits(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	fetch->wait_ms = 0;
	if (answer->came != CAME_LIMITED || fetch->waits == FETCH_WAITS_MAX)
		return false;
	fetch->waits++;
	fetch->wait_ms = answer->wait_ms;
	return true;
}

void picture_fetch_take(struct picture_fetch *fetch, const struct fetch_answer *answer)
{
	struct fetch_answer final = *answer;

	if (waits(fetch, answer))
		return;
	if (answer->came == CAME_LIMITED)
		final.came = CAME_WRONG;
	/* The storage's own words say most. */
	if (final.came != CAME_GOOD && (fetch->step == FETCH_GET || !fetch->reason[0]))
		memcpy(fetch->reason, final.reason, sizeof fetch->reason);
	if (fetch->step == FETCH_PRESIGN)
		take_presigned(fetch, &final);
	else if (fetch->step == FETCH_GET)
		take_picture(fetch, &final);
	else if (fetch->step == FETCH_PROXY)
		take_proxied(fetch, &final);
}
