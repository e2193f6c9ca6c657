/* Whether an answer says something new. Pure. */
#ifndef SOURCE_DIGEST_H
#define SOURCE_DIGEST_H

#include <stddef.h>
#include <stdint.h>

/* A hash of a JSON body without what differs in every answer although nothing happened: the times
 * and ids of the envelope and the age of a session. Never 0. text[bytes] must be a NUL. */
uint64_t digest_body(const char *text, size_t bytes);

#endif
