/* How values become words on a screen: badges with their signs, times, sizes, "-" for what is not
 * known. Shared by all views so that one thing reads the same everywhere. Pure. */
#ifndef VIEWS_WORDS_H
#define VIEWS_WORDS_H

#include "model/badge.h"
#include "ui/table.h"
#include <stdint.h>

enum { WORDS_BYTES = 128 };

/* "✗ Failed": sign and word. word NULL = the badge's own. */
void words_badge(char dst[WORDS_BYTES], const struct badge *badge, const char *word, bool is_ascii);

/* "09:14:02 · 42s ago", of another day "2026-02-17 09:14:02 · 29h ago"; "never"; "Invalid time
 * (raw)" where raw is no time; beyond 5 min in the future with "clock skew?" (contracts 4.1). */
void words_when(char dst[WORDS_BYTES], int64_t ms, const char *raw, int64_t now_ms);
/* "42s ago", "3d ago"; "never" for UNKNOWN. */
void words_ago(char dst[WORDS_BYTES], int64_t ms, int64_t now_ms);
/* "180.2 KB" (contracts 1.8.3); "-" for UNKNOWN. */
void words_kilobytes(char dst[WORDS_BYTES], int64_t bytes);
/* "512 B" "1.4 KB" "180.2 MB" "1.2 GB"; "-" for UNKNOWN and less than none. */
void words_bytes(char dst[WORDS_BYTES], int64_t bytes);
/* How long something took: "42s" "2m 13s" "2h 15m" "3d 4h"; "-" for UNKNOWN and less than none. */
void words_length(char dst[WORDS_BYTES], int64_t length_ms);
/* "3d 4h" "2h 15m" "42s" for up-times; "-" for UNKNOWN. */
void words_uptime(char dst[WORDS_BYTES], int64_t seconds);
/* "-67 dBm"; out of -100..0 the raw number with "?"; "-" for UNKNOWN (contracts 4.4). */
void words_signal(char dst[WORDS_BYTES], int64_t rssi_dbm);
/* "8 s" until then, "now" when it has come, "-" for UNKNOWN. */
void words_until(char dst[WORDS_BYTES], int64_t at_ms, int64_t now_ms);
/* The same in a sentence: "in 8 s", "now", "soon" for UNKNOWN. */
void words_next(char dst[WORDS_BYTES], int64_t at_ms, int64_t now_ms);
/* "1 camera" "3 cameras". */
void words_count(char dst[WORDS_BYTES], int64_t count, const char *singular);

void cell_set(struct table_cell *cell, enum role role, const char *text); /* NULL = dim "-" */
/* An id: one that is wider than cells is shortened in its middle, as long ids of one day begin
 * alike; 0 = any number. */
void cell_id(struct table_cell *cell, enum role role, const char *id, int cells);
/* A name, or an id in brackets where there is none (views/camera_name.h), shortened likewise. */
void cell_name(struct table_cell *cell, enum role role, const char *name, int cells);
void cell_badge(
	struct table_cell *cell, const struct badge *badge, const char *word, bool is_ascii);
void cell_number(struct table_cell *cell, enum role role, int64_t value);
void cell_printf(struct table_cell *cell, enum role role, const char *format, ...)
	__attribute__((format(printf, 3, 4)));
/* "14:05:22", of another day "Feb 17 08:05", where cells are too few for that "Feb 17"; cells 0 =
 * any number. raw is what was sent where it is no time. */
void cell_time(struct table_cell *cell, int64_t ms, const char *raw, int64_t now_ms, int cells);
/* Appends with a blank before it where there is something already. */
void cell_add(struct table_cell *cell, const char *text);

#endif
