/* Text from outside is made harmless here, once, when it is decoded; and all column arithmetic on
 * UTF-8 lives here. Pure; any thread. Needs a UTF-8 LC_CTYPE (text_init). */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	TEXT_FIELD_BYTES = 512,   /* the longest ordinary field kept */
	TEXT_MESSAGE_BYTES = 2048 /* notes, error messages */
};

/* Sets LC_CTYPE from the environment, or C.UTF-8 where that is not UTF-8, so that widths are right
 * either way. Returns whether the user's own locale is UTF-8 (if not: draw ASCII). Main, once. */
bool text_init(void);

/* Writes a harmless copy of src (src_bytes long, need not be terminated) to dst and returns its
 * length. Result: valid UTF-8; no C0, DEL, C1; bidi controls, zero-width characters and tags are
 * U+FFFD; CR, LF and TAB become one space; at most 4 combining marks per base; cut at a character
 * when dst_bytes is reached. (terminal.md (d), edge case 24) */
size_t text_clean(char *dst, size_t dst_bytes, const char *src, size_t src_bytes);

/* Decodes one code point of valid or invalid UTF-8: returns bytes consumed (>= 1 while bytes > 0),
 * U+FFFD for what is invalid. */
size_t text_decode(const char *text, size_t bytes, uint32_t *code_point);

/* Writes a code point (<= U+10FFFF) as UTF-8; returns its bytes, no NUL. */
size_t text_encode(char dst[4], uint32_t code_point);

/* Columns of one code point: 0 for combining, 2 for wide, 1 for what the C library does not know.
 */
int text_code_width(uint32_t code_point);

/* Columns of clean text. */
int text_width(const char *text);

/* How many leading bytes of clean text fit into columns; never splits a character from its
 * combining marks. *used_columns (may be NULL) gets the columns these bytes take. */
size_t text_fit(const char *text, int columns, int *used_columns);

/* dst = lower-cased (ASCII and what towlower knows) copy; returns length. For filters. */
size_t text_fold(char *dst, size_t dst_bytes, const char *src);

/* Writes id, or its first 8 + "..." + last 4 characters when longer than 12 (contracts 4.8). */
void text_short_id(char *dst, size_t dst_bytes, const char *id);

/* dst = src percent-encoded for one path segment or query value (RFC 3986 unreserved kept).
 * false when it does not fit. */
bool text_percent_encode(char *dst, size_t dst_bytes, const char *src);

/* Edit distance, for "did you mean"; case-insensitive. */
size_t text_distance(const char *a, const char *b);

/* Shell-style glob with only '*' and '?'. */
bool text_glob(const char *pattern, const char *text);

/* Exact parses of a whole string; false when anything else is in it or it is out of range. */
bool text_to_int64(const char *text, int64_t *value);
bool text_to_double(const char *text, double *value);
/* "90", "90s", "15m", "2h", "7d", "250ms" -> milliseconds (bare number = seconds). */
bool text_to_duration_ms(const char *text, int64_t *ms);

#endif
