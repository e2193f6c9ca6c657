/* Takes the filter of the events apart. Owns nothing; pure. */
#include "views/event_filter.h"
#include "base/text.h"
#include "model/span.h"
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- values ---- */

static void fail(struct event_filter *filter, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* The first one is said: it stands where reading begins. */
static void fail(struct event_filter *filter, const char *format, ...)
{
	va_list arguments;

	if (filter->error[0])
		return;
	va_start(arguments, format);
	vsnprintf(filter->error, sizeof(filter->error), format, arguments);
	va_end(arguments);
}

static void add_part(struct event_filter *filter, const char *field, const char *value)
{
	struct event_filter_part *part;

	if (filter->part_count == QUERY_PARTS) {
		fail(filter, "at most %d of type: camera: and object: at once", QUERY_PARTS);
		return;
	}
	part = &filter->parts[filter->part_count++];
	part->field = field;
	snprintf(part->text, sizeof(part->text), "%s", value);
}

static void take_type(struct event_filter *filter, const char *value)
{
	add_part(filter, "type", value);
}

static void take_camera(struct event_filter *filter, const char *value)
{
	add_part(filter, "camera_id", value);
}

static void take_object(struct event_filter *filter, const char *value)
{
	add_part(filter, "objects", value);
}

/* "80" "80%" ">=80" "0.8": more than 1 is of 100, as recorders themselves mean it. */
static void take_confidence(struct event_filter *filter, const char *value)
{
	const char *digits = strncmp(value, ">=", 2) == 0 ? value + 2 : value;
	bool is_percent = *digits && digits[strlen(digits) - 1] == '%';
	char number[32];
	double given;

	if (!*digits)
		return;
	snprintf(number, sizeof(number), "%.*s", (int)(strlen(digits) - is_percent), digits);
	if (strlen(digits) >= sizeof(number) || !text_to_double(number, &given) ||
		!(given >= 0 && given <= 100)) {
		fail(filter, "confidence:%.40s is no confidence - write confidence:80", value);
		return;
	}
	filter->confidence = is_percent || given > 1 ? given / 100 : given;
}

static void take_since(struct event_filter *filter, const char *value)
{
	char last = value[strlen(value) - 1];
	int64_t ms;

	if ((last >= '0' && last <= '9') || !text_to_duration_ms(value, &ms) || ms < 0) {
		fail(filter, "since:%.40s is no time span - write since:30m, since:6h or since:2d",
			value);
		return;
	}
	filter->since_ms = ms;
}

static const struct {
	const char *name;
	void (*take)(struct event_filter *filter, const char *value);
} terms[] = {
	{"type:", take_type},
	{"camera:", take_camera},
	{"object:", take_object},
	{"confidence:", take_confidence},
	{"since:", take_since},
};

/* ---- the text ---- */

static void add_word(struct event_filter *filter, const char *word)
{
	size_t used = strlen(filter->words);

	snprintf(filter->words + used, sizeof(filter->words) - used, "%s%s", used ? " " : "", word);
}

/* Copies what stands before the next blank outside of quotes, without these; returns what follows.
 */
static const char *next_token(const char *text, char token[QUERY_TEXT_BYTES])
{
	bool is_quoted = false;
	size_t used = 0;

	for (; *text && (is_quoted || *text != ' '); text++)
		if (*text == '"')
			is_quoted = !is_quoted;
		else if (used + 1 < QUERY_TEXT_BYTES)
			token[used++] = *text;
	token[used] = '\0';
	return text;
}

static void take_token(struct event_filter *filter, const char *token)
{
	for (size_t i = 0; i < sizeof(terms) / sizeof(terms[0]); i++) {
		size_t bytes = strlen(terms[i].name);

		if (strncasecmp(token, terms[i].name, bytes) != 0)
			continue;
		if (token[bytes])
			terms[i].take(filter, token + bytes);
		return;
	}
	add_word(filter, token);
}

void event_filter_parse(struct event_filter *filter, const char *text)
{
	char token[QUERY_TEXT_BYTES];

	*filter = (struct event_filter){.confidence = NAN, .since_ms = UNKNOWN};
	while (*(text += strspn(text, " "))) {
		text = next_token(text, token);
		if (token[0])
			take_token(filter, token);
	}
}

/* ---- the query ---- */

void event_filter_narrow(const struct event_filter *filter, struct query *query, int64_t now_ms)
{
	for (size_t i = 0; i < filter->part_count; i++)
		query->parts[i] = (struct match){filter->parts[i].field, filter->parts[i].text};
	if (!isnan(filter->confidence))
		query->least = (struct least){"confidence", filter->confidence};
	if (filter->since_ms != UNKNOWN) {
		int64_t since = time_plus(now_ms, -filter->since_ms);

		if (query->since_ms == UNKNOWN || query->since_ms < since)
			query->since_ms = since;
	}
}

static bool is_of_type(const struct event_filter_part *part)
{
	return strcmp(part->field, "type") == 0;
}

bool event_filter_has_type(const struct event_filter *filter)
{
	for (size_t i = 0; i < filter->part_count; i++)
		if (is_of_type(&filter->parts[i]))
			return true;
	return false;
}

bool event_filter_is_type(const struct event_filter *filter, const char *type)
{
	char folded[TEXT_FIELD_BYTES], part[QUERY_TEXT_BYTES];

	text_fold(folded, sizeof(folded), type ? type : "");
	for (size_t i = 0; i < filter->part_count; i++) {
		text_fold(part, sizeof(part), filter->parts[i].text);
		if (is_of_type(&filter->parts[i]) && !strstr(folded, part))
			return false;
	}
	return true;
}
