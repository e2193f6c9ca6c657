/* Reads boxes over pictures. Pure; any thread. */
#include "source/overlay.h"
#include "model/picture.h"
#include "source/member.h"

#define AT(field) offsetof(struct overlay, field)

static const struct member box_rows[] = {
	{"x", MEMBER_REAL, AT(box_x), 0, NULL},
	{"y", MEMBER_REAL, AT(box_y), 0, NULL},
	{"width", MEMBER_REAL, AT(box_width), 0, NULL},
	{"height", MEMBER_REAL, AT(box_height), 0, NULL},
};
static const struct members box_members = MEMBERS(box_rows);

static const struct member overlay_rows[] = {
	{"label", MEMBER_TEXT, AT(label), 0, NULL},
	{"bounding_box", MEMBER_OBJECT, 0, 0, &box_members},
	{"bbox", MEMBER_OBJECT, 0, 0, &box_members},
	{"confidence", MEMBER_REAL, AT(confidence), 0, NULL},
};
static const struct members overlay_members = MEMBERS(overlay_rows);

/* False for NAN too. */
static bool has_box(const struct overlay *overlay)
{
	return overlay->box_x >= 0 && overlay->box_y >= 0 && overlay->box_width > 0 &&
		overlay->box_height > 0;
}

static bool add_overlay(
	const struct json *json, const struct overlay *identity, struct batch *batch)
{
	struct overlay overlay;
	struct overlay *row;

	noun_clear(&nouns[NOUN_OVERLAY], &overlay);
	members_read(&overlay_members, json, &overlay, batch->arena);
	row = has_box(&overlay) ? batch_add(batch, NOUN_OVERLAY) : NULL;
	if (!row)
		return false;
	*row = overlay;
	row->site = identity->site;
	row->run_id = identity->run_id;
	row->side = identity->side;
	row->ordinal = identity->ordinal;
	return true;
}

static void add_side(
	const struct json *list, struct overlay *identity, const char *side, struct batch *batch)
{
	identity->side = side;
	identity->ordinal = 0;
	if (!json_is_array(list))
		return;
	for (const struct json *json = json_first(list); json && identity->ordinal < OVERLAYS_MAX;
		json = json_next(json))
		if (json_is_object(json) && add_overlay(json, identity, batch))
			identity->ordinal++;
		else
			batch->feed->skipped++;
}

void overlays_decode(const struct decode_context *context, const char *run_id,
	const struct json *overlays, struct batch *batch)
{
	struct overlay identity = {.site = context->site, .run_id = run_id};

	add_side(json_member(overlays, "before"), &identity, "before", batch);
	add_side(json_member(overlays, "after"), &identity, "after", batch);
}
