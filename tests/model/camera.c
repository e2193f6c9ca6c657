/* Tests of model/camera.h: one camera. */
#include "model/camera.h"
#include <criterion/criterion.h>

static const int64_t NOW = INT64_C(1771406100000);

static struct camera seen(const char *status, int64_t ago)
{
	struct camera camera;

	noun_clear(&nouns[NOUN_CAMERA], &camera);
	camera.id = "espcam-0a1b2c";
	camera.status = status;
	if (ago != UNKNOWN)
		camera.last_seen = NOW - ago;
	return camera;
}

static const struct {
	int64_t rssi;
	const char *quality;
	int bars;
} levels[] = {
	{0, "excellent", 4},
	{-23, "excellent", 4},
	{-50, "excellent", 4},
	{-51, "good", 3},
	{-60, "good", 3},
	{-61, "fair", 2},
	{-70, "fair", 2},
	{-71, "poor", 1},
	{-100, "poor", 1},
};

Test(camera, signal_quality_has_four_words_and_as_many_bars)
{
	for (size_t i = 0; i < sizeof(levels) / sizeof(levels[0]); i++) {
		const char *quality = camera_quality(levels[i].rssi);

		cr_assert_not_null(quality);
		cr_expect_str_eq(quality, levels[i].quality, "%d dBm", (int)levels[i].rssi);
		cr_expect_eq(camera_quality_bars(quality), levels[i].bars);
	}
}

Test(camera, a_word_from_the_server_has_bars_in_any_case)
{
	cr_expect_eq(camera_quality_bars("Excellent"), 4);
	cr_expect_eq(camera_quality_bars("superb"), 0);
	cr_expect_eq(camera_quality_bars(NULL), 0);
}

static const struct {
	const char *text;
	const char *mac;
} macs[] = {
	{"AA:BB:CC:0A:1B:2C", "aabbcc0a1b2c"},
	{"aa-bb-cc-0a-1b-2c", "aabbcc0a1b2c"},
	{"aabb.cc0a.1b2c", "aabbcc0a1b2c"},
	{"AABBCC0A1B2C", "aabbcc0a1b2c"},
	{"esp-1cdbd47a4f10", "1cdbd47a4f10"},
	{"ESP-1CDBD47A4F10", "1cdbd47a4f10"},
	{"esp32cam_1cdbd47a4f10", "1cdbd47a4f10"},
	{"espcam-0a1b2c", NULL},
	{"espcam-1cdbd47a4f1", NULL},
	{"espcam-1cdbd47a4f100", NULL},
	{"espcam-1cdbd47a4f1g", NULL},
	{"AA:BB:CC:0A:1B", NULL},
	{"AA:BB:CC:0A:1B:2C:3D", NULL},
	{"00:00:00:00:00:00", NULL},
	{"FF:FF:FF:FF:FF:FF", NULL},
	{"esp-000000000000", NULL},
	{"019c0000-0000-7000-8000-1cdbd47a4f10", NULL},
	{"kitchen left", NULL},
	{"", NULL},
	{NULL, NULL},
};

Test(camera, a_hardware_address_is_read_from_any_spelling_and_from_ids)
{
	for (size_t i = 0; i < sizeof(macs) / sizeof(macs[0]); i++) {
		char mac[13] = "";
		bool is_found = camera_mac(mac, macs[i].text);

		cr_expect_eq(is_found, macs[i].mac != NULL, "%s", macs[i].text);
		if (is_found && macs[i].mac)
			cr_expect_str_eq(mac, macs[i].mac);
	}
}

Test(edge, case_64_the_limits_belong_to_the_better_quality_and_out_of_range_has_none)
{
	const int64_t outside[] = {1, 127, -101, INT64_MAX, UNKNOWN};

	cr_expect_str_eq(camera_quality(-50), "excellent");
	cr_expect_str_eq(camera_quality(-60), "good");
	cr_expect_str_eq(camera_quality(-70), "fair");
	for (size_t i = 0; i < sizeof(outside) / sizeof(outside[0]); i++)
		cr_expect_null(camera_quality(outside[i]));
}

Test(edge, case_66_online_but_silent_for_more_than_five_minutes_is_stale)
{
	struct camera at_limit = seen("online", CAMERA_STALE_MS);
	struct camera beyond = seen("Online", CAMERA_STALE_MS + 1);

	cr_expect_not(camera_is_stale(&at_limit, NOW));
	cr_expect(camera_is_stale(&beyond, NOW));
}

Test(edge, case_66_only_an_online_camera_is_stale_and_only_when_its_time_is_known)
{
	const char *const others[] = {"offline", "idle", "error", NULL};
	struct camera never = seen("online", UNKNOWN);
	struct camera ahead = seen("online", -CAMERA_STALE_MS * 9);

	for (size_t i = 0; i < 4; i++) {
		struct camera camera = seen(others[i], CAMERA_STALE_MS * 9);

		cr_expect_not(camera_is_stale(&camera, NOW), "%s", others[i]);
	}
	cr_expect_not(camera_is_stale(&never, NOW));
	cr_expect_not(camera_is_stale(&ahead, NOW));
}

Test(edge, case_71_an_empty_camera_name_is_replaced_by_the_id)
{
	struct camera camera = seen("online", 0);

	cr_expect_str_eq(camera_name(&camera), "espcam-0a1b2c");
	camera.name = "";
	cr_expect_str_eq(camera_name(&camera), "espcam-0a1b2c");
	camera.name = "Shelf left";
	cr_expect_str_eq(camera_name(&camera), "Shelf left");
}
