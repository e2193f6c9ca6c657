/* The words typed behind '/': all of them must occur, without case. Pure. Internal to the store. */
#ifndef STORE_FILTER_H
#define STORE_FILTER_H

#include <stdbool.h>
#include <stddef.h>

enum { FILTER_WORDS = 8, FILTER_BYTES = 512 };

struct filter_word {
	const char *text; /* in filter.text */
	size_t bytes;
};

struct filter {
	char text[FILTER_BYTES];
	struct filter_word words[FILTER_WORDS];
	size_t count; /* 0 = lets everything through */
};

/* text may be NULL. */
void filter_parse(struct filter *filter, const char *text);
/* Whether folded text has all the words. */
bool filter_matches(const struct filter *filter, const char *folded, size_t bytes);

#endif
