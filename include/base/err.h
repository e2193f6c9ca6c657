/* One complete line about why something failed, fit for the status bar. */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include <stdbool.h>

enum { ERR_TEXT_BYTES = 256 };

struct err {
	char text[ERR_TEXT_BYTES];
};

/* Fills err (which may be NULL) and returns false, so that a caller can write
 * `return err_set(err, "...")`. What an argument brings along that no screen may get is
 * taken out (base/text.h). */
bool err_set(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
