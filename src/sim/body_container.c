/* Containers and the cameras in them. Owns nothing; the server's thread. */
#include "sim/route.h"

enum { HOUR_MS = 3600 * 1000 };

static int emit_members(
	struct emit *emit, const struct request *request, int container, int *online)
{
	const struct world *world = &request->site->world;
	int count = 0;

	emit_list(emit, "cameras");
	for (int position = 1; position <= CONTAINER_POSITIONS; position++) {
		int index = world_camera_at(world, container, position);
		struct sim_camera camera;
		char text[IDENT_BYTES];

		if (index == NOWHERE)
			continue;
		sim_camera_at(world, index, request->now_ms, &camera);
		ident_camera(world, index, text);
		emit_object(emit, NULL);
		emit_text(emit, "device_id", text);
		emit_int(emit, "position", position);
		emit_time(emit, "assigned_at", camera.paired_ms);
		emit_text(emit, "status", camera.status);
		emit_text(emit, "name", camera.name);
		emit_object_end(emit);
		*online += sim_camera_is_online(&camera);
		count++;
	}
	emit_list_end(emit);
	return count;
}

static void emit_container(struct emit *emit, const struct request *request, int container)
{
	static const char *const labels[] = {"Fridge by the door", "Snack shelf", "Drinks cooler",
		NULL, "Bakery rack", "Staff kitchen"};
	static const int label_count = sizeof labels / sizeof labels[0];
	const struct world *world = &request->site->world;
	const char *label = labels[container % label_count];
	char text[IDENT_BYTES];
	int online = 0;
	int count;

	ident_container(world, container, text);
	emit_object(emit, NULL);
	emit_text(emit, "id", text);
	if (label)
		emit_text(emit, "label", label);
	if (container % 2 == 0)
		emit_text(emit, "description", "restocked on weekdays before 07:00");
	emit_time(emit, "created_at", world->start_ms - (300LL - container) * 24 * HOUR_MS);
	emit_time(emit, "updated_at", world->start_ms - (20LL + container) * HOUR_MS);
	count = emit_members(emit, request, container, &online);
	emit_int(emit, "camera_count", count);
	emit_int(emit, "online_count", online);
	emit_object_end(emit);
}

void body_containers(const struct request *request, struct answer *answer)
{
	struct emit emit = answer_envelope(answer, request);

	emit_object(&emit, "data");
	emit_records(&emit, "containers");
	for (int i = 0; i < request->site->world.containers; i++)
		emit_container(&emit, request, i);
	emit_list_end(&emit);
	emit_int(&emit, "total", request->site->world.containers);
	emit_object_end(&emit);
	answer_envelope_end(answer, request, &emit);
}
