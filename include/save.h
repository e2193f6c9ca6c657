/* Evidence as a file of the user's. Any thread. */
#ifndef SAVE_H
#define SAVE_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

/* Writes the bytes to folder/evidence-<id>.<ext>, ext by what they are; never over another file
 * (evidence-<id>-2.jpg ...). words: what was done, or why not. */
bool save_evidence(
	const char *folder, const char *id, const void *bytes, size_t count, struct err *words);

#endif
