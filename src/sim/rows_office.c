/* Users, retention policies and settings as rows. Owns nothing; one thread. */
#include "sim/rows.h"

#include "base/clock.h"
#include <stdio.h>

enum { DAY_MS = 86400000, TEXT_BYTES = 200, NO_CAMERA = -1, STRANGE_CAMERA = -2 };

/* ---- users ---- */

static const struct user {
	const char *name, *email, *role;
	bool is_active;
	int64_t login_minutes; /* ago; 0: never */
} users[] = {
	{"admin", "admin@example.net", "ADMIN", true, 12},
	{"operator", "operator@example.net", "USER", true, 190},
	{"reception", "reception@example.net", "VIEWER", true, 3000},
	{"night-shift", "night@example.net", "USER", true, 0},
	{"leaver", "leaver@example.net", "USER", false, 90000},
};

void rows_users(const struct rows *rows)
{
	int64_t base_ms = rows->recorder->base_ms;
	char text[TEXT_BYTES];

	for (size_t i = 0; i < sizeof users / sizeof users[0]; i++) {
		const struct user *user = &users[i];

		statement_insert(rows->statement, SQL_USER);
		rows_id(rows, "id", NOUN_USER, (int64_t)i);
		statement_text(rows->statement, "username", user->name);
		statement_text(rows->statement, "email", user->email);
		/* As long as a bcrypt hash, and begun like one. */
		snprintf(text, sizeof text, "$2b$10$planted-secret-hash-%zu%.*s", i, 32,
			"abcdefghijklmnopqrstuvwxyzABCDEFGH");
		statement_text(rows->statement, "password", text);
		statement_enum(rows->statement, "role", user->role);
		statement_bool(rows->statement, "isActive", user->is_active);
		statement_time(rows->statement, "lastLogin",
			user->login_minutes ? base_ms - user->login_minutes * 60000 : UNKNOWN);
		statement_text(rows->statement, "settings",
			i ? "{\"theme\":\"dark\"}"
			  : "{\"theme\":\"dark\",\"apiToken\":\"planted-secret-user-token\"}");
		statement_time(rows->statement, "createdAt", base_ms - 300LL * DAY_MS);
		statement_time(rows->statement, "updatedAt", base_ms - (int64_t)DAY_MS);
		statement_end(rows->statement);
	}
}

/* ---- policies ---- */

static const struct policy {
	const char *name, *description;
	int camera;
	int days, priority;
	bool is_active;
} policies[] = {
	{"Default", "All that nothing else is said about", NO_CAMERA, 30, 0, true},
	{"Entrance, short", "House rules: a week", 0, 7, 10, true},
	{"Dock, insurance", NULL, 1, 21, 5, true},
	{"Dock, works council", "Same priority as the insurance's", 1, 14, 5, true},
	{"Parking, one day", NULL, 2, 1, 20, true},
	{"Entrance, one day (trial)", "Switched off", 0, 1, 99, false},
	{"A camera that is gone", NULL, STRANGE_CAMERA, 3, 50, true},
};

void rows_policies(const struct rows *rows)
{
	int64_t base_ms = rows->recorder->base_ms;

	for (size_t i = 0; i < sizeof policies / sizeof policies[0]; i++) {
		const struct policy *policy = &policies[i];

		statement_insert(rows->statement, SQL_POLICY);
		rows_id(rows, "id", NOUN_POLICY, (int64_t)i);
		statement_text(rows->statement, "name", policy->name);
		statement_text(rows->statement, "description", policy->description);
		if (policy->camera >= 0)
			rows_id(rows, "cameraId", NOUN_CAMERA, policy->camera);
		else if (policy->camera == STRANGE_CAMERA)
			rows_id(rows, "cameraId", NOUN_NOBODY, 0);
		else
			statement_text(rows->statement, "cameraId", NULL);
		statement_int(rows->statement, "retentionDays", policy->days);
		statement_int(rows->statement, "priority", policy->priority);
		statement_bool(rows->statement, "isActive", policy->is_active);
		statement_time(rows->statement, "createdAt", base_ms - 100LL * DAY_MS);
		statement_time(rows->statement, "updatedAt", base_ms - 100LL * DAY_MS);
		statement_end(rows->statement);
	}
}

/* ---- settings ---- */

static const struct setting {
	const char *key, *value, *category, *description;
} settings[] = {
	{"general.siteName", "Warehouse 4", "general", NULL},
	{"storage.recordingsPath", "/data/recordings", "storage", "Where recordings are kept"},
	{"storage.maxUsage", "90", "storage", "Percent of the disk"},
	{"storage.retentionDays", "30", "storage", NULL},
	{"storage.autoCleanup", "true", "storage", NULL},
	{"storage.s3SecretKey", "planted-secret-s3", "storage", NULL},
	{"recording.enabled", "true", "recording", NULL},
	{"recording.defaultSegmentDuration", "600", "recording", "Seconds"},
	{"recording.defaultFormat", "mp4", "recording", NULL},
	{"recording.recordOnMotion", "false", "recording", NULL},
	{"recording.preBuffer", "5", "recording", "Seconds"},
	{"recording.postBuffer", "10", "recording", "Seconds"},
	{"detection.settings",
		"{\"minConfidence\":0.6,\"detectionInterval\":1000,\"classes\":[\"person\","
		"\"car\"],\"motionSensitivity\":5,\"regionOfInterest\":null}",
		"detection", "JSON"},
	{"hardware.acceleration", "vaapi", "detection", NULL},
	{"notifications.emailEnabled", "true", "notifications", NULL},
	{"notifications.recipients", "ops@example.net, night@example.net", "notifications", NULL},
	{"notifications.smtpPassword", "planted-secret-smtp", "notifications", NULL},
	{"notifications.pushApiKey", "planted-secret-push", "notifications", NULL},
	{"notifications.webhook",
		"{\"url\":\"https://hook:planted-secret-hook@hooks.example.net/in\",\"secret\":"
		"\"planted-secret-json\",\"retries\":3}",
		"notifications", "JSON with a secret inside"},
	{"auth.jwtSecret", "planted-secret-jwt", "security", NULL},
	{"auth.refreshToken", "planted-secret-refresh", "security", NULL},
	{"integration.relayUrl", "rtsp://relay:planted-secret-relay@10.20.1.1:554/", "integration",
		"No secret by its key"},
};

void rows_settings(const struct rows *rows)
{
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++) {
		const struct setting *setting = &settings[i];

		statement_insert(rows->statement, SQL_SETTING);
		rows_id(rows, "id", NOUN_SETTING, (int64_t)i);
		statement_text(rows->statement, "settingKey", setting->key);
		statement_text(rows->statement, "settingValue", setting->value);
		statement_text(rows->statement, "category", setting->category);
		statement_text(rows->statement, "description", setting->description);
		if (i % 5 == 4)
			rows_id(rows, "updatedBy", NOUN_NOBODY, 1);
		else if (i % 5 == 0)
			rows_id(rows, "updatedBy", NOUN_USER, 0);
		else
			statement_text(rows->statement, "updatedBy", NULL);
		statement_time(rows->statement, "updatedAt",
			rows->recorder->base_ms - (int64_t)(i + 1) * DAY_MS);
		statement_end(rows->statement);
	}
}
