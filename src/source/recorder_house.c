/* Notifications, settings and users of a recorder. Passwords are not even asked for. Pure; recorder
 * lane. */
#include "source/recorder_parts.h"
#include "source/redact.h"
#include <string.h>

enum { NOTIFICATIONS_MAX = 500, SETTINGS_MAX = 2000, USERS_MAX = 2000 };

/* ---- notifications ---- */

static const struct paging paging = {.table = TABLE_NOTIFICATION,
	.time = "createdAt",
	.created = "createdAt",
	.updated = "updatedAt",
	.limit = NOTIFICATIONS_MAX};

bool build_notifications(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {"id", "userId", "eventId", "title", "message", "type",
		"status", "sentAt", "readAt", "createdAt", "updatedAt", NULL};
	static const char *const user[] = {"username", NULL};
	struct statement statement = {context, sql, parameters};
	bool has_users = sql_can(context, TABLE_USER, "username") &&
		catalogue_has(context->catalogue, TABLE_NOTIFICATION, "userId");

	(void)words;
	sql_page(&statement, &paging);
	sql_text(&statement, "SELECT ");
	sql_columns(&statement, TABLE_NOTIFICATION, "t", columns);
	if (has_users) {
		sql_text(&statement, ", ");
		sql_columns(&statement, TABLE_USER, "u", user);
	}
	sql_from(&statement, " FROM page JOIN ", TABLE_NOTIFICATION, "t");
	sql_text(&statement, " ON ");
	sql_is_key(&statement, TABLE_NOTIFICATION, "t", "id", TABLE_NOTIFICATION, "page.id");
	if (has_users) {
		sql_from(&statement, " LEFT JOIN ", TABLE_USER, "u");
		sql_text(&statement, " ON ");
		sql_same(&statement, TABLE_USER, "u", "id", TABLE_NOTIFICATION, "t", "userId");
	}
	sql_page_order(&statement, &paging, "t");
	return !sql->is_overflowed;
}

static bool add_notification(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct notification *row = id ? batch_add(cells->batch, NOUN_NOTIFICATION) : NULL;

	if (!row)
		return false;
	row->site = cells->batch->feed->site;
	row->id = id;
	row->user_id = cells_word(cells, "userId");
	row->username = cells_text(cells, "username");
	row->event_id = cells_word(cells, "eventId");
	row->title = cells_text(cells, "title");
	row->message = cells_message(cells, "message");
	row->type = cells_text(cells, "type");
	row->status = cells_text(cells, "status");
	row->sent_at = cells_time(cells, "sentAt");
	row->read_at = cells_time(cells, "readAt");
	row->created_at = cells_time(cells, "createdAt");
	return true;
}

bool decode_notifications_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_notification);
	cells_list_newest(context, rows, &paging, batch, NOUN_NOTIFICATION);
	return true;
}

/* ---- settings ---- */

static bool build_all(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, enum recorder_table table,
	const char *const *columns, const char *order, const char *key, int limit)
{
	struct statement statement = {context, sql, parameters};

	sql_text(&statement, "SELECT ");
	sql_columns(&statement, table, "t", columns);
	sql_from(&statement, " FROM ", table, "t");
	sql_text(&statement, " ORDER BY ");
	sql_sort(&statement, table, "t", order, "");
	sql_as_text(&statement, table, "t", key);
	return buf_printf(sql, " LIMIT %d", limit);
}

bool build_settings(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {"settingKey", "settingValue", "category",
		"description", "updatedBy", "updatedAt", NULL};

	(void)words;
	return build_all(context, sql, parameters, TABLE_SYSTEM_SETTINGS, columns, "category",
		"settingKey", SETTINGS_MAX);
}

static const char *setting_value(const struct cells *cells, bool is_secret)
{
	const char *raw = cells_raw(cells, "settingValue");
	size_t blanks = raw ? strspn(raw, " \t\r\n") : 0;

	if (!raw || is_secret)
		return raw ? REDACTED : NULL;
	if (raw[blanks] == '{' || raw[blanks] == '[')
		return cells_json(cells, "settingValue");
	return cells_message(cells, "settingValue");
}

static bool add_setting(const struct cells *cells)
{
	const char *key = cells_word(cells, "settingKey");
	struct setting *row = key ? batch_add(cells->batch, NOUN_SETTING) : NULL;

	if (!row)
		return false;
	row->site = cells->batch->feed->site;
	row->key = key;
	row->is_secret = redact_is_secret(key);
	row->value = setting_value(cells, row->is_secret);
	row->category = cells_text(cells, "category");
	row->description = cells_text(cells, "description");
	row->updated_by = cells_word(cells, "updatedBy");
	row->updated_at = cells_time(cells, "updatedAt");
	return true;
}

bool decode_settings_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_setting);
	cells_list(context, rows, SETTINGS_MAX, batch, NOUN_SETTING);
	return true;
}

/* ---- users ---- */

bool build_users(const struct recorder_context *context, struct buf *sql,
	struct recorder_parameters *parameters, struct err *words)
{
	static const char *const columns[] = {
		"id", "username", "email", "role", "isActive", "lastLogin", "createdAt", NULL};

	(void)words;
	return build_all(
		context, sql, parameters, TABLE_USER, columns, "username", "id", USERS_MAX);
}

static bool add_account(const struct cells *cells)
{
	const char *id = cells_word(cells, "id");
	struct account *row = id ? batch_add(cells->batch, NOUN_ACCOUNT) : NULL;

	if (!row)
		return false;
	row->site = cells->batch->feed->site;
	row->id = id;
	row->username = cells_text(cells, "username");
	row->email = cells_word(cells, "email");
	row->role = cells_word(cells, "role");
	row->is_active = cells_bool(cells, "isActive");
	row->last_login = cells_time(cells, "lastLogin");
	row->created_at = cells_time(cells, "createdAt");
	return true;
}

bool decode_users_rows(const struct recorder_context *context, const struct pg_rows *rows,
	struct batch *batch, struct err *err)
{
	(void)err;
	cells_each(context, rows, batch, add_account);
	cells_list(context, rows, USERS_MAX, batch, NOUN_ACCOUNT);
	return true;
}
