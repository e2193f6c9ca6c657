/* The last pictures drawn, so that a list and its pictures do not draw twice. Owns the pictures;
 * the server's thread. */
#include "sim/scene.h"

#include <stdlib.h>

enum { PICTURES = 48 };

struct picture {
	uint64_t seed;
	int64_t slot;
	int tag;
	bool is_thumbnail;
	enum object_form form;
	unsigned char *data;
	size_t bytes;
};

struct gallery {
	struct picture pictures[PICTURES];
	int next;
};

struct gallery *gallery_new(void)
{
	return calloc(1, sizeof(struct gallery));
}

void gallery_free(struct gallery *gallery)
{
	if (!gallery)
		return;
	for (int i = 0; i < PICTURES; i++)
		free(gallery->pictures[i].data);
	free(gallery);
}

static bool shows(
	const struct picture *picture, const struct world *world, const struct object *object)
{
	return picture->data && picture->seed == world->seed &&
		picture->slot == object->session.slot && picture->tag == (int)object->capture.tag &&
		picture->is_thumbnail == object->is_thumbnail && picture->form == object->form;
}

const unsigned char *gallery_picture(struct gallery *gallery, const struct world *world,
	const struct object *object, size_t *bytes)
{
	struct picture *picture = &gallery->pictures[gallery->next];

	for (int i = 0; i < PICTURES; i++) {
		if (!shows(&gallery->pictures[i], world, object))
			continue;
		*bytes = gallery->pictures[i].bytes;
		return gallery->pictures[i].data;
	}
	gallery->next = (gallery->next + 1) % PICTURES;
	free(picture->data);
	picture->data = scene_draw(world, object, &picture->bytes, NULL);
	picture->seed = world->seed;
	picture->slot = object->session.slot;
	picture->tag = (int)object->capture.tag;
	picture->is_thumbnail = object->is_thumbnail;
	picture->form = object->form;
	*bytes = picture->bytes;
	return picture->data;
}
