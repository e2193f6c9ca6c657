/* Fuzzes the judging of answers. Input: one byte for the feed, two for the status, one for how far
 * the exchange got; then lines: content type, Retry-After, X-Request-Id, Date; then the body. */
#include "base/text.h"
#include "model/feed.h"
#include "source/answer.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_BYTES = 4 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static void check_text(const char *text)
{
	char clean[1024];
	size_t bytes = strlen(text);

	claim(bytes < ERR_TEXT_BYTES, "bounded");
	claim(text_clean(clean, sizeof clean, text, bytes) == bytes && strcmp(clean, text) == 0,
		"clean");
}

static bool is_feed_state(const char *state)
{
	for (size_t i = 0; feed_states[i]; i++)
		if (strcmp(feed_states[i], state) == 0)
			return true;
	return false;
}

static void check(const struct verdict *verdict)
{
	bool is_good = verdict->outcome == OUTCOME_OK || verdict->outcome == OUTCOME_SAME;

	claim(verdict->state && is_feed_state(verdict->state), "a known state");
	claim(is_good == (strcmp(verdict->state, "ok") == 0), "ok only when good");
	claim(is_good == (verdict->error[0] == '\0'), "an error exactly when not good");
	claim((verdict->body != NULL) == (verdict->outcome == OUTCOME_OK), "a body when good");
	claim(verdict->wait_ms >= 0 && verdict->wait_ms <= 3600000, "a bounded wait");
	claim(verdict->outcome != OUTCOME_WAIT || verdict->wait_ms > 0, "a wait has a length");
	check_text(verdict->error);
	check_text(verdict->code);
	check_text(verdict->request_id);
}

/* The next line into dst; moves on. */
static void take_line(char dst[ANSWER_HEADER_BYTES], const char **at, const char *end)
{
	const char *newline = memchr(*at, '\n', (size_t)(end - *at));
	size_t bytes = (size_t)((newline ? newline : end) - *at);
	size_t kept = bytes < ANSWER_HEADER_BYTES ? bytes : ANSWER_HEADER_BYTES - 1;

	memcpy(dst, *at, kept);
	dst[kept] = '\0';
	*at += bytes + (newline != NULL);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	text_init();
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *at = (const char *)data + HEAD_BYTES, *end = (const char *)data + size;
	struct response response;
	struct verdict verdict;
	struct asked asked = {.path = "/api/x", .host = "pi:8082", .now_ms = 1771406100000};

	if (size < HEAD_BYTES)
		return 0;
	asked.def = &feed_defs[data[0] % feed_def_count];
	asked.had_key = data[0] & 0x80;
	response_init(&response, 1 << 20);
	response.status = (data[1] << 8 | data[2]) % 1000;
	response.exchange = (enum exchange)(data[3] % (EXCHANGE_ASTRAY + 1));
	take_line(response.content_type, &at, end);
	take_line(response.retry_after, &at, end);
	take_line(response.request_id, &at, end);
	take_line(response.date, &at, end);
	buf_append(&response.body, at, (size_t)(end - at));
	answer_judge(&response, &asked, &verdict);
	check(&verdict);
	verdict_release(&verdict);
	response_release(&response);
	return 0;
}
