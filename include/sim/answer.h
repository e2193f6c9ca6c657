/* A request as the handlers see it, the answer they write, and the error bodies of contracts 1.4.
 */
#ifndef SIM_ANSWER_H
#define SIM_ANSWER_H

#include "base/buf.h"
#include "sim/desk.h"
#include "sim/emit.h"
#include "sim/options.h"
#include "sim/scene.h"

enum { REQUEST_PATH_BYTES = 1024, REQUEST_ID_BYTES = 24, HOST_BYTES = 128 };

/* One simulated Pi. Owns its desk; borrows the rest. */
struct site {
	struct world world;
	struct desk *desk;
	struct gallery *gallery;
	const struct sim_options *options;
	char address[HOST_BYTES]; /* "127.0.0.1:8082" */
	int64_t born_ms;          /* wall clock */
	int64_t last_session_call_ms;
	int64_t requests;
};

struct request {
	struct site *site;
	char method[12];
	char path[REQUEST_PATH_BYTES]; /* as it came, still percent-encoded */
	const char *query;             /* behind the '?', or "" */
	char host[HOST_BYTES];
	char api_key[HOST_BYTES * 2]; /* "" when none came */
	char if_none_match[64];
	const char *body;
	size_t body_bytes;
	char id[REQUEST_PATH_BYTES]; /* what {} or {*} of the route stands for, decoded */
	int64_t wall_ms;
	int64_t now_ms; /* of the world, which may stand still */
	char request_id[REQUEST_ID_BYTES];
	bool wants_bad_record;
	bool wants_bare;
};

/* How the bytes go out. */
enum delivery {
	DELIVER_PLAIN,
	DELIVER_RESET,
	DELIVER_HANG,
	DELIVER_SLOW,
	DELIVER_STALL,
	DELIVER_TRUNCATED,
	DELIVER_HUGE
};

struct answer {
	unsigned status;
	const char *content_type;
	struct buf body;
	size_t stable_bytes; /* of body: what an ETag vouches for; 0: no ETag */
	char etag[24];
	int64_t retry_after_seconds; /* header; 0: none */
	enum delivery delivery;
	int64_t delivery_arg;
};

/* How long URLs signed now are good. asked: by the client, 0 = it did not say. */
int64_t request_url_seconds(const struct request *request, int64_t asked);

void answer_init(struct answer *answer);
void answer_release(struct answer *answer);

/* Query value of a name, decoded; false when it is absent or too long. */
bool request_query(const struct request *request, const char *name, char *dst, size_t dst_bytes);
/* The same as a number in low..high, or otherwise. */
int64_t request_query_int(const struct request *request, const char *name, int64_t low,
	int64_t high, int64_t otherwise);
/* Decodes percent-escapes; false when it does not fit or an escape is broken. */
bool request_decode(char *dst, size_t dst_bytes, const char *src, size_t src_bytes);

/* E1: {error}. */
void answer_error(struct answer *answer, unsigned status, const char *message);
/* E2: {success:false,error:{code,...}}; retry_seconds 0: no hint. */
void answer_error_code(struct answer *answer, const struct request *request, unsigned status,
	const char *code, const char *message, int64_t retry_seconds);
/* E3: what the key check says. */
void answer_unauthorized(struct answer *answer, const struct request *request);
/* E4: what the image proxy says. */
void answer_key_error(struct answer *answer, unsigned status, const char *message, const char *key);
/* The web interface's index page. */
void answer_index_page(struct answer *answer);
/* What a service without such a route says: a page (contracts 5.10). */
void answer_error_page(struct answer *answer, const char *method, const char *path);
/* What an S3 store says. */
void answer_storage_error(
	struct answer *answer, unsigned status, const char *code, const char *message);

/* A writer for the answer, without any envelope (OK-3). */
struct emit answer_bare(struct answer *answer, const struct request *request);
/* OK-1 and OK-5: {success, data: ...}: the caller writes one value with key "data". */
struct emit answer_envelope(struct answer *answer, const struct request *request);
/* What follows is no reason for a new ETag. */
void answer_mark_stable(struct answer *answer);
void answer_envelope_end(struct answer *answer, const struct request *request, struct emit *emit);

#endif
