/* What came back for one request, and what it means (contracts 1.3 to 1.6). Pure: no network. */
#ifndef SOURCE_ANSWER_H
#define SOURCE_ANSWER_H

#include "base/buf.h"
#include "base/err.h"
#include "source/complaint.h"
#include "source/feeds.h"
#include "source/json.h"
#include <stdbool.h>
#include <stdint.h>

/* How far the exchange got. */
enum exchange {
	EXCHANGE_ANSWERED,    /* status, headers and body are there */
	EXCHANGE_UNREACHABLE, /* no connection: refused, unknown name, TLS */
	EXCHANGE_BROKEN,      /* the connection ended in the middle */
	EXCHANGE_TIMEOUT,
	EXCHANGE_TOO_LARGE,
	EXCHANGE_ASTRAY /* redirected too often or to where opsglass does not go */
};

enum { ANSWER_HEADER_BYTES = 128, ANSWER_ETAG_BYTES = 200 };

struct response {
	enum exchange exchange;
	char reason[ANSWER_HEADER_BYTES]; /* of a failed exchange: clean words */
	int64_t status;                   /* 0 = none */
	int64_t latency_ms;
	bool is_redirected;                     /* it came, or failed to come, from elsewhere */
	char content_type[ANSWER_HEADER_BYTES]; /* headers are as sent: not clean */
	char retry_after[ANSWER_HEADER_BYTES];
	char request_id[ANSWER_HEADER_BYTES];
	char date[ANSWER_HEADER_BYTES];
	char etag[ANSWER_ETAG_BYTES];
	struct buf body;
};

void response_init(struct response *answer, size_t max_body_bytes);
void response_release(struct response *answer);

/* What the poller does next. */
enum outcome {
	OUTCOME_OK,
	OUTCOME_SAME,    /* 304: what is known is still so */
	OUTCOME_ABSENT,  /* the item is not there; that is an answer */
	OUTCOME_MISSING, /* the endpoint is not offered: try the alternative, or probe again later
			  */
	OUTCOME_RETRY,   /* may pass: try again within this poll */
	OUTCOME_WAIT,    /* the server named a time */
	OUTCOME_STOP,    /* not authorized: only a person can change that */
	OUTCOME_WRONG    /* the next poll may do better */
};

struct verdict {
	enum outcome outcome;
	const char *state;   /* one of feed_states */
	bool is_answered;    /* the host lives: there was an HTTP answer */
	bool is_unreachable; /* no connection at all */
	bool is_silent;      /* no answer in time */
	bool is_limited;     /* 429 */
	int64_t wait_ms;     /* that the server asked for, capped; 0 = it did not */
	int64_t skew_ms;     /* server's Date minus ours; UNKNOWN without one */
	int64_t http_status;
	int64_t latency_ms;
	char code[COMPLAINT_CODE_BYTES];
	char error[ERR_TEXT_BYTES]; /* one line, clean; "" when all is well */
	char request_id[COMPLAINT_ID_BYTES];
	struct json *body; /* of OUTCOME_OK; owned */
};

/* What must be known of the request. */
struct asked {
	const struct feed_def *def;
	const char *path; /* without query: may be shown */
	const char *host; /* "10.0.0.5:8082" */
	bool had_key;
	int64_t now_ms; /* wall clock */
};

/* Fills verdict; verdict_release frees its body. */
void answer_judge(
	const struct response *answer, const struct asked *asked, struct verdict *verdict);
void verdict_release(struct verdict *verdict);

/* The decoder refused a body that answer_judge accepted. */
void verdict_refuse(struct verdict *verdict, const char *why);

/* The verdict without looking at the body: it is, byte for byte, a good one seen before. */
void answer_judge_same(
	const struct response *answer, const struct asked *asked, struct verdict *verdict);

#endif
