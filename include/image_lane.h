/* The image lane: one thread that reads pictures from the store, decodes, draws and saves them, one
 * job at a time. For src/pictures.c. */
#ifndef IMAGE_LANE_H
#define IMAGE_LANE_H

#include "base/err.h"
#include "model/picture.h"
#include "ui/picture.h"
#include <stdbool.h>

enum { PICTURE_FOLDER_BYTES = 1024 };

enum picture_job_kind { PICTURE_JOB_DRAW, PICTURE_JOB_SAVE };

/* Plain data, zeroed where unused. */
struct picture_job {
	enum picture_job_kind kind;
	char site[PICTURE_SITE_BYTES];
	char session_id[PICTURE_KEY_BYTES];
	char key[PICTURE_KEY_BYTES];
	/* DRAW */
	char stand_in[PICTURE_KEY_BYTES];
	char before[PICTURE_KEY_BYTES];
	enum drawing drawing;
	struct part part;
	struct mark marks[PICTURE_MARKS_MAX];
	size_t mark_count;
	enum rung rung;
	int colors, columns, rows, cell_width_px, cell_height_px;
	/* SAVE */
	char folder[PICTURE_FOLDER_BYTES];
	char id[PICTURE_KEY_BYTES];
};

struct picture_done {
	struct picture_job job;
	bool is_shown;                   /* something is: while bytes are missing that will do */
	uint64_t shown_version;          /* of what is shown whole; 0 = nothing is */
	struct drawn drawn;              /* owned; bytes NULL = nothing to show, or saved */
	char words[PICTURE_WORDS_BYTES]; /* why not; of a save: what came of it */
	bool is_missing;                 /* some of its bytes are not in the store */
	bool is_failed;                  /* because fetching failed: words say how */
	int64_t failed_at;
	bool is_same;     /* what is shown whole is still right: nothing else was done */
	uint64_t version; /* of the bytes it was drawn from; 0 = of none, or not known */
};

struct image_lane;

struct image_lane *image_lane_start(const char *path, struct err *err);
/* Waits for the job at work. NULL is fine. */
void image_lane_stop(struct image_lane *lane);
int image_lane_descriptor(const struct image_lane *lane);
/* Copies the job; false when too many wait. What is shown already: whether anything is, and the
 * version of what is shown whole. */
bool image_lane_give(struct image_lane *lane, const struct picture_job *job, bool is_shown,
	uint64_t shown_version);
/* Gives the oldest result (picture_done_free it); NULL when there is none. */
struct picture_done *image_lane_take(struct image_lane *lane);
void picture_done_free(struct picture_done *done);

#endif
