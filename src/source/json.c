/* The one file that knows cJSON. Owns nothing between calls: each tree lives in an arena of its
 * own, which bounds it, makes its nodes cheap, and is freed at once. Any thread, one tree at a
 * time. */
#include "source/json.h"
#include "base/clock.h"
#include "base/text.h"
#include "source/signature.h"
#include <cjson/cJSON.h>
#include <ctype.h>
#include <math.h>
#include <string.h>
#include <threads.h>

/* A tree of ordinary records takes 5 times its text; one of bare digits 40 times. */
enum { TREE_BYTES_PER_BYTE = 24, TREE_SPARE_BYTES = 64 << 10 };

/* From here on a double no longer holds every integer. */
#define EXACT_INTEGER_END 9007199254740992.0

/* cJSON's allocation hooks have no argument of their own. */
static _Thread_local struct arena *tree_arena;
static once_flag hooks_once = ONCE_FLAG_INIT;

static void *tree_alloc(size_t bytes)
{
	return tree_arena ? arena_alloc(tree_arena, bytes) : NULL;
}

static void tree_keep(void *memory)
{
	(void)memory; /* dies with the arena */
}

static void set_hooks(void)
{
	cJSON_InitHooks(&(cJSON_Hooks){.malloc_fn = tree_alloc, .free_fn = tree_keep});
}

static const cJSON *node(const struct json *value)
{
	return (const cJSON *)(const void *)value;
}

static const struct json *from_node(const cJSON *item)
{
	return (const struct json *)(const void *)item;
}

/* What the four digits at text say; -1 when they are none. */
static int hex4(const char *text, const char *end)
{
	int value = 0;

	if (end - text < 4)
		return -1;
	for (int i = 0; i < 4; i++) {
		if (!isxdigit((unsigned char)text[i]))
			return -1;
		value = value * 16 +
			(isdigit((unsigned char)text[i]) ? text[i] - '0'
							 : (text[i] | 0x20) - 'a' + 10);
	}
	return value;
}

static bool is_low_surrogate(const char *text, const char *end)
{
	return end - text >= 6 && text[0] == '\\' && text[1] == 'u' &&
		(hex4(text + 2, end) & 0xFC00) == 0xDC00;
}

/* The next \u0000 or half of a surrogate pair; NULL when there is none. */
static const char *bad_escape(const char *at, const char *end)
{
	while ((at = memchr(at, '\\', (size_t)(end - at))) && end - at >= 6) {
		int value = at[1] == 'u' ? hex4(at + 2, end) : -1;

		if (value < 0)
			at += 2;
		else if ((value & 0xFC00) == 0xD800 && is_low_surrogate(at + 6, end))
			at += 12;
		else if (value == 0 || (value & 0xF800) == 0xD800)
			return at;
		else
			at += 6;
	}
	return NULL;
}

/* \u0000 would end a C string early and half a pair all of the answer: they become U+FFFD, like
 * other bytes that mean nothing. Gives the text itself when there is none. */
static const char *without_bad_escapes(const char *text, size_t bytes, struct arena *arena)
{
	const char *at = bad_escape(text, text + bytes);
	char *copy = at ? arena_text_n(arena, text, bytes) : NULL;

	for (char *hit = copy ? copy + (at - text) : NULL; hit;
		hit = (char *)(uintptr_t)bad_escape(hit, copy + bytes))
		memcpy(hit, "\\ufffd", 6);
	return copy ? copy : text;
}

static bool is_blank(const char *text, const char *end)
{
	while (text < end && strchr(" \t\r\n", *text) && *text)
		text++;
	return text == end;
}

static size_t tree_max(size_t text_bytes)
{
	size_t most = (SIZE_MAX - TREE_SPARE_BYTES) / TREE_BYTES_PER_BYTE;

	return (text_bytes < most ? text_bytes : most) * TREE_BYTES_PER_BYTE + TREE_SPARE_BYTES;
}

static cJSON *parse_in(struct arena *arena, const char *text, size_t bytes, struct err *err)
{
	const char *clean = without_bad_escapes(text, bytes, arena);
	const char *end = NULL;
	size_t at;
	cJSON *root;

	tree_arena = arena;
	root = cJSON_ParseWithLengthOpts(clean, bytes, &end, false);
	tree_arena = NULL;
	at = end && end >= clean && end <= clean + bytes ? (size_t)(end - clean) : bytes;
	if (root && is_blank(clean + at, clean + bytes))
		return root;
	if (arena_used_bytes(arena) + sizeof(cJSON) > tree_max(bytes))
		err_set(err, "answer has too many parts for its %zu bytes", bytes);
	else if (root)
		err_set(err, "answer is not JSON: more after its end at byte %zu of %zu", at,
			bytes);
	else
		err_set(err, "answer is not JSON: wrong or cut off at byte %zu of %zu", at, bytes);
	return NULL;
}

struct json *json_parse(const char *text, size_t bytes, struct err *err)
{
	struct arena *arena = arena_new(tree_max(bytes));
	cJSON *root;

	call_once(&hooks_once, set_hooks);
	if (!arena) {
		err_set(err, "out of memory for an answer of %zu bytes", bytes);
		return NULL;
	}
	root = parse_in(arena, text, bytes, err);
	if (!root) {
		arena_free(arena);
		return NULL;
	}
	/* Only a first child uses prev; in the root it remembers what to free. */
	root->prev = (cJSON *)(void *)arena;
	return (struct json *)(void *)root;
}

void json_free(struct json *root)
{
	if (root)
		arena_free((struct arena *)(void *)node(root)->prev);
}

const struct json *json_member(const struct json *object, const char *name)
{
	if (!cJSON_IsObject(node(object)))
		return NULL;
	for (const cJSON *child = node(object)->child; child; child = child->next)
		if (child->string && strcmp(child->string, name) == 0)
			return from_node(child);
	return NULL;
}

const struct json *json_value(const struct json *object, const char *name)
{
	const struct json *value = json_member(object, name);

	return cJSON_IsNull(node(value)) ? NULL : value;
}

const struct json *json_first(const struct json *array_or_object)
{
	return array_or_object ? from_node(node(array_or_object)->child) : NULL;
}

const struct json *json_next(const struct json *value)
{
	return value ? from_node(node(value)->next) : NULL;
}

const char *json_name(const struct json *value)
{
	return value ? node(value)->string : NULL;
}

bool json_is_array(const struct json *value)
{
	return cJSON_IsArray(node(value));
}

bool json_is_object(const struct json *value)
{
	return cJSON_IsObject(node(value));
}

bool json_is_null(const struct json *value)
{
	return cJSON_IsNull(node(value));
}

bool json_is_text(const struct json *value)
{
	return cJSON_IsString(node(value)) && node(value)->valuestring;
}

bool json_is_number(const struct json *value)
{
	return cJSON_IsNumber(node(value));
}

/* ---- the same questions of a value in hand ---- */

const char *json_raw_of(const struct json *value)
{
	return json_is_text(value) ? node(value)->valuestring : NULL;
}

const char *json_text_of(const struct json *value, size_t max_bytes, struct arena *arena)
{
	char text[TEXT_MESSAGE_BYTES + 1];
	size_t room = max_bytes < TEXT_MESSAGE_BYTES ? max_bytes + 1 : sizeof text;
	const char *raw = json_raw_of(value);

	if (raw) {
		text_clean(text, room, raw, strlen(raw));
		signature_hide(text);
		return arena_text(arena, text);
	}
	if (cJSON_IsBool(node(value)))
		return arena_text(arena, cJSON_IsTrue(node(value)) ? "true" : "false");
	if (!json_is_number(value))
		return NULL;
	snprintf(text, room, "%.15g", node(value)->valuedouble);
	return arena_text(arena, text);
}

double json_real_of(const struct json *value)
{
	double real = NAN;

	if (json_is_number(value))
		real = node(value)->valuedouble;
	else if (json_is_text(value) && !text_to_double(node(value)->valuestring, &real))
		real = NAN;
	return isfinite(real) ? real : NAN;
}

int64_t json_int_of(const struct json *value)
{
	int64_t exact;
	double real;

	if (json_is_text(value) && text_to_int64(node(value)->valuestring, &exact))
		return exact;
	real = json_real_of(value);
	/* also false for NAN */
	return fabs(real) < EXACT_INTEGER_END && floor(real) == real ? (int64_t)real : UNKNOWN;
}

int64_t json_round_of(const struct json *value)
{
	int64_t exact = json_int_of(value);
	double real = json_real_of(value);

	if (exact != UNKNOWN)
		return exact;
	return fabs(real) < EXACT_INTEGER_END ? (int64_t)llround(real) : UNKNOWN;
}

int64_t json_bool_of(const struct json *value)
{
	const char *raw = json_raw_of(value);
	int64_t number;

	if (cJSON_IsBool(node(value)))
		return cJSON_IsTrue(node(value)) ? 1 : 0;
	if (raw && (strcmp(raw, "true") == 0 || strcmp(raw, "false") == 0))
		return raw[0] == 't';
	number = json_int_of(value);
	return number == 0 || number == 1 ? number : UNKNOWN;
}

int64_t json_time_of(const struct json *value, struct arena *arena, const char **raw)
{
	enum clock_parse result = CLOCK_NEVER;
	int64_t ms = UNKNOWN;

	if (raw)
		*raw = NULL;
	if (json_is_number(value))
		result = clock_parse_number(node(value)->valuedouble, &ms);
	else if (json_is_text(value))
		result = clock_parse(node(value)->valuestring, &ms);
	if (result == CLOCK_INVALID && raw)
		*raw = json_text_of(value, TEXT_FIELD_BYTES, arena);
	return result == CLOCK_OK ? ms : UNKNOWN;
}

/* ---- and of a member ---- */

const char *json_text(
	const struct json *object, const char *name, size_t max_bytes, struct arena *arena)
{
	return json_text_of(json_member(object, name), max_bytes, arena);
}

const char *json_raw(const struct json *object, const char *name)
{
	return json_raw_of(json_member(object, name));
}

int64_t json_int(const struct json *object, const char *name)
{
	return json_int_of(json_member(object, name));
}

double json_real(const struct json *object, const char *name)
{
	return json_real_of(json_member(object, name));
}

int64_t json_bool(const struct json *object, const char *name)
{
	return json_bool_of(json_member(object, name));
}

int64_t json_time(
	const struct json *object, const char *name, struct arena *arena, const char **raw)
{
	return json_time_of(json_member(object, name), arena, raw);
}
