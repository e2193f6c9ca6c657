/* Rows seen through their field table. Owns nothing; any thread. The tables are in fields.c. */
#include "model/noun.h"
#include <math.h>
#include <string.h>

static const void *at(const void *row, const struct field *field)
{
	return (const char *)row + field->offset;
}

static void clear_field(const struct field *field, void *row)
{
	char *place = (char *)row + field->offset;

	switch (field->type) {
	case FIELD_TEXT:
		*(const char **)(void *)place = NULL;
		break;
	case FIELD_REAL:
		*(double *)(void *)place = NAN;
		break;
	default:
		*(int64_t *)(void *)place = UNKNOWN;
		break;
	}
}

void noun_clear(const struct noun *noun, void *row)
{
	memset(row, 0, noun->row_bytes);
	for (size_t i = 0; i < noun->field_count; i++)
		clear_field(&noun->fields[i], row);
}

const struct field *noun_field(const struct noun *noun, const char *name)
{
	for (size_t i = 0; i < noun->field_count; i++) {
		if (strcmp(noun->fields[i].name, name) == 0)
			return &noun->fields[i];
	}
	return NULL;
}

const char *row_text(const void *row, const struct field *field)
{
	return *(const char *const *)at(row, field);
}

int64_t row_int(const void *row, const struct field *field)
{
	return *(const int64_t *)at(row, field);
}

double row_real(const void *row, const struct field *field)
{
	return *(const double *)at(row, field);
}

size_t field_bytes(const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
		return sizeof(const char *);
	case FIELD_REAL:
		return sizeof(double);
	default:
		return sizeof(int64_t);
	}
}

bool row_is_known(const void *row, const struct field *field)
{
	switch (field->type) {
	case FIELD_TEXT:
		return row_text(row, field) != NULL;
	case FIELD_REAL:
		return !isnan(row_real(row, field));
	default:
		return row_int(row, field) != UNKNOWN;
	}
}
