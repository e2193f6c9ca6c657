/* The recorder's world: functions of (seed, camera, slot), its SQL, and its HTTP side. */
#include "sim/recorder.h"
#include "base/clock.h"
#include "pi.h"
#include "sim/script.h"
#include "sim/yard.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MINUTE = 60 * 1000, HOUR = 60 * MINUTE };

static struct recorder new_recorder(int64_t speed)
{
	struct recorder recorder = {.seed = 1,
		.base_ms = PI_T0,
		.speed = speed,
		.cameras = 6,
		.slots = 96,
		.history_ms = 48LL * HOUR};

	return recorder;
}

Test(recorder, runs_faster_after_its_base_and_as_it_was_before)
{
	struct recorder recorder = new_recorder(60);

	cr_assert_eq(recorder_wall_ms(&recorder, PI_T0 - HOUR), PI_T0 - HOUR);
	cr_assert_eq(recorder_wall_ms(&recorder, PI_T0 + HOUR), PI_T0 + MINUTE);
}

Test(recorder, recordings_of_a_camera_follow_each_other_without_overlap)
{
	struct recorder recorder = new_recorder(1);
	struct footage footage;
	int64_t last_end_ms = 0;

	for (int64_t slot = -96; slot < 200; slot++) {
		cr_assert(recorder_footage(&recorder, 0, slot, &footage));
		cr_assert_gt(footage.start_ms, last_end_ms);
		cr_assert_eq(recorder_slot_at(&recorder, 0, footage.start_ms), slot);
		cr_assert_eq(recorder_slot_at(&recorder, 0, footage.end_ms - 1), slot);
		last_end_ms = footage.end_ms;
	}
}

Test(recorder, segments_fill_a_recording_but_for_its_gap)
{
	struct recorder recorder = new_recorder(1);
	int gaps = 0;

	for (int64_t slot = -96; slot < 0; slot++) {
		struct footage footage;
		int64_t start_ms, end_ms, next_ms;

		cr_assert(recorder_footage(&recorder, 1, slot, &footage));
		next_ms = footage.start_ms;
		for (int64_t i = 0; i < footage.segments; i++) {
			gaps += !recorder_segment(&footage, i, &start_ms, &end_ms);
			cr_assert_eq(start_ms, next_ms);
			cr_assert_gt(end_ms, start_ms);
			next_ms = end_ms;
		}
		cr_assert_eq(next_ms, footage.end_ms);
	}
	cr_assert_gt(gaps, 0);
}

Test(recorder, a_thumbnails_name_leads_back_to_what_was_seen)
{
	struct recorder recorder = new_recorder(1);
	struct recorder later = new_recorder(1);
	int found = 0;

	later.base_ms += 123456;
	for (int64_t slot = -700; slot < 0; slot++) {
		struct sighting seen, again;
		char name[96];

		if (!recorder_sighting(&recorder, 1, slot, &seen))
			continue;
		recorder_thumbnail_name(&recorder, &seen, name, sizeof name);
		cr_assert(recorder_find_sighting(&later, name, &again), "%s", name);
		cr_assert_eq(again.number, seen.number);
		cr_assert_eq(again.thing_count, seen.thing_count);
		cr_assert_str_eq(again.type, seen.type);
		for (int i = 0; i < seen.thing_count; i++)
			cr_assert_float_eq(again.things[i].x, seen.things[i].x, 1e-9);
		found++;
	}
	cr_assert_gt(found, 100);
}

Test(recorder, other_names_are_of_no_thumbnail)
{
	static const char *const names[] = {"", ".jpg", "nope.jpg", "event_.jpg", "event_xyz.jpg",
		"event_1f.png", "event_1f", "event_1f.jpg.jpg", "event_11111111111111111.jpg"};
	struct recorder recorder = new_recorder(1);
	struct sighting sighting;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		cr_assert_not(
			recorder_find_sighting(&recorder, names[i], &sighting), "%s", names[i]);
}

/* Against the same yard without them. */
Test(recorder, things_are_drawn_in_their_boxes_and_nowhere_else)
{
	struct recorder recorder = new_recorder(1);
	struct sighting full = {.camera = 1, .number = 77, .thing_count = 1};
	struct sighting empty = full;
	unsigned char *with, *without;
	int inside = 0;

	full.things[0] =
		(struct thing){.type = "car", .x = 0.25, .y = 0.5, .width = 0.25, .height = 0.25};
	empty.thing_count = 0;
	with = yard_pixels(&recorder, &full);
	without = yard_pixels(&recorder, &empty);
	for (int y = 0; y < YARD_HEIGHT_PX; y++)
		for (int x = 0; x < YARD_WIDTH_PX; x++) {
			size_t at = ((size_t)y * YARD_WIDTH_PX + (size_t)x) * 3;
			bool is_in = x >= 160 && x < 320 && y >= 180 && y < 270;
			bool differs = memcmp(with + at, without + at, 3) != 0;

			cr_assert(is_in || !differs, "%d,%d", x, y);
			inside += differs;
		}
	cr_assert_gt(inside, 160 * 90 / 2);
	free(with);
	free(without);
}

/* ---- SQL ---- */

static struct script_options new_script(enum sql_layout layout)
{
	struct script_options options = {.layout = layout,
		.seed = 1,
		.cameras = 6,
		.history_ms = 6LL * HOUR,
		.speed = 60,
		.now_ms = PI_T0,
		.live_ms = UNKNOWN};

	return options;
}

static char *print(const struct script_options *options)
{
	char *text = NULL;
	size_t bytes = 0;
	FILE *out = open_memstream(&text, &bytes);
	struct err err;

	cr_assert(script_run(options, out, &err), "%s", err.text);
	fclose(out);
	return text;
}

Test(script, the_same_seed_and_time_print_the_same_bytes)
{
	struct script_options options = new_script(LAYOUT_SEED);
	char *one = print(&options), *two = print(&options), *other;

	cr_assert_str_eq(one, two);
	options.seed = 2;
	other = print(&options);
	cr_assert_str_neq(one, other);
	free(one);
	free(two);
	free(other);
}

Test(script, names_what_each_layout_has)
{
	static const struct {
		enum sql_layout layout;
		const char *has, *lacks;
	} cases[] = {
		{LAYOUT_SEED, "INSERT INTO \"Notification\" (", "\"detected_objects\""},
		{LAYOUT_PRISMA, "INSERT INTO \"Segment\" (\"id\", \"recordingId\", \"streamId\"",
			"\"Notification\""},
		{LAYOUT_SEQUELIZE,
			"INSERT INTO \"detected_objects\" (\"id\", \"event_id\", \"type\"",
			"\"isActive\""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct script_options options = new_script(cases[i].layout);
		char *text = print(&options);

		cr_assert_not_null(strstr(text, cases[i].has), "case %zu", i);
		cr_assert_null(strstr(text, cases[i].lacks), "case %zu", i);
		free(text);
	}
}

Test(script, what_follows_the_world_comes_after_it)
{
	struct script_options options = new_script(LAYOUT_SEED);
	char *still = print(&options), *live;

	options.is_live = true;
	options.live_ms = 60 * 1000;
	live = print(&options);
	cr_assert_eq(strncmp(live, still, strlen(still)), 0);
	cr_assert_not_null(strstr(live + strlen(still), "INSERT INTO \"Segment\""));
	cr_assert_not_null(strstr(live + strlen(still), "UPDATE \"Recording\""));
	cr_assert_not_null(strstr(live + strlen(still), "INSERT INTO \"Event\""));
	free(still);
	free(live);
}

Test(script, huge_is_of_the_seed_only)
{
	struct script_options options = new_script(LAYOUT_PRISMA);
	struct err err;

	options.is_huge = true;
	cr_assert_not(script_run(&options, stdout, &err));
}

/* ---- the HTTP side ---- */

static struct pi pi;

static void start(enum scene scene, const char *fault)
{
	pi_init(&pi, DIALECT_RECORDER);
	pi.options.scene = scene;
	if (fault)
		pi_fault(&pi, fault);
	pi_start(&pi);
}

Test(recorder, serves_thumbnails_and_answers_others_with_a_page)
{
	struct reply reply;

	start(SCENE_QUIET, NULL);
	reply = pi_get(&pi, "/thumbnails/event_3fffa600000.jpg");
	cr_assert_eq(reply.status, 200);
	cr_assert_str_eq(reply.type, "image/jpeg");
	cr_assert_eq(memcmp(reply.body, "\xff\xd8\xff", 3), 0);
	reply_free(&reply);
	reply = pi_get(&pi, "/thumbnails/segment_000.jpg");
	cr_assert_eq(reply.status, 404);
	reply_free(&reply);
	reply = pi_get(&pi, "/api/v1/cameras");
	cr_assert_eq(reply.status, 404);
	cr_assert_eq(strncmp(reply.type, "text/html", 9), 0);
	reply_free(&reply);
	pi_stop(&pi);
}

Test(recorder, is_as_well_as_its_scene)
{
	static const struct {
		enum scene scene;
		const char *status;
		long code;
	} cases[] = {{SCENE_QUIET, "ok", 200}, {SCENE_BUSY, "degraded", 200},
		{SCENE_INCIDENT, "error", 503}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		cJSON *json;

		start(cases[i].scene, NULL);
		json = pi_json(&pi, "/health", cases[i].code);
		cr_assert_str_eq(pi_text(json, "status"), cases[i].status);
		cr_assert_not_null(cJSON_GetObjectItem(json, "memory"));
		cJSON_Delete(json);
		pi_stop(&pi);
	}
}

Test(recorder, bare_health_is_its_status_alone)
{
	cJSON *json;

	start(SCENE_BUSY, "/health=bare");
	json = pi_json(&pi, "/health", 200);
	cr_assert_str_eq(pi_text(json, "status"), "ok");
	cr_assert_null(cJSON_GetObjectItem(json, "memory"));
	cr_assert_null(cJSON_GetObjectItem(json, "dependencies"));
	cJSON_Delete(json);
	pi_stop(&pi);
}
