/* Envelopes and error bodies. Answers own their body; the server's thread. */
#include "sim/answer.h"

#include <string.h>

enum { ANSWER_MAX_BYTES = 512 << 20 };

void answer_init(struct answer *answer)
{
	memset(answer, 0, sizeof *answer);
	answer->status = 200;
	answer->content_type = "application/json";
	buf_init(&answer->body, ANSWER_MAX_BYTES);
}

void answer_release(struct answer *answer)
{
	buf_release(&answer->body);
}

static struct emit start(struct answer *answer, const struct request *request)
{
	bool is_field = request->site->world.dialect == DIALECT_FIELD;
	struct emit emit = {
		.out = &answer->body,
		.fraction_digits = is_field ? 9 : 3,
		.has_bad_record = request->wants_bad_record,
	};

	buf_clear(&answer->body);
	return emit;
}

void answer_error(struct answer *answer, unsigned status, const char *message)
{
	struct emit emit = {.out = &answer->body};

	buf_clear(&answer->body);
	answer->status = status;
	emit_object(&emit, NULL);
	emit_text(&emit, "error", message);
	emit_object_end(&emit);
}

static void close_envelope(struct emit *emit, const struct request *request)
{
	emit_text(emit,
		request->site->world.dialect == DIALECT_DASHBOARD ? "request_id" : "correlation_id",
		request->request_id);
	emit_time(emit, "timestamp", request->wall_ms);
	emit_object_end(emit);
}

void answer_error_code(struct answer *answer, const struct request *request, unsigned status,
	const char *code, const char *message, int64_t retry_seconds)
{
	struct emit emit = start(answer, request);

	answer->status = status;
	emit_object(&emit, NULL);
	emit_bool(&emit, "success", false);
	emit_object(&emit, "error");
	emit_text(&emit, "code", code);
	emit_text(&emit, "message", message);
	emit_bool(&emit, "retryable", status >= 429);
	if (retry_seconds > 0)
		emit_int(&emit, "retry_after_seconds", retry_seconds);
	emit_object_end(&emit);
	close_envelope(&emit, request);
}

void answer_unauthorized(struct answer *answer, const struct request *request)
{
	struct emit emit = start(answer, request);

	answer->status = 401;
	emit_object(&emit, NULL);
	emit_bool(&emit, "success", false);
	emit_text(&emit, "error", "missing or invalid API key");
	emit_text(&emit, "code", "UNAUTHORIZED");
	emit_bool(&emit, "retryable", false);
	emit_text(&emit, "correlation_id", request->request_id);
	emit_time(&emit, "timestamp", request->wall_ms);
	emit_object_end(&emit);
}

void answer_key_error(struct answer *answer, unsigned status, const char *message, const char *key)
{
	struct emit emit = {.out = &answer->body};

	buf_clear(&answer->body);
	answer->status = status;
	emit_object(&emit, NULL);
	emit_text(&emit, "error", message);
	emit_text(&emit, "key", key);
	emit_object_end(&emit);
}

void answer_index_page(struct answer *answer)
{
	buf_clear(&answer->body);
	answer->status = 200;
	answer->content_type = "text/html; charset=utf-8";
	buf_text(&answer->body,
		"<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
		"<title>Pi Dashboard</title></head>\n"
		"<body><div id=\"root\"></div><script type=\"module\" "
		"src=\"/assets/index.js\"></script></body></html>\n");
}

void answer_error_page(struct answer *answer, const char *method, const char *path)
{
	buf_clear(&answer->body);
	answer->status = 404;
	answer->content_type = "text/html; charset=utf-8";
	buf_printf(&answer->body,
		"<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
		"<title>Error</title>\n</head>\n<body>\n<pre>Cannot %s %.*s</pre>\n</body>\n"
		"</html>\n",
		method, (int)strcspn(path, "<>&\""), path);
}

void answer_storage_error(
	struct answer *answer, unsigned status, const char *code, const char *message)
{
	buf_clear(&answer->body);
	answer->status = status;
	answer->content_type = "application/xml";
	buf_printf(&answer->body,
		"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>%s</Code>"
		"<Message>%s</Message><RequestId>17A0</RequestId></Error>",
		code, message);
}

struct emit answer_bare(struct answer *answer, const struct request *request)
{
	return start(answer, request);
}

struct emit answer_envelope(struct answer *answer, const struct request *request)
{
	struct emit emit = start(answer, request);

	emit_object(&emit, NULL);
	emit_bool(&emit, "success", true);
	if (request->site->world.dialect != DIALECT_DASHBOARD)
		emit_text(&emit, "status", "success");
	return emit;
}

void answer_mark_stable(struct answer *answer)
{
	if (answer->stable_bytes == 0)
		answer->stable_bytes = answer->body.len;
}

void answer_envelope_end(struct answer *answer, const struct request *request, struct emit *emit)
{
	answer_mark_stable(answer);
	close_envelope(emit, request);
}
