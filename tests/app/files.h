/* A folder of its own for a test, with files in it. */
#ifndef TESTS_APP_FILES_H
#define TESTS_APP_FILES_H

#include <stdbool.h>
#include <stddef.h>

/* Makes a folder that the test's process removes when it ends; every call gives the same one. */
const char *test_folder(void);
/* FOLDER/name; the text is good until the fourth call after. */
const char *test_path(const char *name);
/* Writes the file with this mode and returns its path. */
const char *test_file(const char *name, const char *text, unsigned mode);

#endif
