/* What the statements of a reader can ask besides SQL: words in texts, and what was found before.
 * Owns nothing; reader's thread. */
#include "base/text.h"
#include "store/needle.h"
#include "store/reading.h"
#include "store/sieve.h"

enum { FOLDED_BYTES = 8 << 10 };

static void append_folded(char *dst, size_t *length, const char *text)
{
	if (!text || *length + 2 >= FOLDED_BYTES)
		return;
	if (*length > 0)
		dst[(*length)++] = '\n';
	*length += text_fold(dst + *length, FOLDED_BYTES - *length, text);
}

static void sql_hits(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct reader *reader = sqlite3_user_data(context);
	char folded[FOLDED_BYTES];
	size_t length = 0;

	for (int i = 0; i < count; i++)
		append_folded(folded, &length, (const char *)sqlite3_value_text(values[i]));
	sqlite3_result_int(context, filter_matches(&reader->filter, folded, length));
}

static void sql_scanned(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct reader *reader = sqlite3_user_data(context);

	(void)count;
	sqlite3_result_int(context, scan_has(reader->scan, sqlite3_value_int64(values[0])));
}

static void sql_sieved(sqlite3_context *context, int count, sqlite3_value **values)
{
	const struct reader *reader = sqlite3_user_data(context);

	(void)count;
	sqlite3_result_int(context, sieve_has(reader->sieve, sqlite3_value_int64(values[0])));
}

/* Whether the first text has the second in it, without case. */
static void sql_holds(sqlite3_context *context, int count, sqlite3_value **values)
{
	const char *text = (const char *)sqlite3_value_text(values[0]);
	const char *part = (const char *)sqlite3_value_text(values[1]);
	char folded[FOLDED_BYTES], needle[TEXT_FIELD_BYTES];
	size_t bytes, needle_bytes;

	(void)count;
	bytes = text_fold(folded, sizeof folded, text ? text : "");
	needle_bytes = text_fold(needle, sizeof needle, part ? part : "");
	sqlite3_result_int(context,
		needle_bytes == 0 || needle_find(folded, bytes, needle, needle_bytes) != NULL);
}

bool functions_register(struct reader *reader)
{
	static const struct {
		const char *name;
		int arguments;
		void (*run)(sqlite3_context *context, int count, sqlite3_value **values);
	} functions[] = {
		{"hits", -1, sql_hits},
		{"holds", 2, sql_holds},
		{"scanned", 1, sql_scanned},
		{"sieved", 1, sql_sieved},
	};

	for (size_t i = 0; i < sizeof functions / sizeof functions[0]; i++)
		if (sqlite3_create_function_v2(reader->db, functions[i].name,
			    functions[i].arguments, SQLITE_UTF8 | SQLITE_DIRECTONLY, reader,
			    functions[i].run, NULL, NULL, NULL) != SQLITE_OK)
			return false;
	return true;
}
