/* Goes through JSON text with a stack of its own. Owns nothing; any thread. */
#include "base/json_walk.h"
#include "base/text.h"
#include <ctype.h>
#include <string.h>

enum { HEX_DIGITS = 4, SURROGATE_HIGH = 0xd800, SURROGATE_LOW = 0xdc00, SURROGATES_END = 0xe000 };
enum { PLANE_1 = 0x10000, SURROGATE_BITS = 10, REPLACEMENT = 0xfffd };

void json_walk_begin(struct json_walk *walk, const char *text, size_t bytes)
{
	walk->next = text;
	walk->end = text + bytes;
	walk->is_bad = walk->is_begun = false;
	walk->depth = 0;
}

/* ---- characters ---- */

static char peek(const struct json_walk *walk)
{
	return walk->next < walk->end ? *walk->next : '\0';
}

static void skip_blanks(struct json_walk *walk)
{
	while (walk->next < walk->end && *walk->next && strchr(" \t\r\n", *walk->next))
		walk->next++;
}

static bool take(struct json_walk *walk, char wanted)
{
	skip_blanks(walk);
	if (walk->next == walk->end || *walk->next != wanted)
		return false;
	walk->next++;
	return true;
}

static bool fail(struct json_walk *walk)
{
	walk->is_bad = true;
	return false;
}

/* ---- single values ---- */

static bool take_escape(struct json_walk *walk)
{
	char c = peek(walk);

	walk->next++;
	if (c != 'u')
		return c && strchr("\"\\/bfnrt", c);
	for (int i = 0; i < HEX_DIGITS; i++, walk->next++)
		if (!isxdigit((unsigned char)peek(walk)))
			return false;
	return true;
}

/* Behind its opening quote. */
static bool take_text(struct json_walk *walk, const char **text, size_t *bytes)
{
	*text = walk->next;
	while (walk->next < walk->end && *walk->next != '"') {
		unsigned char c = (unsigned char)*walk->next++;

		if (c < ' ' || (c == '\\' && !take_escape(walk)))
			return false;
	}
	*bytes = (size_t)(walk->next - *text);
	return take(walk, '"');
}

static bool take_digits(struct json_walk *walk)
{
	const char *begin = walk->next;

	while (isdigit((unsigned char)peek(walk)))
		walk->next++;
	return walk->next > begin;
}

static bool take_number(struct json_walk *walk)
{
	walk->next += peek(walk) == '-';
	if (!take_digits(walk))
		return false;
	if (peek(walk) == '.') {
		walk->next++;
		if (!take_digits(walk))
			return false;
	}
	if (peek(walk) != 'e' && peek(walk) != 'E')
		return true;
	walk->next++;
	walk->next += peek(walk) == '+' || peek(walk) == '-';
	return take_digits(walk);
}

static bool take_word(struct json_walk *walk)
{
	static const char *const words[] = {"true", "false", "null"};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
		size_t bytes = strlen(words[i]);

		if ((size_t)(walk->end - walk->next) >= bytes &&
			memcmp(walk->next, words[i], bytes) == 0) {
			walk->next += bytes;
			return true;
		}
	}
	return false;
}

/* ---- in and out ---- */

static bool go_in(struct json_walk *walk, struct json_item *item, char close)
{
	if (walk->depth == JSON_WALK_DEPTH_MAX)
		return false;
	walk->is_object[walk->depth] = item->kind == JSON_OBJECT;
	walk->count[walk->depth++] = 0;
	skip_blanks(walk);
	item->is_empty = peek(walk) == close;
	return true;
}

static bool take_value(struct json_walk *walk, struct json_item *item)
{
	char c = peek(walk);

	if (c == '{' || c == '[') {
		item->kind = c == '{' ? JSON_OBJECT : JSON_ARRAY;
		walk->next++;
		return go_in(walk, item, c == '{' ? '}' : ']');
	}
	if (c == '"') {
		item->kind = JSON_TEXT;
		walk->next++;
		return take_text(walk, &item->text, &item->text_bytes);
	}
	item->kind = c == '-' || isdigit((unsigned char)c) ? JSON_NUMBER : JSON_WORD;
	item->text = walk->next;
	if (!(item->kind == JSON_NUMBER ? take_number(walk) : take_word(walk)))
		return false;
	item->text_bytes = (size_t)(walk->next - item->text);
	return true;
}

/* Leaves all that ends here. */
static void go_out(struct json_walk *walk)
{
	while (walk->depth > 0 && take(walk, walk->is_object[walk->depth - 1] ? '}' : ']'))
		walk->depth--;
}

/* Up to the value: the comma before it, its name. */
static bool take_place(struct json_walk *walk, struct json_item *item)
{
	int64_t *count = &walk->count[walk->depth - 1];

	if (*count > 0 && !take(walk, ','))
		return false;
	item->index = (*count)++;
	if (!walk->is_object[walk->depth - 1])
		return true;
	return take(walk, '"') && take_text(walk, &item->name, &item->name_bytes) &&
		take(walk, ':');
}

bool json_walk_next(struct json_walk *walk, struct json_item *item)
{
	if (walk->is_bad)
		return false;
	*item = (struct json_item){.kind = JSON_WORD};
	go_out(walk);
	item->depth = walk->depth;
	skip_blanks(walk);
	if (walk->depth == 0 && walk->is_begun)
		return walk->next < walk->end && fail(walk);
	walk->is_begun = true;
	if (walk->depth > 0 && !take_place(walk, item))
		return fail(walk);
	skip_blanks(walk);
	return take_value(walk, item) || fail(walk);
}

bool json_walk_is_whole(const char *text, size_t bytes)
{
	struct json_walk walk;
	struct json_item item;

	json_walk_begin(&walk, text, bytes);
	while (json_walk_next(&walk, &item))
		continue;
	return !walk.is_bad;
}

/* ---- texts ---- */

static uint32_t hex_of(const char *digits)
{
	uint32_t value = 0;

	for (int i = 0; i < HEX_DIGITS; i++) {
		int c = tolower((unsigned char)digits[i]);

		value = value * 16 + (uint32_t)(isdigit(c) ? c - '0' : c - 'a' + 10);
	}
	return value;
}

static bool is_unit(const char *raw, const char *end)
{
	if (end - raw < 2 + HEX_DIGITS || raw[0] != '\\' || raw[1] != 'u')
		return false;
	for (int i = 0; i < HEX_DIGITS; i++)
		if (!isxdigit((unsigned char)raw[2 + i]))
			return false;
	return true;
}

/* "\u1234", or two of them that are one character; gives what is behind. */
static const char *read_unit(const char *raw, const char *end, uint32_t *code)
{
	uint32_t low;

	*code = hex_of(raw + 2);
	raw += 2 + HEX_DIGITS;
	if (*code < SURROGATE_HIGH || *code >= SURROGATES_END)
		return raw;
	low = *code < SURROGATE_LOW && is_unit(raw, end) ? hex_of(raw + 2) : 0;
	if (low < SURROGATE_LOW || low >= SURROGATES_END) {
		*code = REPLACEMENT;
		return raw;
	}
	*code = PLANE_1 + ((*code - SURROGATE_HIGH) << SURROGATE_BITS) + (low - SURROGATE_LOW);
	return raw + 2 + HEX_DIGITS;
}

static const char *read_escape(const char *raw, const char *end, uint32_t *code)
{
	static const char letters[] = "bfnrt", meant[] = "\b\f\n\r\t";
	const char *letter;

	if (is_unit(raw, end))
		return read_unit(raw, end, code);
	if (end - raw < 2) {
		*code = REPLACEMENT;
		return end;
	}
	letter = raw[1] ? strchr(letters, raw[1]) : NULL;
	*code = letter ? (uint32_t)meant[letter - letters] : (unsigned char)raw[1];
	return raw + 2;
}

size_t json_walk_text(char *dst, size_t dst_bytes, const char *raw, size_t raw_bytes)
{
	const char *end = raw + raw_bytes;
	char plain[4096];
	size_t used = 0;

	while (raw < end && used + 4 <= sizeof plain) {
		uint32_t code;

		if (*raw == '\\') {
			raw = read_escape(raw, end, &code);
			used += text_encode(plain + used, code);
		} else {
			plain[used++] = *raw++;
		}
	}
	return text_clean(dst, dst_bytes, plain, used);
}
