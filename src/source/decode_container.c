/* Containers, and what they say of their cameras (contracts 1.8.8). Pure; any thread. */
#include "base/text.h"
#include "model/camera.h"
#include "model/container.h"
#include "source/decode.h"
#include "source/envelope.h"
#include "source/member.h"
#include <string.h>

struct record {
	struct container container;
	const struct json *cameras;
};

#define AT(field) offsetof(struct record, container.field)
#define CAMERA_AT(field) offsetof(struct camera_source, camera.field)

static const struct member record_rows[] = {
	{"id", MEMBER_TEXT, AT(id), 0, NULL},
	{"label", MEMBER_TEXT, AT(label), 0, NULL},
	{"description", MEMBER_TEXT, AT(description), 0, NULL},
	{"created_at", MEMBER_TIME, AT(created_at), 0, NULL},
	{"updated_at", MEMBER_TIME, AT(updated_at), 0, NULL},
	{"cameras", MEMBER_VALUE, offsetof(struct record, cameras), 0, NULL},
	{"camera_count", MEMBER_INT, AT(camera_count), 0, NULL},
	{"online_count", MEMBER_INT, AT(online_count), 0, NULL},
};
static const struct members record_members = MEMBERS(record_rows);

static const struct member camera_rows[] = {
	{"device_id", MEMBER_TEXT, CAMERA_AT(id), 0, NULL},
	{"position", MEMBER_INT, CAMERA_AT(position), 0, NULL},
	{"status", MEMBER_TEXT, CAMERA_AT(status), 0, NULL},
	{"name", MEMBER_TEXT, CAMERA_AT(name), 0, NULL},
};
static const struct members camera_members = MEMBERS(camera_rows);

static void add_camera(
	const struct container *container, const struct json *json, struct batch *batch)
{
	struct camera_source *row = batch_add(batch, NOUN_CAMERA_SOURCE);

	if (!row)
		return;
	members_read(&camera_members, json, row, batch->arena);
	row->source = "container";
	row->camera.site = container->site;
	row->camera.container_id = container->id;
	if (!row->camera.id || !row->camera.id[0] || strlen(row->camera.id) >= TEXT_FIELD_BYTES)
		batch_drop(batch, NOUN_CAMERA_SOURCE);
}

static bool add_container(
	const struct decode_context *context, const struct json *json, struct batch *batch)
{
	struct record record = {0};
	struct container *row;

	noun_clear(&nouns[NOUN_CONTAINER], &record.container);
	members_read(&record_members, json, &record, batch->arena);
	record.container.site = context->site;
	if (!record.container.id || !record.container.id[0] ||
		strlen(record.container.id) >= TEXT_FIELD_BYTES)
		return false;
	row = batch_add(batch, NOUN_CONTAINER);
	if (!row)
		return false;
	*row = record.container;
	if (!json_is_array(record.cameras))
		return true;
	for (const struct json *camera = json_first(record.cameras); camera;
		camera = json_next(camera))
		add_camera(&record.container, camera, batch);
	return true;
}

bool decode_containers(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *list;

	if (!envelope_list(body, "containers", &list, err))
		return false;
	decode_each(context, list, batch, add_container);
	return true;
}
