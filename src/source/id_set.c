/* An open-addressing hash set of borrowed ids. Owns its table; one thread. */
#include "source/id_set.h"
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_PLACES = 256 };

struct place_of_id {
	const char *id;
	uint32_t hash;
	size_t row;
};

struct id_set {
	struct place_of_id *places; /* cap of them, a power of two, at most half full */
	size_t cap;
	size_t count;
};

static uint32_t hash_text(const char *text)
{
	uint32_t hash = 2166136261u;

	for (; *text; text++)
		hash = (hash ^ (unsigned char)*text) * 16777619u;
	return hash ^ hash >> 15;
}

struct id_set *id_set_new(void)
{
	struct id_set *set = calloc(1, sizeof *set);

	if (!set)
		return NULL;
	set->places = calloc(FIRST_PLACES, sizeof set->places[0]);
	set->cap = FIRST_PLACES;
	if (set->places)
		return set;
	free(set);
	return NULL;
}

void id_set_free(struct id_set *set)
{
	if (!set)
		return;
	free(set->places);
	free(set);
}

/* Where id is, or where it would be. */
static struct place_of_id *find(
	struct place_of_id *places, size_t cap, const char *id, uint32_t hash)
{
	size_t at = hash & (cap - 1);

	while (places[at].id && (places[at].hash != hash || strcmp(places[at].id, id) != 0))
		at = (at + 1) & (cap - 1);
	return &places[at];
}

static bool grow(struct id_set *set)
{
	size_t cap = set->cap * 2;
	struct place_of_id *places = calloc(cap, sizeof places[0]);

	if (!places)
		return false;
	for (size_t i = 0; i < set->cap; i++)
		if (set->places[i].id)
			*find(places, cap, set->places[i].id, set->places[i].hash) = set->places[i];
	free(set->places);
	set->places = places;
	set->cap = cap;
	return true;
}

bool id_set_add(struct id_set *set, const char *id, size_t *row)
{
	uint32_t hash = hash_text(id);
	struct place_of_id *place;

	if (set->count * 2 >= set->cap && !grow(set))
		return false;
	place = find(set->places, set->cap, id, hash);
	if (place->id) {
		*row = place->row;
		return false;
	}
	*place = (struct place_of_id){.id = id, .hash = hash, .row = *row};
	set->count++;
	return true;
}
