/* list and show: asks the sites once, then prints what the store has. Main thread. */
#ifndef ONESHOT_H
#define ONESHOT_H

#include "base/err.h"
#include "config.h"
#include "options.h"

struct oneshot {
	const struct options *options;
	const struct config *config;
	const char *path; /* of the store */
	bool is_ascii;
	bool has_color;
};

/* Prints to standard output. What could not be asked anew is printed from the store all the same,
 * and the call fails with the reason and the age of the data. */
bool oneshot_run(const struct oneshot *oneshot, struct err *err);

#endif
