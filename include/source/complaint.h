/* What the body of an error says, in any of the envelopes E1 to E4 (contracts 1.4), and the header
 * fields that tell time. Pure. */
#ifndef SOURCE_COMPLAINT_H
#define SOURCE_COMPLAINT_H

#include "base/err.h"
#include "source/json.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { COMPLAINT_CODE_BYTES = 64, COMPLAINT_ID_BYTES = 128 };

struct complaint {
	char code[COMPLAINT_CODE_BYTES]; /* all clean, "" when there is none */
	char request_id[COMPLAINT_ID_BYTES];
	struct err message;
	int64_t wait_ms; /* retry_after_seconds, capped to an hour; 0 = none */
	bool is_retryable;
};

/* error may be an object, a text, or not there. body NULL gives an empty one. */
void complaint_read(struct complaint *complaint, const struct json *body);

/* ": the words of the code (the server's message)", whatever there is of it. is_short: only the
 * message, where there is one. */
void complaint_describe(const struct complaint *complaint, bool is_short, struct err *dst);

/* Cleaned copy of raw (NULL leaves dst alone). */
void complaint_copy(char *dst, size_t dst_bytes, const char *raw);

/* "Wed, 18 Feb 2026 09:15:02 GMT" */
bool http_date_ms(const char *text, int64_t *ms);

/* Retry-After: "120" or an HTTP date, in milliseconds from now, 0..1 h; 0 when it is neither. */
int64_t retry_after_ms(const char *header, int64_t now_ms);

#endif
