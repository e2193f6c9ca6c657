/* The table of tables: names and columns of the seed and of what later layouts add. Owns nothing;
 * constant. "User".password and settings, "Camera".username and password are left out for good. */
#include "source/catalogue_seed.h"

#define TIME(name)               \
	{                        \
		name, NULL, true \
	}
#define TEXT(name)                \
	{                         \
		name, NULL, false \
	}
#define BOTH_STAMPS TIME("createdAt"), TIME("updatedAt")

const struct seed_table seed_tables[TABLE_COUNT] = {
	[TABLE_USER] = {"User", "users",
		{TEXT("id"), TEXT("username"), TEXT("email"), TEXT("role"), TEXT("isActive"),
			TIME("lastLogin"), BOTH_STAMPS}},
	[TABLE_CAMERA] = {"Camera", "cameras",
		{TEXT("id"), TEXT("name"), TEXT("rtspUrl"), TEXT("status"), TEXT("ipAddress"),
			TEXT("model"), TEXT("location"), TEXT("settings"), TEXT("protocolType"),
			BOTH_STAMPS}},
	[TABLE_STREAM] = {"Stream", "streams",
		{TEXT("id"), TEXT("cameraId"), TEXT("status"), TIME("startedAt"), TIME("endedAt"),
			TEXT("metadata"), BOTH_STAMPS}},
	[TABLE_RECORDING] = {"Recording", "recordings",
		{TEXT("id"), TEXT("cameraId"), TEXT("streamId"), TIME("startTime"), TIME("endTime"),
			TEXT("duration"), TEXT("status"), TEXT("metadata"), BOTH_STAMPS}},
	[TABLE_SEGMENT] = {"Segment", "segments",
		{TEXT("id"), TEXT("recordingId"), TEXT("streamId"), TIME("startTime"),
			TIME("endTime"), TEXT("duration"), TEXT("filePath"), TEXT("fileSize"),
			TEXT("format"), TEXT("resolution"), TEXT("thumbnailPath"), TEXT("metadata"),
			BOTH_STAMPS}},
	[TABLE_EVENT] = {"Event", "events",
		{TEXT("id"), TEXT("recordingId"), TEXT("segmentId"), TEXT("cameraId"),
			TIME("timestamp"), {"eventType", "type", false}, TEXT("confidence"),
			TEXT("thumbnailPath"), TEXT("metadata"), BOTH_STAMPS}},
	[TABLE_DETECTED_OBJECT] = {"DetectedObject", "detected_objects",
		{TEXT("id"), TEXT("eventId"), {"objectType", "type", false}, TEXT("confidence"),
			TEXT("boundingBox"), TEXT("metadata"), BOTH_STAMPS}},
	[TABLE_NOTIFICATION] = {"Notification", "notifications",
		{TEXT("id"), TEXT("userId"), TEXT("eventId"), TEXT("title"), TEXT("message"),
			TEXT("type"), TEXT("status"), TIME("sentAt"), TIME("readAt"),
			TEXT("metadata"), BOTH_STAMPS}},
	[TABLE_RETENTION_POLICY] = {"RetentionPolicy", "retention_policies",
		{TEXT("id"), TEXT("name"), TEXT("description"), TEXT("cameraId"),
			TEXT("retentionDays"), TEXT("priority"), TEXT("isActive"), BOTH_STAMPS}},
	[TABLE_SYSTEM_SETTINGS] = {"SystemSettings", "system_settings",
		{TEXT("id"), TEXT("settingKey"), TEXT("settingValue"), TEXT("category"),
			TEXT("description"), TEXT("updatedBy"), TIME("updatedAt")}},
};
