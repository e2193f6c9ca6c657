/* The nouns that list and show print, and a cell of a row. Owns constants only; any thread. */
#include "cli/columns.h"
#include "cli/column_rows.h"
#include <math.h>

/* clang-format off */
const struct cli_noun cli_nouns[] = {
	{"sessions", "session", "id", NOUN_SESSION, cli_session_columns, cli_session_more, NULL},
	{"captures", NULL, "id", NOUN_CAPTURE, cli_capture_columns, NULL, NULL},
	{"cameras", "camera", "id", NOUN_CAMERA, cli_camera_columns, cli_camera_more, NULL},
	{"containers", NULL, "id", NOUN_CONTAINER, cli_container_columns, NULL, NULL},
	{"runs", "run", "run_id", NOUN_RUN, cli_run_columns, cli_run_more, NULL},
	{"feeds", NULL, "feed", NOUN_FEED, cli_feed_columns, NULL, NULL},
	{"events", "event", "id", NOUN_EVENT, cli_event_columns, cli_event_more, NULL},
	{"recordings", "recording", "id", NOUN_RECORDING, cli_recording_columns, cli_recording_more,
		NULL},
	{"segments", NULL, "id", NOUN_SEGMENT, cli_segment_columns, NULL, NULL},
	{"notifications", NULL, "id", NOUN_NOTIFICATION, cli_notification_columns, NULL, NULL},
	{"policies", NULL, "id", NOUN_POLICY, cli_policy_columns, NULL, NULL},
	{"settings", NULL, "key", NOUN_SETTING, cli_setting_columns, NULL, NULL},
	{"users", NULL, "id", NOUN_ACCOUNT, cli_account_columns, NULL, NULL},
	{"streams", NULL, "id", NOUN_STREAM, cli_stream_columns, NULL, NULL},
	{NULL, NULL, NULL, NOUN_DETECTED_OBJECT, cli_object_columns, NULL, cli_object_brief},
	{NULL, NULL, NULL, NOUN_DELTA_ROW, cli_delta_columns, NULL, cli_delta_brief},
	{NULL, NULL, NULL, NOUN_REVIEW, cli_review_columns, NULL, NULL},
	{NULL, NULL, NULL, NOUN_COUNT, NULL, NULL, NULL},
};
/* clang-format on */

/* ---- cells ---- */

bool cli_column_is_end(const struct cli_column *column)
{
	return !column->name && !column->title;
}

void cli_cell(const struct cli_column *column, const void *row, int64_t now_ms, struct cell *cell)
{
	const char *member = (const char *)row + column->offset;

	cell->type = column->get ? CELL_NONE : column->type;
	cell->badge = NULL;
	if (column->get)
		column->get(row, now_ms, cell);
	else if (cell->type == CELL_TEXT)
		cell->text = *(const char *const *)(const void *)member;
	else if (cell->type == CELL_REAL)
		cell->real = *(const double *)(const void *)member;
	else
		cell->number = *(const int64_t *)(const void *)member;
	if ((cell->type == CELL_TEXT && !cell->text) ||
		(cell->type == CELL_REAL && isnan(cell->real)) ||
		(cell->type >= CELL_INT && cell->type != CELL_REAL && cell->type != CELL_LIST &&
			cell->number == UNKNOWN))
		cell->type = CELL_NONE;
}

/* ---- for the getters ---- */

void cell_text(struct cell *cell, const char *text)
{
	cell->type = CELL_TEXT;
	cell->text = text;
}

void cell_word(struct cell *cell, const char *word, const struct badge *badge)
{
	cell_text(cell, word);
	cell->badge = badge;
}

void cell_ago(struct cell *cell, int64_t ms, int64_t now_ms)
{
	clock_ago(cell->room, ms, now_ms);
	cell_text(cell, cell->room);
}

void cell_list(
	struct cell *cell, enum noun_id noun, const char *site, const char *field, const char *id)
{
	for (cell->of = cli_nouns; cell->of->noun != noun;)
		cell->of++;
	cell->type = CELL_LIST;
	cell->list = (struct query){.noun = noun, .since_ms = UNKNOWN};
	cell->list.matches[0] = (struct match){"site", site};
	cell->list.matches[1] = (struct match){field, id};
}
