/* Writing runs, their delta rows, overlays and reviews, and what follows from them. Owns nothing;
 * store lane. */
#include "model/picture.h"
#include "model/run.h"
#include "store/store.h"
#include "store/writer.h"
#include <string.h>

static bool put_reviews(struct writer *writer, const struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->rows[NOUN_REVIEW].count; i++) {
		const struct review *row = batch_row(batch, NOUN_REVIEW, struct review, i);
		struct run run;
		struct put put;

		noun_clear(&nouns[NOUN_RUN], &run);
		run.site = row->site;
		run.run_id = row->run_id;
		run.is_reviewed = 1;
		if (!writer_put(writer, NOUN_REVIEW, row, FIELDS_ALL, &put, err) ||
			!writer_patch(writer, NOUN_RUN, &run, writer_field(NOUN_RUN, "is_reviewed"),
				&put, err))
			return false;
	}
	return true;
}

/* A list without reviews says "not reviewed" of a run whose review is known. */
static bool has_review(struct writer *writer, const struct run *run)
{
	struct review review;

	noun_clear(&nouns[NOUN_REVIEW], &review);
	review.site = run->site;
	review.run_id = run->run_id;
	return relation_find(&writer->tables[NOUN_REVIEW], &review) != NULL;
}

static int64_t count_delta_rows(const struct batch *batch, const struct run *run)
{
	int64_t count = 0;

	for (size_t i = 0; i < batch->rows[NOUN_DELTA_ROW].count; i++) {
		const struct delta_row *row = batch_row(batch, NOUN_DELTA_ROW, struct delta_row, i);

		if (row->ordinal >= count && strcmp(row->run_id, run->run_id) == 0 &&
			strcmp(row->site, run->site) == 0)
			count = row->ordinal + 1;
	}
	return count;
}

static bool drop_further_rows(
	struct writer *writer, const struct batch *batch, const struct run *run, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_DROP_DELTA_ROWS, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, run->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, run->run_id, -1, SQLITE_STATIC);
	sqlite3_bind_int64(statement, 3, count_delta_rows(batch, run));
	if (!writer_run(writer, statement, err))
		return false;
	if (sqlite3_changes(writer->db) > 0)
		writer->changed |= STORE_CHANGED(NOUN_DELTA_ROW);
	return true;
}

static bool follow(struct writer *writer, const struct put *put, struct err *err)
{
	const struct run *run = put->row;

	if (put->result == PUT_SAME)
		return true;
	if (put->result == PUT_CHANGED && put->changed & writer_field(NOUN_RUN, "status") &&
		!history_add_change(writer, run->site, "run", run->run_id, run->status, err))
		return false;
	if (!run->error_message || !run->session_id)
		return true;
	return sessions_put_reason(writer, run->site, run->session_id, run->error_message, err);
}

static bool put_runs(struct writer *writer, const struct batch *batch, struct err *err)
{
	for (size_t i = 0; i < batch->rows[NOUN_RUN].count; i++) {
		struct run run = *batch_row(batch, NOUN_RUN, struct run, i);
		struct put put;

		if (run.is_reviewed != 1 && has_review(writer, &run))
			run.is_reviewed = 1;
		if (!writer_put(writer, NOUN_RUN, &run, FIELDS_ALL, &put, err) ||
			!follow(writer, &put, err))
			return false;
		if (run.delta_kind && !drop_further_rows(writer, batch, &run, err))
			return false;
	}
	return true;
}

/* From the first one on that this side of the run no longer has. */
static bool drop_further_overlays(
	struct writer *writer, const struct overlay *last, struct err *err)
{
	sqlite3_stmt *statement = writer_statement(writer, WRITER_DROP_OVERLAY_ROWS, err);

	if (!statement)
		return false;
	sqlite3_bind_text(statement, 1, last->site, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 2, last->run_id, -1, SQLITE_STATIC);
	sqlite3_bind_text(statement, 3, last->side, -1, SQLITE_STATIC);
	sqlite3_bind_int64(
		statement, 4, last->ordinal == INT64_MAX ? INT64_MAX : last->ordinal + 1);
	if (!writer_run(writer, statement, err))
		return false;
	if (sqlite3_changes(writer->db) > 0)
		writer->changed |= STORE_CHANGED(NOUN_OVERLAY);
	return true;
}

static bool is_of_same_side(const struct overlay *a, const struct overlay *b)
{
	return strcmp(a->side, b->side) == 0 && strcmp(a->run_id, b->run_id) == 0 &&
		strcmp(a->site, b->site) == 0;
}

/* Deleting comes first: rows of a side that do not come in a row are then written again. */
static bool put_overlays(struct writer *writer, const struct batch *batch, struct err *err)
{
	size_t count = batch->rows[NOUN_OVERLAY].count;
	const struct overlay *rows = batch->rows[NOUN_OVERLAY].data;
	struct put put;

	for (size_t i = 0, last = 0; i < count; i++) {
		if (rows[i].ordinal > rows[last].ordinal || !is_of_same_side(&rows[i], &rows[last]))
			last = i;
		if (i + 1 < count && is_of_same_side(&rows[i], &rows[i + 1]))
			continue;
		if (!drop_further_overlays(writer, &rows[last], err))
			return false;
	}
	for (size_t i = 0; i < count; i++)
		if (!writer_put(writer, NOUN_OVERLAY, &rows[i], FIELDS_ALL, &put, err))
			return false;
	return true;
}

bool runs_put(struct writer *writer, const struct batch *batch, struct err *err)
{
	if (!put_reviews(writer, batch, err) || !put_runs(writer, batch, err))
		return false;
	for (size_t i = 0; i < batch->rows[NOUN_DELTA_ROW].count; i++) {
		const struct delta_row *row = batch_row(batch, NOUN_DELTA_ROW, struct delta_row, i);
		struct put put;

		if (!writer_put(writer, NOUN_DELTA_ROW, row, FIELDS_ALL, &put, err))
			return false;
	}
	return put_overlays(writer, batch, err);
}
