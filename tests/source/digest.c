/* Tests of source/digest.h. */
#include "source/digest.h"
#include <criterion/criterion.h>
#include <string.h>

static uint64_t digest(const char *text)
{
	return digest_body(text, strlen(text));
}

Test(digest, ignores_the_times_of_the_envelope)
{
	cr_assert_eq(digest("{\"data\":[1],\"timestamp\":\"2026-02-18T09:15:00Z\"}"),
		digest("{\"data\":[1],\"timestamp\":\"2026-02-18T09:15:02.120Z\"}"));
	cr_assert_eq(digest("{\"queried_at\": 17,\"request_id\":\"a\",\"x\":1}"),
		digest("{\"queried_at\": 18,\"request_id\":\"bb\",\"x\":1}"));
	cr_assert_eq(digest("[{\"elapsed_seconds\":412,\"a\":1},{\"elapsed_seconds\":9}]"),
		digest("[{\"elapsed_seconds\":417,\"a\":1},{\"elapsed_seconds\":14}]"));
}

Test(digest, sees_everything_else)
{
	static const char *const texts[] = {"{}", "[]", "", "{\"a\":1}", "{\"a\":2}",
		"{\"a\":1,\"timestamp\":\"x\"}", "{\"a\":2,\"timestamp\":\"x\"}",
		"{\"timestamp\":\"x\",\"a\":1}", "{\"timestamp\":{\"a\":1}}",
		"{\"timestamp\":{\"a\":2}}", "{\"timestamp\":null}",
		"{\"a\":\"\\\"timestamp\\\":1\"}", "{\"a\":\"\\\"timestamp\\\":2\"}",
		"{\"aaaaaaaaaaaaaaaaaaaaaaaaaaa\":1}", "{\"aaaaaaaaaaaaaaaaaaaaaaaaaab\":1}",
		"\"timestamp\":\"unfinished"};
	enum { COUNT = sizeof texts / sizeof texts[0] };

	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = i + 1; j < COUNT; j++)
			cr_expect_neq(
				digest(texts[i]), digest(texts[j]), "%s %s", texts[i], texts[j]);
}

Test(digest, is_never_zero)
{
	cr_assert_neq(digest(""), 0);
}
