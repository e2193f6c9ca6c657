/* How the tables of columns are written: for src/cli/columns_*.c only. */
#ifndef CLI_COLUMN_ROWS_H
#define CLI_COLUMN_ROWS_H

#include "cli/columns.h"
#include <stddef.h>

/* A row whose type does not fit its member does not compile. */
/* clang-format off */
#define CELL_AT(noun, member, c_type) \
	_Generic(((struct noun *)0)->member, c_type : offsetof(struct noun, member))
#define TEXT(noun, member, name, title) \
	{name, title, CELL_TEXT, CELL_AT(noun, member, const char *), NULL, false}
#define INT(noun, member, name, title) \
	{name, title, CELL_INT, CELL_AT(noun, member, int64_t), NULL, false}
#define REAL(noun, member, name, title) \
	{name, title, CELL_REAL, CELL_AT(noun, member, double), NULL, false}
#define BOOL(noun, member, name, title) \
	{name, title, CELL_BOOL, CELL_AT(noun, member, int64_t), NULL, false}
#define TIME(noun, member, name, title) \
	{name, title, CELL_TIME, CELL_AT(noun, member, int64_t), NULL, false}
#define MADE(get, name, title) {name, title, CELL_NONE, 0, get, false}
#define MADE_INT(get, name, title) {name, title, CELL_INT, 0, get, false}
/* What only rows of recorders have. */
#define RECORDED_TEXT(noun, member, name, title) \
	{name, title, CELL_TEXT, CELL_AT(noun, member, const char *), NULL, true}
#define RECORDED_INT(noun, member, name, title) \
	{name, title, CELL_INT, CELL_AT(noun, member, int64_t), NULL, true}
#define RECORDED(get, name, title) {name, title, CELL_NONE, 0, get, true}
#define END {NULL, NULL, CELL_NONE, 0, NULL, false}
/* clang-format on */

/* What a getter puts into its cell. */
void cell_text(struct cell *cell, const char *text);
void cell_word(struct cell *cell, const char *word, const struct badge *badge);
void cell_ago(struct cell *cell, int64_t ms, int64_t now_ms);
/* The rows of noun at site whose field is id. */
void cell_list(
	struct cell *cell, enum noun_id noun, const char *site, const char *field, const char *id);

extern const struct cli_column cli_session_columns[], cli_session_more[];
extern const struct cli_column cli_capture_columns[];
extern const struct cli_column cli_camera_columns[], cli_camera_more[];
extern const struct cli_column cli_container_columns[];
extern const struct cli_column cli_run_columns[], cli_run_more[];
extern const struct cli_column cli_delta_columns[], cli_review_columns[];
extern const struct cli_column cli_feed_columns[];
extern const struct cli_column cli_recording_columns[], cli_recording_more[];
extern const struct cli_column cli_segment_columns[], cli_stream_columns[];
extern const struct cli_column cli_event_columns[], cli_event_more[], cli_object_columns[];
extern const struct cli_column cli_notification_columns[], cli_policy_columns[];
extern const struct cli_column cli_setting_columns[], cli_account_columns[];
void cli_object_brief(const void *row, char *dst, size_t dst_bytes);
void cli_delta_brief(const void *row, char *dst, size_t dst_bytes);

#endif
