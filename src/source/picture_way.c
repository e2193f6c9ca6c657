/* Builds the URLs of a picture's requests, and keeps a site's links. Owns nothing; net lane. */
#include "source/picture_way.h"

#include "model/recorder.h"
#include "source/picture_answer.h"

#include <stdio.h>
#include <string.h>

#define IMAGES "/api/dashboard/diagnostics/images"

struct links *site_links(struct site *site)
{
	if (!site->links)
		site->links = links_new();
	return site->links;
}

bool site_put_link(struct site *site, const char *key, const char *url, int64_t expires_at)
{
	return site_links(site) && links_put(site->links, key, url, expires_at);
}

void site_link_thumbnail(struct site *site, const struct wanted *wanted)
{
	static const char prefix[] = "thumbnail:";
	char name[PICTURE_KEY_BYTES], url[URL_BYTES];
	const char *said = wanted->key + sizeof prefix - 1;

	if (!site->thumbnails || strncmp(wanted->key, prefix, sizeof prefix - 1) != 0)
		return;
	if (thumbnail_name(name, sizeof name, said) && strcmp(name, said) == 0 &&
		url_with_value(url, site->thumbnails, "/", name))
		site_put_link(site, wanted->key, url, UNKNOWN);
}

static bool is_in_bucket(const char *url, const char *bucket)
{
	size_t bytes = bucket ? strlen(bucket) : 0;

	return bytes > 0 && url[0] == '/' && strncmp(url + 1, bucket, bytes) == 0 &&
		url[1 + bytes] == '/';
}

bool picture_way_to_link(
	const struct site *site, const struct wanted *wanted, struct picture_way *way)
{
	const struct link *link = site->links ? links_find(site->links, wanted->key) : NULL;

	if (!link || !link->url[0])
		return false;
	way->is_pi = !url_is_absolute(link->url);
	way->has_key =
		way->is_pi && !url_is_signed(link->url) && !is_in_bucket(link->url, site->bucket);
	return url_resolve(way->url, site->base, link->url);
}

bool picture_way(const struct site *site, const struct wanted *wanted, struct picture_way *way)
{
	size_t bytes;

	way->is_pi = way->has_key = true;
	if (wanted->fetch.step == FETCH_GET)
		return picture_way_to_link(site, wanted, way);
	if (wanted->fetch.step == FETCH_PROXY)
		return url_with_value(way->url, site->base, IMAGES "/proxy?key=", wanted->key);
	if (!url_with_value(way->url, site->base, IMAGES "/presign?key=", wanted->key))
		return false;
	bytes = strlen(way->url);
	return snprintf(way->url + bytes, sizeof way->url - bytes, "&expiresIn=%d",
		       PRESIGN_SECONDS) < (int)(sizeof way->url - bytes);
}
