/* Rows of an answer: their texts one after the other in one buffer, and where each begins. Owned by
 * whoever asked; pure. */
#include "base/buf.h"
#include "source/pg_parts.h"
#include <stdlib.h>
#include <string.h>

enum { ROWS_BYTES_MAX = 64 << 20 };

struct pg_rows {
	char **names;
	size_t column_count;
	size_t *cells; /* where each text begins; SIZE_MAX = none */
	size_t row_count, row_room, row_max;
	struct buf texts;
};

struct pg_rows *pg_rows_new(size_t max_rows)
{
	struct pg_rows *rows = calloc(1, sizeof(*rows));

	if (!rows)
		return NULL;
	rows->row_max = max_rows;
	buf_init(&rows->texts, ROWS_BYTES_MAX);
	return rows;
}

void pg_rows_free(struct pg_rows *rows)
{
	if (!rows)
		return;
	for (size_t i = 0; rows->names && i < rows->column_count; i++)
		free(rows->names[i]);
	free(rows->names);
	free(rows->cells);
	buf_release(&rows->texts);
	free(rows);
}

bool pg_rows_has_columns(const struct pg_rows *rows)
{
	return rows->names != NULL;
}

bool pg_rows_make_columns(struct pg_rows *rows, size_t count)
{
	rows->names = calloc(count + 1, sizeof(rows->names[0]));
	rows->column_count = rows->names ? count : 0;
	return rows->names != NULL;
}

bool pg_rows_name(struct pg_rows *rows, size_t column, const char *name)
{
	rows->names[column] = strdup(name);
	return rows->names[column] != NULL;
}

size_t pg_rows_width(const struct pg_rows *rows)
{
	return rows->column_count;
}

const char *pg_rows_column(const struct pg_rows *rows, size_t column)
{
	return rows->names[column];
}

bool pg_rows_is_full(const struct pg_rows *rows)
{
	return rows->row_count >= rows->row_max;
}

bool pg_rows_begin(struct pg_rows *rows)
{
	size_t room = rows->row_room ? 2 * rows->row_room : 16;
	size_t *cells = rows->cells;

	if (rows->row_count == rows->row_room) {
		cells = reallocarray(cells, room * (rows->column_count + 1), sizeof(cells[0]));
		if (!cells)
			return false;
		rows->cells = cells;
		rows->row_room = room;
	}
	cells += rows->row_count++ * rows->column_count;
	for (size_t i = 0; i < rows->column_count; i++)
		cells[i] = SIZE_MAX;
	return true;
}

bool pg_rows_put(struct pg_rows *rows, size_t column, const char *text, size_t bytes)
{
	size_t *cell = rows->cells + (rows->row_count - 1) * rows->column_count + column;
	bool is_kept = text && bytes <= PG_ROW_BYTES_MAX;

	if (!is_kept)
		return true;
	*cell = rows->texts.len;
	return (buf_append(&rows->texts, text, bytes) && buf_append(&rows->texts, "", 1));
}

size_t pg_row_count(const struct pg_rows *rows)
{
	return rows->row_count;
}

const char *pg_text(const struct pg_rows *rows, size_t row, const char *column)
{
	for (size_t i = 0; row < rows->row_count && i < rows->column_count; i++) {
		size_t at = rows->cells[row * rows->column_count + i];

		if (rows->names[i] && strcmp(rows->names[i], column) == 0)
			return at == SIZE_MAX ? NULL : rows->texts.data + at;
	}
	return NULL;
}
