/* Where in the segments of its recording a moment is: segments may overlap, have gaps between them,
 * and some have no end. Pure. */
#ifndef VIEWS_EVENT_PLACE_H
#define VIEWS_EVENT_PLACE_H

#include "model/recorder.h"

enum event_place_kind {
	PLACE_UNKNOWN, /* no time, or no segments */
	PLACE_IN,
	PLACE_BEFORE, /* the first segment */
	PLACE_BETWEEN,
	PLACE_AFTER /* the last one */
};

struct event_place {
	enum event_place_kind kind;
	const struct segment *segment; /* IN: that holds it; BETWEEN, AFTER: that ended last */
	const struct segment *next;    /* BEFORE, BETWEEN: that begins next */
	int64_t offset_ms;             /* IN: since its beginning */
	size_t others;                 /* IN: so many more hold it, too */
};

/* earlier: those that began at that moment or before it, the newest first; later: the first that
 * began after it, NULL = none. Of several that hold it the one that began last is taken. */
void event_place_find(struct event_place *place, const struct segment *earlier, size_t count,
	const struct segment *later, int64_t at_ms);

/* The end of a segment; UNKNOWN = nobody knows. */
int64_t event_place_end(const struct segment *segment);

/* "03:12", "1:03:12". */
void event_place_offset(char dst[CLOCK_TEXT_BYTES], int64_t offset_ms);
/* The name of its file, else its id. dst has room for any. */
enum { EVENT_PLACE_NAME_BYTES = 512 };
void event_place_name(char dst[EVENT_PLACE_NAME_BYTES], const struct segment *segment);

#endif
