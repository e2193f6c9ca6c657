/* What the files of the net lane share: source.c, visit.c, follow.c. Not for others. */
#ifndef SOURCE_NETLANE_H
#define SOURCE_NETLANE_H

#include "base/work.h"
#include "source/http.h"
#include "source/poller.h"
#include "source/source.h"
#include "source/url.h"
#include <stdatomic.h>

struct site {
	char *name;
	char *api_key; /* secret; NULL = none */
	char *bucket;  /* NULL = none */
	char *dialect;
	char base[URL_BYTES];
	char host[URL_HOST_BYTES], main_host[URL_HOST_BYTES];
};

struct source {
	struct site *sites;
	size_t site_count;
	int64_t session_limit;
	bool is_once, fetches_deltas;
	source_deliver_fn deliver;
	void *deliver_arg;
	struct poller *poller;
	struct http_client *http;
	struct mailbox *inbox; /* of struct demands */
	struct lane *lane;
	atomic_uint demands_given, demands_seen;
	atomic_bool is_idle;
};

/* ---- visit.c: one request from its start to the batch it became ---- */
void visit_start(struct source *source, struct slot *slot);
void visit_finish(struct source *source, struct slot *slot, const struct response *answer);

/* ---- follow.c: what the rows of an answer mean for the polling of other feeds ---- */
void follow(struct source *source, struct slot *slot, const struct batch *batch);

#endif
