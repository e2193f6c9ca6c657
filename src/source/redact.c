/* Hides credentials in text, word by word and name by name. Owns nothing; any thread. */
#include "source/redact.h"
#include "base/text.h"
#include "source/signature.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum {
	NAME_BYTES_MAX = 64,
	SMALL_BYTES = 1024,
	WORST_GROWTH = 3, /* one bad byte becomes U+FFFD */
	LOOKED_AT_BYTES = 16 << 10
};

/* ---- names ---- */

static bool holds_word(const char *name, size_t bytes, const char *word)
{
	size_t word_bytes = strlen(word);

	for (size_t i = 0; i + word_bytes <= bytes; i++)
		if (strncasecmp(name + i, word, word_bytes) == 0)
			return true;
	return false;
}

/* The last part of "smtp.pass", "rtsp_pw". */
static bool ends_in(const char *name, size_t bytes, const char *word)
{
	size_t word_bytes = strlen(word);
	char before;

	if (bytes < word_bytes || strncasecmp(name + bytes - word_bytes, word, word_bytes) != 0)
		return false;
	if (bytes == word_bytes)
		return true;
	before = name[bytes - word_bytes - 1];
	return !isalpha((unsigned char)before) ||
		(islower((unsigned char)before) &&
			isupper((unsigned char)name[bytes - word_bytes]));
}

static bool is_secret_name(const char *name, size_t bytes)
{
	static const char *const anywhere[] = {"passw", "passphrase", "passcode", "pwd", "secret",
		"token", "key", "credential", "authorization", "bearer", "cookie", "signature"};
	static const char *const whole[] = {"pass", "pw", "auth", "pin", "jwt", "hash"};

	for (size_t i = 0; i < sizeof anywhere / sizeof anywhere[0]; i++)
		if (holds_word(name, bytes, anywhere[i]))
			return true;
	for (size_t i = 0; i < sizeof whole / sizeof whole[0]; i++)
		if (ends_in(name, bytes, whole[i]))
			return true;
	return false;
}

bool redact_is_secret(const char *name)
{
	return name && is_secret_name(name, strlen(name));
}

/* ---- masking ---- */

/* What is found in a text is marked first and taken out at the end: what one rule takes must not
 * hide from another where its secret ends. */
struct masked {
	const char *text;
	char *marks; /* a byte for each of the text: 1 = to be hidden */
};

/* Gives where the text goes on. */
static const char *mask(struct masked *masked, const char *from, const char *to)
{
	memset(masked->marks + (from - masked->text), 1, (size_t)(to - from));
	return to;
}

/* Each run of marks becomes at most three stars. */
static void take_out(char *text, const char *marks)
{
	char *out = text;
	size_t run = 0;

	for (size_t i = 0; text[i]; i++) {
		run = marks[i] ? run + 1 : 0;
		if (!marks[i])
			*out++ = text[i];
		else if (run <= strlen(REDACTED))
			*out++ = '*';
	}
	*out = '\0';
}

static bool ends_word(char c)
{
	return c == '\0' || isspace((unsigned char)c) || strchr("\"'`<>", c);
}

static const char *end_of_word(const char *at)
{
	while (!ends_word(*at))
		at++;
	return at;
}

/* ---- users and passwords of URLs ---- */

/* The same mark as it is, in escaped JSON and percent-encoded; what it was in *bytes. */
static bool is_mark(const char *at, const char *const forms[3], size_t *bytes)
{
	for (size_t i = 0; i < 3; i++) {
		*bytes = strlen(forms[i]);
		if (strncasecmp(at, forms[i], *bytes) == 0)
			return true;
	}
	return false;
}

static const char *const slashes[3] = {"//", "\\/\\/", "%2F%2F"};
static const char *const at_signs[3] = {"@", "%40", "\\u0040"};
static const char *const colons[3] = {":", "%3A", "\\u003a"};

static const char *find_mark(
	const char *from, const char *end, const char *const forms[3], size_t *bytes)
{
	for (; from < end; from++)
		if (is_mark(from, forms, bytes))
			return from;
	return NULL;
}

static const char *last_mark(const char *from, const char *end, const char *const forms[3])
{
	size_t bytes;

	while (end > from)
		if (is_mark(--end, forms, &bytes))
			return end;
	return NULL;
}

/* Whether the slashes are those after a scheme, or begin the word: others may be in a password. */
static bool is_scheme(const char *word, const char *slash)
{
	size_t bytes;
	const char *colon = find_mark(word, slash, colons, &bytes);

	if (!colon)
		return slash == word;
	return colon > word && isalnum((unsigned char)colon[-1]) && colon + bytes == slash;
}

/* Where a user begins in the word: after the slashes of its URL, else at its start. */
static const char *find_user(const char *word, const char *end, bool *is_url)
{
	size_t bytes;
	const char *slash = find_mark(word, end, slashes, &bytes);

	*is_url = slash && is_scheme(word, slash);
	return *is_url ? slash + bytes : word;
}

/* Quotes may be in a password, too. */
static const char *end_of_url(const char *at)
{
	while (*at && !isspace((unsigned char)*at))
		at++;
	return at;
}

/* A password may hold any of / ? # and @ where somebody forgot to encode it: with a colon in sight
 * all up to the last @ goes. Without one the @ must stand in the host's part. */
static const char *hide_user(struct masked *masked, const char *word)
{
	const char *end = end_of_url(word);
	bool is_url;
	const char *user = find_user(word, end, &is_url), *at = last_mark(user, end, at_signs);
	const char *host_end = user + strcspn(user, "/?#");
	size_t bytes;
	bool has_colon;

	if (!at || at == user)
		return end;
	has_colon = find_mark(user, at, colons, &bytes) != NULL;
	if (!has_colon && (!is_url || at > host_end))
		return end;
	if (!is_url && strncasecmp(word, "mailto:", 7) == 0)
		return end;
	mask(masked, user, at);
	return end;
}

static void hide_users(struct masked *masked)
{
	const char *text = masked->text;

	if (!strchr(text, '@') && !strchr(text, '%') && !strchr(text, '\\'))
		return;
	while (*text) {
		text = hide_user(masked, text);
		if (*text)
			text++;
	}
}

/* ---- values of secret names ---- */

static bool is_name_char(char c)
{
	return isalnum((unsigned char)c) || c == '_' || c == '-' || c == '.';
}

/* Whether the name before the sign at is a secret's; quotes may stand between. */
static bool follows_secret_name(const char *text, const char *at)
{
	const char *end = at, *start;

	while (end > text && strchr(" \t\"'\\]", end[-1]))
		end--;
	start = end;
	while (start > text && end - start < NAME_BYTES_MAX && is_name_char(start[-1]))
		start--;
	return start < end && is_secret_name(start, (size_t)(end - start));
}

static size_t sign_bytes(const char *at)
{
	if (*at == '=' || *at == ':')
		return at[1] == '>' ? 2 : 1;
	return strncasecmp(at, "%3D", 3) == 0 || strncasecmp(at, "%3A", 3) == 0 ? 3 : 0;
}

/* A scheme says how what follows is meant: "Bearer abc". */
static const char *skip_scheme(const char *value)
{
	static const char *const schemes[] = {"bearer ", "basic ", "digest ", "token "};

	for (size_t i = 0; i < sizeof schemes / sizeof schemes[0]; i++)
		if (strncasecmp(value, schemes[i], strlen(schemes[i])) == 0)
			return value + strlen(schemes[i]);
	return value;
}

static const char *end_of_value(const char *value, char quote)
{
	const char *end = skip_scheme(value);

	if (quote) {
		while (*end && *end != quote)
			end += end[0] == '\\' && end[1] && end[1] != quote ? 2 : 1;
		return end;
	}
	while (*end && !strchr(" \t\"'\\,;&<>()[]{}|", *end) && strncasecmp(end, "%26", 3) != 0)
		end++;
	return end;
}

/* The sign stands at the end of the name; hides what it gives the name. */
static const char *hide_value(struct masked *masked, const char *sign, size_t bytes)
{
	const char *value = sign + bytes;
	char quote = '\0';

	for (; *value && strchr(" \t\"'\\", *value); value++)
		if (*value == '"' || *value == '\'')
			quote = *value;
	return mask(masked, value, end_of_value(value, quote));
}

static void hide_values(struct masked *masked)
{
	const char *at = masked->text;

	while (*at) {
		size_t bytes = sign_bytes(at);

		if (bytes > 0 && follows_secret_name(masked->text, at))
			at = hide_value(masked, at, bytes);
		else
			at += bytes > 0 ? bytes : 1;
	}
}

/* ---- what is a secret by its form ---- */

static bool begins_hash(const char *at)
{
	static const char *const marks[] = {
		"$2a$", "$2b$", "$2x$", "$2y$", "$argon2", "$5$", "$6$", "$scrypt$", "$pbkdf2"};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (strncasecmp(at, marks[i], strlen(marks[i])) == 0)
			return true;
	return false;
}

static void hide_forms(struct masked *masked)
{
	for (const char *at = masked->text; *at; at++) {
		const char *bearer = strncasecmp(at, "bearer ", 7) == 0 ? at + 7 : at;

		/* "eyJ" is how each token of three parts begins */
		if (begins_hash(at) || bearer > at ||
			(strncmp(at, "eyJ", 3) == 0 &&
				memchr(at, '.', (size_t)(end_of_word(at) - at))))
			mask(masked, bearer, end_of_word(bearer));
	}
}

void redact_text(char *text)
{
	char small[SMALL_BYTES];
	size_t bytes = strlen(text);
	struct masked masked = {text, small};

	/* Of all that is read hardly anything may hold one. */
	if (!text[strcspn(text, "@=:%$\\")] && !strstr(text, "eyJ") && !strcasestr(text, "bearer "))
		return;
	if (bytes > sizeof small)
		masked.marks = malloc(bytes);
	if (!masked.marks) {
		text[0] = '\0';
		return;
	}
	memset(masked.marks, 0, bytes);
	hide_values(&masked);
	hide_users(&masked);
	hide_forms(&masked);
	take_out(text, masked.marks);
	if (masked.marks != small)
		free(masked.marks);
}

/* How much of a text is looked at: of what is cut off, the last word could begin a secret that is
 * not known by its end. */
static size_t bytes_looked_at(const char *raw)
{
	size_t bytes = strnlen(raw, LOOKED_AT_BYTES + 1);

	if (bytes <= LOOKED_AT_BYTES)
		return bytes;
	while (bytes > 0 && !ends_word(raw[bytes]))
		bytes--;
	return bytes;
}

const char *redact_copy(const char *raw, size_t max_bytes, struct arena *arena)
{
	char small[SMALL_BYTES], cut[TEXT_MESSAGE_BYTES + 1];
	size_t bytes = raw ? bytes_looked_at(raw) : 0;
	size_t room = bytes * WORST_GROWTH + 1;
	size_t cut_room = max_bytes < sizeof cut ? max_bytes + 1 : sizeof cut;
	char *whole;

	if (!raw)
		return NULL;
	/* What is hidden first cannot be cut in the middle. */
	whole = room <= sizeof small ? small : malloc(room);
	if (!whole)
		return NULL;
	bytes = text_clean(whole, room, raw, bytes);
	redact_text(whole);
	signature_hide(whole);
	bytes = text_clean(cut, cut_room, whole, strlen(whole));
	if (whole != small)
		free(whole);
	return arena_text_n(arena, cut, bytes);
}
