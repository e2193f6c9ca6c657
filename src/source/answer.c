/* Decides what an answer means, in the exact order of contracts 1.3, with the envelopes of 1.4 and
 * the statuses of 1.5. Pure; any thread. */
#include "source/answer.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/complaint.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum {
	WAIT_DEFAULT_MS = 30000,     /* 429 and 503 without a hint */
	WAIT_RETRYABLE_MS = 5000,    /* other errors that call themselves retryable */
	ERROR_BODY_BYTES = 64 << 10, /* an error's body beyond this is not looked at */
	MEBIBYTE = 1 << 20
};

/* What a status means when the body says nothing better; the first row that fits. */
static const struct rule {
	int low, high;
	enum outcome outcome;
	const char *state;
	const char *words; /* NULL = only the status and what the server says */
} rules[] = {
	{401, 401, OUTCOME_STOP, "unauthorized", NULL},
	{403, 403, OUTCOME_STOP, "forbidden", "forbidden"},
	{404, 404, OUTCOME_MISSING, "not_offered", NULL},
	{405, 405, OUTCOME_MISSING, "not_offered", NULL},
	{408, 408, OUTCOME_RETRY, "failing", "the Pi gave up waiting"},
	{410, 410, OUTCOME_ABSENT, "not_found", "expired"},
	{429, 429, OUTCOME_WAIT, "rate_limited", "rate limited"},
	{501, 501, OUTCOME_MISSING, "not_offered", NULL},
	{503, 503, OUTCOME_WAIT, "unavailable", "service unavailable"},
	{500, 599, OUTCOME_RETRY, "failing", NULL},
	{0, 999, OUTCOME_WRONG, "failing", NULL},
};

/* What an error code means, whatever the status it came with. */
static const struct code_rule {
	const char *code;
	enum outcome outcome;
	const char *state;
} code_rules[] = {
	{"UNAUTHORIZED", OUTCOME_STOP, "unauthorized"},
	{"TOTP_INVALID", OUTCOME_STOP, "unauthorized"},
	{"TOTP_EXPIRED", OUTCOME_STOP, "unauthorized"},
	{"RATE_LIMITED", OUTCOME_WAIT, "rate_limited"},
	{"ONBOARD_RATE_LIMITED", OUTCOME_WAIT, "rate_limited"},
	{"SERVICE_UNAVAILABLE", OUTCOME_WAIT, "unavailable"},
	{"CIRCUIT_OPEN", OUTCOME_WAIT, "unavailable"},
	{"MQTT_UNAVAILABLE", OUTCOME_WAIT, "unavailable"},
	{"NETWORK_ERROR", OUTCOME_WAIT, "unavailable"},
	{"CAMERA_OFFLINE", OUTCOME_WAIT, "unavailable"},
	{"SESSION_NOT_FOUND", OUTCOME_ABSENT, "not_found"},
	{"SESSION_EXPIRED", OUTCOME_ABSENT, "not_found"},
	{"DEVICE_NOT_FOUND", OUTCOME_ABSENT, "not_found"},
	{"CAMERA_NOT_FOUND", OUTCOME_ABSENT, "not_found"},
	{"CONTAINER_NOT_FOUND", OUTCOME_ABSENT, "not_found"},
	{"INVENTORY_NOT_FOUND", OUTCOME_ABSENT, "not_found"},
};

void response_init(struct response *answer, size_t max_body_bytes)
{
	*answer = (struct response){0};
	buf_init(&answer->body, max_body_bytes);
}

void response_release(struct response *answer)
{
	buf_release(&answer->body);
}

void verdict_release(struct verdict *verdict)
{
	json_free(verdict->body);
	verdict->body = NULL;
}

/* ---- headers ---- */

static int64_t skew_of(const struct response *answer, int64_t now_ms)
{
	int64_t date;

	return http_date_ms(answer->date, &date) ? date - now_ms : UNKNOWN;
}

static char first_byte(const struct buf *body)
{
	size_t at = 0;

	while (at < body->len && strchr(" \t\r\n", body->data[at]) && body->data[at])
		at++;
	return at < body->len ? body->data[at] : '\0';
}

static bool is_html(const struct response *answer)
{
	return strcasestr(answer->content_type, "text/html") || first_byte(&answer->body) == '<';
}

static bool is_json(const struct response *answer)
{
	char first = first_byte(&answer->body);

	return first == '{' || first == '[' || strcasestr(answer->content_type, "application/json");
}

/* ---- the exchange failed ---- */

static void conclude(struct verdict *verdict, enum outcome outcome, const char *state)
{
	verdict->outcome = outcome;
	verdict->state = state;
}

static void say(struct verdict *verdict, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void say(struct verdict *verdict, const char *format, ...)
{
	char line[2 * ERR_TEXT_BYTES];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(line, sizeof line, format, arguments);
	va_end(arguments);
	/* again: a part may have been cut inside a character */
	text_clean(verdict->error, sizeof verdict->error, line, strlen(line));
}

static void judge_too_large(const struct asked *asked, struct verdict *verdict)
{
	conclude(verdict, OUTCOME_WRONG, "too_large");
	say(verdict, "answer larger than %zu MiB", asked->def->max_bytes / MEBIBYTE);
}

static bool is_recorder(const struct asked *asked)
{
	return asked->def->dialect && strcmp(asked->def->dialect, "omnisight") == 0;
}

static const char *server_of(const struct asked *asked)
{
	return is_recorder(asked) ? "the recorder" : "the Pi";
}

static void judge_failed_exchange(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	switch (answer->exchange) {
	case EXCHANGE_TIMEOUT:
		conclude(verdict, OUTCOME_WRONG, "timeout");
		verdict->is_silent = answer->status == 0;
		say(verdict, "no answer within %lld s", (long long)asked->def->timeout_ms / 1000);
		break;
	case EXCHANGE_TOO_LARGE:
		judge_too_large(asked, verdict);
		break;
	case EXCHANGE_ASTRAY:
		conclude(verdict, OUTCOME_WRONG, "bad_answer");
		say(verdict, "redirected astray: %s", answer->reason);
		break;
	case EXCHANGE_BROKEN:
		conclude(verdict, OUTCOME_RETRY, "failing");
		say(verdict, "the connection broke off: %s", answer->reason);
		break;
	default:
		conclude(verdict, OUTCOME_RETRY, "failing");
		verdict->is_unreachable = true;
		say(verdict, "cannot reach %s at %s: %s", server_of(asked), asked->host,
			answer->reason);
		break;
	}
}

/* ---- errors in words ---- */

static const struct rule *rule_of(int64_t status)
{
	const struct rule *rule = rules;

	while (rule->high < 999 && (status < rule->low || status > rule->high))
		rule++;
	return rule;
}

static const struct code_rule *code_rule_of(const char *code)
{
	for (size_t i = 0; i < sizeof code_rules / sizeof code_rules[0]; i++)
		if (strcasecmp(code_rules[i].code, code) == 0)
			return &code_rules[i];
	return NULL;
}

static void say_failure(const struct asked *asked, const struct rule *rule,
	const struct complaint *complaint, struct verdict *verdict)
{
	bool is_unauthorized = strcmp(verdict->state, "unauthorized") == 0;
	struct err err;
	const char *details = err.text;

	complaint_describe(complaint, rule && rule->words, &err);
	if (verdict->outcome == OUTCOME_MISSING)
		say(verdict, "%s does not offer %s (%s)",
			is_recorder(asked) ? "the recorder" : "this Pi's software",
			asked->def->label, asked->path);
	else if (is_unauthorized && is_recorder(asked))
		say(verdict, "not authorized at %s%s", asked->host, details);
	else if (is_unauthorized && !asked->had_key)
		say(verdict, "not authorized - %s needs an API key", asked->host);
	else if (is_unauthorized)
		say(verdict,
			"not authorized - check the API key and the Pi's link to BridgeServer");
	else if (verdict->outcome == OUTCOME_ABSENT && details[0])
		say(verdict, "%s", details + 2);
	else if (verdict->outcome == OUTCOME_ABSENT)
		say(verdict, "%s does not have it (HTTP %lld)", server_of(asked),
			(long long)verdict->http_status);
	else if (rule && rule->words)
		say(verdict, "%s%s", rule->words, details);
	else if (rule)
		say(verdict, "HTTP %lld%s", (long long)verdict->http_status, details);
	else
		say(verdict, "%s%s", details[0] ? details + 2 : server_of(asked),
			details[0] ? "" : " reports an error");
}

/* Takes over what the body of an error says, and gives it. */
static struct complaint hear(const struct json *body, struct verdict *verdict)
{
	struct complaint complaint;

	complaint_read(&complaint, body);
	memcpy(verdict->code, complaint.code, sizeof verdict->code);
	memcpy(verdict->request_id, complaint.request_id, sizeof verdict->request_id);
	verdict->wait_ms = complaint.wait_ms;
	return complaint;
}

static void settle_wait(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	if (verdict->wait_ms == 0)
		verdict->wait_ms = retry_after_ms(answer->retry_after, asked->now_ms);
	if (verdict->outcome == OUTCOME_WAIT && verdict->wait_ms == 0)
		verdict->wait_ms = WAIT_DEFAULT_MS;
}

/* Of a status that is not 2xx, with the parsed body or NULL. */
static void judge_status(const struct response *answer, const struct asked *asked,
	const struct json *body, struct verdict *verdict)
{
	const struct rule *rule = rule_of(answer->status);
	const struct complaint complaint = hear(body, verdict);
	const struct code_rule *by_code = code_rule_of(complaint.code);

	conclude(verdict, rule->outcome, rule->state);
	if (by_code && (answer->status == 404 || answer->status >= 500))
		conclude(verdict, by_code->outcome, by_code->state);
	else if (answer->status == 404 && asked->def->flags & FEED_ITEM)
		conclude(verdict, OUTCOME_ABSENT, "not_found");
	verdict->is_limited = answer->status == 429;
	settle_wait(answer, asked, verdict);
	say_failure(asked, rule, &complaint, verdict);
}

/* 200 with success:false (edge case 5). */
static void judge_application_error(const struct response *answer, const struct asked *asked,
	const struct json *body, struct verdict *verdict)
{
	const struct complaint complaint = hear(body, verdict);
	const struct code_rule *by_code = code_rule_of(complaint.code);

	if (by_code)
		conclude(verdict, by_code->outcome, by_code->state);
	else
		conclude(verdict, OUTCOME_WRONG, "failing");
	verdict->is_limited = strcmp(verdict->state, "rate_limited") == 0;
	settle_wait(answer, asked, verdict);
	if (verdict->wait_ms == 0 && complaint.is_retryable)
		verdict->wait_ms = WAIT_RETRYABLE_MS;
	if (verdict->outcome == OUTCOME_WRONG && verdict->wait_ms > 0)
		verdict->outcome = OUTCOME_WAIT;
	say_failure(asked, NULL, &complaint, verdict);
}

/* The page of a single-page app means that the endpoint is not there; a proxy's error page only
 * that the Pi is not well (edge cases 1, 2). Never tried again within the poll. */
static void judge_html(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	const struct rule *rule = rule_of(answer->status);
	bool is_page = answer->status < 300 || rule->outcome == OUTCOME_MISSING;
	const struct complaint silence = {.wait_ms = 0};

	conclude(verdict, rule->outcome, rule->state);
	if (is_page)
		conclude(verdict, OUTCOME_MISSING, "not_offered");
	else if (rule->outcome == OUTCOME_RETRY)
		verdict->outcome = OUTCOME_WRONG;
	verdict->is_limited = answer->status == 429;
	settle_wait(answer, asked, verdict);
	if (verdict->outcome == OUTCOME_WRONG)
		say(verdict, "an HTML page instead of data (HTTP %lld)", (long long)answer->status);
	else
		say_failure(asked, rule, &silence, verdict);
}

/* ---- a body ---- */

static void judge_good_body(const struct response *answer, const struct asked *asked,
	struct json *body, struct verdict *verdict)
{
	verdict->body = body;
	if (json_bool(body, "success") != 0) {
		conclude(verdict, OUTCOME_OK, "ok");
		complaint_copy(verdict->request_id, sizeof verdict->request_id,
			json_raw(body, "request_id"));
		return;
	}
	judge_application_error(answer, asked, body, verdict);
	verdict_release(verdict);
}

static void judge_success(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	struct err err = {""};
	struct json *body;

	if (answer->body.len == 0 || !is_json(answer)) {
		conclude(verdict, OUTCOME_WRONG, "bad_answer");
		say(verdict,
			answer->body.len == 0 ? "answer is empty (HTTP %lld)"
					      : "answer is neither JSON nor HTML (HTTP %lld)",
			(long long)answer->status);
		return;
	}
	body = json_parse(answer->body.data, answer->body.len, &err);
	if (body) {
		judge_good_body(answer, asked, body, verdict);
		return;
	}
	conclude(verdict, OUTCOME_RETRY, "bad_answer");
	say(verdict, "%s", err.text);
}

static void judge_failure(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	struct json *body = NULL;

	if (first_byte(&answer->body) == '{' && answer->body.len <= ERROR_BODY_BYTES)
		body = json_parse(answer->body.data, answer->body.len, NULL);
	if (answer->status == 503 && asked->def->flags & FEED_BODY_OF_503 &&
		json_is_text(json_member(body, "status")) && json_bool(body, "success") != 0) {
		judge_good_body(answer, asked, body, verdict);
		return;
	}
	judge_status(answer, asked, body, verdict);
	json_free(body);
}

static void begin(const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	*verdict = (struct verdict){
		.is_answered = answer->status > 0,
		.skew_ms = skew_of(answer, asked->now_ms),
		.http_status = answer->status,
		.latency_ms = answer->latency_ms,
	};
}

void answer_judge(const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	begin(answer, asked, verdict);
	if (answer->exchange != EXCHANGE_ANSWERED)
		judge_failed_exchange(answer, asked, verdict);
	else if (answer->status == 304)
		conclude(verdict, OUTCOME_SAME, "ok");
	else if (is_html(answer))
		judge_html(answer, asked, verdict);
	else if (answer->status >= 200 && answer->status < 300)
		judge_success(answer, asked, verdict);
	else
		judge_failure(answer, asked, verdict);
	if (answer->request_id[0])
		complaint_copy(verdict->request_id, sizeof verdict->request_id, answer->request_id);
}

void answer_judge_same(
	const struct response *answer, const struct asked *asked, struct verdict *verdict)
{
	begin(answer, asked, verdict);
	conclude(verdict, OUTCOME_SAME, "ok");
	complaint_copy(verdict->request_id, sizeof verdict->request_id, answer->request_id);
}

void verdict_refuse(struct verdict *verdict, const char *why)
{
	conclude(verdict, OUTCOME_WRONG, "bad_answer");
	say(verdict, "%s", why);
}
