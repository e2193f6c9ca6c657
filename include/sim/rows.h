/* Rows of a recorder's database as SQL: one function a noun. Each row is as it stands at now_ms of
 * the world. What nobody may ever show has the word "planted-secret" in it. One thread. */
#ifndef SIM_ROWS_H
#define SIM_ROWS_H

#include "sim/recorder.h"
#include "sim/statement.h"

/* What the rows are written with. Borrows both. */
struct rows {
	struct statement *statement;
	const struct recorder *recorder;
};

/* A value that is a time of the world, or an id. */
void rows_time(const struct rows *rows, const char *column, int64_t ms);
void rows_id(const struct rows *rows, const char *column, enum recorder_noun noun, int64_t number);

/* rows_camera.c */
void rows_camera(const struct rows *rows, int camera, int64_t now_ms);
void rows_camera_turned(const struct rows *rows, int camera, int64_t now_ms);
void rows_stream(const struct rows *rows, int camera, int64_t now_ms);
void rows_recording(const struct rows *rows, const struct footage *footage, int64_t now_ms);
/* Its segments that ended after from_ms, up to to_ms; false: there was none. */
bool rows_segments(
	const struct rows *rows, const struct footage *footage, int64_t from_ms, int64_t to_ms);
void rows_recording_grown(const struct rows *rows, const struct footage *footage, int64_t now_ms);

/* rows_event.c */
void rows_event(const struct rows *rows, const struct sighting *sighting);
void rows_objects(const struct rows *rows, const struct sighting *sighting);
/* false: this one is not worth one. */
bool rows_notification(const struct rows *rows, const struct sighting *sighting, int64_t now_ms);
/* When somebody reads it; UNKNOWN: nobody does. */
int64_t rows_read_ms(const struct rows *rows, const struct sighting *sighting);
void rows_notification_read(const struct rows *rows, const struct sighting *sighting);
void rows_notice(const struct rows *rows, const char *type, const char *title, int camera,
	int64_t number, int64_t now_ms);

/* rows_office.c: users, policies, settings */
void rows_users(const struct rows *rows);
void rows_policies(const struct rows *rows);
void rows_settings(const struct rows *rows);

/* rows_odd.c: names that no terminal may get as they are, and ids with quotes and slashes. */
void rows_odd(const struct rows *rows);

/* rows_huge.c: statements by which the server makes 2,000 cameras, a million recordings, five
 * million segments and as many events by itself. Seed layout. */
void rows_huge(struct statement *statement, int64_t now_ms);

#endif
