/* Reads what servers say when they fail. Pure; any thread. */
#include "source/complaint.h"
#include "base/text.h"
#include "model/error_code.h"
#include "source/signature.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { WAIT_MAX_MS = 3600000 };

bool http_date_ms(const char *text, int64_t *ms)
{
	struct tm tm = {0};
	const char *rest = strptime(text, "%a, %d %b %Y %H:%M:%S GMT", &tm);

	if (!rest || *rest)
		return false;
	*ms = (int64_t)timegm(&tm) * 1000;
	return true;
}

static int64_t between(int64_t low, int64_t value, int64_t high)
{
	return value < low ? low : value > high ? high : value;
}

int64_t retry_after_ms(const char *header, int64_t now_ms)
{
	int64_t value;

	if (text_to_int64(header, &value))
		return between(0, value, WAIT_MAX_MS / 1000) * 1000;
	return http_date_ms(header, &value) ? between(0, value - now_ms, WAIT_MAX_MS) : 0;
}

void complaint_copy(char *dst, size_t dst_bytes, const char *raw)
{
	if (!raw)
		return;
	text_clean(dst, dst_bytes, raw, strlen(raw));
	signature_hide(dst);
}

static const char *raw_message(const struct json *body)
{
	const struct json *error = json_value(body, "error");
	const char *message = json_raw(error, "message");

	if (!message)
		message = json_raw_of(error);
	return message ? message : json_raw(body, "message");
}

static const char *raw_code(const struct json *body)
{
	const char *code = json_raw(json_value(body, "error"), "code");

	return code ? code : json_raw(body, "code");
}

static const char *raw_request_id(const struct json *body)
{
	const char *id = json_raw(body, "request_id");

	return id ? id : json_raw(body, "correlation_id");
}

static int64_t wait_of(const struct json *body)
{
	double seconds = json_real(json_value(body, "error"), "retry_after_seconds");

	if (!(seconds > 0))
		seconds = json_real(body, "retry_after_seconds");
	if (!(seconds > 0))
		return 0;
	return seconds * 1000 < WAIT_MAX_MS ? (int64_t)(seconds * 1000) : WAIT_MAX_MS;
}

void complaint_read(struct complaint *complaint, const struct json *body)
{
	*complaint = (struct complaint){.wait_ms = wait_of(body)};
	complaint->is_retryable = json_bool(json_value(body, "error"), "retryable") == 1;
	complaint_copy(complaint->code, sizeof complaint->code, raw_code(body));
	complaint_copy(complaint->message.text, sizeof complaint->message.text, raw_message(body));
	complaint_copy(complaint->request_id, sizeof complaint->request_id, raw_request_id(body));
}

void complaint_describe(const struct complaint *complaint, bool is_short, struct err *dst)
{
	const char *known = error_code_text(complaint->code);
	const char *said = complaint->message.text[0] ? complaint->message.text : NULL;

	if (known && said && !is_short && !strcasestr(known, said)) {
		snprintf(dst->text, sizeof dst->text, ": %s (%.150s)", known, said);
		return;
	}
	if (!known || (said && is_short))
		known = said ? said : complaint->code;
	snprintf(dst->text, sizeof dst->text, "%s%.200s", known[0] ? ": " : "", known);
}
