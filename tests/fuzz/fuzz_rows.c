/* Fuzzes the decoders of a recorder's rows. Input: one byte that picks the feed, then cells: a byte
 * for the column (255: the next row), one for the length and what is done with it, then the text.
 * Whatever comes in, every text of every row is clean, and what is planted in a credential is not
 * in it. */
#include "base/text.h"
#include "source/pg_parts.h"
#include "source/recorder.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define PLANT "QpLaNtEd"

enum { MESSAGE_MAX = 32 << 10, CELL_BYTES = 64, ROWS_MAX = 4, HAS_PLANT = 0x80, IS_NULL = 0x40 };

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* In the first a plant may be: they are told as they are, but for credentials. */
static const char *const columns[] = {"metadata", "message", "title", "settingValue", "description",
	"name", "category", "eventType", "thumbnailPath", "objects", "ipAddress", "model",
	"location", "cameraName", "username", "filePath", "s_filePath", "s_thumbnailPath",
	"o_objectType", "type",
	/* these not */
	"id", "settingKey", "status", "role", "email", "updatedBy", "cameraId", "recordingId",
	"streamId", "userId", "eventId", "camera", "streamStatus", "timestamp", "startTime",
	"endTime", "createdAt", "updatedAt", "startedAt", "endedAt", "sentAt", "readAt",
	"lastLogin", "duration", "fileSize", "confidence", "objectCount", "segmentCount", "bytes",
	"lastSegment", "eventCount", "lastRecording", "events24h", "oldest", "overdue",
	"retentionDays", "priority", "isActive", "hour", "n", "cameras", "online", "offline",
	"error", "recordingNow", "unread", "q_id", "q_status", "q_startTime", "q_endTime",
	"q_duration", "s_id", "s_recordingId", "s_startTime", "s_endTime", "s_fileSize", "o_id",
	"o_confidence", "o_boundingBox"};

enum { COLUMNS = sizeof columns / sizeof columns[0], TOLD = 20, SETTING_VALUE = 3 };

static struct catalogue catalogue;

/* A database that has everything. */
int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
	text_init();
	for (size_t i = 0; i < TABLE_COUNT; i++) {
		struct catalogue_table *table = &catalogue.tables[i];

		table->name = "T";
		table->can_read = true;
		snprintf(table->real, sizeof table->real, "T");
		for (size_t k = 20; k < 20 + CATALOGUE_COLUMNS_MAX; k++) {
			struct catalogue_column *column = &table->columns[table->column_count++];

			column->name = columns[k];
			column->can_read = true;
			snprintf(column->real, sizeof column->real, "%s", columns[k]);
		}
	}
	return 0;
}

static void claim(bool is_true, const char *what, const char *where, const char *text)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s (%s): %s\n", what, where, text);
	abort();
}

/* ---- what came out ---- */

static void check_row(const struct noun *noun, const void *row)
{
	static char clean[MESSAGE_MAX];

	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		const char *text = field->type == FIELD_TEXT ? row_text(row, field) : NULL;
		size_t bytes = text ? strlen(text) : 0;

		if (field->flags & FIELD_KEY && field->type == FIELD_TEXT)
			claim(text != NULL, "has its keys", field->name, "");
		if (!text)
			continue;
		claim(bytes < MESSAGE_MAX, "bounded", field->name, "");
		claim(text_clean(clean, sizeof clean, text, bytes) == bytes &&
				memcmp(clean, text, bytes) == 0,
			"clean", field->name, text);
		claim(!strstr(text, "QpLa"), "hidden", field->name, text);
	}
}

static void check_batch(const struct batch *batch)
{
	for (size_t i = 0; i < NOUN_COUNT; i++)
		for (size_t j = 0; j < batch->rows[i].count; j++)
			check_row(&nouns[i],
				(const char *)batch->rows[i].data + j * nouns[i].row_bytes);
}

static void decode(const struct recorder_feed *feed, const struct pg_rows *rows)
{
	const struct recorder_context context = {.catalogue = &catalogue,
		.site = "barn",
		.subject = "r1",
		.has_thumbnails = true,
		.now_ms = INT64_C(1771406100000),
		.since_ms = UNKNOWN,
		.window_ms = 86400000,
		.after_id = "",
		.version = "15"};
	struct batch *batch = batch_new(1 << 20);
	struct feed *row = batch ? arena_alloc(batch->arena, sizeof *row) : NULL;
	struct err err = {""};

	claim(row != NULL, "has memory", feed->name, "");
	noun_clear(&nouns[NOUN_FEED], row);
	row->site = context.site;
	row->subject = context.subject;
	row->feed = feed->name;
	batch->feed = row;
	if (feed->decode(&context, rows, batch, &err))
		check_batch(batch);
	batch_free(batch);
}

/* ---- what goes in ---- */

struct row {
	char cells[COLUMNS][CELL_BYTES * 2 + 64];
	bool has[COLUMNS];
};

static void put(struct row *row, size_t column, const uint8_t *text, size_t bytes, bool has_plant)
{
	char *cell = row->cells[column];
	char given[CELL_BYTES + 1];

	for (size_t i = 0; i < bytes; i++)
		given[i] = (char)(text[i] == 'Q' || text[i] == '\0' ? 'q' : text[i]);
	given[bytes] = '\0';
	row->has[column] = true;
	if (has_plant && column < TOLD)
		snprintf(cell, sizeof row->cells[0], "%s rtsp://u:" PLANT "@h %s", given, given);
	else
		snprintf(cell, sizeof row->cells[0], "%s", given);
}

/* A row that is one, whatever is in it. */
static void begin(struct row *row)
{
	static const char *const ids[] = {
		"id", "settingKey", "camera", "q_id", "s_id", "o_id", "hour"};

	memset(row, 0, sizeof *row);
	for (size_t i = 0; i < COLUMNS; i++)
		for (size_t k = 0; k < sizeof ids / sizeof ids[0]; k++)
			if (strcmp(columns[i], ids[k]) == 0)
				put(row, i, (const uint8_t *)"1", 1, false);
	snprintf(row->cells[0], sizeof row->cells[0],
		"{\"a\":[{\"password\":\"" PLANT "\"}],\"u\":\"rtsp://u:" PLANT "@h\"}");
	snprintf(row->cells[SETTING_VALUE], sizeof row->cells[0], "token=" PLANT);
	row->has[0] = row->has[SETTING_VALUE] = true;
}

static void add(struct pg_rows *rows, const struct row *row)
{
	if (pg_rows_is_full(rows) || !pg_rows_begin(rows))
		return;
	for (size_t i = 0; i < COLUMNS; i++)
		pg_rows_put(rows, i, row->has[i] ? row->cells[i] : NULL, strlen(row->cells[i]));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct row row;
	struct pg_rows *rows = pg_rows_new(ROWS_MAX);

	if (size == 0 || !rows || !pg_rows_make_columns(rows, COLUMNS)) {
		pg_rows_free(rows);
		return 0;
	}
	for (size_t i = 0; i < COLUMNS; i++)
		pg_rows_name(rows, i, columns[i]);
	begin(&row);
	for (size_t at = 1; at + 1 < size;) {
		size_t column = data[at] % COLUMNS, bytes = data[at + 1] % CELL_BYTES;

		if (data[at++] == 255) {
			add(rows, &row);
			begin(&row);
			continue;
		}
		if (bytes > size - at - 1)
			bytes = size - at - 1;
		put(&row, column, data + at + 1, bytes, data[at] & HAS_PLANT);
		if (data[at] & IS_NULL)
			row.has[column] = false;
		at += 1 + bytes;
	}
	add(rows, &row);
	decode(&recorder_feeds[data[0] % recorder_feed_count], rows);
	pg_rows_free(rows);
	return 0;
}
