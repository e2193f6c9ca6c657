/* The links of one site. Owns keys and URLs; net lane. */
#include "source/links.h"
#include <stdlib.h>
#include <string.h>

enum { BUCKETS = 1024, NONE = -1 };

/* In a chain of its bucket, and in the order of age. */
struct entry {
	struct link link;
	int next;
	int older, newer;
};

struct links {
	struct entry entries[LINKS_MAX];
	size_t count;
	int buckets[BUCKETS];
	int oldest, newest;
};

struct links *links_new(void)
{
	struct links *links = calloc(1, sizeof *links);

	if (!links)
		return NULL;
	for (int i = 0; i < BUCKETS; i++)
		links->buckets[i] = NONE;
	links->oldest = links->newest = NONE;
	return links;
}

static void wipe(struct link *link)
{
	char *url = (char *)(uintptr_t)link->url;

	if (url)
		explicit_bzero(url, strlen(url));
	free(url);
	free((char *)(uintptr_t)link->key);
	*link = (struct link){0};
}

void links_free(struct links *links)
{
	if (!links)
		return;
	for (size_t i = 0; i < links->count; i++)
		wipe(&links->entries[i].link);
	free(links);
}

/* ---- chains and ages ---- */

static int *bucket_of(struct links *links, const char *key)
{
	uint32_t hash = 2166136261u;

	for (; *key; key++)
		hash = (hash ^ (unsigned char)*key) * 16777619u;
	return &links->buckets[(hash ^ hash >> 16) % BUCKETS];
}

static int find(const struct links *links, const char *key)
{
	int at = *bucket_of((struct links *)(uintptr_t)links, key);

	while (at != NONE && strcmp(links->entries[at].link.key, key) != 0)
		at = links->entries[at].next;
	return at;
}

static void leave_bucket(struct links *links, int at)
{
	int *place = bucket_of(links, links->entries[at].link.key);

	while (*place != at)
		place = &links->entries[*place].next;
	*place = links->entries[at].next;
}

static void leave_order(struct links *links, int at)
{
	struct entry *entry = &links->entries[at];

	*(entry->older == NONE ? &links->oldest : &links->entries[entry->older].newer) =
		entry->newer;
	*(entry->newer == NONE ? &links->newest : &links->entries[entry->newer].older) =
		entry->older;
}

static void join(struct links *links, int at)
{
	struct entry *entry = &links->entries[at];
	int *bucket = bucket_of(links, entry->link.key);

	entry->next = *bucket;
	*bucket = at;
	entry->older = links->newest;
	entry->newer = NONE;
	*(links->newest == NONE ? &links->oldest : &links->entries[links->newest].newer) = at;
	links->newest = at;
}

/* ---- use ---- */

/* The place for this key, out of all chains. */
static int make_room(struct links *links, const char *key)
{
	int at = find(links, key);

	if (at == NONE && links->count < LINKS_MAX)
		return (int)links->count++;
	if (at == NONE)
		at = links->oldest;
	leave_bucket(links, at);
	leave_order(links, at);
	wipe(&links->entries[at].link);
	return at;
}

bool links_put(struct links *links, const char *key, const char *url, int64_t expires_at)
{
	struct link link = {.key = strdup(key), .url = strdup(url), .expires_at = expires_at};
	int at;

	if (!link.key || !link.url) {
		wipe(&link);
		return false;
	}
	at = make_room(links, key);
	links->entries[at].link = link;
	join(links, at);
	return true;
}

void links_put_damaged(struct links *links, const char *key)
{
	if (find(links, key) == NONE)
		links_put(links, key, "", UNKNOWN);
}

const struct link *links_find(const struct links *links, const char *key)
{
	int at = find(links, key);

	return at == NONE ? NULL : &links->entries[at].link;
}

size_t links_count(const struct links *links)
{
	return links->count;
}
