/* "did you mean": the nearest of the right names to a wrong word. Pure; any thread. */
#ifndef BASE_NEAREST_H
#define BASE_NEAREST_H

#include <stddef.h>

struct nearest {
	const char *word; /* borrowed */
	const char *name; /* the nearest one offered; NULL when none is near enough */
	size_t distance;
};

void nearest_init(struct nearest *nearest, const char *word);
/* name is borrowed. Of equally near names the first one stays. */
void nearest_offer(struct nearest *nearest, const char *name);

#endif
