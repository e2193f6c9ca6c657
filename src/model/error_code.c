/* The Pi's error codes in words: one table (contracts 1.6). Pure; any thread. */
#include "model/error_code.h"
#include <stddef.h>
#include <strings.h>

static const struct {
	const char *code;
	const char *text;
} codes[] = {
	{"UNAUTHORIZED", "authentication required"},
	{"TOTP_INVALID", "the one-time code is invalid"},
	{"TOTP_EXPIRED", "the one-time code has expired"},
	{"RATE_LIMITED", "too many requests, wait"},
	{"ONBOARD_RATE_LIMITED", "too many requests, wait"},
	{"SESSION_NOT_FOUND", "session not found, it may have expired"},
	{"SESSION_EXPIRED", "session expired"},
	{"SESSION_ALREADY_ACTIVE", "conflict: the session is already active"},
	{"SESSION_ALREADY_CLOSED", "conflict: the session is already closed"},
	{"SESSION_NOT_RECOVERABLE", "conflict: the session cannot be recovered"},
	{"DEVICE_NOT_FOUND", "the device is not in this session"},
	{"DEVICE_NOT_IN_ALLOWLIST", "the device is not in the allow list"},
	{"DEVICE_ALREADY_PROVISIONING", "the device is being provisioned already"},
	{"DEVICE_INVALID_STATE", "the device is in the wrong state for this"},
	{"MAX_RETRIES_EXCEEDED", "gave up after too many attempts"},
	{"DEVICE_UNREACHABLE", "cannot connect to the device"},
	{"DEVICE_REJECTED", "the device rejected the request"},
	{"DEVICE_TIMEOUT", "the device is not responding"},
	{"VERIFICATION_TIMEOUT", "the device is not responding to its verification"},
	{"CIRCUIT_OPEN", "temporarily unavailable, recovering"},
	{"NETWORK_ERROR", "network unavailable"},
	{"MQTT_UNAVAILABLE", "message broker unavailable"},
	{"DATABASE_ERROR", "internal error of the Pi's database"},
	{"INTERNAL_ERROR", "internal error of the Pi"},
	{"VALIDATION_FAILED", "refused: check the input"},
	{"INVALID_REQUEST", "refused: the request is not valid"},
	{"MISSING_PARAMETER", "refused: a parameter is missing"},
	{"VALIDATION_ERROR", "refused: check the input"},
	{"CAMERA_OFFLINE", "camera offline, check power and WiFi"},
	{"CAMERA_NOT_FOUND", "camera removed or wrong id"},
	{"CAPTURE_FAILED", "the camera failed to take a picture"},
	{"CAPTURE_TIMEOUT", "the camera took too long to take a picture"},
	{"REBOOT_FAILED", "the camera failed to reboot"},
	{"INVENTORY_NOT_FOUND", "no analysis found"},
	{"REVIEW_INVALID", "the corrections are invalid"},
	{"REVIEW_CONFLICT", "already reviewed"},
	{"RERUN_NOT_SUPPORTED", "a re-run is not available on this Pi"},
	{"RERUN_IN_PROGRESS", "a re-run is already running"},
	{"RERUN_FAILED", "the re-run failed"},
	{"CONTAINER_NOT_FOUND", "container not found"},
	{"CONTAINER_HAS_CAMERAS", "the container still has cameras"},
	{"POSITION_OCCUPIED", "the position is taken by another camera"},
	{"CAMERA_ALREADY_ASSIGNED", "the camera is already assigned to a container"},
	{"INVALID_POSITION", "the position is not one of 1 to 4"},
	{"SERVICE_UNAVAILABLE", "a service the Pi needs is unavailable"},
};

const char *error_code_text(const char *code)
{
	for (size_t i = 0; code && i < sizeof(codes) / sizeof(codes[0]); i++) {
		if (strcasecmp(codes[i].code, code) == 0)
			return codes[i].text;
	}
	return NULL;
}
