/* Tests of camera_merge: many endpoints, one row a camera. */
#include "model/camera.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { MINUTE = 60000, MAX = 16 };

static const int64_t NOW = INT64_C(1771406100000);

static struct camera_source sources[MAX];
static size_t count;
static struct camera merged[MAX];

/* A new source; more may be set in the camera it gives. */
static struct camera *say(const char *source, const char *id, const char *status)
{
	struct camera_source *row = &sources[count++];

	cr_assert_leq(count, MAX);
	noun_clear(&nouns[NOUN_CAMERA_SOURCE], row);
	row->source = source;
	row->camera.site = "kitchen";
	row->camera.id = id;
	row->camera.status = status;
	return &row->camera;
}

static struct camera *say_seen(const char *source, const char *id, const char *status, int64_t ago)
{
	struct camera *camera = say(source, id, status);

	camera->last_seen = NOW - ago;
	return camera;
}

static size_t merge(void)
{
	return camera_merge(sources, count, merged);
}

static void reverse_sources(void)
{
	for (size_t i = 0; i < count / 2; i++) {
		struct camera_source swap = sources[i];

		sources[i] = sources[count - 1 - i];
		sources[count - 1 - i] = swap;
	}
}

Test(camera_merge, of_nothing_is_nothing)
{
	cr_expect_eq(merge(), 0);
}

Test(camera_merge, a_single_source_is_the_row)
{
	struct camera *camera = say_seen("list", "espcam-0a1b2c", "online", 1000);

	camera->rssi = -58;
	camera->frame_rate = 2.5;
	camera->position = 3;
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].site, "kitchen");
	cr_expect_str_eq(merged[0].id, "espcam-0a1b2c");
	cr_expect_str_eq(merged[0].status, "online");
	cr_expect_eq(merged[0].last_seen, NOW - 1000);
	cr_expect_eq(merged[0].rssi, -58);
	cr_expect_eq(merged[0].frame_rate, 2.5);
	cr_expect_eq(merged[0].position, 3);
	cr_expect_null(merged[0].name);
	cr_expect_eq(merged[0].heap, UNKNOWN);
}

Test(camera_merge, takes_identity_from_list_and_paired_health_from_detail_counts_from_statistics)
{
	const char *const names[] = {"detail", "diagnostics", "list", "paired", "statistics"};

	for (size_t i = 0; i < 5; i++) {
		struct camera *camera = say_seen(names[i], "espcam-0a1b2c", names[i], 1000);

		camera->name = names[i];
		camera->container_id = i == 2 ? NULL : names[i];
		camera->position = i == 2 ? UNKNOWN : (int64_t)i;
		camera->rssi = -50 - (int64_t)i;
		camera->heap = i == 0 ? UNKNOWN : (int64_t)i;
		camera->total_captures = (int64_t)i * 100;
		camera->average_capture_ms = i == 4 ? NAN : (double)i;
	}
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].name, "list");
	cr_expect_str_eq(merged[0].container_id, "paired");
	cr_expect_eq(merged[0].position, 3);
	cr_expect_str_eq(merged[0].status, "detail");
	cr_expect_eq(merged[0].rssi, -50);
	cr_expect_eq(merged[0].heap, 1);
	cr_expect_eq(merged[0].total_captures, 400);
	cr_expect_eq(merged[0].average_capture_ms, 0.0);
}

Test(camera_merge, every_field_of_a_camera_is_taken_over_from_whoever_knows_it)
{
	const struct noun *noun = &nouns[NOUN_CAMERA];

	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		struct camera *camera;
		char *place;

		count = 0;
		say("detail", "espcam-0a1b2c", NULL)->site = NULL;
		camera = say("captures", "espcam-0a1b2c", NULL);
		place = (char *)camera + field->offset;
		if (field->type == FIELD_TEXT)
			*(const char **)(void *)place = "espcam-0a1b2c";
		else if (field->type == FIELD_REAL)
			*(double *)(void *)place = 0.25;
		else
			*(int64_t *)(void *)place = 77;
		cr_assert_eq(merge(), 1);
		cr_expect(row_is_known(&merged[0], field), "%s", field->name);
	}
}

Test(camera_merge, an_empty_text_counts_as_unknown)
{
	say("list", "espcam-0a1b2c", "online")->name = "";
	say("detail", "espcam-0a1b2c", "")->name = "Shelf left";
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].name, "Shelf left");
	cr_expect_str_eq(merged[0].status, "online");
}

Test(camera_merge, prefers_the_detail_over_a_list_that_is_a_little_newer)
{
	say_seen("list", "espcam-0a1b2c", "online", 0);
	say_seen("detail", "espcam-0a1b2c", "error", 5 * MINUTE);
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "error");
	cr_expect_eq(merged[0].last_seen, NOW - 5 * MINUTE);
}

Test(camera_merge, a_dead_endpoint_does_not_hide_a_camera_that_returned)
{
	say_seen("detail", "espcam-0a1b2c", "offline", 5 * MINUTE + 1)->rssi = -90;
	sources[0].camera.heap = 1000;
	say_seen("list", "espcam-0a1b2c", "online", 0)->rssi = -40;
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "online");
	cr_expect_eq(merged[0].last_seen, NOW);
	cr_expect_eq(merged[0].rssi, -40);
	cr_expect_eq(merged[0].heap, 1000);
}

Test(camera_merge, of_several_newer_endpoints_the_preferred_one_speaks)
{
	say_seen("detail", "espcam-0a1b2c", "offline", 60 * MINUTE);
	say_seen("statistics", "espcam-0a1b2c", "idle", 0);
	say_seen("list", "espcam-0a1b2c", "online", MINUTE);
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "online");
	cr_expect_eq(merged[0].last_seen, NOW - MINUTE);
}

Test(camera_merge, a_source_without_a_status_does_not_make_the_others_look_dead)
{
	say_seen("detail", "espcam-0a1b2c", "offline", 60 * MINUTE);
	say_seen("captures", "espcam-0a1b2c", NULL, 0)->last_capture_at = NOW;
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "offline");
	cr_expect_eq(merged[0].last_seen, NOW - 60 * MINUTE);
	cr_expect_eq(merged[0].last_capture_at, NOW);
	say_seen("list", "espcam-0a1b2c", "online", 20 * MINUTE);
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "online");
	cr_expect_eq(merged[0].last_seen, NOW - 20 * MINUTE);
}

Test(camera_merge, never_seen_loses_against_seen)
{
	say("detail", "espcam-0a1b2c", "offline");
	say_seen("list", "espcam-0a1b2c", "online", MINUTE);
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "online");
}

Test(camera_merge, a_last_seen_that_is_no_time_stays_with_its_status)
{
	say("detail", "espcam-0a1b2c", "online")->last_seen_raw = "lately";
	say("list", "espcam-0a1b2c", "idle");
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].status, "online");
	cr_expect_eq(merged[0].last_seen, UNKNOWN);
	cr_expect_str_eq(merged[0].last_seen_raw, "lately");
}

Test(camera_merge, the_newest_capture_of_all_counts)
{
	say("detail", "espcam-0a1b2c", "online")->last_capture_at = NOW - 2 * MINUTE;
	say("captures", "espcam-0a1b2c", NULL)->last_capture_at = NOW - MINUTE;
	say("list", "espcam-0a1b2c", "online");
	cr_assert_eq(merge(), 1);
	cr_expect_eq(merged[0].last_capture_at, NOW - MINUTE);
}

Test(camera_merge, the_servers_word_for_quality_wins_over_the_derived_one)
{
	say("detail", "espcam-0a1b2c", "online")->rssi = -40;
	say("list", "espcam-0a1b2c", "online")->quality = "poor";
	say("detail", "espcam-333333", "online")->rssi = -65;
	say("detail", "espcam-444444", "online")->rssi = 20;
	cr_assert_eq(merge(), 3);
	cr_expect_str_eq(merged[0].quality, "poor");
	cr_expect_str_eq(merged[1].quality, "fair");
	cr_expect_null(merged[2].quality);
	cr_expect_eq(merged[2].rssi, 20);
}

Test(camera_merge, rows_come_in_the_order_in_which_their_cameras_were_first_named)
{
	say("list", "zebra", "online");
	say("list", "ant", "online");
	say("detail", "zebra", "online");
	say("list", "moth", "online");
	cr_assert_eq(merge(), 3);
	cr_expect_str_eq(merged[0].id, "zebra");
	cr_expect_str_eq(merged[1].id, "ant");
	cr_expect_str_eq(merged[2].id, "moth");
}

Test(camera_merge, a_camera_keeps_its_id_whoever_saw_it_last)
{
	struct camera *one = say_seen("list", "espcam-0a1b2c", "online", 1000);
	struct camera *other = say_seen("list", "esp-aabbcc0a1b2c", "online", 2000);

	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "esp-aabbcc0a1b2c");
	one->last_seen = NOW - 5000;
	other->last_seen = NOW;
	reverse_sources();
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "esp-aabbcc0a1b2c");
}

Test(camera_merge, a_bare_address_only_stands_in_for_an_id)
{
	say("paired", "AA:BB:CC:0A:1B:2C", "online");
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "AA:BB:CC:0A:1B:2C");
	say("statistics", "esp-aabbcc0a1b2c", "online");
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "esp-aabbcc0a1b2c");
}

Test(camera_merge, a_source_without_an_id_joins_by_its_address_or_stands_for_itself)
{
	say("paired", NULL, "online")->mac_address = "AA:BB:CC:0A:1B:2C";
	say("list", "espcam-0a1b2c", "online")->mac_address = "aabbcc0a1b2c";
	say("paired", NULL, "offline")->mac_address = "AA:BB:CC:00:00:01";
	cr_assert_eq(merge(), 2);
	cr_expect_str_eq(merged[0].id, "espcam-0a1b2c");
	cr_expect_str_eq(merged[1].id, "AA:BB:CC:00:00:01");
}

Test(camera_merge, unknown_addresses_join_nobody)
{
	say("list", "espcam-000001", "online")->mac_address = "00:00:00:00:00:00";
	say("list", "espcam-000002", "online")->mac_address = "00:00:00:00:00:00";
	say("list", "espcam-000003", "online")->mac_address = "";
	say("list", "espcam-000004", "online")->mac_address = "unknown";
	cr_expect_eq(merge(), 4);
}

Test(camera_merge, ten_thousand_sources_take_no_time)
{
	enum { CAMERAS = 5000, SOURCES = 2 * CAMERAS };
	struct camera_source *many = calloc(SOURCES, sizeof(*many));
	struct camera *rows = calloc(SOURCES, sizeof(*rows));
	char(*ids)[24] = calloc(SOURCES, sizeof(*ids));
	clock_t start;

	cr_assert(many && rows && ids);
	for (int i = 0; i < SOURCES; i++) {
		noun_clear(&nouns[NOUN_CAMERA_SOURCE], &many[i]);
		many[i].source = i < CAMERAS ? "list" : "statistics";
		snprintf(ids[i], sizeof(ids[i]), i < CAMERAS ? "espcam-%06x" : "esp-1cdbd4%06x",
			i % CAMERAS);
		many[i].camera.id = ids[i];
		many[i].camera.status = "online";
		many[i].camera.heap = i < CAMERAS ? UNKNOWN : i;
	}
	start = clock();
	cr_expect_eq(camera_merge(many, SOURCES, rows), CAMERAS);
	cr_expect_lt((double)(clock() - start) / CLOCKS_PER_SEC, 1.0);
	for (int i = 0; i < CAMERAS; i++) {
		cr_assert_str_eq(rows[i].id, ids[i]);
		cr_assert_eq(rows[i].heap, CAMERAS + i);
	}
	free(many);
	free(rows);
	free(ids);
}

Test(edge, case_47_an_id_outside_the_documented_pattern_is_a_camera_like_any_other)
{
	say_seen("statistics", "esp-1cdbd47a4f10", "online", 1000)->rssi = -23;
	say_seen("statistics", "kühlschrank links", "offline", 1000);
	cr_assert_eq(merge(), 2);
	cr_expect_str_eq(merged[0].id, "esp-1cdbd47a4f10");
	cr_expect_str_eq(merged[0].quality, "excellent");
	cr_expect_str_eq(merged[1].id, "kühlschrank links");
}

Test(edge, case_62_a_camera_without_health_stays_listed_with_nothing_known)
{
	say_seen("list", "espcam-0a1b2c", "online", 1000);
	cr_assert_eq(merge(), 1);
	cr_expect_eq(merged[0].rssi, UNKNOWN);
	cr_expect_eq(merged[0].heap, UNKNOWN);
	cr_expect_eq(merged[0].uptime_seconds, UNKNOWN);
	cr_expect_null(merged[0].quality);
}

Test(edge, case_63_of_partial_health_the_known_values_are_kept)
{
	say_seen("diagnostics", "espcam-0a1b2c", "online", 1000)->rssi = -65;
	cr_assert_eq(merge(), 1);
	cr_expect_eq(merged[0].rssi, -65);
	cr_expect_str_eq(merged[0].quality, "fair");
	cr_expect_eq(merged[0].heap, UNKNOWN);
}

Test(edge, case_67_the_same_address_in_any_spelling_is_one_camera)
{
	say("list", "cam-left", "online")->mac_address = "1C:DB:D4:7A:4F:10";
	say("statistics", "esp-1cdbd47a4f10", "online")->total_captures = 12;
	say("paired", "1c-db-d4-7a-4f-10", "online")->position = 2;
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "cam-left");
	cr_expect_eq(merged[0].total_captures, 12);
	cr_expect_eq(merged[0].position, 2);
}

Test(edge, case_67_an_espcam_id_and_the_address_that_ends_in_it_are_one_camera)
{
	say("list", "ESPCAM-7A4F10", "online");
	say("statistics", "esp-1cdbd47a4f10", "online")->total_captures = 12;
	say("detail", "espcam-7a4f10", "online")->heap = 118000;
	cr_assert_eq(merge(), 1);
	cr_expect_str_eq(merged[0].id, "ESPCAM-7A4F10");
	cr_expect_eq(merged[0].total_captures, 12);
	cr_expect_eq(merged[0].heap, 118000);
}

Test(edge, case_67_two_addresses_that_end_alike_are_not_guessed_at)
{
	say("list", "espcam-7a4f10", "online");
	say("statistics", "esp-1cdbd47a4f10", "online");
	say("statistics", "esp-2cdbd47a4f10", "offline");
	cr_expect_eq(merge(), 3);
}

Test(edge, case_67_an_espcam_with_an_address_of_its_own_is_not_taken_for_another)
{
	say("list", "espcam-7a4f10", "online")->mac_address = "AA:AA:AA:AA:AA:01";
	say("statistics", "esp-1cdbd47a4f10", "offline");
	cr_expect_eq(merge(), 2);
}

Test(edge, case_67_cameras_that_share_nothing_stay_two_rows_in_any_order)
{
	say("list", "espcam-7a4f10", "online");
	say("statistics", "esp-1cdbd47a4f11", "online");
	cr_expect_eq(merge(), 2);
	reverse_sources();
	cr_expect_eq(merge(), 2);
}

Test(edge, case_67_merging_does_not_depend_on_the_order_of_the_sources)
{
	say_seen("list", "espcam-7a4f10", "online", 3000)->name = "left";
	say_seen("statistics", "esp-1cdbd47a4f10", "idle", 2000)->total_captures = 12;
	say_seen("paired", "1cdbd47a4f10", "offline", 1000)->position = 2;
	for (int i = 0; i < 2; i++) {
		cr_assert_eq(merge(), 1);
		cr_expect_str_eq(merged[0].id, "espcam-7a4f10");
		cr_expect_str_eq(merged[0].status, "online");
		cr_expect_str_eq(merged[0].name, "left");
		cr_expect_eq(merged[0].total_captures, 12);
		cr_expect_eq(merged[0].position, 2);
		reverse_sources();
	}
}

Test(edge, case_69_a_success_rate_of_no_captures_is_no_rate)
{
	struct camera *camera = say("statistics", "esp-1cdbd47a4f10", "online");

	camera->capture_success_rate = 0;
	camera->total_captures = 0;
	camera = say("statistics", "esp-1cdbd47a4f11", "online");
	camera->capture_success_rate = 0;
	camera->total_captures = 3;
	cr_assert_eq(merge(), 2);
	cr_expect(isnan(merged[0].capture_success_rate));
	cr_expect_eq(merged[1].capture_success_rate, 0.0);
}
