/* The events view: what its files share. events.c acts, events_list.c lists, events_hours.c counts
 * by the hour, events_chart.c draws that, events_words.c sums it up, events_side.c says all of the
 * selected one. Main thread. */
#ifndef VIEWS_EVENTS_H
#define VIEWS_EVENTS_H

#include "model/recorder.h"
#include "views/event_filter.h"
#include "views/list.h"
#include "views/words.h"

enum { EVENT_HOURS = 48, EVENT_HOUR_MS = 3600000, EVENT_KINDS_MAX = 32, EVENT_KIND_BYTES = 48 };

struct event_kind {
	char type[EVENT_KIND_BYTES]; /* "" = unknown */
	int64_t counts[EVENT_HOURS];
};

/* Events by the hour and type, as the recorders count them; the last hour is the present one. */
struct event_hours {
	int64_t first_ms; /* when the first hour begins */
	struct event_kind
		kinds[EVENT_KINDS_MAX]; /* that the filter lets through; the last: all others */
	size_t kind_count;
	int64_t counts[EVENT_HOURS]; /* of these kinds */
	size_t leading[EVENT_HOURS]; /* the kind there are most of */
	int64_t most;                /* of counts */
	int64_t all[EVENT_HOURS];    /* of whatever type */
};

/* Reads them anew; false: err says why, there are none. */
bool event_hours_read(struct event_hours *hours, const struct view_context *context,
	const struct event_filter *filter, struct err *err);
/* Which one a time is in; -1 = none of them. */
int event_hours_at(const struct event_hours *hours, int64_t ms);
/* The hours from first on, count of them, summed up. */
int64_t event_hours_sum(const int64_t counts[EVENT_HOURS], int first, int count);

struct event_sum {
	const struct event_kind *kind;
	int64_t count;
};
/* The kinds there are in them, the most frequent first; how many there are. */
size_t event_hours_kinds(const struct event_hours *hours, int first, int count,
	struct event_sum sums[EVENT_KINDS_MAX]);

struct events {
	struct list list; /* first */
	struct event_filter filter;
	char filter_text[QUERY_TEXT_BYTES]; /* that it was made of */
	struct event_hours hours;
	int64_t hour_ms;     /* beginning of the chosen hour; UNKNOWN = all times */
	int64_t cached;      /* events of that hour, or of all hours, that are in the cache */
	struct feeds counts; /* the feed of the hours */
	struct feeds hour;   /* that of the chosen one */
	char subject[32];    /* which it is asked for */
};

/* What is known of a row's camera. */
struct event_extra {
	char camera[WORDS_BYTES];
	bool is_known;
};

/* ---- events_list.c ---- */

extern const struct list_def events_list;

/* The chosen hour among the hours; -1 = none. */
int events_chosen(const struct events *events);

/* ---- events_words.c ---- */

/* Local "13:00". */
void events_clock(char dst[CLOCK_TEXT_BYTES], int64_t ms);
/* "13:00-14:00 · 42 events", "1204 events in 48 h"; leaves area what is right of it. */
void events_words_total(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area *area);
/* "only 500 of 1204 in the cache": the recorder counts all it has, what was read may be less; false
 * when it is not. */
bool events_words_cache(char dst[WORDS_BYTES], const struct events *events);
/* "none of 96 events was read yet"; false when some were. */
bool events_words_unread(char dst[WORDS_BYTES], const struct events *events);
/* How many of them are in the cache, then the types and how many of each, as much as fits. */
void events_words_more(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area);

/* "[ ] by hours  / words type: ..." */
void events_words_keys(
	char dst[WORDS_BYTES], const struct events *events, const struct view_context *context);

/* ---- events_chart.c ---- */

/* How many rows the chart takes of a view that high. */
int events_chart_rows(const struct events *events, int rows);
/* Each hour is a spot that selects it: SPOT_SELECT with this text, number: hours since 1970. */
#define EVENTS_HOUR_SPOT "hour"
void events_chart_draw(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area);

/* ---- events_side.c ---- */

/* The columns beside a list that wide, for all about the selected event; 0 = no room. */
int events_side_columns(int rows, int columns);
void events_side_draw(const struct events *events, const struct view_context *context,
	struct canvas *canvas, struct area area);

#endif
