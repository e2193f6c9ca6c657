/* What is typed behind '/' in the events: words as everywhere, and terms "type:motion"
 * "camera:dock" "object:person" "confidence:80" "since:6h". Pure. */
#ifndef VIEWS_EVENT_FILTER_H
#define VIEWS_EVENT_FILTER_H

#include "store/reader.h"

enum { EVENT_FILTER_ERROR_BYTES = 160 };

struct event_filter {
	char words[QUERY_TEXT_BYTES]; /* what is no term, one blank between two */
	struct event_filter_part {
		const char *field; /* of NOUN_EVENT */
		char text[QUERY_TEXT_BYTES];
	} parts[QUERY_PARTS];
	size_t part_count;
	double confidence;                    /* at least, 0..1; NAN = any */
	int64_t since_ms;                     /* as long ago at most; UNKNOWN = any time */
	char error[EVENT_FILTER_ERROR_BYTES]; /* about the first wrong value, which is left out */
};

/* A value with blanks stands in double quotes: camera:"loading dock". A term without a value, which
 * is still to be typed, asks for nothing; one with a name that is none of these is a word. */
void event_filter_parse(struct event_filter *filter, const char *text);
/* Adds its conditions, but not the words, to those of a query at now_ms; borrowed by it. */
void event_filter_narrow(const struct event_filter *filter, struct query *query, int64_t now_ms);
/* Whether it lets through only some types, and this one. */
bool event_filter_has_type(const struct event_filter *filter);
bool event_filter_is_type(const struct event_filter *filter, const char *type);

#endif
