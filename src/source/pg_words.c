/* What a server's words and SQLSTATEs mean to us, and lists of hosts. Pure. */
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
	{"55P03", PG_LOCKED, PG_OTHER},
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

/* The server's words for both are about the statement, and in its own language. */
void pg_judge(struct pg_error *error, int64_t took_ms, int64_t timeout_ms)
{
	if (error->trouble == PG_LOCKED)
		err_set(&error->words, "a table is locked by others");
	/* Not slow, then: nothing less would have helped. */
	if (strcmp(error->state, "57014") == 0 && took_ms < timeout_ms - timeout_ms / 8) {
		error->trouble = PG_CANCELLED;
		err_set(&error->words, "the statement was cancelled by somebody on the server");
	}
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

size_t pg_count_list(const char *list)
{
	size_t count = 1;

	for (; *list; list++)
		count += *list == ',';
	return count;
}

static void reverse(char *text, size_t length)
{
	for (size_t i = 0; i < length / 2; i++) {
		char other = text[i];

		text[i] = text[length - 1 - i];
		text[length - 1 - i] = other;
	}
}

/* Both parts backwards, then all of it: the second comes before the first. */
void pg_turn_list(char *list, size_t turn)
{
	size_t length = strlen(list);

	for (; turn > 0; turn--) {
		size_t first = strcspn(list, ",");

		if (first == length)
			return;
		reverse(list, first);
		reverse(list + first + 1, length - first - 1);
		reverse(list, length);
	}
}
