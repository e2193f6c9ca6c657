/* Tests of decoding cameras and containers. */
#include "bodies.h"
#include "model/camera.h"
#include "model/container.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static const struct camera_source *camera(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_CAMERA_SOURCE].count);
	return batch_row(batch, NOUN_CAMERA_SOURCE, struct camera_source, index);
}

static struct batch *cameras(const char *body)
{
	return decoded(decode_cameras, "cameras.diagnostics", "", body);
}

Test(decode_camera, reads_diagnostics)
{
	struct batch *batch =
		decoded_file(decode_cameras, "cameras.diagnostics", "", "cameras_d.json");
	const struct camera *row = &camera(batch, 0)->camera;

	cr_assert_str_eq(camera(batch, 0)->source, "diagnostics");
	cr_assert_str_eq(row->id, "espcam-0a1b2c");
	cr_assert_str_eq(row->name, "Shelf left");
	cr_assert_str_eq(row->status, "online");
	cr_assert_eq(row->last_seen, INT64_C(1771406098123));
	cr_assert_eq(row->heap, 118000);
	cr_assert_eq(row->rssi, -58);
	cr_assert_eq(row->uptime_seconds, 90210);
	cr_assert_str_eq(row->quality, "good");
	cr_assert_eq(row->error_count, 1);
	cr_assert_str_eq(row->last_error, "capture timeout");
	cr_assert_eq(row->last_error_at, INT64_C(1771401600000));
	cr_assert_str_eq(row->firmware_version, "2.3.1");
	cr_assert_str_eq(row->resolution, "1600x1200");
	cr_assert_eq(row->average_capture_ms, 640);
	cr_assert(isnan(row->frame_rate));
	cr_assert_str_eq(row->mac_address, "AA:BB:CC:0A:1B:2C");
	batch_free(batch);
}

Test(decode_camera, reads_statistics)
{
	struct batch *batch =
		decoded_file(decode_cameras, "cameras.statistics", "", "cameras_m.json");
	const struct camera *row = &camera(batch, 0)->camera;

	cr_assert_str_eq(camera(batch, 0)->source, "statistics");
	cr_assert_str_eq(row->id, "esp-1cdbd47a4f10");
	cr_assert_str_eq(row->container_id, "c1");
	cr_assert_eq(row->rssi, -23);
	cr_assert_str_eq(row->quality, "excellent");
	cr_assert_eq(row->capture_success_rate, 0);
	cr_assert_eq(row->total_captures, 0);
	batch_free(batch);
}

Test(decode_camera, reads_the_list_of_a_field_pi)
{
	struct batch *batch = decoded_file(decode_cameras, "cameras.list", "", "cameras_k.json");
	const struct camera *row = &camera(batch, 0)->camera;

	cr_assert_str_eq(camera(batch, 0)->source, "list");
	cr_assert_str_eq(row->id, "espcam-b0f7f1");
	cr_assert_eq(row->heap, 120000);
	cr_assert_eq(row->uptime_seconds, 7200);
	cr_assert_eq(row->position, 2);
	batch_free(batch);
}

Test(decode_camera, a_paired_camera_is_known_by_its_mac)
{
	struct batch *batch = decoded_file(decode_cameras, "cameras.paired", "", "cameras_p.json");
	const struct camera *row = &camera(batch, 0)->camera;

	cr_assert_str_eq(camera(batch, 0)->source, "paired");
	cr_assert_str_eq(row->id, "AA-BB-CC-0A-1B-2C");
	cr_assert_str_eq(row->mac_address, "AA-BB-CC-0A-1B-2C");
	cr_assert_eq(row->rssi, -58);
	cr_assert_eq(row->paired_at, INT64_C(1767225600000));
	cr_assert_null(row->last_error);
	batch_free(batch);
}

Test(decode_camera, the_alias_of_an_id_only_counts_without_the_id)
{
	struct batch *batch =
		cameras("[{\"id\":\"c\",\"device_id\":\"b\",\"camera_id\":\"a\"},"
			"{\"id\":\"c\",\"device_id\":\"b\"},{\"device_id\":\"\",\"id\":\"c\"}]");

	cr_assert_str_eq(camera(batch, 0)->camera.id, "a");
	cr_assert_str_eq(camera(batch, 1)->camera.id, "b");
	cr_assert_str_eq(camera(batch, 2)->camera.id, "c");
	batch_free(batch);
}

Test(decode_camera, the_detail_is_one_camera)
{
	struct batch *batch = decoded(decode_camera, "camera", "a",
		"{\"success\":true,\"data\":{\"camera_id\":\"a\",\"health\":{\"wifi_rssi\":-71.5}}"
		"}");

	cr_assert_str_eq(camera(batch, 0)->source, "detail");
	cr_assert_eq(camera(batch, 0)->camera.rssi, -72);
	batch_free(batch);
	cr_assert_str_eq(refused(decode_camera, "{\"data\":null}"), "answer describes no camera");
}

Test(edge, case_62_a_camera_without_health_is_kept)
{
	struct batch *batch = cameras("[{\"camera_id\":\"a\",\"status\":\"online\"}]");

	cr_assert_eq(camera(batch, 0)->camera.rssi, UNKNOWN);
	cr_assert_eq(camera(batch, 0)->camera.heap, UNKNOWN);
	cr_assert_null(camera(batch, 0)->camera.quality);
	batch_free(batch);
}

Test(edge, case_63_of_partial_health_the_known_values_are_kept)
{
	struct batch *batch =
		cameras("[{\"camera_id\":\"a\",\"health\":{\"wifi_rssi\":-60,\"heap\":null}}]");

	cr_assert_eq(camera(batch, 0)->camera.rssi, -60);
	cr_assert_str_eq(camera(batch, 0)->camera.quality, "good");
	cr_assert_eq(camera(batch, 0)->camera.heap, UNKNOWN);
	cr_assert_eq(camera(batch, 0)->camera.uptime_seconds, UNKNOWN);
	batch_free(batch);
}

Test(edge, case_65_any_status_word_is_kept_as_it_is)
{
	struct batch *batch = cameras("[{\"camera_id\":\"a\",\"status\":\"initializing\"}]");

	cr_assert_str_eq(camera(batch, 0)->camera.status, "initializing");
	batch_free(batch);
}

Test(edge, case_70_last_seen_in_all_its_forms)
{
	static const struct {
		const char *text;
		int64_t ms;
	} forms[] = {
		{"2026-02-21T08:00:01.123456789+01:00", INT64_C(1771657201123)},
		{"2026-02-21T07:00:01Z", INT64_C(1771657201000)},
		{"0001-01-01T00:00:00Z", UNKNOWN},
		{"", UNKNOWN},
	};

	for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
		char body[128];
		struct batch *batch;

		snprintf(body, sizeof body, "[{\"camera_id\":\"a\",\"last_seen\":\"%s\"}]",
			forms[i].text);
		batch = cameras(body);
		cr_expect_eq(camera(batch, 0)->camera.last_seen, forms[i].ms, "%s", forms[i].text);
		cr_expect_null(camera(batch, 0)->camera.last_seen_raw, "%s", forms[i].text);
		batch_free(batch);
	}
}

Test(decode_container, reads_containers_and_what_they_say_of_cameras)
{
	struct batch *batch = decoded_file(decode_containers, "containers", "", "containers.json");
	const struct container *rows = batch->rows[NOUN_CONTAINER].data;

	cr_assert_eq(batch->rows[NOUN_CONTAINER].count, 2);
	cr_assert_eq(batch->feed->records, 2);
	cr_assert_str_eq(rows[0].id, "c1");
	cr_assert_str_eq(rows[0].label, "Fridge");
	cr_assert_null(rows[0].description);
	cr_assert_eq(rows[0].camera_count, 2);
	cr_assert_eq(rows[0].created_at, INT64_C(1767225600000));
	cr_assert_null(rows[1].label);
	cr_assert_eq(batch->rows[NOUN_CAMERA_SOURCE].count, 1);
	cr_assert_str_eq(camera(batch, 0)->source, "container");
	cr_assert_str_eq(camera(batch, 0)->camera.container_id, "c1");
	cr_assert_str_eq(camera(batch, 0)->camera.name, "Shelf left");
	cr_assert_eq(camera(batch, 0)->camera.position, 1);
	batch_free(batch);
}
