/* Presigned URLs of the object store: signed, and good for a while. The signature is a keyed hash,
 * not AWS's. Pure. */
#ifndef SIM_PRESIGN_H
#define SIM_PRESIGN_H

#include "base/buf.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define PRESIGN_BUCKET "delicasa-evidence"

enum { PRESIGN_DEFAULT_SECONDS = 900, PRESIGN_MAX_SECONDS = 3600, PRESIGN_URL_BYTES = 1024 };

/* Appends http://<host>/<bucket>/<key>?X-Amz-... to url. now_ms is the wall clock: time for URLs
 * does not stand still when the world does. Returns when it expires. */
int64_t presign_url(struct buf *url, uint64_t seed, const char *host, const char *key,
	int64_t now_ms, int64_t seconds);

enum presign_verdict { PRESIGN_GOOD, PRESIGN_UNSIGNED, PRESIGN_ALTERED, PRESIGN_EXPIRED };

/* path: as it was requested, /<bucket>/<key>; query: what came after '?', or "". */
enum presign_verdict presign_check(
	uint64_t seed, const char *path, const char *query, int64_t now_ms);

#endif
