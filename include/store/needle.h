/* Finding bytes in many bytes: what the filter spends its time on. Pure. Internal to the store. */
#ifndef STORE_NEEDLE_H
#define STORE_NEEDLE_H

#include <stddef.h>

/* The first place of needle in hay; NULL when it is not there. needle_bytes > 0. */
const char *needle_find(const char *hay, size_t hay_bytes, const char *needle, size_t needle_bytes);

#endif
