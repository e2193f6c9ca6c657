/* Pictures that come inside of JSON (contracts 2.1.2, edge case 57). Pure. */
#ifndef SOURCE_BASE64_H
#define SOURCE_BASE64_H

#include <stdbool.h>
#include <stddef.h>

/* How many bytes text[bytes] becomes at most. */
size_t base64_most(size_t bytes);

/* Decodes into dst, which has room for base64_most(bytes). White space anywhere and missing padding
 * are forgiven; any other character outside the alphabet is not: then false. */
bool base64_decode(unsigned char *dst, size_t *dst_bytes, const char *text, size_t bytes);

#endif
