/* Where in the segments of its recording a moment is. */
#include "views/event_place.h"
#include <criterion/criterion.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

/* A segment from so many minutes on; length -1 = its end is not known. */
static struct segment segment_of(const char *id, int from, int length)
{
	struct segment segment;

	noun_clear(&nouns[NOUN_SEGMENT], &segment);
	segment.id = id;
	segment.started_at = (int64_t)from * MINUTE;
	if (length >= 0)
		segment.ended_at = segment.started_at + (int64_t)length * MINUTE;
	return segment;
}

static struct event_place find(
	const struct segment *earlier, size_t count, const struct segment *later, int64_t at_ms)
{
	struct event_place place;

	event_place_find(&place, earlier, count, later, at_ms);
	return place;
}

static void expect_in(const struct event_place *place, const char *id, int64_t offset_ms)
{
	cr_assert_eq(place->kind, PLACE_IN);
	cr_assert_str_eq(place->segment->id, id);
	cr_assert_eq(place->offset_ms, offset_ms);
}

Test(event_place, is_in_the_segment_that_holds_it)
{
	const struct segment earlier[] = {segment_of("b", 10, 10), segment_of("a", 0, 10)};
	struct event_place place = find(earlier, 2, NULL, 13 * MINUTE + 12 * SECOND);

	expect_in(&place, "b", 3 * MINUTE + 12 * SECOND);
	cr_assert_eq(place.others, 0);
}

Test(event_place, on_a_border_is_in_the_one_that_begins)
{
	const struct segment both[] = {segment_of("b", 10, 10), segment_of("a", 0, 10)};
	struct event_place place = find(both, 2, NULL, 10 * MINUTE);

	expect_in(&place, "b", 0);
	cr_assert_eq(place.others, 0);
	place = find(both, 2, NULL, 20 * MINUTE);
	expect_in(&place, "b", 10 * MINUTE);
}

Test(event_place, of_several_is_in_the_one_that_began_last)
{
	const struct segment earlier[] = {
		segment_of("c", 8, 10), segment_of("b", 5, 10), segment_of("a", 0, 10)};
	struct event_place place = find(earlier, 3, NULL, 9 * MINUTE);

	expect_in(&place, "c", MINUTE);
	cr_assert_eq(place.others, 2);
}

Test(event_place, is_found_in_a_long_one_behind_short_ones)
{
	const struct segment earlier[] = {segment_of("short", 8, 1), segment_of("long", 0, 60)};
	struct event_place place = find(earlier, 2, NULL, 30 * MINUTE);

	expect_in(&place, "long", 30 * MINUTE);
}

Test(event_place, may_be_outside_of_all)
{
	const struct segment earlier[] = {segment_of("b", 10, 2), segment_of("a", 0, 10)};
	const struct segment later = segment_of("c", 20, 10);
	struct event_place place = find(earlier, 2, &later, 15 * MINUTE);

	cr_assert_eq(place.kind, PLACE_BETWEEN);
	cr_assert_str_eq(place.segment->id, "b");
	cr_assert_str_eq(place.next->id, "c");
	place = find(earlier, 2, NULL, 15 * MINUTE);
	cr_assert_eq(place.kind, PLACE_AFTER);
	cr_assert_str_eq(place.segment->id, "b");
	place = find(NULL, 0, &later, 15 * MINUTE);
	cr_assert_eq(place.kind, PLACE_BEFORE);
	cr_assert_str_eq(place.next->id, "c");
}

Test(event_place, is_not_known_without_a_time_or_segments)
{
	const struct segment earlier[] = {segment_of("a", 0, 10)};

	cr_assert_eq(find(earlier, 1, NULL, UNKNOWN).kind, PLACE_UNKNOWN);
	cr_assert_eq(find(NULL, 0, NULL, MINUTE).kind, PLACE_UNKNOWN);
}

Test(event_place, of_one_without_an_end_is_in_it_until_another_begins)
{
	const struct segment open[] = {segment_of("b", 10, -1), segment_of("a", 0, -1)};
	const struct segment closed[] = {segment_of("b", 10, 1), segment_of("a", 0, -1)};
	struct event_place place = find(open, 2, NULL, 500 * MINUTE);

	expect_in(&place, "b", 490 * MINUTE);
	cr_assert_eq(place.others, 0);
	place = find(closed, 2, NULL, 15 * MINUTE);
	cr_assert_eq(place.kind, PLACE_AFTER);
}

Test(event_place, takes_the_length_for_an_end)
{
	struct segment segment = segment_of("a", 10, -1);

	cr_assert_eq(event_place_end(&segment), UNKNOWN);
	segment.duration_seconds = 90;
	cr_assert_eq(event_place_end(&segment), 10 * MINUTE + 90 * SECOND);
	segment.duration_seconds = INT64_MAX;
	cr_assert_eq(event_place_end(&segment), UNKNOWN);
	segment.ended_at = 9 * MINUTE;
	cr_assert_eq(event_place_end(&segment), UNKNOWN, "it ends before it begins");
}

Test(event_place, survives_any_times)
{
	static const int64_t times[] = {UNKNOWN, UNKNOWN + 1, -1, 0, 1, INT64_MAX - 1, INT64_MAX};
	enum { TIMES = sizeof(times) / sizeof(times[0]) };
	char text[CLOCK_TEXT_BYTES];

	for (size_t i = 0; i < TIMES * TIMES * TIMES; i++) {
		struct segment segment = segment_of("a", 0, -1);
		struct event_place place;

		segment.started_at = times[i % TIMES];
		segment.ended_at = times[i / TIMES % TIMES];
		segment.duration_seconds = times[i / TIMES % TIMES];
		place = find(&segment, 1, &segment, times[i / TIMES / TIMES]);
		if (place.kind == PLACE_IN)
			event_place_offset(text, place.offset_ms);
	}
}

Test(event_place, has_words)
{
	char text[CLOCK_TEXT_BYTES], name[EVENT_PLACE_NAME_BYTES];
	struct segment segment = segment_of("seg-1", 0, 10);

	event_place_offset(text, 192 * SECOND + 999);
	cr_assert_str_eq(text, "03:12");
	event_place_offset(text, 3792 * SECOND);
	cr_assert_str_eq(text, "1:03:12");
	event_place_name(name, &segment);
	cr_assert_str_eq(name, "seg-1");
	segment.file_path = "/data/cam/rec/segment_004.mp4";
	event_place_name(name, &segment);
	cr_assert_str_eq(name, "segment_004.mp4");
	segment.file_path = "/data/..";
	event_place_name(name, &segment);
	cr_assert_str_eq(name, "seg-1");
}
