/* Fuzzes clock_parse and what writes times. Input: the text. */
#include "base/clock.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static void check_round_trip(int64_t ms)
{
	char text[CLOCK_TEXT_BYTES];
	char digits[CLOCK_TEXT_BYTES];
	int64_t again;

	clock_rfc3339(text, ms);
	claim(clock_parse(text, &again) == CLOCK_OK && again == ms, "written and read again");
	claim(strlen(text) == (ms % 1000 ? 24 : 20), "fixed width");
	if (ms > 100000000000) {
		snprintf(digits, sizeof digits, "%lld", (long long)ms);
		claim(clock_parse(digits, &again) == CLOCK_OK && again == ms, "read as digits");
		claim(clock_parse_number((double)ms, &again) == CLOCK_OK && again == ms,
			"read as number");
	}
}

static void check_local_forms(int64_t ms)
{
	char text[CLOCK_TEXT_BYTES];

	clock_time_of_day(text, ms);
	claim(strlen(text) == 8, "a time of day");
	clock_full(text, ms);
	claim(strlen(text) == 19 || ms > 253402128000000, "a full time");
	clock_short(text, ms, 1771406042000);
	claim(strlen(text) == 8 || strlen(text) == 12, "a short time");
	clock_ago(text, ms, 1771406042000);
	claim(text[0] != '\0' && (text[0] != '-' || ms < -62135510400000), "an age");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char *text = malloc(size + 1);
	enum clock_parse result;
	int64_t ms = 0;

	if (!text)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	result = clock_parse(text, &ms);
	claim((result == CLOCK_OK) == (ms != UNKNOWN), "known only when OK");
	claim(*text || result == CLOCK_NEVER, "nothing is never");
	if (result == CLOCK_OK) {
		check_round_trip(ms);
		check_local_forms(ms);
	}
	free(text);
	return 0;
}
