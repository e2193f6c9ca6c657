/* Where the pictures of one site can be had for a while: picture key to URL. The URLs are
 * credentials: they are in memory only, and wiped when they go. Net lane. */
#ifndef SOURCE_LINKS_H
#define SOURCE_LINKS_H

#include "model/batch.h"

enum { LINKS_MAX = 2048 }; /* the newest are kept */

struct links;

struct links *links_new(void);
void links_free(struct links *links); /* NULL is fine */

/* Copies both; what was known of the key goes. false when out of memory: then what was known stays.
 */
bool links_put(struct links *links, const char *key, const char *url, int64_t expires_at);
/* The picture came inside of an answer, and cannot be read: its URL is "". Not where one is known.
 */
void links_put_damaged(struct links *links, const char *key);
/* Borrowed until the next links_put; NULL when there is none. */
const struct link *links_find(const struct links *links, const char *key);
size_t links_count(const struct links *links);

#endif
