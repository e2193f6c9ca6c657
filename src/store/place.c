/* Places in an order: keys to text and back, and the value a row was sorted by. Pure but for the
 * statement it reads; reader's thread. */
#include "base/text.h"
#include "store/reading.h"
#include "store/sql.h"
#include <stdio.h>
#include <string.h>

#define KEY_END '\x1f'

static bool append_key(char dst[PLACE_BYTES], size_t *length, const char *text)
{
	size_t bytes = strlen(text);

	if (*length + bytes + 2 > PLACE_BYTES)
		return false;
	memcpy(dst + *length, text, bytes);
	*length += bytes;
	dst[(*length)++] = KEY_END;
	dst[*length] = '\0';
	return true;
}

void place_key(char dst[PLACE_BYTES], const char *first, const char *second, const char *third)
{
	const char *parts[] = {first, second, third};
	size_t length = 0;

	dst[0] = '\0';
	for (size_t i = 0; i < 3 && parts[i]; i++) {
		if (!append_key(dst, &length, parts[i])) {
			dst[0] = '\0';
			return;
		}
	}
}

/* A key that does not fit is no place: such a row is shown but cannot be held on to. */
static void key_of_row(char dst[PLACE_BYTES], const struct noun *noun, const void *row)
{
	size_t length = 0;

	dst[0] = '\0';
	for (size_t i = 0; i < noun_key_count(noun); i++) {
		const struct field *field = &noun->fields[i];
		char number[24];
		const char *text = number;

		if (field->type == FIELD_TEXT)
			text = row_text(row, field);
		else
			snprintf(number, sizeof number, "%lld", (long long)row_int(row, field));
		if (!text || !append_key(dst, &length, text)) {
			dst[0] = '\0';
			return;
		}
	}
}

size_t place_split(const struct noun *noun, const char *key, char room[PLACE_BYTES],
	struct clause_value *values)
{
	size_t keys = noun_key_count(noun), count = 0;
	char *at = room;

	snprintf(room, PLACE_BYTES, "%s", key);
	while (count < keys) {
		char *end = strchr(at, KEY_END);

		if (!end)
			break;
		*end = '\0';
		values[count] = (struct clause_value){.type = 3, .text = at};
		if (noun->fields[count].type != FIELD_TEXT) {
			values[count].type = 1;
			if (!text_to_int64(at, &values[count].number))
				break;
		}
		count++;
		at = end + 1;
	}
	return count;
}

void place_read_sort(sqlite3_stmt *statement, int column, struct place *place)
{
	switch (sqlite3_column_type(statement, column)) {
	case SQLITE_INTEGER:
		place->sort_type = 1;
		place->sort_int = sqlite3_column_int64(statement, column);
		break;
	case SQLITE_FLOAT:
		place->sort_type = 2;
		place->sort_real = sqlite3_column_double(statement, column);
		break;
	default:
		place->sort_type = 3;
		snprintf(place->sort_text, sizeof place->sort_text, "%s",
			(const char *)sqlite3_column_text(statement, column));
	}
}

struct clause_value place_sort(const struct place *place)
{
	return (struct clause_value){
		.type = place->sort_type,
		.number = place->sort_int,
		.real = place->sort_real,
		.text = place->sort_text,
	};
}

void place_read(struct place *place, const struct noun *noun, const void *row,
	sqlite3_stmt *statement, int sort_column)
{
	/* All but the room for a text. */
	memset(place, 0, offsetof(struct place, sort_text) + 1);
	key_of_row(place->key, noun, row);
	place_read_sort(statement, sort_column, place);
}
