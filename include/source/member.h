/* Which members of a JSON object go where in a struct, as a table. Pure. */
#ifndef SOURCE_MEMBER_H
#define SOURCE_MEMBER_H

#include "base/arena.h"
#include "source/json.h"
#include <stddef.h>

enum member_type {
	MEMBER_TEXT,    /* const char *, cleaned, TEXT_FIELD_BYTES */
	MEMBER_MESSAGE, /* const char *, cleaned, TEXT_MESSAGE_BYTES */
	MEMBER_INT,     /* int64_t; fractions are unknown */
	MEMBER_ROUND,   /* int64_t; fractions are rounded */
	MEMBER_FLOOR,   /* int64_t; compares with whole limits as the fraction would */
	MEMBER_REAL,    /* double */
	MEMBER_BOOL,    /* int64_t */
	MEMBER_TIME,  /* int64_t; what is no time goes to the const char * at raw_offset, if any */
	MEMBER_VALUE, /* const struct json *: looked at later */
	MEMBER_OBJECT /* an object whose members go into the same struct, by inner */
};

struct member {
	const char *name;
	enum member_type type;
	size_t offset;
	size_t raw_offset; /* 0 = the raw text of a time is not kept */
	const struct members *inner;
};

struct members {
	const struct member *rows; /* in the usual order of the answers: that makes it fast */
	size_t count;
};

#define MEMBERS(table)                                      \
	{                                                   \
		(table), sizeof(table) / sizeof((table)[0]) \
	}

/* Fills record from an object. Members that are null, absent, of a wrong type or not in the table
 * leave record as it is. */
void members_read(const struct members *members, const struct json *object, void *record,
	struct arena *arena);

#endif
