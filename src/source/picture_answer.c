/* Tells pictures, fresh URLs and the several ways to get neither apart. Pure; any thread. */
#include "source/picture_answer.h"
#include "base/text.h"
#include "model/span.h"
#include "source/complaint.h"
#include "source/picture_body.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum { WAIT_DEFAULT_MS = 5000, MEBIBYTE = 1 << 20 };

static void conclude(struct fetch_answer *answer, enum fetch_came came, const char *format, ...)
	__attribute__((format(printf, 3, 4)));

static void conclude(struct fetch_answer *answer, enum fetch_came came, const char *format, ...)
{
	char line[2 * FETCH_REASON_BYTES];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	answer->came = came;
	text_clean(answer->reason, sizeof answer->reason, line, strlen(line));
}

static bool is_success(const struct response *response)
{
	return response->status >= 200 && response->status < 300;
}

static const char *text_of(const struct response *response)
{
	return picture_body_text(
		response->body.data ? response->body.data : "", response->body.len);
}

/* ---- what all three have in common ---- */

/* Whether the exchange itself failed. */
static bool judge_exchange(const struct response *response, bool is_pi, struct fetch_answer *answer)
{
	switch (response->exchange) {
	case EXCHANGE_ANSWERED:
		return false;
	case EXCHANGE_UNREACHABLE:
	case EXCHANGE_TIMEOUT:
		conclude(answer, CAME_UNREACHABLE, "%s", response->reason);
		/* Who redirects is there; it is the storage behind that is not. */
		answer->is_pi = is_pi && !response->is_redirected;
		return true;
	case EXCHANGE_TOO_LARGE:
		conclude(answer, CAME_WRONG, "larger than %d MiB", PICTURE_BODY_MAX / MEBIBYTE);
		answer->is_final = true;
		return true;
	case EXCHANGE_ASTRAY:
		conclude(answer, CAME_WRONG, "redirected astray");
		return true;
	default:
		conclude(answer, CAME_WRONG, "the connection broke off");
		return true;
	}
}

static bool judge_limit(
	const struct response *response, int64_t now_ms, struct fetch_answer *answer)
{
	if (response->status != 429)
		return false;
	conclude(answer, CAME_LIMITED, "asked too often");
	answer->wait_ms = retry_after_ms(response->retry_after, now_ms);
	if (answer->wait_ms == 0)
		answer->wait_ms = WAIT_DEFAULT_MS;
	return true;
}

static void judge_status(const struct response *response, struct fetch_answer *answer)
{
	if (response->status == 401 || response->status == 403)
		conclude(answer, CAME_WRONG, "not authorized");
	else
		conclude(answer, CAME_WRONG, "HTTP %lld", (long long)response->status);
}

/* A body that came with success: damaged pictures are kept, pages are none. */
static void judge_body(const struct response *response, struct fetch_answer *answer)
{
	const char *text = text_of(response);

	if (response->body.len == 0)
		conclude(answer, CAME_WRONG, "it is empty");
	else if (text)
		conclude(answer, CAME_WRONG, "not an image but %s", text);
	else
		conclude(answer, CAME_GOOD, "%s", "");
}

/* ---- a fresh URL ---- */

static int64_t expiry_of(const struct json *data, int64_t now_ms)
{
	int64_t at = json_time(data, "expires_at", NULL, NULL);
	int64_t seconds = json_int(data, "expires_in");

	if (at != UNKNOWN || seconds < 0 || seconds > INT32_MAX)
		return at;
	return time_plus(now_ms, seconds * 1000);
}

/* Both shapes of contracts 1.8.4: under data, or flat. */
static bool read_presigned(const struct json *body, int64_t now_ms, struct presigned *presigned)
{
	const struct json *data =
		json_is_object(json_member(body, "data")) ? json_member(body, "data") : body;
	const char *url = json_raw(data, "url");

	if (!url || json_bool(body, "success") == 0 || !url_can_be_fetched(url))
		return false;
	if (!url_is_absolute(url) && url[0] != '/')
		return false;
	snprintf(presigned->url, sizeof presigned->url, "%s", url);
	explicit_bzero((char *)(uintptr_t)url, strlen(url));
	presigned->expires_at = expiry_of(data, now_ms);
	return true;
}

static void judge_presigned(const struct response *response, int64_t now_ms,
	struct fetch_answer *answer, struct presigned *presigned)
{
	struct json *body = NULL;

	if (response->body.len > 0)
		body = json_parse(response->body.data, response->body.len, NULL);
	if (body && read_presigned(body, now_ms, presigned))
		conclude(answer, CAME_GOOD, "%s", "");
	else
		conclude(answer, CAME_MISSING, "no fresh URL");
	json_free(body);
}

void picture_answer_presign(const struct response *response, int64_t now_ms,
	struct fetch_answer *answer, struct presigned *presigned)
{
	*answer = (struct fetch_answer){.came = CAME_WRONG};
	if (judge_exchange(response, true, answer) || judge_limit(response, now_ms, answer))
		return;
	if (is_success(response))
		judge_presigned(response, now_ms, answer, presigned);
	else if (response->status == 404 || response->status == 405 || response->status == 410 ||
		response->status == 501 || response->status == 503)
		conclude(answer, CAME_MISSING, "HTTP %lld", (long long)response->status);
	else
		judge_status(response, answer);
}

/* ---- a picture ---- */

/* 400 is what some stores say of a token that has expired. */
void picture_answer_get(
	const struct response *response, bool is_pi, int64_t now_ms, struct fetch_answer *answer)
{
	int64_t status = response->status;

	*answer = (struct fetch_answer){.came = CAME_WRONG};
	if (judge_exchange(response, is_pi, answer) || judge_limit(response, now_ms, answer))
		return;
	if (is_success(response))
		judge_body(response, answer);
	else if (status == 404 || status == 410)
		conclude(answer, CAME_GONE, "HTTP %lld", (long long)status);
	else if (status == 403 || status == 401 || status == 400)
		conclude(answer, CAME_REFUSED, "HTTP %lld", (long long)status);
	else
		judge_status(response, answer);
}

/* The proxy names the key of what is gone (E4), and a store behind it speaks XML; any other 404
 * means that there is no proxy. */
static bool is_about_object(const struct response *response)
{
	const char *text = text_of(response);
	struct json *body;
	bool has_key;

	if (text && strcmp(text, "XML") == 0)
		return true;
	if (!text || strcmp(text, "JSON") != 0 || response->body.len > PRESIGN_BODY_MAX)
		return false;
	body = json_parse(response->body.data, response->body.len, NULL);
	has_key = json_is_text(json_member(body, "key"));
	json_free(body);
	return has_key;
}

static bool is_page(const struct response *response)
{
	const char *text = text_of(response);

	return text && strcmp(text, "HTML") == 0;
}

void picture_answer_proxy(
	const struct response *response, int64_t now_ms, struct fetch_answer *answer)
{
	int64_t status = response->status;

	*answer = (struct fetch_answer){.came = CAME_WRONG};
	/* A proxy that takes the request and goes silent waits for the storage itself. */
	if (judge_exchange(response, response->exchange != EXCHANGE_TIMEOUT, answer) ||
		judge_limit(response, now_ms, answer))
		return;
	if ((status == 404 || status == 410) && is_about_object(response))
		conclude(answer, CAME_GONE, "HTTP %lld", (long long)status);
	else if (status == 404 || status == 405 || status == 410 || status == 501 ||
		(is_success(response) && is_page(response)))
		conclude(answer, CAME_MISSING, "this Pi has no image proxy");
	else if (status == 502 || status == 504)
		conclude(answer, CAME_UNREACHABLE, "HTTP %lld", (long long)status);
	else if (is_success(response))
		judge_body(response, answer);
	else
		judge_status(response, answer);
}
