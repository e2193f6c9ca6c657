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

		sql_insert(rows->sql, SQL_USER);
		rows_id(rows, "id", NOUN_USER, (int64_t)i);
		sql_text(rows->sql, "username", user->name);
		sql_text(rows->sql, "email", user->email);
		/* As long as a bcrypt hash, and begun like one. */
		snprintf(text, sizeof text, "$2b$10$planted-secret-hash-%zu%.*s", i, 32,
			"abcdefghijklmnopqrstuvwxyzABCDEFGH");
		sql_text(rows->sql, "password", text);
		sql_enum(rows->sql, "role", user->role);
		sql_bool(rows->sql, "isActive", user->is_active);
		sql_time(rows->sql, "lastLogin",
			user->login_minutes ? base_ms - user->login_minutes * 60000 : UNKNOWN);
		sql_text(rows->sql, "settings",
			i ? "{\"theme\":\"dark\"}"
			  : "{\"theme\":\"dark\",\"apiToken\":\"planted-secret-user-token\"}");
		sql_time(rows->sql, "createdAt", base_ms - 300LL * DAY_MS);
		sql_time(rows->sql, "updatedAt", base_ms - (int64_t)DAY_MS);
		sql_end(rows->sql);
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

		sql_insert(rows->sql, SQL_POLICY);
		rows_id(rows, "id", NOUN_POLICY, (int64_t)i);
		sql_text(rows->sql, "name", policy->name);
		sql_text(rows->sql, "description", policy->description);
		if (policy->camera >= 0)
			rows_id(rows, "cameraId", NOUN_CAMERA, policy->camera);
		else if (policy->camera == STRANGE_CAMERA)
			rows_id(rows, "cameraId", NOUN_NOBODY, 0);
		else
			sql_text(rows->sql, "cameraId", NULL);
		sql_int(rows->sql, "retentionDays", policy->days);
		sql_int(rows->sql, "priority", policy->priority);
		sql_bool(rows->sql, "isActive", policy->is_active);
		sql_time(rows->sql, "createdAt", base_ms - 100LL * DAY_MS);
		sql_time(rows->sql, "updatedAt", base_ms - 100LL * DAY_MS);
		sql_end(rows->sql);
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

		sql_insert(rows->sql, SQL_SETTING);
		rows_id(rows, "id", NOUN_SETTING, (int64_t)i);
		sql_text(rows->sql, "settingKey", setting->key);
		sql_text(rows->sql, "settingValue", setting->value);
		sql_text(rows->sql, "category", setting->category);
		sql_text(rows->sql, "description", setting->description);
		if (i % 5 == 4)
			rows_id(rows, "updatedBy", NOUN_NOBODY, 1);
		else if (i % 5 == 0)
			rows_id(rows, "updatedBy", NOUN_USER, 0);
		else
			sql_text(rows->sql, "updatedBy", NULL);
		sql_time(rows->sql, "updatedAt",
			rows->recorder->base_ms - (int64_t)(i + 1) * DAY_MS);
		sql_end(rows->sql);
	}
}
