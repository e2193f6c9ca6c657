/* Finds signed URLs in text from outside: errors of a Pi quote what it was asked with. Owns
 * nothing; any thread. */
#include "source/signature.h"
#include <string.h>
#include <strings.h>

static bool ends_word(char c)
{
	return c == '\0' || strchr(" \"'`<>()[]{}|\\", c);
}

static bool begins_signature(const char *at)
{
	static const char *const marks[] = {"X-Amz-", "X-Goog-", "Signature=", "Signature%3D",
		"AWSAccessKeyId", "?sig=", "&sig="};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strncasecmp(at, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

/* Where the part of a word that signs begins, its query where it has one; its end when none does.
 */
static const char *find_signature(const char *word, const char *end)
{
	const char *query = NULL;

	for (const char *at = word; at < end; at++) {
		if (*at == '?' && !query)
			query = at;
		if (begins_signature(at))
			return query ? query : at;
	}
	return end;
}

static const char *end_of_word(const char *at)
{
	while (!ends_word(*at))
		at++;
	return at;
}

/* Of all that is read hardly anything may. */
static bool may_be_signed(const char *text)
{
	return strchr(text, '=') || strchr(text, '%');
}

bool signature_is_in(const char *text)
{
	const char *end;

	for (; may_be_signed(text); text = *end ? end + 1 : end) {
		end = end_of_word(text);
		if (find_signature(text, end) < end)
			return true;
	}
	return false;
}

void signature_hide(char *text)
{
	static const char hidden[] = "...";
	const char *from = text, *end;
	char *to = text;

	if (!may_be_signed(text))
		return;
	for (;; from = end + 1) {
		const char *signs;
		size_t kept;

		end = end_of_word(from);
		signs = find_signature(from, end);
		kept = (size_t)(signs - from) + (signs < end && *signs == '?');
		memmove(to, from, kept);
		to += kept;
		if (signs < end) {
			memcpy(to, hidden, sizeof hidden - 1);
			to += sizeof hidden - 1;
		}
		*to++ = *end;
		if (*end == '\0')
			return;
	}
}
