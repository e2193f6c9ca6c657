/* The state of one feed: what was asked, what came of it, when it is asked again. Failures are
 * data: this row is how every screen knows its age and its reason. Pure data. */
#ifndef MODEL_FEED_H
#define MODEL_FEED_H

#include "model/noun.h"

struct feed {
	const char *site;
	const char *feed;    /* name in source/feeds.c: "sessions" "evidence" "cameras" ... */
	const char *subject; /* session, container or camera id; "" for a feed of the whole site */
	const char *path;    /* as sent, without query string */
	const char *state;   /* one of feed_states */
	int64_t last_try;
	int64_t last_ok;
	int64_t http_status; /* 0 when there was no answer */
	int64_t latency_ms;
	const char *code;  /* error.code of the answer */
	const char *error; /* one line in words; NULL when ok */
	const char *request_id;
	int64_t next_try;
	int64_t period_ms;
	int64_t records; /* good records in the last good answer */
	int64_t skipped; /* bad records in it */
	int64_t is_cut;  /* the server cut the list at the limit */
	int64_t skew_ms; /* server's Date minus ours, UNKNOWN without one */
};

/* "ok" "waiting" (never asked) "failing" "timeout" "not_offered" "unauthorized" "forbidden"
 * "rate_limited" "unavailable" "not_found" "too_large" "bad_answer" "paused". Ends with NULL. */
extern const char *const feed_states[];

/* Whether the data of this feed is too old to be trusted: no good answer for more than three
 * periods and 6 s for the store's own delay (contracts 4.3). */
bool feed_is_old(const struct feed *feed, int64_t now_ms);

/* What a console has on screen: ask feed for subject until the time passed; asked_at > last_try
 * means now (the r key). site "*" is every site, feed "*" with subject "" every feed of the site:
 * what nobody has on screen is asked less often. */
#define DEMAND_ALL "*"

/* A demand, or a wish for a picture, of longer is from before the clock was set back: it would be
 * obeyed for hours. */
enum { DEMAND_LONGEST_MS = 300000 };

struct demand {
	const char *site;
	const char *feed;
	const char *subject;
	int64_t until;
	int64_t asked_at;
};

/* History. kind: "session" "camera" "run". */
struct change {
	const char *site;
	const char *kind;
	const char *id;
	int64_t at;
	const char *status;
};

struct sample {
	const char *site;
	const char *camera_id;
	int64_t at;
	int64_t rssi;
	int64_t heap;
	int64_t uptime_seconds;
};

#endif
