/* Tests of decoding service health. */
#include "bodies.h"
#include "model/service.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct service *service(const struct batch *batch)
{
	cr_assert_eq(batch->rows[NOUN_SERVICE].count, 1);
	return batch->rows[NOUN_SERVICE].data;
}

static const struct service_check *check(const struct batch *batch, size_t index)
{
	cr_assert(index < batch->rows[NOUN_SERVICE_CHECK].count);
	return batch_row(batch, NOUN_SERVICE_CHECK, struct service_check, index);
}

Test(edge, case_17_a_bridge_that_is_not_ready_is_degraded_with_its_failing_checks)
{
	struct batch *batch =
		decoded_file(decode_bridge_health, "bridgeserver", "", "bridge_not_ready.json");

	cr_assert_str_eq(service(batch)->name, "bridgeserver");
	cr_assert_str_eq(service(batch)->status, "degraded");
	cr_assert_str_eq(service(batch)->error, "storage: bucket missing");
	cr_assert_eq(batch->rows[NOUN_SERVICE_CHECK].count, 2);
	cr_assert_str_eq(check(batch, 0)->name, "database");
	cr_assert_str_eq(check(batch, 0)->status, "healthy");
	cr_assert_str_eq(check(batch, 1)->status, "error");
	cr_assert_str_eq(check(batch, 1)->message, "bucket missing");
	batch_free(batch);
}

Test(decode_health, storage_buckets_are_checks)
{
	struct batch *batch =
		decoded_file(decode_storage_health, "minio", "", "minio_healthy.json");

	cr_assert_str_eq(service(batch)->status, "healthy");
	cr_assert_null(service(batch)->error);
	cr_assert_str_eq(check(batch, 0)->name, "delicasa-evidence");
	cr_assert_str_eq(check(batch, 0)->status, "healthy");
	batch_free(batch);
	batch = decoded(decode_storage_health, "minio", "",
		"{\"status\":\"unhealthy\",\"buckets\":[{\"name\":\"b\",\"accessible\":false},{}]"
		"}");
	cr_assert_str_eq(service(batch)->status, "unhealthy");
	cr_assert_str_eq(service(batch)->error, "bucket b not accessible");
	cr_assert_eq(batch->feed->skipped, 1);
	batch_free(batch);
}

Test(decode_health, system_info_becomes_one_line)
{
	struct batch *batch = decoded_file(decode_system, "piorchestrator", "", "system_info.json");

	cr_assert_str_eq(service(batch)->status, "healthy");
	cr_assert_str_eq(
		service(batch)->detail, "cpu 31 % · memory 42 % · disk 61 % · 54 °C · up 3 d");
	batch_free(batch);
	batch = decoded(decode_system, "piorchestrator", "", "{\"data\":{\"cpu_percent\":7}}");
	cr_assert_str_eq(service(batch)->detail, "cpu 7 %");
	batch_free(batch);
	batch = decoded(decode_system, "piorchestrator", "", "{\"cpu\":{\"usage_percent\":1e300}}");
	cr_assert_null(service(batch)->detail);
	batch_free(batch);
}

static const struct {
	decode_fn decode;
	const char *body, *status, *error, *detail;
} links[] = {
	{decode_mqtt, "{\"connected\":true,\"broker\":\"mq\",\"port\":1883,\"latency_ms\":3}",
		"healthy", NULL, "mq:1883"},
	{decode_mqtt, "{\"success\":true,\"data\":{\"connected\":false}}", "unhealthy",
		"not connected", NULL},
	{decode_bridge_link,
		"{\"status\":{\"configured\":true,\"connected\":true,\"url\":\"https://"
		"u:p@b.example/x?t=1\"},\"success\":true}",
		"healthy", NULL, "b.example/x"},
	{decode_bridge_link, "{\"status\":{\"configured\":true}}", "unhealthy", "not connected",
		NULL},
	{decode_bridge_link, "{\"status\":{\"configured\":false}}", "unknown", "not configured",
		NULL},
	{decode_bridge_link, "{\"status\":null,\"success\":true}", "unknown", "not configured",
		NULL},
	{decode_tailscale,
		"{\"backend_state\":\"Running\",\"hostname\":\"pi\",\"tailscale_ip\":\"100.1.2.3\","
		"\"peers\":[{\"online\":true},{\"online\":false}]}",
		"healthy", NULL, "pi · 100.1.2.3 · 1 of 2 peers online"},
	{decode_tailscale, "{\"backend_state\":\"Stopped\"}", "unhealthy", "Stopped", NULL},
	{decode_tailscale, "{\"backend_state\":\"NeedsLogin\",\"needs_login\":true}", "unhealthy",
		"needs login", NULL},
	{decode_door, "{\"state\":\"closed\",\"lock_state\":\"locked\"}", "healthy", NULL,
		"door closed · lock locked"},
	{decode_door, "{\"state\":\"error\"}", "unhealthy", NULL, "door error"},
	{decode_door, "{\"state\":\"ajar\"}", "unknown", NULL, "door ajar"},
};

static bool is_same(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

Test(decode_health, links_and_the_door)
{
	for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
		struct batch *batch = decoded(links[i].decode, "door", "", links[i].body);

		cr_expect_str_eq(service(batch)->status, links[i].status, "%s", links[i].body);
		cr_expect(is_same(service(batch)->error, links[i].error), "%s: %s", links[i].body,
			service(batch)->error);
		cr_expect(is_same(service(batch)->detail, links[i].detail), "%s: %s", links[i].body,
			service(batch)->detail);
		batch_free(batch);
	}
}

Test(decode_health, refuses_bodies_that_say_nothing)
{
	static const decode_fn decoders[] = {decode_bridge_health, decode_storage_health,
		decode_mqtt, decode_bridge_link, decode_tailscale, decode_door};

	for (size_t i = 0; i < sizeof decoders / sizeof decoders[0]; i++) {
		cr_expect(refused(decoders[i], "{}")[0], "%zu", i);
		cr_expect(refused(decoders[i], "[]")[0], "%zu", i);
		cr_expect(refused(decoders[i], "null")[0], "%zu", i);
	}
	cr_expect(refused(decode_system, "[]")[0]);
}

Test(decode_health, a_line_cut_inside_a_character_stays_clean)
{
	char body[1200], message[700];
	struct batch *batch;

	for (size_t i = 0; i + 2 < sizeof message; i += 2)
		memcpy(message + i, "\xc3\xa4", 2);
	message[sizeof message - 2] = '\0';
	snprintf(body, sizeof body,
		"{\"status\":\"not_ready\",\"checks\":{\"x\":{\"status\":\"error\",\"message\":\"a%"
		"s\"}}}",
		message);
	batch = decoded(decode_bridge_health, "bridgeserver", "", body);
	cr_assert(strstr(service(batch)->error, "\xef\xbf\xbd") != NULL);
	batch_free(batch);
}
