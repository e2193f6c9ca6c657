/* The way to one picture as a plain state machine (contracts 4.7; edge cases 48 to 53): by its URL,
 * by a fresh one, by the Pi's image proxy, each at most once, else words that say why. Pure: no
 * network, no clock. */
#ifndef SOURCE_PICTURE_FETCH_H
#define SOURCE_PICTURE_FETCH_H

#include "model/batch.h"
#include "model/picture.h"

enum fetch_step {
	FETCH_NEW,     /* not begun */
	FETCH_WAIT,    /* for a link: the Pi may soon say where it is */
	FETCH_PRESIGN, /* ask for a fresh URL */
	FETCH_GET,     /* ask the URL that is known */
	FETCH_PROXY,   /* ask the image proxy */
	FETCH_GOOD,    /* over */
	FETCH_FAILED   /* over, words say why */
};

/* What came of a step. */
enum fetch_came {
	CAME_GOOD,
	CAME_REFUSED,     /* the signature is not, or no longer, good */
	CAME_GONE,        /* the object is not there */
	CAME_MISSING,     /* this Pi does not offer it, or not now */
	CAME_UNREACHABLE, /* the storage; or the Pi itself, when is_pi */
	CAME_LIMITED,     /* asked too often */
	CAME_WRONG
};

enum { FETCH_REASON_BYTES = 96, FETCH_EXPIRY_MS = 60000, FETCH_WAITS_MAX = 3 };

struct fetch_answer {
	enum fetch_came came;
	bool is_pi;      /* it is the Pi that could not be reached */
	bool is_final;   /* asking elsewhere would bring the same */
	int64_t wait_ms; /* of CAME_LIMITED */
	char reason[FETCH_REASON_BYTES];
};

struct picture_fetch {
	enum fetch_step step;
	int64_t wait_ms; /* before the step, because of CAME_LIMITED */
	/* Of FETCH_FAILED. */
	char words[PICTURE_WORDS_BYTES];
	bool may_retry; /* by itself: what could not be reached may come back */
	bool may_link;  /* a link that comes is a reason to begin again */
	/* How it went so far. */
	bool is_object;
	bool has_asked_url, has_presigned, has_proxied;
	bool is_gone, is_unreachable, is_pi_unreachable, cannot_refresh;
	int waits;
	char reason[FETCH_REASON_BYTES];
};

/* link NULL = none is known; with the URL "" the picture came inside of an answer, damaged. An URL
 * that has expired, or nearly, is not asked where a fresh one can be had; one of unknown expiry is.
 */
void picture_fetch_begin(
	struct picture_fetch *fetch, const char *key, const struct link *link, int64_t now_ms);
/* Whether its URL need not be refreshed before it is asked; one of unknown expiry need not. */
bool picture_fetch_is_fresh(const struct link *link, int64_t now_ms);
/* What came of the step it is at; moves on. */
void picture_fetch_take(struct picture_fetch *fetch, const struct fetch_answer *answer);
/* No link came while it waited. */
void picture_fetch_give_up(struct picture_fetch *fetch);

#endif
