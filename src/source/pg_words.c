/* What a server's words and SQLSTATEs mean to us. Pure. */
#include "source/pg_parts.h"
#include <string.h>

static const struct {
	const char *prefix; /* of the SQLSTATE */
	enum pg_trouble trouble, at_connect;
} states[] = {
	{"28", PG_REFUSED, PG_REFUSED},
	{"3D000", PG_OTHER, PG_REFUSED},
	{"42501", PG_NO_GRANT, PG_REFUSED},
	{"53300", PG_LIMIT, PG_LIMIT},
	{"08", PG_LOST, PG_UNREACHABLE},
	{"57P0", PG_LOST, PG_UNREACHABLE},
	{"57014", PG_SLOW, PG_SLOW},
	{"42P01", PG_NO_TABLE, PG_OTHER},
	{"42703", PG_NO_COLUMN, PG_OTHER},
};

enum pg_trouble pg_trouble_of(const char *state, bool is_connecting)
{
	for (size_t i = 0; i < sizeof(states) / sizeof(states[0]); i++) {
		if (strncmp(state, states[i].prefix, strlen(states[i].prefix)) == 0)
			return is_connecting ? states[i].at_connect : states[i].trouble;
	}
	return PG_OTHER;
}

bool pg_fail(struct pg_error *error, enum pg_trouble kind, const char *words)
{
	error->trouble = kind;
	error->state[0] = '\0';
	return err_set(&error->words, "%s", words);
}

const char *pg_find_state(const char *words, char state[6])
{
	for (const char *at = words; (at = strstr(at, ":  ")); at++) {
		size_t length = strspn(at + 3, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ");

		if (length != 5 || strncmp(at + 8, ": ", 2) != 0)
			continue;
		memcpy(state, at + 3, 5);
		state[5] = '\0';
		return at + 10;
	}
	return NULL;
}

const char *pg_last_attempt(const char *words)
{
	static const char *const starts[] = {
		"connection to server", "could not translate host name", "server closed"};
	const char *last = NULL;

	for (const char *line = words; line; line = strchr(line, '\n')) {
		line += *line == '\n';
		for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++)
			if (strncmp(line, starts[i], strlen(starts[i])) == 0)
				last = line;
	}
	return last;
}
