/* Pictures: what is kept of one in the store, how one is asked for and drawn. Pure data, shared by
 * the layers that fetch, keep, decode and place pictures. */
#ifndef MODEL_PICTURE_H
#define MODEL_PICTURE_H

#include "model/noun.h"

/* The longest object key (S3: 1024 bytes, kept: TEXT_FIELD_BYTES) with room for a prefix. */
enum { PICTURE_KEY_BYTES = 640, PICTURE_WISHES_MAX = 48, PICTURE_WORDS_BYTES = 200 };

/* The error of one that nobody has any more; other failures may pass. */
#define PICTURE_GONE "image no longer stored"

/* One picture of a site. Its key is the object key without bucket where there is one (contracts
 * 4.7); else what holds it: "capture:SESSION/ID", "capture:SESSION/ID/thumbnail",
 * "run:RUN/before", "run:RUN/after", "camera:ID", "thumbnail:NAME". */
struct picture {
	const char *site;
	const char *key;
	const char *session_id; /* that it belongs to; NULL = not known */
	const char *state;      /* of the last attempt: "ok" "failed" */
	const char *error;      /* its words when it failed: PICTURE_GONE */
	const char *content_type;
	int64_t size_bytes; /* of the body that is kept; UNKNOWN = none is */
	int64_t fetched_at; /* when the last attempt ended */
	int64_t seen_at;    /* when it was last on a screen, to the hour */
	/* Not a field: the original bytes of a new picture, in the batch's arena; NULL = none came.
	 */
	const void *body;
	size_t body_bytes;
};

/* What a console wants fetched, nearest first. All wishes of a console are replaced together. */
struct picture_wish {
	const char *console; /* unique to a running console */
	int64_t ordinal;     /* 0 = nearest */
	const char *site;
	const char *key;
	const char *session_id; /* NULL = not known */
	int64_t until;
	int64_t asked_at; /* a person wants it tried again: newer than fetched_at means now */
};

/* What is drawn over a picture: boxes of the analysis (contracts 1.8.9). */
struct overlay {
	const char *site;
	const char *run_id;
	const char *side; /* "before" "after" */
	int64_t ordinal;
	const char *label;
	double confidence;
	double box_x, box_y, box_width, box_height; /* pixels, or fractions when all are <= 1 */
};

void picture_key_capture(char dst[PICTURE_KEY_BYTES], const char *session_id, const char *id);
void picture_key_thumbnail(char dst[PICTURE_KEY_BYTES], const char *session_id, const char *id);
void picture_key_run(char dst[PICTURE_KEY_BYTES], const char *run_id, const char *side);
void picture_key_camera(char dst[PICTURE_KEY_BYTES], const char *camera_id);
/* Whether it is an object key: then it can be presigned and asked of the image proxy. */
bool picture_key_is_object(const char *key);

/* How a picture is drawn, best last. */
enum rung { RUNG_TEXT, RUNG_ASCII, RUNG_BLOCKS, RUNG_SIXEL };

/* A part of a picture, in fractions of its upright width and height. */
struct part {
	double x, y, width, height; /* the whole: 0, 0, 1, 1 */
};

/* A box over a picture. */
struct mark {
	double x, y, width,
		height;  /* pixels of the whole picture, or fractions when all are <= 1 */
	bool is_removed; /* coloured as a loss; else as a gain or as neutral */
	bool is_added;
	int number; /* drawn in the box's corner, explained by a legend in text; 0 = none */
};

enum drawing { DRAWING_PLAIN, DRAWING_DIFFERENCE };

/* A picture ready for a terminal. */
struct drawn {
	enum rung rung;
	int columns, rows; /* cells it covers, exactly */
	/* SIXEL: one sequence from ESC P to ESC \. BLOCKS and ASCII: rows ended by '\n', each
	 * complete in itself (BLOCKS: colours set and reset within the row). Owned. */
	char *bytes;
	size_t count;
	uint64_t hash;                         /* drawn_hash of bytes; 0 = not taken yet */
	int source_width_px, source_height_px; /* upright, of the original */
	char note[64];                         /* "changed: 3.2 %"; "" = nothing to say */
};
void drawn_release(struct drawn *drawn);
/* What its bytes are known by when they are gone; never 0. */
uint64_t drawn_hash(const struct drawn *drawn);

#endif
