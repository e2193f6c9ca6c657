/* Reads a JSON object into a struct by a table, one pass over its members. Pure; any thread. */
#include "source/member.h"
#include "base/clock.h"
#include "base/text.h"
#include <math.h>
#include <string.h>

static void set_text(const char **slot, const char *text)
{
	if (text)
		*slot = text;
}

static void set_int(int64_t *slot, int64_t value)
{
	if (value != UNKNOWN)
		*slot = value;
}

static void set_real(double *slot, double value)
{
	if (!isnan(value))
		*slot = value;
}

static int64_t floor_of(const struct json *value)
{
	int64_t rounded = json_round_of(value);

	return rounded != UNKNOWN && (double)rounded > json_real_of(value) ? rounded - 1 : rounded;
}

static void set_time(
	const struct member *row, const struct json *value, char *record, struct arena *arena)
{
	const char *raw = NULL;

	set_int((int64_t *)(void *)(record + row->offset), json_time_of(value, arena, &raw));
	if (row->raw_offset > 0)
		set_text((const char **)(void *)(record + row->raw_offset), raw);
}

static void read_one(
	const struct member *row, const struct json *value, char *record, struct arena *arena)
{
	void *slot = record + row->offset;

	switch (row->type) {
	case MEMBER_TEXT:
		set_text(slot, json_text_of(value, TEXT_FIELD_BYTES, arena));
		break;
	case MEMBER_MESSAGE:
		set_text(slot, json_text_of(value, TEXT_MESSAGE_BYTES, arena));
		break;
	case MEMBER_INT:
		set_int(slot, json_int_of(value));
		break;
	case MEMBER_ROUND:
		set_int(slot, json_round_of(value));
		break;
	case MEMBER_FLOOR:
		set_int(slot, floor_of(value));
		break;
	case MEMBER_REAL:
		set_real(slot, json_real_of(value));
		break;
	case MEMBER_BOOL:
		set_int(slot, json_bool_of(value));
		break;
	case MEMBER_TIME:
		set_time(row, value, record, arena);
		break;
	case MEMBER_VALUE:
		*(const struct json **)slot = value;
		break;
	case MEMBER_OBJECT:
		members_read(row->inner, value, record, arena);
		break;
	}
}

/* Answers repeat their order, so the row after the last match is nearly always the next one. */
static const struct member *find_row(const struct members *members, const char *name, size_t *next)
{
	for (size_t i = 0; i < members->count; i++) {
		size_t at = (*next + i) % members->count;

		if (strcmp(members->rows[at].name, name) == 0) {
			*next = at + 1;
			return &members->rows[at];
		}
	}
	return NULL;
}

void members_read(
	const struct members *members, const struct json *object, void *record, struct arena *arena)
{
	size_t next = 0;

	if (!json_is_object(object))
		return;
	for (const struct json *child = json_first(object); child; child = json_next(child)) {
		const struct member *row = find_row(members, json_name(child), &next);

		if (row && !json_is_null(child))
			read_one(row, child, record, arena);
	}
}
