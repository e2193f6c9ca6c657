/* Tests of what is typed behind '/' in the events. */
#include "views/event_filter.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#define NOW INT64_C(1771423522000)
#define HOUR INT64_C(3600000)

static struct event_filter parsed(const char *text)
{
	struct event_filter filter;

	event_filter_parse(&filter, text);
	return filter;
}

Test(event_filter, leaves_words_to_the_store_as_everywhere)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", ""},
		{"   ", ""},
		{"dock", "dock"},
		{"  Dock   person ", "Dock person"},
		{"colour:red", "colour:red"},
		{"10:42", "10:42"},
		{"type", "type"},
		{":", ":"},
		{"person type:motion dock", "person dock"},
		{"\"\" dock", "dock"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct event_filter filter = parsed(cases[i].text);

		cr_expect_str_eq(filter.words, cases[i].words, "%s", cases[i].text);
		cr_expect_str_eq(filter.error, "", "%s", cases[i].text);
	}
}

Test(event_filter, takes_type_camera_and_object_as_parts)
{
	struct event_filter filter = parsed("TYPE:motion camera:\"loading dock\" x object:person");

	cr_assert_eq(filter.part_count, 3);
	cr_expect_str_eq(filter.parts[0].field, "type");
	cr_expect_str_eq(filter.parts[0].text, "motion");
	cr_expect_str_eq(filter.parts[1].field, "camera_id");
	cr_expect_str_eq(filter.parts[1].text, "loading dock");
	cr_expect_str_eq(filter.parts[2].field, "objects");
	cr_expect_str_eq(filter.parts[2].text, "person");
	cr_expect_str_eq(filter.words, "x");
	cr_expect(isnan(filter.confidence));
	cr_expect_eq(filter.since_ms, UNKNOWN);
}

Test(event_filter, asks_for_nothing_while_a_value_is_still_to_be_typed)
{
	static const char *const texts[] = {"type:", "camera:", "object:", "confidence:",
		"confidence:>=", "since:", "camera:\""};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		struct event_filter filter = parsed(texts[i]);

		cr_expect_eq(filter.part_count, 0, "%s", texts[i]);
		cr_expect(isnan(filter.confidence), "%s", texts[i]);
		cr_expect_eq(filter.since_ms, UNKNOWN, "%s", texts[i]);
		cr_expect_str_eq(filter.words, "", "%s", texts[i]);
		cr_expect_str_eq(filter.error, "", "%s", texts[i]);
	}
}

Test(event_filter, reads_confidence_in_percent_or_as_a_fraction)
{
	static const struct {
		const char *text;
		double confidence;
	} cases[] = {
		{"confidence:80", 0.8},
		{"confidence:>=80", 0.8},
		{"confidence:80%", 0.8},
		{"confidence:>=62.5%", 0.625},
		{"confidence:0.8", 0.8},
		{"confidence:>=.8", 0.8},
		{"confidence:1", 1},
		{"confidence:1%", 0.01},
		{"confidence:100", 1},
		{"confidence:0", 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct event_filter filter = parsed(cases[i].text);

		cr_expect_float_eq(filter.confidence, cases[i].confidence, 1e-12, "%s: %g",
			cases[i].text, filter.confidence);
		cr_expect_str_eq(filter.error, "", "%s", cases[i].text);
	}
}

Test(event_filter, reads_how_long_ago)
{
	cr_expect_eq(parsed("since:6h").since_ms, 6 * HOUR);
	cr_expect_eq(parsed("since:2d").since_ms, 48 * HOUR);
	cr_expect_eq(parsed("since:90m").since_ms, 90 * 60000);
	cr_expect_eq(parsed("Since:30s").since_ms, 30000);
}

Test(event_filter, says_which_value_is_wrong_and_leaves_it_out)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{"confidence:high", "confidence:high is no confidence - write confidence:80"},
		{"confidence:-1", "confidence:-1 is no confidence - write confidence:80"},
		{"confidence:101", "confidence:101 is no confidence - write confidence:80"},
		{"confidence:nan", "confidence:nan is no confidence - write confidence:80"},
		{"confidence:<=80", "confidence:<=80 is no confidence - write confidence:80"},
		{"confidence:80%%", "confidence:80%% is no confidence - write confidence:80"},
		{"since:yesterday",
			"since:yesterday is no time span - write since:30m, since:6h "
			"or since:2d"},
		{"since:6", "since:6 is no time span - write since:30m, since:6h or since:2d"},
		{"since:-6h", "since:-6h is no time span - write since:30m, since:6h or since:2d"},
		{"since:99999999999999999d",
			"since:99999999999999999d is no time span - write "
			"since:30m, since:6h or since:2d"},
		{"since:6 confidence:x",
			"since:6 is no time span - write since:30m, since:6h or since:2d"},
		{"object:a object:b object:c object:d object:e",
			"at most 4 of type: camera: and object: at once"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct event_filter filter = parsed(cases[i].text);

		cr_expect_str_eq(filter.error, cases[i].error);
		cr_expect(isnan(filter.confidence), "%s", cases[i].text);
		cr_expect_eq(filter.since_ms, UNKNOWN, "%s", cases[i].text);
		cr_expect_str_eq(filter.words, "", "%s", cases[i].text);
	}
}

Test(event_filter, bounds_whatever_is_typed)
{
	char text[2000];
	struct event_filter filter;

	memset(text, 'x', sizeof text);
	text[sizeof text - 1] = '\0';
	cr_expect_eq(strlen(parsed(text).words), QUERY_TEXT_BYTES - 1);
	memcpy(text, "since:", 6);
	filter = parsed(text);
	cr_expect_neq(filter.error[0], '\0');
	memcpy(text, "camera:", 7);
	filter = parsed(text);
	cr_expect_lt(strlen(filter.parts[0].text), QUERY_TEXT_BYTES);
	for (size_t i = 0; i + 1 < sizeof text; i++)
		text[i] = i % 2 ? 'y' : ' ';
	cr_expect_lt(strlen(parsed(text).words), QUERY_TEXT_BYTES);
}

Test(event_filter, becomes_conditions_of_a_query)
{
	struct event_filter filter = parsed("type:motion object:car confidence:80 since:6h");
	struct query query = {.noun = NOUN_EVENT, .since_ms = UNKNOWN};

	event_filter_narrow(&filter, &query, NOW);
	cr_expect_str_eq(query.parts[0].field, "type");
	cr_expect_str_eq(query.parts[1].text, "car");
	cr_expect_null(query.parts[2].field);
	cr_expect_str_eq(query.least.field, "confidence");
	cr_expect_float_eq(query.least.value, 0.8, 1e-12);
	cr_expect_eq(query.since_ms, NOW - 6 * HOUR);
	query.since_ms = NOW - HOUR;
	event_filter_narrow(&filter, &query, NOW);
	cr_expect_eq(query.since_ms, NOW - HOUR, "the later of both");
	filter = parsed("dock");
	query = (struct query){.noun = NOUN_EVENT, .since_ms = UNKNOWN};
	event_filter_narrow(&filter, &query, NOW);
	cr_expect_null(query.parts[0].field);
	cr_expect_null(query.least.field);
	cr_expect_eq(query.since_ms, UNKNOWN);
}

Test(event_filter, knows_which_types_it_lets_through)
{
	struct event_filter filter = parsed("type:object type:left camera:object");

	cr_expect(event_filter_has_type(&filter));
	cr_expect(event_filter_is_type(&filter, "Object_Left"));
	cr_expect_not(event_filter_is_type(&filter, "object_removed"));
	cr_expect_not(event_filter_is_type(&filter, NULL));
	filter = parsed("camera:object");
	cr_expect_not(event_filter_has_type(&filter));
	cr_expect(event_filter_is_type(&filter, "motion"));
}
