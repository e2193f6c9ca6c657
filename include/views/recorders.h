/* What recorders keep, as totals: of all of them for the header, of each for Health. Main thread.
 */
#ifndef VIEWS_RECORDERS_H
#define VIEWS_RECORDERS_H

#include "model/recorder.h"
#include "ui/doc.h"
#include "views/view.h"

enum { RECORDERS_WORDS_BYTES = 256 };

/* Reads the totals of all sites, by site; asks the store. */
bool recorders_read(struct page *page, const struct view_context *context, struct err *err);
/* Adds them up; UNKNOWN where no site knows. */
void recorders_sum(struct recorder *sum, const struct page *page);
/* Of all states; UNKNOWN where none is known. */
int64_t recorder_cameras(const struct recorder *recorder);
/* "8 cameras: 6 online, 1 offline, 1 error"; "" where nothing is known of them. */
void recorder_cameras_text(char dst[RECORDERS_WORDS_BYTES], const struct recorder *recorder);
/* Two lines for each of them below what the document has, at most lines in all; then how many more
 * there are. */
void recorders_write(struct doc *doc, const struct page *page, int lines);

#endif
