/* A recording's view: what its files share. recording.c reads, recording_window.c says when it was,
 * recording_draw.c draws the head and the timeline, recording_text.c and recording_table.c write
 * what is below. Main thread. */
#ifndef VIEWS_RECORDING_PARTS_H
#define VIEWS_RECORDING_PARTS_H

#include "model/recorder.h"
#include "views/camera_name.h"
#include "views/dossier.h"
#include "views/timeline.h"

/* As many segments as are read of a recorder; events beyond are only counted. */
enum { RECORDING_SEGMENTS_MAX = 5000, RECORDING_EVENTS_MAX = 2000 };

/* What brings the recording itself, its segments, its events, and streams. */
enum { RECORDING_LIST, RECORDING_ITEM, RECORDING_EVENTS, RECORDING_STREAMS, RECORDING_FEEDS };

struct recording_view {
	struct dossier dossier; /* first */
	char camera_name[CAMERA_NAME_BYTES];
	struct stream stream;
	bool has_stream;
	struct page segments;               /* from the first on */
	struct timeline_span *spans;        /* of each */
	struct page events;                 /* the newest first */
	int64_t segment_total, event_total; /* in the store */
	struct timeline timeline;           /* of the last drawing */
};

/* How lines of segments are told from others (detail_target.view). */
#define RECORDING_SEGMENT "segment"
/* The key of a segment's line (doc_select). */
enum { RECORDING_KEY_BYTES = 3 * VIEW_ID_BYTES };
void recording_segment_key(char dst[RECORDING_KEY_BYTES], const struct segment *segment);

/* ---- when (pure) ---- */

struct timeline_span recording_span(const struct segment *segment);
/* When it was: from its start to its end, or to now while it records; by its segments where it does
 * not say. *rest: what is behind the last segment. is_cut: segments may be missing. */
void recording_window(struct timeline_walk *window, enum timeline_kind *rest,
	const struct recording *recording, const struct timeline_span *spans, size_t count,
	bool is_cut, int64_t now_ms);
/* It records on and nobody ended it. */
bool recording_goes_on(const struct recording *recording);
/* Whether the segments that are there are not all of them. */
bool recording_is_cut(const struct recording_view *state);

/* Whether they are read in parts, and some are missing anywhere: what is between two is no gap. */
bool recording_is_partial(const struct recording_view *state);
/* How many events the recorder counts beyond those in the store. */
int64_t recording_unread_events(const struct recording_view *state);

/* ---- drawing ---- */

/* As in struct dossier_def: the title, the timeline, its events and its axis. Without segments
 * there is no timeline. */
int recording_draw_head(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area);

/* ---- writing ---- */

/* "14:05:22", of another day "Feb 17 14:05:22". */
void recording_time(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms);
/* As in struct dossier_def. */
void recording_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns);
void recording_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns);
/* Why it needs a person, its gaps, what does not fit; nothing where all is well. */
void recording_write_odd(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns);
void recording_write_segments(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns);
void recording_write_events(struct doc *doc, const struct recording_view *state,
	const struct view_context *context, int columns);

#endif
