/* Cells of a database's answer become clean texts, exact numbers and times. Owns nothing; recorder
 * lane. */
#include "source/recorder_parts.h"
#include "source/redact.h"
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Beyond, a double no longer is a time in milliseconds; and no calendar goes so far. */
#define TIME_END 9007199254740992.0

const char *cells_raw(const struct cells *cells, const char *column)
{
	char name[CATALOGUE_NAME_BYTES];

	snprintf(name, sizeof name, "%s%s", cells->prefix ? cells->prefix : "", column);
	return pg_text(cells->rows, cells->row, name);
}

const char *cells_text(const struct cells *cells, const char *column)
{
	return redact_copy(cells_raw(cells, column), TEXT_FIELD_BYTES, cells->batch->arena);
}

const char *cells_message(const struct cells *cells, const char *column)
{
	return redact_copy(cells_raw(cells, column), TEXT_MESSAGE_BYTES, cells->batch->arena);
}

const char *cells_json(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);

	/* JSON's null is none, either (contracts 5.1) */
	if (!raw || strcmp(raw, "null") == 0)
		return NULL;
	return redact_json(raw, cells->batch->arena);
}

const char *cells_word(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);
	char text[TEXT_FIELD_BYTES + 1];
	size_t bytes;

	if (!raw || !raw[0])
		return NULL;
	bytes = text_clean(text, sizeof text, raw, strlen(raw));
	return arena_text_n(cells->batch->arena, text, bytes);
}

double cells_real(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);
	double value;

	return raw && text_to_double(raw, &value) ? value : NAN;
}

int64_t cells_int(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);
	int64_t value;
	double real;

	if (raw && text_to_int64(raw, &value))
		return value;
	/* sums come as "12.0" from some servers; also false for NAN */
	real = cells_real(cells, column);
	return fabs(real) < TIME_END && floor(real) == real ? (int64_t)real : UNKNOWN;
}

int64_t cells_time(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);
	int64_t value;
	double real;

	if (raw && text_to_int64(raw, &value))
		return fabs((double)value) < TIME_END ? value : UNKNOWN;
	real = cells_real(cells, column);
	return fabs(real) < TIME_END ? (int64_t)floor(real) : UNKNOWN;
}

int64_t cells_bool(const struct cells *cells, const char *column)
{
	const char *raw = cells_raw(cells, column);

	if (!raw)
		return UNKNOWN;
	if (strcmp(raw, "t") == 0 || strcmp(raw, "true") == 0 || strcmp(raw, "1") == 0)
		return 1;
	if (strcmp(raw, "f") == 0 || strcmp(raw, "false") == 0 || strcmp(raw, "0") == 0)
		return 0;
	return UNKNOWN;
}

const char *cells_picture_key(const struct cells *cells, const char *path)
{
	char name[TEXT_FIELD_BYTES], key[TEXT_FIELD_BYTES + 16];

	if (!cells->context->has_thumbnails || !path || !thumbnail_name(name, sizeof name, path))
		return NULL;
	snprintf(key, sizeof key, "thumbnail:%s", name);
	return arena_text(cells->batch->arena, key);
}

bool cells_each(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, cells_fn add)
{
	struct cells cells = {.context = context, .rows = rows, .batch = batch};

	batch->feed->records = batch->feed->skipped = 0;
	for (; cells.row < pg_row_count(rows); cells.row++)
		if (add(&cells))
			batch->feed->records++;
		else
			batch->feed->skipped++;
	return true;
}

void cells_list(const struct recorder_context *context, const struct pg_rows *rows, size_t limit,
	struct batch *batch, enum noun_id noun)
{
	if (!context->is_part && pg_row_count(rows) < limit && batch->feed->skipped <= 0)
		batch->lists |= BATCH_LISTS(noun);
}

void cells_list_newest(const struct recorder_context *context, const struct pg_rows *rows,
	const struct paging *paging, struct batch *batch, enum noun_id noun)
{
	struct cells cells = {.context = context, .rows = rows, .batch = batch};
	size_t count = pg_row_count(rows);

	if (context->since_ms != UNKNOWN || context->is_part || batch->feed->skipped > 0 ||
		sql_is_part(context, paging->table) ||
		!catalogue_has(context->catalogue, paging->table, paging->time))
		return;
	batch->lists_from = context->now_ms - context->window_ms;
	if (count >= paging->limit) {
		cells.row = count - 1;
		batch->lists_from = cells_time(&cells, paging->time);
		if (batch->lists_from == UNKNOWN)
			return;
		/* of the very same time some may be missing */
		batch->lists_from++;
	}
	batch->lists |= BATCH_LISTS(noun);
}
