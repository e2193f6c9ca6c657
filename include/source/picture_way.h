/* Where the requests for a picture go: the links that answers brought, and the paths of the Pi.
 * Net lane. */
#ifndef SOURCE_PICTURE_WAY_H
#define SOURCE_PICTURE_WAY_H

#include "source/netlane.h"

/* A request on its way out. The URL may be signed: wipe it after use. */
struct picture_way {
	char url[URL_BYTES];
	bool is_pi;   /* the Pi itself is asked, by a path of its own */
	bool has_key; /* the key goes along */
};

/* The links of a site, made when first needed. NULL: out of memory. */
struct links *site_links(struct site *site);

bool site_put_link(struct site *site, const char *key, const char *url, int64_t expires_at);

/* A recorder's thumbnails are where the configuration says (contracts 5.8); other pictures are left
 * alone. */
void site_link_thumbnail(struct site *site, const struct wanted *wanted);

/* The picture itself. The key is for the Pi: neither a signed URL needs it, nor may a storage see
 * it. False when no link is known, or it cannot be asked. */
bool picture_way_to_link(
	const struct site *site, const struct wanted *wanted, struct picture_way *way);

/* What the step that wanted is at asks. */
bool picture_way(const struct site *site, const struct wanted *wanted, struct picture_way *way);

#endif
