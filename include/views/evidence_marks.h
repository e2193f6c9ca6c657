/* The boxes over the pair and the numbers that tell them apart: what the analysis saw (overlays)
 * and what it says that changed (delta), as one list of items (contracts 1.8.9, 4.9); and over an
 * event what was detected (5.5). Pure. */
#ifndef VIEWS_EVIDENCE_MARKS_H
#define VIEWS_EVIDENCE_MARKS_H

#include "model/picture.h"
#include "model/recorder.h"
#include "model/run.h"
#include "ui/picture.h"

enum { MARKED_ITEMS_MAX = 2 * PICTURE_MARKS_MAX, MARKED_WORDS_BYTES = 160 };

enum side { SIDE_BEFORE, SIDE_AFTER, SIDES };

/* An item with a box somewhere; borrows its texts. Its number is its place in the list, from 1. */
struct marked_item {
	const char *name;
	int64_t change;    /* of the delta; UNKNOWN = the delta does not name it */
	double confidence; /* of the overlay then, or of the object */
	const struct detected_object *object; /* NULL: of an analysis */
};

struct marks {
	struct mark of[SIDES][PICTURE_MARKS_MAX];
	size_t count[SIDES];
	struct marked_item items[MARKED_ITEMS_MAX];
	size_t item_count;
};

/* Removed items are marked on BEFORE, added ones on AFTER, changed ones on both. Where overlays
 * name an item on a side, its boxes there are theirs alone. What is no box, or too many, is left
 * out. */
void marks_make(struct marks *marks, const struct delta_row *rows, size_t row_count,
	const struct overlay *overlays, size_t overlay_count);

/* Each object with a box is an item, on SIDE_AFTER. Rows are borrowed. */
void marks_of_objects(
	struct marks *marks, const struct detected_object *objects, size_t object_count);
/* The number an object has there; 0 = it has no box, or there are too many. */
int marks_number(const struct marks *marks, const struct detected_object *object);

/* "2 Water 0.5 l -1", "5 Juice 66 %". */
void marks_words(char dst[MARKED_WORDS_BYTES], const struct marks *marks, size_t item);

#endif
