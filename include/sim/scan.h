/* Reads JSON that a client posted, without building anything: a span is a piece of the text. */
#ifndef SIM_SCAN_H
#define SIM_SCAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct span {
	const char *text;
	size_t bytes;
};

/* Cuts white space off both ends; false unless the whole is exactly one JSON value. */
bool scan_whole(const char *text, size_t bytes, struct span *value);

/* Both need spans that scan_whole or one of them gave. */
bool scan_member(struct span object, const char *key, struct span *value);
/* Walks a list: start with *place = 0; false at its end. */
bool scan_item(struct span list, size_t *place, struct span *item);

bool scan_is_text(struct span value, const char *text);
bool scan_is_string(struct span value);
bool scan_is_blank_string(struct span value);
/* Characters of a string as a person counts them; escapes are one. */
size_t scan_string_length(struct span value);
bool scan_is_list(struct span value);
/* A whole number >= 0. */
bool scan_is_count(struct span value);
bool scan_is_true(struct span value);

#endif
