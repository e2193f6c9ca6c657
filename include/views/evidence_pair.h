/* Which two pictures tell what a session changed (contracts 4.8, edge cases 58-60). Pure. */
#ifndef VIEWS_EVIDENCE_PAIR_H
#define VIEWS_EVIDENCE_PAIR_H

#include "model/camera.h"
#include "model/capture.h"
#include "model/picture.h"
#include "model/run.h"
#include "model/session.h"

/* One picture that can be shown, or why it cannot. Borrows the rows it was made of. */
struct exhibit {
	const struct capture *capture;   /* NULL: only the run, or the camera, speaks of it */
	const char *key;                 /* NULL: there is no picture, words say why */
	const char *thumbnail;           /* NULL = none */
	const char *name;                /* its part in the pair, "BEFORE"; NULL = none */
	char words[PICTURE_WORDS_BYTES]; /* "no AFTER_CLOSE: camera timeout" */
};

enum pair_rule {
	PAIR_NONE,
	PAIR_OF_RUN,  /* the pictures the analysis compared */
	PAIR_OF_TAGS, /* BEFORE_OPEN and AFTER_CLOSE, one of them may be missing */
	PAIR_OF_ENDS  /* the first and the last of one camera */
};

struct pair {
	enum pair_rule rule;
	struct exhibit before, after;
	bool is_skewed;       /* after is older than before: both as received (contracts 4.1) */
	bool has_two_cameras; /* they do not show the same place */
};

/* captures: of the session, oldest first, borrowed. session and run may be NULL. */
void pair_find(struct pair *pair, const struct session *session, const struct run *run,
	const struct capture *const *captures, size_t count);

/* A capture by itself. */
void exhibit_of(struct exhibit *exhibit, const struct capture *capture);
/* Why there is no picture of a camera: what became of its newest capture, NULL = none is known. */
void exhibit_say_none(
	char dst[PICTURE_WORDS_BYTES], const struct camera *camera, const struct capture *newest);

#endif
