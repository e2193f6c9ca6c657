/* The analysis of a session as the session and the run view show it: timeline, delta, review.
 * Main thread. */
#ifndef VIEWS_ANALYSIS_H
#define VIEWS_ANALYSIS_H

#include "model/run.h"
#include "ui/doc.h"
#include "views/situation.h"
#include "views/view.h"

/* A run with its delta rows and its reviews, as last read. Owns them. */
struct analysis {
	struct arena *arena;
	struct run run;
	bool is_found;
	struct page rows;
	struct page reviews;
	struct feeds feeds; /* of the session's delta */
};

bool analysis_init(struct analysis *analysis);
void analysis_release(struct analysis *analysis);
/* Reads a run. */
void analysis_read(struct analysis *analysis, const struct view_context *context, const char *site,
	const char *run_id, struct err *err);
/* Reads the newest run of a session. */
void analysis_read_session(struct analysis *analysis, const struct view_context *context,
	const char *site, const char *session_id, struct err *err);
/* The feed that brings the delta; NULL when never asked. */
const struct feed *analysis_feed(const struct analysis *analysis, const char *site);

/* What its container is called; "" where none is known. Asks the store. */
void analysis_name_container(
	char *dst, size_t dst_bytes, const struct view_context *context, const struct run *run);

/* Puts a run's ids behind the count that are there: run, session, container, request, then the
 * object keys of its pictures; returns how many there are then. */
size_t analysis_add_ids(const struct run *run, struct view_id ids[VIEW_IDS_MAX], size_t count);

/* "✓ Created  ✓ Capture  ● Analysis  · Delta Ready  · Finalized" as a new line, two where it
 * is narrow. */
void analysis_write_timeline(
	struct doc *doc, const struct run *run, const struct view_context *context, int columns);
/* The delta with all its situations: error, still running, stuck, empty, none, unknown format. */
void analysis_write_delta(struct doc *doc, const struct analysis *analysis,
	const struct view_context *context, int columns);
/* Who reviewed it, when, what they said and corrected; nothing without a review. */
void analysis_write_reviews(struct doc *doc, const struct analysis *analysis,
	const struct view_context *context, int columns);

#endif
