/* The columns of a recorder's notifications, retention policies, settings and users. Owns constants
 * only; any thread. */
#include "cli/column_rows.h"
#include "model/recorder.h"

/* ---- notifications ---- */

static void notification_time(const void *row, int64_t now_ms, struct cell *cell)
{
	(void)now_ms;
	cell->type = CELL_TIME;
	cell->number = notification_at(row);
	if (cell->number == UNKNOWN)
		cell->type = CELL_NONE;
}

static void notification_severity_cell(const void *row, int64_t now_ms, struct cell *cell)
{
	const char *severity = notification_severity(row);

	(void)now_ms;
	cell_word(cell, severity, badge_notification(severity));
}

static void notification_unread(const void *row, int64_t now_ms, struct cell *cell)
{
	(void)now_ms;
	cell->type = CELL_BOOL;
	cell->number = notification_is_unread(row);
}

/* clang-format off */
const struct cli_column cli_notification_columns[] = {
	TEXT(notification, site, "site", "SITE"),
	TEXT(notification, id, "id", "NOTIFICATION"),
	MADE(notification_time, "at", "TIME"),
	MADE(notification_unread, "unread", "UNREAD"),
	MADE(notification_severity_cell, "severity", "SEVERITY"),
	TEXT(notification, type, "type", "TYPE"),
	TEXT(notification, status, "status", "STATUS"),
	TEXT(notification, username, "username", "USER"),
	TEXT(notification, user_id, "user_id", NULL),
	TEXT(notification, event_id, "event_id", "EVENT"),
	TEXT(notification, title, "title", "TITLE"),
	TEXT(notification, message, "message", "MESSAGE"),
	TIME(notification, sent_at, "sent_at", NULL),
	TIME(notification, read_at, "read_at", NULL),
	TIME(notification, created_at, "created_at", NULL),
	END,
};
/* clang-format on */

/* ---- policies ---- */

static void policy_camera(const void *row, int64_t now_ms, struct cell *cell)
{
	const struct policy *policy = row;

	(void)now_ms;
	cell_text(cell, policy->camera_id ? policy->camera_id : "all cameras");
}

/* clang-format off */
const struct cli_column cli_policy_columns[] = {
	TEXT(policy, site, "site", "SITE"),
	TEXT(policy, id, "id", "POLICY"),
	TEXT(policy, name, "name", "NAME"),
	MADE(policy_camera, NULL, "FOR"),
	TEXT(policy, camera_id, "camera_id", NULL),
	INT(policy, retention_days, "retention_days", "DAYS"),
	INT(policy, priority, "priority", "PRIORITY"),
	BOOL(policy, is_active, "active", "ACTIVE"),
	TEXT(policy, description, "description", "DESCRIPTION"),
	TIME(policy, created_at, "created_at", NULL),
	END,
};
/* clang-format on */

/* ---- settings and users ---- */

/* clang-format off */
const struct cli_column cli_setting_columns[] = {
	TEXT(setting, site, "site", "SITE"),
	TEXT(setting, category, "category", "CATEGORY"),
	TEXT(setting, key, "key", "KEY"),
	TEXT(setting, value, "value", "VALUE"),
	BOOL(setting, is_secret, "secret", "SECRET"),
	TIME(setting, updated_at, "updated_at", "UPDATED"),
	TEXT(setting, updated_by, "updated_by", NULL),
	TEXT(setting, description, "description", "DESCRIPTION"),
	END,
};
/* clang-format on */

/* clang-format off */
const struct cli_column cli_account_columns[] = {
	TEXT(account, site, "site", "SITE"),
	TEXT(account, id, "id", "USER"),
	TEXT(account, username, "username", "NAME"),
	TEXT(account, email, "email", "EMAIL"),
	TEXT(account, role, "role", "ROLE"),
	BOOL(account, is_active, "active", "ACTIVE"),
	TIME(account, last_login, "last_login", "LAST LOGIN"),
	TIME(account, created_at, "created_at", NULL),
	END,
};
/* clang-format on */
