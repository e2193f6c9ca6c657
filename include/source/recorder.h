/* The lane of one recorder's database: connects, asks what is due from a table of statements
 * (recorder_feeds.c), gives batches away as the net lane does, comes back by itself after trouble.
 * One thread a site; never blocks another. */
#ifndef SOURCE_RECORDER_H
#define SOURCE_RECORDER_H

#include "source/catalogue.h"
#include "source/source.h"

struct recorder_lane;

struct recorder_options {
	const char *name;    /* of the site */
	const char *dsn;     /* secret */
	bool has_thumbnails; /* thumbnails_url is set: paths become pictures */
	bool is_once;
	source_deliver_fn deliver;
	void *deliver_arg;
};

struct recorder_lane *recorder_start(const struct recorder_options *options, struct err *err);
void recorder_stop(struct recorder_lane *lane);
/* Replaces what is on screen (copied; only those of this site or "*" matter). Main thread. */
void recorder_demand(struct recorder_lane *lane, const struct demand *demands, size_t count);
bool recorder_is_idle(struct recorder_lane *lane);

/* ---- the table of statements ---- */

enum { RECORDER_PARAMETERS_MAX = 8, RECORDER_PARAMETER_BYTES = 256 };

struct recorder_parameters {
	char texts[RECORDER_PARAMETERS_MAX][RECORDER_PARAMETER_BYTES];
	size_t count;
};

/* Once a site, or only for what somebody has on screen (subject = id of a recording or event). */
enum recorder_scope { RECORDER_SITE, RECORDER_ON_DEMAND };

/* Which blocks of a table are read. */
struct recorder_range {
	int64_t first, end; /* end 0 = the whole table, first -1 = nothing of it */
};

struct recorder_context {
	const struct catalogue *catalogue;
	const struct recorder_range *ranges; /* by table; NULL = all of them whole */
	bool is_part; /* the answer is of a part of its table: it lists and sums up nothing */
	const char *site, *subject;
	bool has_thumbnails;
	int64_t now_ms;
	/* High-water mark of the last good answer: rows created or updated after it, less an
	 * overlap; UNKNOWN = first time. */
	int64_t since_ms;
	int64_t window_ms; /* how far back the first answer goes; halved when it was too slow */
	bool is_lean;      /* it was too slow: without what other tables say (sums, counts) */
	/* The last answer was full: go on after this key; after_id "" = it was not. */
	int64_t after_ms;
	const char *after_id;
	const char *version; /* of the server */
};

struct recorder_feed {
	const char *name;          /* "recorder.events" */
	const char *label;         /* "events" */
	enum recorder_table table; /* whose absence hides it; TABLE_COUNT = that of all */
	enum recorder_scope scope;
	int64_t period_ms;
	int64_t window_ms; /* of the first answer; 0 = it has none */
	size_t limit;      /* rows of one answer */
	bool is_growing;   /* asked with high-water marks */
	/* Appends the statement; false: the layout
	 * cannot say (words). */
	bool (*build)(const struct recorder_context *context, struct buf *sql,
		struct recorder_parameters *parameters, struct err *words);
	bool (*decode)(const struct recorder_context *context, const struct pg_rows *rows,
		struct batch *batch, struct err *err);
};

extern const struct recorder_feed recorder_feeds[];
extern const size_t recorder_feed_count;

#endif
