/* The rules of a review before it is sent (contracts 4.10): what may be reviewed, which rows are
 * corrections, what is refused at the field. Pure. */
#ifndef MODEL_REVIEW_H
#define MODEL_REVIEW_H

#include "base/err.h"
#include "model/run.h"

enum { REVIEW_NOTES_MAX = 500 };

/* One editable row: started from a delta row, or added by hand. */
struct correction {
	const char *name;
	const char *sku;
	int64_t original_count;
	int64_t corrected_count;
	bool is_added;
	bool is_removed;
};

/* Done or needs_review, and no review yet; an empty delta may be reviewed too. */
bool review_is_possible(const struct run *run);
/* Whether the row would be sent: a count that differs, an added row, a removed row; a row added
 * and then removed disappears. */
bool correction_counts(const struct correction *row);
/* false, with the reason and the field's name, for an override that may not be sent. */
bool review_check_override(
	const struct correction *rows, size_t count, const char *notes, struct err *err);

#endif
