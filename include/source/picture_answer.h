/* What an answer means on the way to a picture. Pure. */
#ifndef SOURCE_PICTURE_ANSWER_H
#define SOURCE_PICTURE_ANSWER_H

#include "source/answer.h"
#include "source/picture_fetch.h"
#include "source/url.h"

enum {
	PICTURE_BODY_MAX = 32 << 20,
	PICTURE_TIMEOUT_MS = 30000,
	PRESIGN_SECONDS = 900,
	PRESIGN_BODY_MAX = 64 << 10
};

/* A fresh URL: a credential. */
struct presigned {
	char url[URL_BYTES];
	int64_t expires_at;
};

/* Of FETCH_PRESIGN, whose URL goes to presigned; of FETCH_GET, where is_pi says that the Pi was
 * asked; and of FETCH_PROXY. */
void picture_answer_presign(const struct response *response, int64_t now_ms,
	struct fetch_answer *answer, struct presigned *presigned);
void picture_answer_get(
	const struct response *response, bool is_pi, int64_t now_ms, struct fetch_answer *answer);
void picture_answer_proxy(
	const struct response *response, int64_t now_ms, struct fetch_answer *answer);

#endif
