/* Time as int64_t milliseconds since 1970 UTC. Pure but for the two readers of real clocks, which
 * only main loops call: everything else takes now_ms as an argument, so tests have a fake clock. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* "Not known", for every int64_t of the model, times included. */
#define UNKNOWN INT64_MIN

int64_t clock_now_ms(void);       /* wall clock */
int64_t clock_monotonic_ms(void); /* never steps */

enum clock_parse { CLOCK_OK, CLOCK_NEVER, CLOCK_INVALID };

/* Any timestamp form of contracts 4.1. NEVER for empty text, NULL and Go's zero time; *ms is
 * UNKNOWN unless OK. */
enum clock_parse clock_parse(const char *text, int64_t *ms);

/* A number as timestamp: > 1e11 is milliseconds, else seconds (contracts 4.1). */
enum clock_parse clock_parse_number(double value, int64_t *ms);

enum { CLOCK_TEXT_BYTES = 40 };

/* RFC 3339 UTC with milliseconds only when there are any: 2026-02-18T09:14:02Z. "" for UNKNOWN
 * and for years of more than four digits. */
void clock_rfc3339(char dst[CLOCK_TEXT_BYTES], int64_t ms);

/* Local wall clock "14:05:22". */
void clock_time_of_day(char dst[CLOCK_TEXT_BYTES], int64_t ms);

/* Local "14:05:22" when on the same local day as now, else "Feb 18 09:14". "-" for UNKNOWN. */
void clock_short(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms);

/* Local "2026-02-18 09:14:02". "never" for UNKNOWN. */
void clock_full(char dst[CLOCK_TEXT_BYTES], int64_t ms);

/* Span without direction for columns: "42s" "7m" "3h" "12d". "-" for UNKNOWN. Negative spans of up
 * to 5 min are "0s"; beyond that "in 9m" (clock skew, contracts 4.1). */
void clock_span(char dst[CLOCK_TEXT_BYTES], int64_t span_ms);

/* "42s ago", "7m ago", "3h ago", beyond 24 h the date and time; "just now" up to 5 min in the
 * future; "in 9m" beyond; "never" for UNKNOWN (contracts 4.1). */
void clock_ago(char dst[CLOCK_TEXT_BYTES], int64_t ms, int64_t now_ms);

#endif
