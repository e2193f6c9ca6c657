/* Fills a stage with what a recorder keeps besides recordings and events. */
#include "views/office.h"

enum { DAY_SECONDS = 86400 };
#define DAYS(n) SECONDS((n) * (int64_t)DAY_SECONDS)

static void add_feed(struct stage *stage, const char *name)
{
	stage_feed(stage, SITE, name, "", "ok", NOW - SECONDS(3));
}

void office_open(struct stage *stage)
{
	stage_open(stage);
	stage->context.has_recorders = true;
	add_feed(stage, "recorder.recordings");
}

/* ---- cameras and streams ---- */

void office_cameras(struct stage *stage)
{
	stage_camera(stage, OFFICE_ENTRANCE, "online")->name = "Entrance";
	stage_camera(stage, OFFICE_DOCK, "online")->name = "Loading dock";
	stage_camera(stage, OFFICE_PARKING, "online")->name = "Parking north";
	stage_camera(stage, OFFICE_ROOF, "error")->name = "Roof";
	add_feed(stage, "recorder.cameras");
}

struct stream *office_stream(
	struct stage *stage, const char *id, const char *camera_id, const char *status)
{
	struct stream *stream = stage_add(stage, NOUN_STREAM);

	stream->id = id;
	stream->camera_id = camera_id;
	stream->status = status;
	stream->updated_at = NOW - SECONDS(21);
	return stream;
}

void office_streams(struct stage *stage)
{
	struct stream *stream;

	office_cameras(stage);
	stream = office_stream(
		stage, "25511a8d-12f4-4713-95da-fad78f65d333", OFFICE_ENTRANCE, "ACTIVE");
	stream->started_at = NOW - DAYS(2) - HOURS(3);
	stream =
		office_stream(stage, "c20f7c7e-475f-4f1c-b624-233df5c66532", OFFICE_DOCK, "ACTIVE");
	stream->started_at = NOW - HOURS(5) - MINUTES(12);
	stream = office_stream(
		stage, "6256bfd2-cf53-4c3b-8329-d391792eff7d", OFFICE_PARKING, "INACTIVE");
	stream->started_at = NOW - HOURS(9);
	stream->ended_at = NOW - HOURS(2);
	stream = office_stream(stage, "99ba5468-4576-4e22-b7b7-17c8f8a9ccac", OFFICE_ROOF, "ERROR");
	stream->started_at = NOW - HOURS(19);
	stream->ended_at = NOW - MINUTES(50);
	stream->updated_at = UNKNOWN;
	add_feed(stage, "recorder.streams");
}

/* ---- notifications ---- */

struct notification *office_notification(
	struct stage *stage, const char *id, const char *type, const char *title)
{
	struct notification *notification = stage_add(stage, NOUN_NOTIFICATION);

	notification->id = id;
	notification->type = type;
	notification->title = title;
	notification->status = "sent";
	notification->sent_at = NOW - MINUTES(7);
	return notification;
}

void office_notifications(struct stage *stage)
{
	struct notification *notification;

	notification =
		office_notification(stage, "ntf-1", "camera_offline", "Camera Roof is offline");
	notification->username = "operator";
	notification->user_id = "usr-operator";
	notification->event_id = "8dbb45f8-2d8a-45f6-8262-6edaa770c5d7";
	notification->message =
		"The camera Roof has sent no picture for ten minutes. Before that its stream broke"
		" off three times within an hour, each time for some seconds. The switch on the"
		" second floor reports errors on port 7; somebody should look at the cable that"
		" runs along the gutter. Until then nothing is recorded of the roof.";
	notification = office_notification(stage, "ntf-2", "system_alert", "Storage is 88 % full");
	notification->sent_at = NOW - HOURS(3);
	notification->message = "It was 85 % yesterday.";
	notification = office_notification(stage, "ntf-3", "person_detected", "Person at Entrance");
	notification->sent_at = UNKNOWN;
	notification->created_at = NOW - MINUTES(2);
	notification->status = "pending";
	notification->user_id = "usr-without-a-name";
	notification->event_id = "0998a496-053d-445b-97e0-a9f18e275b50";
	notification->message = "The camera Entrance reports person; 3 objects.";
	notification =
		office_notification(stage, "ntf-4", "recording_completed", "Recording completed");
	notification->sent_at = NOW - MINUTES(1);
	notification->read_at = NOW - SECONDS(30);
	notification->status = "read";
	notification->username = "admin";
	notification->user_id = "usr-admin";
	notification->message = "Loading dock, 10 minutes.";
	add_feed(stage, "recorder.notifications");
}

/* ---- retention ---- */

struct policy *office_policy(
	struct stage *stage, const char *id, const char *name, const char *camera_id)
{
	struct policy *policy = stage_add(stage, NOUN_POLICY);

	policy->id = id;
	policy->name = name;
	policy->camera_id = camera_id;
	policy->is_active = 1;
	policy->retention_days = 30;
	policy->priority = 0;
	return policy;
}

static struct retention *add_retention(struct stage *stage, const char *camera_id)
{
	const struct rows *policies = &stage->batch->rows[NOUN_POLICY];
	struct retention *retention = stage_add(stage, NOUN_RETENTION);

	retention->camera_id = camera_id;
	retention_choose(retention, policies->data, policies->count);
	retention->oldest_at = NOW - DAYS(2);
	retention->overdue_count = 0;
	return retention;
}

void office_retention(struct stage *stage)
{
	struct policy *policy;

	office_cameras(stage);
	office_policy(stage, "pol-default", "Default", NULL)->description =
		"All that nothing else is said about";
	policy = office_policy(stage, "pol-insurance", "Dock, insurance", OFFICE_DOCK);
	policy->retention_days = 21;
	policy->priority = 5;
	policy = office_policy(stage, "pol-council", "Dock, works council", OFFICE_DOCK);
	policy->retention_days = 14;
	policy->priority = 5;
	policy = office_policy(stage, "pol-parking", "Parking, one day", OFFICE_PARKING);
	policy->retention_days = 1;
	policy->priority = 20;
	policy = office_policy(stage, "pol-trial", "Entrance, trial", OFFICE_ENTRANCE);
	policy->retention_days = 1;
	policy->priority = 99;
	policy->is_active = 0;
	office_policy(stage, "pol-gone", "A camera that is gone", OFFICE_NOBODY)->priority = 50;
	add_retention(stage, OFFICE_ENTRANCE);
	add_retention(stage, OFFICE_DOCK);
	add_retention(stage, OFFICE_PARKING)->overdue_count = 49;
	add_retention(stage, OFFICE_ROOF)->oldest_at = UNKNOWN;
	add_feed(stage, "recorder.policies");
}

/* ---- settings and users ---- */

struct setting *office_setting(
	struct stage *stage, const char *category, const char *key, const char *value)
{
	struct setting *setting = stage_add(stage, NOUN_SETTING);

	setting->category = category;
	setting->key = key;
	setting->value = value;
	setting->is_secret = 0;
	setting->updated_at = NOW - DAYS(3);
	return setting;
}

void office_settings(struct stage *stage)
{
	struct setting *setting;

	office_setting(stage, "storage", "storage.maxUsage", "90")->description =
		"Percent of the disk";
	office_setting(stage, "storage", "storage.retentionDays", "30")->updated_by = "usr-admin";
	setting = office_setting(stage, "storage", "storage.s3SecretKey", "***");
	setting->is_secret = 1;
	setting->updated_by = OFFICE_NOBODY;
	office_setting(stage, "general", "general.siteName", "Warehouse 4")->updated_at = UNKNOWN;
	office_setting(stage, "detection", "detection.settings",
		"{\"minConfidence\":0.6,\"detectionInterval\":1000,\"classes\":[\"person\","
		"\"car\"],\"motionSensitivity\":5,\"note\":\"a:b,c\"}")
		->description = "What the detector looks for";
	office_setting(stage, "detection", "hardware.acceleration", "vaapi");
	office_users(stage);
	add_feed(stage, "recorder.settings");
}

struct account *office_user(
	struct stage *stage, const char *id, const char *username, const char *role)
{
	struct account *account = stage_add(stage, NOUN_ACCOUNT);

	account->id = id;
	account->username = username;
	account->role = role;
	account->is_active = 1;
	return account;
}

void office_users(struct stage *stage)
{
	struct account *account;

	account = office_user(stage, "usr-admin", "admin", "ADMIN");
	account->email = "admin@example.net";
	account->last_login = NOW - MINUTES(12);
	account->created_at = NOW - DAYS(300);
	account = office_user(stage, "usr-operator", "operator", "USER");
	account->email = "operator@example.net";
	account->last_login = NOW - HOURS(30);
	account->created_at = NOW - DAYS(300);
	account = office_user(stage, "usr-night", "night-shift", "USER");
	account->email = "night@example.net";
	account = office_user(stage, "usr-leaver", "leaver", "VIEWER");
	account->is_active = 0;
	account->last_login = NOW - DAYS(62);
	add_feed(stage, "recorder.users");
}
