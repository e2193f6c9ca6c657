/* Events, what they are about, and what was told about them, as rows. Owns nothing; one thread. */
#include "sim/rows.h"

#include "base/clock.h"
#include "sim/dice.h"
#include "sim/emit.h"
#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 96, TEXT_BYTES = 240, MINUTE_MS = 60000 };

/* ---- events ---- */

/* The recording that was running then. */
static bool find_footage(const struct rows *rows, const struct sighting *s, struct footage *footage)
{
	enum camera_role role = recorder_role(rows->recorder, s->camera);
	int64_t slot = recorder_slot_at(rows->recorder, s->camera, s->at_ms);

	if (s->link == LINK_NONE || s->link == LINK_DANGLING)
		return false;
	if ((role == ROLE_SILENT || role == ROLE_LONG) &&
		recorder_footage(rows->recorder, s->camera, 0, footage) &&
		s->at_ms >= footage->start_ms)
		return true;
	return recorder_footage(rows->recorder, s->camera, slot, footage) &&
		s->at_ms >= footage->start_ms && s->at_ms < footage->end_ms;
}

/* Only the seed's events may do without. */
static bool fits(const struct rows *rows, const struct sighting *s)
{
	struct footage footage;

	return rows->statement->layout == LAYOUT_SEED || find_footage(rows, s, &footage);
}

static void put_type(const struct rows *rows, const struct sighting *s)
{
	static const char *const known[] = {"motion", "person", "vehicle", "animal"};
	const char *type = "custom";

	if (rows->statement->layout != LAYOUT_SEQUELIZE) {
		statement_text(rows->statement, "eventType", s->type);
		return;
	}
	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		if (!strncmp(s->type, known[i], strlen(known[i])))
			type = known[i];
	statement_text(rows->statement, "eventType", type);
}

static void put_links(const struct rows *rows, const struct sighting *s)
{
	struct footage footage;

	if (find_footage(rows, s, &footage))
		rows_id(rows, "recordingId", NOUN_RECORDING, footage.number);
	else
		statement_text(rows->statement, "recordingId", NULL);
	if (s->link == LINK_OWN)
		rows_id(rows, "cameraId", NOUN_CAMERA, s->camera);
	else if (s->link == LINK_DANGLING)
		rows_id(rows, "cameraId", NOUN_NOBODY, s->camera);
	else
		statement_text(rows->statement, "cameraId", NULL);
}

static void put_confidence(const struct rows *rows, const struct sighting *s)
{
	if (s->confidence_percent < 0)
		statement_real(rows->statement, "confidence",
			rows->statement->layout == LAYOUT_PRISMA ? 0 : NAN);
	else if (s->is_of_100)
		statement_real(rows->statement, "confidence", s->confidence_percent);
	else
		statement_real(rows->statement, "confidence", s->confidence_percent / 100.0);
}

static void put_thumbnail(const struct rows *rows, const struct sighting *s)
{
	static const char *const folders[] = {
		[THUMBNAIL_URL_PATH] = "/thumbnails/",
		[THUMBNAIL_DISK_PATH] = "./data/thumbnails/",
		[THUMBNAIL_BACKSLASHES] = "C:\\recorder\\thumbnails\\",
	};
	char name[NAME_BYTES], path[TEXT_BYTES];

	recorder_thumbnail_name(rows->recorder, s, name, sizeof name);
	if (s->thumbnail_form == THUMBNAIL_EMPTY) {
		statement_text(rows->statement, "thumbnailPath", "");
	} else if (s->thumbnail_form == THUMBNAIL_IN_METADATA ||
		s->thumbnail_form == THUMBNAIL_NONE) {
		statement_text(rows->statement, "thumbnailPath", NULL);
	} else {
		snprintf(path, sizeof path, "%s%s", folders[s->thumbnail_form], name);
		statement_text(rows->statement, "thumbnailPath", path);
	}
}

static void put_metadata(const struct rows *rows, const struct sighting *s)
{
	struct buf json;
	struct emit emit = {.out = &json};
	char name[NAME_BYTES], path[TEXT_BYTES];

	if (s->thumbnail_form != THUMBNAIL_IN_METADATA && s->number >> 16 & 1) {
		statement_text(rows->statement, "metadata", s->number >> 17 & 1 ? "null" : NULL);
		return;
	}
	buf_init(&json, 4096);
	emit_object(&emit, NULL);
	emit_int(&emit, "frame", s->number >> 16 & 0xffff);
	emit_object(&emit, "detector");
	emit_text(&emit, "model", "yolov8n");
	emit_int(&emit, "inferenceMs", 18 + (s->number >> 16) % 40);
	emit_text(&emit, "token", "planted-secret-detector");
	emit_object_end(&emit);
	emit_text(&emit, "source", "rtsp://detector:planted-secret-event@10.20.0.9/main");
	if (s->thumbnail_form == THUMBNAIL_IN_METADATA) {
		recorder_thumbnail_name(rows->recorder, s, name, sizeof name);
		snprintf(path, sizeof path, "./data/thumbnails/%s", name);
		emit_text(&emit, "thumbnailPath", path);
	}
	emit_object_end(&emit);
	statement_text(rows->statement, "metadata", json.data);
	buf_release(&json);
}

void rows_event(const struct rows *rows, const struct sighting *s)
{
	if (!fits(rows, s))
		return;
	statement_insert(rows->statement, SQL_EVENT);
	rows_id(rows, "id", NOUN_EVENT, s->number);
	put_links(rows, s);
	rows_time(rows, "timestamp", s->at_ms);
	put_type(rows, s);
	put_confidence(rows, s);
	put_thumbnail(rows, s);
	put_metadata(rows, s);
	rows_time(rows, "createdAt", s->written_ms);
	rows_time(rows, "updatedAt", s->written_ms);
	statement_end(rows->statement);
}

/* ---- objects ---- */

static void put_box(const struct rows *rows, const struct thing *t, enum box_form form)
{
	double wide = YARD_WIDTH_PX, high = YARD_HEIGHT_PX;
	char text[TEXT_BYTES] = "null";

	if (form == BOX_FRACTIONS)
		snprintf(text, sizeof text,
			"{\"x\":%.4f,\"y\":%.4f,\"width\":%.4f,\"height\":%.4f}", t->x, t->y,
			t->width, t->height);
	else if (form == BOX_PIXELS)
		snprintf(text, sizeof text,
			"{\"x\":%.0f,\"y\":%.0f,\"width\":%.0f,\"height\":%.0f}", t->x * wide,
			t->y * high, t->width * wide, t->height * high);
	else if (form == BOX_CORNERS)
		snprintf(text, sizeof text, "[%.0f,%.0f,%.0f,%.0f]", t->x * wide, t->y * high,
			(t->x + t->width) * wide, (t->y + t->height) * high);
	else if (form == BOX_STRING)
		snprintf(text, sizeof text, "\"%.0f,%.0f,%.0f,%.0f\"", t->x * wide, t->y * high,
			t->width * wide, t->height * high);
	else if (form == BOX_PARTIAL)
		snprintf(text, sizeof text, "{\"x\":%.4f,\"y\":\"near\"}", t->x);
	statement_text(rows->statement, "boundingBox", text);
}

void rows_objects(const struct rows *rows, const struct sighting *s)
{
	if (!fits(rows, s))
		return;
	for (int i = 0; i < s->thing_count; i++) {
		const struct thing *thing = &s->things[i];
		double factor = s->is_of_100 ? 100 : 1;

		statement_insert(rows->statement, SQL_OBJECT);
		rows_id(rows, "id", NOUN_OBJECT, s->number * SIGHTING_OBJECTS + i);
		rows_id(rows, "eventId", NOUN_EVENT, s->number);
		statement_text(rows->statement, "objectType", thing->type);
		statement_real(rows->statement, "confidence", thing->confidence * factor);
		put_box(rows, thing, s->box_form);
		statement_text(rows->statement, "metadata", i == 1 ? "{\"color\":\"blue\"}" : NULL);
		rows_time(rows, "createdAt", s->written_ms);
		rows_time(rows, "updatedAt", s->written_ms);
		statement_end(rows->statement);
	}
}

/* ---- notifications ---- */

enum { USERS_TOLD = 3 };

int64_t rows_read_ms(const struct rows *rows, const struct sighting *s)
{
	uint64_t draw = dice(rows->recorder->seed, DICE_SIGN, s->number);

	if (draw % 8 != 0 || draw >> 8 & 1)
		return UNKNOWN;
	return s->written_ms + MINUTE_MS + (int64_t)((draw >> 16) % (30 * MINUTE_MS));
}

static const char *notification_type(const struct sighting *s)
{
	static const char *const channels[] = {"email", "push", "in-app"};

	if (!strcmp(s->type, "person"))
		return "person_detected";
	if (!strncmp(s->type, "motion", 6))
		return "motion_alert";
	if (s->number >> 17 & 1)
		return "object_detected";
	return channels[(s->number >> 18) % 3];
}

static const char *notification_status(uint64_t draw, bool is_read)
{
	if (is_read)
		return draw >> 40 & 1 ? "read" : "READ";
	if ((draw >> 48) % 9 == 0)
		return "failed";
	return (draw >> 48) % 5 == 0 ? "pending" : "sent";
}

static void put_words(const struct rows *rows, const struct sighting *s, bool is_dangling)
{
	char text[TEXT_BYTES];

	snprintf(text, sizeof text, "%s at %s", s->type, recorder_place(s->camera));
	text[0] = (char)toupper((unsigned char)text[0]);
	statement_text(rows->statement, "title", text);
	snprintf(text, sizeof text, "The camera %s reports %s; %d objects.",
		recorder_place(s->camera), s->type, s->thing_count);
	statement_text(rows->statement, "message",
		is_dangling ? "cannot open rtsp://admin:planted-secret-notice@10.20.0.7:554/stream1"
			    : text);
}

bool rows_notification(const struct rows *rows, const struct sighting *s, int64_t now_ms)
{
	uint64_t draw = dice(rows->recorder->seed, DICE_SIGN, s->number);
	bool is_dangling = (draw >> 24) % 11 == 0;
	int64_t read_ms = rows_read_ms(rows, s);
	bool is_read = read_ms != UNKNOWN && read_ms <= now_ms;
	const char *status = notification_status(draw, is_read);
	bool is_sent = strcmp(status, "pending") != 0 && strcmp(status, "failed") != 0;

	if (draw % 8 != 0)
		return false;
	statement_insert(rows->statement, SQL_NOTIFICATION);
	rows_id(rows, "id", NOUN_NOTIFICATION, s->number);
	if ((draw >> 32) % 6)
		rows_id(rows, "userId", NOUN_USER, (int64_t)((draw >> 32) % USERS_TOLD));
	else
		statement_text(rows->statement, "userId", NULL);
	rows_id(rows, "eventId", is_dangling ? NOUN_NOBODY : NOUN_EVENT, s->number);
	put_words(rows, s, is_dangling);
	statement_text(rows->statement, "type", notification_type(s));
	statement_text(rows->statement, "status", status);
	rows_time(rows, "sentAt", is_sent ? s->written_ms : UNKNOWN);
	rows_time(rows, "readAt", is_read ? read_ms : UNKNOWN);
	rows_time(rows, "createdAt", s->written_ms);
	rows_time(rows, "updatedAt", is_read ? read_ms : s->written_ms);
	statement_end(rows->statement);
	return true;
}

void rows_notification_read(const struct rows *rows, const struct sighting *s)
{
	char id[RECORDER_ID_BYTES];
	int64_t read_ms = rows_read_ms(rows, s);

	recorder_id(rows->recorder, NOUN_NOTIFICATION, s->number, id);
	statement_update(rows->statement, SQL_NOTIFICATION);
	statement_text(rows->statement, "status", "read");
	rows_time(rows, "readAt", read_ms);
	rows_time(rows, "updatedAt", read_ms);
	statement_end_where(rows->statement, id);
}

void rows_notice(const struct rows *rows, const char *type, const char *title, int camera,
	int64_t number, int64_t now_ms)
{
	char text[TEXT_BYTES];

	statement_insert(rows->statement, SQL_NOTIFICATION);
	rows_id(rows, "id", NOUN_NOTIFICATION, -number - 1);
	statement_text(rows->statement, "userId", NULL);
	statement_text(rows->statement, "eventId", NULL);
	statement_text(rows->statement, "title", title);
	snprintf(text, sizeof text, "%s: %s", recorder_place(camera), title);
	statement_text(rows->statement, "message", text);
	statement_text(rows->statement, "type", type);
	statement_text(rows->statement, "status", "sent");
	rows_time(rows, "sentAt", now_ms);
	statement_time(rows->statement, "readAt", UNKNOWN);
	rows_time(rows, "createdAt", now_ms);
	rows_time(rows, "updatedAt", now_ms);
	statement_end(rows->statement);
}
