/* What the files of the net lane share: source.c, visit.c, follow.c, picture_lane.c. Not for
 * others.
 */
#ifndef SOURCE_NETLANE_H
#define SOURCE_NETLANE_H

#include "base/work.h"
#include "source/http.h"
#include "source/links.h"
#include "source/poller.h"
#include "source/source.h"
#include "source/url.h"
#include "source/wanted.h"
#include <stdatomic.h>

struct site {
	char *name;
	char *api_key; /* secret; NULL = none */
	char *bucket;  /* NULL = none */
	char *dialect;
	char *thumbnails;               /* URL below which a recorder's are; NULL = nowhere */
	struct recorder_lane *recorder; /* of kind omnisight; NULL = a Pi */
	char base[URL_BYTES];
	char host[URL_HOST_BYTES], main_host[URL_HOST_BYTES];
	struct links *links;               /* NULL = none yet */
	char dead_storage[URL_HOST_BYTES]; /* could not be reached just now; "" = none */
	int64_t dead_until;                /* monotonic */
};

struct orders;

struct source {
	struct site *sites;
	size_t site_count;
	int64_t session_limit;
	bool is_once, fetches_deltas;
	source_deliver_fn deliver;
	void *deliver_arg;
	struct poller *poller;
	struct wanted_list wanted;
	struct http_client *http;
	struct mailbox *inbox;           /* of struct orders: demands */
	_Atomic(struct orders *) wishes; /* the newest, not yet taken; only they count */
	struct lane *lane;
	atomic_uint orders_given, orders_seen;
	atomic_bool is_idle;
};

/* ---- visit.c: one request from its start to the batch it became ---- */
void visit_start(struct source *source, struct slot *slot);
void visit_finish(struct source *source, struct slot *slot, const struct response *answer);

/* ---- follow.c: what the rows of an answer mean for the polling of other feeds ---- */
void follow(struct source *source, struct slot *slot, struct batch *batch);

/* ---- picture_lane.c: the pictures that are wanted ---- */
void pictures_set(struct source *source, const struct picture_wish *wishes, size_t count);
/* Takes the links and notes the pictures that an answer brought. */
void pictures_follow(struct source *source, size_t site, struct batch *batch);
/* Starts what is due. Gives when to come back at the latest, monotonic; SLOT_NEVER. */
int64_t pictures_start(struct source *source);
/* Whether the answer was one for a picture. */
bool pictures_finish(struct source *source, void *tag, struct response *answer);
/* Whether all that is wanted is there, or cannot be had. */
bool pictures_are_idle(const struct source *source);

#endif
