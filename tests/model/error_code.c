/* Tests of model/error_code.h. */
#include "model/error_code.h"
#include <criterion/criterion.h>
#include <string.h>

static const char *const codes[] = {"UNAUTHORIZED", "TOTP_INVALID", "TOTP_EXPIRED", "RATE_LIMITED",
	"ONBOARD_RATE_LIMITED", "SESSION_NOT_FOUND", "SESSION_EXPIRED", "SESSION_ALREADY_ACTIVE",
	"SESSION_ALREADY_CLOSED", "SESSION_NOT_RECOVERABLE", "DEVICE_NOT_FOUND",
	"DEVICE_NOT_IN_ALLOWLIST", "DEVICE_ALREADY_PROVISIONING", "DEVICE_INVALID_STATE",
	"MAX_RETRIES_EXCEEDED", "DEVICE_UNREACHABLE", "DEVICE_REJECTED", "DEVICE_TIMEOUT",
	"VERIFICATION_TIMEOUT", "CIRCUIT_OPEN", "NETWORK_ERROR", "MQTT_UNAVAILABLE",
	"DATABASE_ERROR", "INTERNAL_ERROR", "VALIDATION_FAILED", "INVALID_REQUEST",
	"MISSING_PARAMETER", "VALIDATION_ERROR", "CAMERA_OFFLINE", "CAMERA_NOT_FOUND",
	"CAPTURE_FAILED", "CAPTURE_TIMEOUT", "REBOOT_FAILED", "INVENTORY_NOT_FOUND",
	"REVIEW_INVALID", "REVIEW_CONFLICT", "RERUN_NOT_SUPPORTED", "RERUN_IN_PROGRESS",
	"RERUN_FAILED", "CONTAINER_NOT_FOUND", "CONTAINER_HAS_CAMERAS", "POSITION_OCCUPIED",
	"CAMERA_ALREADY_ASSIGNED", "INVALID_POSITION", "SERVICE_UNAVAILABLE"};

Test(error_code, every_documented_code_has_one_short_line)
{
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
		const char *text = error_code_text(codes[i]);

		cr_assert_not_null(text, "%s", codes[i]);
		cr_expect_leq(strlen(text), 60, "%s", codes[i]);
		cr_expect_null(strchr(text, '_'), "%s", codes[i]);
	}
}

Test(error_code, the_words_fit_the_code)
{
	cr_expect_str_eq(error_code_text("CAMERA_OFFLINE"), "camera offline, check power and WiFi");
	cr_expect_str_eq(error_code_text("rate_limited"), "too many requests, wait");
}

/* Their own message says more than any words of ours. */
Test(error_code, a_code_that_says_nothing_has_no_words)
{
	const char *const others[] = {
		"BAD_REQUEST", "NOT_FOUND", "CONFLICT", "TIMEOUT", "X", "", NULL};

	for (size_t i = 0; i < sizeof(others) / sizeof(others[0]); i++)
		cr_expect_null(error_code_text(others[i]));
}

Test(edge, case_73_no_run_for_a_session_reads_as_no_analysis)
{
	cr_expect_str_eq(error_code_text("INVENTORY_NOT_FOUND"), "no analysis found");
}

Test(edge, case_87_a_refused_rerun_says_whether_it_is_missing_or_running)
{
	cr_expect_str_eq(
		error_code_text("RERUN_NOT_SUPPORTED"), "a re-run is not available on this Pi");
	cr_expect_str_eq(error_code_text("RERUN_IN_PROGRESS"), "a re-run is already running");
}
