/* Finds which sources mean the same camera: by id, by hardware address, by the address's last
 * digits. O(n log n) for n sources; owns its scratch memory during a call only; any thread. */
#include "model/camera_group.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { MAC_DIGITS = 12, SUFFIX_DIGITS = 6, KEYS_PER_SOURCE = 3 };

/* What a source is known by, and the camera it belongs to. */
struct member {
	const char *id;
	size_t parent; /* of the union-find forest: the root is the first member of its camera */
	bool has_mac;  /* of roots: some member knows its address */
	char mac[MAC_DIGITS + 1];
	char id_mac[MAC_DIGITS + 1];
	char suffix[SUFFIX_DIGITS + 1]; /* of an espcam-XXXXXX */
};

/* Two members with the same text are one camera. */
struct key {
	const char *text;
	size_t member;
	bool is_mac;
};

struct group {
	struct member *members;
	size_t count;
	struct key *keys;
	size_t key_count;
};

static size_t root_of(struct group *group, size_t index)
{
	struct member *members = group->members;

	while (members[index].parent != index) {
		members[index].parent = members[members[index].parent].parent;
		index = members[index].parent;
	}
	return index;
}

static void join(struct group *group, size_t one, size_t other)
{
	size_t a = root_of(group, one);
	size_t b = root_of(group, other);
	size_t first = a < b ? a : b;
	bool has_mac = group->members[a].has_mac || group->members[b].has_mac;

	group->members[a].parent = first;
	group->members[b].parent = first;
	group->members[first].has_mac = has_mac;
}

static void add_key(struct group *group, const char *text, size_t member, bool is_mac)
{
	if (text && *text)
		group->keys[group->key_count++] = (struct key){text, member, is_mac};
}

static int compare_keys(const void *left, const void *right)
{
	const struct key *a = left;
	const struct key *b = right;
	int order = strcmp(a->text, b->text);

	return order != 0 ? order : (a->member > b->member) - (a->member < b->member);
}

static void sort_keys(struct group *group)
{
	qsort(group->keys, group->key_count, sizeof(group->keys[0]), compare_keys);
}

static void join_equal_keys(struct group *group)
{
	sort_keys(group);
	for (size_t i = 1; i < group->key_count; i++) {
		if (strcmp(group->keys[i - 1].text, group->keys[i].text) == 0)
			join(group, group->keys[i - 1].member, group->keys[i].member);
	}
	group->key_count = 0;
}

static void join_by_id(struct group *group)
{
	for (size_t i = 0; i < group->count; i++)
		add_key(group, group->members[i].id, i, false);
	join_equal_keys(group);
}

static void join_by_mac(struct group *group)
{
	for (size_t i = 0; i < group->count; i++) {
		add_key(group, group->members[i].mac, i, true);
		add_key(group, group->members[i].id_mac, i, true);
	}
	join_equal_keys(group);
	for (size_t i = 0; i < group->count; i++) {
		if (group->members[i].mac[0] || group->members[i].id_mac[0])
			group->members[root_of(group, i)].has_mac = true;
	}
}

/* The one camera with an address that ends in these digits; count when there is none or several. */
static size_t mac_root_of_run(struct group *group, const struct key *run, size_t length)
{
	size_t found = group->count;

	for (size_t i = 0; i < length; i++) {
		size_t root = root_of(group, run[i].member);

		if (!run[i].is_mac || root == found)
			continue;
		if (found != group->count)
			return group->count;
		found = root;
	}
	return found;
}

/* Joins what goes by its last digits only. A camera that knows its address is not guessed at, and
 * where two addresses end alike nobody is. */
static void join_run(struct group *group, const struct key *run, size_t length)
{
	size_t target = mac_root_of_run(group, run, length);

	for (size_t i = 0; i < length; i++) {
		if (run[i].is_mac || group->members[root_of(group, run[i].member)].has_mac)
			continue;
		if (target == group->count)
			target = run[i].member;
		join(group, target, run[i].member);
	}
}

static void join_by_suffix(struct group *group)
{
	size_t start = 0;

	for (size_t i = 0; i < group->count; i++) {
		struct member *member = &group->members[i];

		add_key(group, member->suffix, i, false);
		if (member->mac[0])
			add_key(group, member->mac + MAC_DIGITS - SUFFIX_DIGITS, i, true);
		if (member->id_mac[0])
			add_key(group, member->id_mac + MAC_DIGITS - SUFFIX_DIGITS, i, true);
	}
	sort_keys(group);
	for (size_t i = 1; i <= group->key_count; i++) {
		if (i < group->key_count &&
			strcmp(group->keys[start].text, group->keys[i].text) == 0)
			continue;
		join_run(group, &group->keys[start], i - start);
		start = i;
	}
}

static void read_suffix(char dst[SUFFIX_DIGITS + 1], const char *id)
{
	if (!id || strncasecmp(id, "espcam-", 7) != 0 || strlen(id) != 7 + SUFFIX_DIGITS)
		return;
	for (size_t i = 0; i < SUFFIX_DIGITS; i++) {
		if (!isxdigit((unsigned char)id[7 + i])) {
			dst[0] = '\0';
			return;
		}
		dst[i] = (char)tolower((unsigned char)id[7 + i]);
	}
}

static void read_source(struct member *member, const struct camera_source *source, size_t index)
{
	const struct camera *camera = &source->camera;

	member->id = camera->id;
	member->parent = index;
	/* Its table has one row a camera: what looks like an address in an id means nothing. */
	if (source->source && strcmp(source->source, "recorder") == 0)
		return;
	if (!camera_mac(member->mac, camera->mac_address))
		member->mac[0] = '\0';
	if (!camera_mac(member->id_mac, camera->id))
		member->id_mac[0] = '\0';
	read_suffix(member->suffix, camera->id);
}

static void find_roots(struct group *group, const struct camera_source *sources, size_t *first)
{
	for (size_t i = 0; i < group->count; i++)
		read_source(&group->members[i], &sources[i], i);
	join_by_id(group);
	join_by_mac(group);
	join_by_suffix(group);
	for (size_t i = 0; i < group->count; i++)
		first[i] = root_of(group, i);
}

bool camera_group(const struct camera_source *sources, size_t count, size_t *first)
{
	struct group group = {.count = count};
	bool is_done = false;

	group.members = calloc(count + 1, sizeof(group.members[0]));
	group.keys = calloc(count + 1, KEYS_PER_SOURCE * sizeof(group.keys[0]));
	if (!group.members || !group.keys)
		goto out;
	find_roots(&group, sources, first);
	is_done = true;
out:
	free(group.members);
	free(group.keys);
	return is_done;
}
