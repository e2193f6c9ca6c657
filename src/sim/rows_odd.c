/* Rows that are hard to show. Their ids are no UUIDs, so the old migration does not get them. Owns
 * nothing; one thread. */
#include "sim/rows.h"

#include <stdio.h>
#include <string.h>

enum { LONG_BYTES = 60000, HOUR_MS = 3600000 };

#define BIDI "\xe2\x80\xae"
#define ZERO_WIDTH "\xe2\x80\x8b"
#define FAMILY "\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x91\xa7"
#define MANY_MARKS "e\xcc\x81\xcc\x82\xcc\x83\xcc\x84\xcc\x85\xcc\x86\xcc\x87\xcc\x88"

static const char *const texts[] = {
	"\033[31mred\033[0m \033]0;owned\007title",
	"\033]52;c;cGxhbnRlZA==\007clipboard",
	BIDI "gpj.exe" ZERO_WIDTH "reversed",
	"\xc2\x9b"
	"2JC1 control",
	"two\r\nlines\tand a tab",
	"O'Brien \"quoted\" \\ back; DROP TABLE \"Event\"; --",
	"\xe5\x85\xa5\xe5\x8f\xa3\xe3\x82\xab\xe3\x83\xa1\xe3\x83\xa9 " FAMILY " " MANY_MARKS,
	"",
};

enum { TEXTS = sizeof texts / sizeof texts[0] };

static void put_odd_id(const struct rows *rows, const char *column, const char *noun, int index)
{
	static const char *const tails[] = {"a/b?c=d#e", "it's", "..", "a b\033[7m", "%2e%2e%2f",
		"\"quoted\"", "\xe5\x85\xa5\xe5\x8f\xa3", "-"};
	char id[96];

	snprintf(id, sizeof id, "odd-%s-%s", noun, tails[index % 8]);
	statement_text(rows->statement, column, id);
}

static void put_times(const struct rows *rows, int index)
{
	int64_t at_ms = rows->recorder->base_ms - (index + 1) * (int64_t)HOUR_MS;

	statement_time(rows->statement, "createdAt", at_ms);
	statement_time(rows->statement, "updatedAt", at_ms);
}

static void write_camera(const struct rows *rows, int index)
{
	statement_insert(rows->statement, SQL_CAMERA);
	put_odd_id(rows, "id", "camera", index);
	statement_text(rows->statement, "name", texts[index]);
	statement_text(rows->statement, "rtspUrl",
		index % 2 ? "rtsp://a:planted-secret@odd:p%40ss@10.0.0.1/x?pw=planted-secret-query"
			  : "not a url planted-secret:at@nowhere");
	statement_enum(rows->statement, "status", index % 2 ? "ONLINE" : "OFFLINE");
	statement_text(rows->statement, "ipAddress", texts[(index + 1) % TEXTS]);
	statement_text(rows->statement, "model", texts[(index + 2) % TEXTS]);
	statement_text(rows->statement, "location", texts[(index + 3) % TEXTS]);
	statement_text(rows->statement, "settings",
		index % 2 ? "[\"list\",{\"Password\":\"planted-secret-list\"}]" : "null");
	put_times(rows, index);
	statement_end(rows->statement);
}

static void write_recording(const struct rows *rows, int index)
{
	int64_t at_ms = rows->recorder->base_ms - (index + 1) * (int64_t)HOUR_MS;

	statement_insert(rows->statement, SQL_RECORDING);
	put_odd_id(rows, "id", "recording", index);
	put_odd_id(rows, "cameraId", "camera", index);
	statement_time(rows->statement, "startTime", at_ms);
	/* One that ends before it begins, one in the far future. */
	statement_time(rows->statement, "endTime",
		index == 0           ? at_ms - HOUR_MS
			: index == 1 ? INT64_C(32503680000000)
				     : at_ms + HOUR_MS);
	statement_int(rows->statement, "duration", index == 2 ? -5 : index == 3 ? INT32_MAX : 3600);
	statement_enum(rows->statement, "status", index == 4 ? "paused" : "COMPLETED");
	put_times(rows, index);
	statement_end(rows->statement);
}

static void write_event(const struct rows *rows, int index)
{
	static const char *const paths[] = {"../../../etc/passwd", "/thumbnails/..",
		"a\033[2Jb.jpg", "http://elsewhere.invalid/x.jpg", "/thumbnails/a b?c#d.jpg", "/",
		"%2e%2e/x.jpg", "."};
	static const double confidences[] = {0, 1, 100, -3, 1e300, 1.5, 0.0001, 250};

	statement_insert(rows->statement, SQL_EVENT);
	put_odd_id(rows, "id", "event", index);
	put_odd_id(rows, "recordingId", "recording", index);
	put_odd_id(rows, "cameraId", "camera", index);
	statement_time(rows->statement, "timestamp",
		rows->recorder->base_ms - (index + 1) * (int64_t)HOUR_MS + 60000);
	statement_text(rows->statement, "eventType", index == 7 ? "Motion" : texts[index]);
	statement_real(rows->statement, "confidence", confidences[index]);
	statement_text(rows->statement, "thumbnailPath", paths[index]);
	statement_text(rows->statement, "metadata",
		index % 2 ? "{\"\\u001b[31mkey\":[[[[[[1,2,{\"apiKey\":\"planted-secret-deep\"}]]]]"
			    "]]}"
			  : "\"just text\"");
	put_times(rows, index);
	statement_end(rows->statement);
}

static void write_object(const struct rows *rows, int index)
{
	static const char *const boxes[] = {"{\"x\":-5,\"y\":-5,\"width\":1e9,\"height\":1e9}",
		"[1,2]", "[0.9,0.9,0.1,0.1]", "{\"x\":0,\"y\":0,\"width\":0,\"height\":0}", "true",
		"{\"x\":\"0.1\",\"y\":\"0.1\",\"width\":\"0.2\",\"height\":\"0.2\"}", "{}", "[]"};

	statement_insert(rows->statement, SQL_OBJECT);
	put_odd_id(rows, "id", "object", index);
	put_odd_id(rows, "eventId", "event", index);
	statement_text(rows->statement, "objectType", texts[index]);
	statement_real(rows->statement, "confidence", 0.5);
	statement_text(rows->statement, "boundingBox", boxes[index]);
	put_times(rows, index);
	statement_end(rows->statement);
}

static void write_notification(const struct rows *rows, int index)
{
	static char long_text[LONG_BYTES];

	memset(long_text, 'x', sizeof long_text - 1);
	statement_insert(rows->statement, SQL_NOTIFICATION);
	put_odd_id(rows, "id", "notification", index);
	statement_text(rows->statement, "title", texts[index]);
	statement_text(
		rows->statement, "message", index == 7 ? long_text : texts[(index + 4) % TEXTS]);
	statement_text(rows->statement, "type", texts[(index + 5) % TEXTS]);
	statement_text(
		rows->statement, "status", index % 2 ? "Pending" : texts[(index + 6) % TEXTS]);
	put_times(rows, index);
	statement_end(rows->statement);
}

void rows_odd(const struct rows *rows)
{
	static void (*const writers[])(const struct rows *, int) = {
		write_camera, write_recording, write_event, write_object, write_notification};

	if (rows->statement->layout == LAYOUT_SEQUELIZE)
		return;
	for (size_t noun = 0; noun < sizeof writers / sizeof writers[0]; noun++)
		for (int i = 0; i < TEXTS; i++)
			writers[noun](rows, i);
}
