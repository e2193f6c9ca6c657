/* Many endpoints, one camera: takes each field from the best source that knows it (contracts
 * 1.8.6). O(n log n) for n sources; owns its scratch memory during a call only; any thread. */
#include "model/camera_group.h"
#include "model/span.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* No field is smaller than a pointer. */
enum { FIELDS_MAX = sizeof(struct camera) / sizeof(const char *) };

/* Which source is asked first for what. */
enum order { ORDER_HEALTH, ORDER_IDENTITY, ORDER_COUNTS, ORDERS };

enum { SOURCES = 8 };

static const char *const source_orders[ORDERS][SOURCES] = {
	[ORDER_HEALTH] = {"detail", "diagnostics", "list", "statistics", "paired", "container",
		"captures", "recorder"},
	[ORDER_IDENTITY] = {"list", "paired", "detail", "diagnostics", "statistics", "container",
		"captures", "recorder"},
	[ORDER_COUNTS] = {"statistics", "detail", "diagnostics", "list", "paired", "container",
		"captures", "recorder"},
};

/* Every other field is health. */
static const struct {
	const char *field;
	enum order order;
} field_orders[] = {
	{"name", ORDER_IDENTITY},
	{"ip_address", ORDER_IDENTITY},
	{"mac_address", ORDER_IDENTITY},
	{"container_id", ORDER_IDENTITY},
	{"position", ORDER_IDENTITY},
	{"paired_at", ORDER_IDENTITY},
	{"total_captures", ORDER_COUNTS},
	{"failed_captures", ORDER_COUNTS},
	{"capture_success_rate", ORDER_COUNTS},
	{"average_capture_ms", ORDER_COUNTS},
};

/* One source, and which camera it belongs to. */
struct member {
	const struct camera_source *source;
	size_t camera; /* the first source of it */
	size_t rank[ORDERS];
	bool is_dead; /* much older than another source of the camera */
};

static size_t rank_of(enum order order, const char *source)
{
	size_t rank = 0;

	while (rank < SOURCES && (!source || strcmp(source_orders[order][rank], source) != 0))
		rank++;
	return rank;
}

static int by_number(size_t a, size_t b)
{
	return (a > b) - (a < b);
}

static int by_camera(const void *left, const void *right)
{
	const struct member *a = left;
	const struct member *b = right;

	return by_number(a->camera, b->camera);
}

static int by_id(const struct member *a, const struct member *b)
{
	const char *one = a->source->camera.id;
	const char *other = b->source->camera.id;

	return strcmp(one ? one : "", other ? other : "");
}

/* Of equal rank the newer first, then by id: the order of the sources decides nothing. */
static int by_order(const struct member *a, const struct member *b, enum order order)
{
	int64_t seen = a->source->camera.last_seen;
	int64_t other_seen = b->source->camera.last_seen;

	if (a->rank[order] != b->rank[order])
		return by_number(a->rank[order], b->rank[order]);
	return seen != other_seen ? (seen < other_seen) - (seen > other_seen) : by_id(a, b);
}

/* Never by age, which changes: a camera would change its id with it. */
static int by_identity(const void *left, const void *right)
{
	const struct member *a = left;
	const struct member *b = right;
	int order = by_number(a->rank[ORDER_IDENTITY], b->rank[ORDER_IDENTITY]);

	return order != 0 ? order : by_id(a, b);
}

static int by_counts(const void *left, const void *right)
{
	return by_order(left, right, ORDER_COUNTS);
}

static int by_health(const void *left, const void *right)
{
	const struct member *a = left;
	const struct member *b = right;

	if (a->is_dead != b->is_dead)
		return a->is_dead ? 1 : -1;
	return by_order(a, b, ORDER_HEALTH);
}

static int (*const comparisons[ORDERS])(const void *, const void *) = {
	[ORDER_HEALTH] = by_health,
	[ORDER_IDENTITY] = by_identity,
	[ORDER_COUNTS] = by_counts,
};

static bool has_status(const struct camera *camera)
{
	return camera->status && *camera->status;
}

/* A source is dead when another one saw the camera more than CAMERA_STALE_MS later. */
static void mark_dead(struct member *members, size_t count)
{
	int64_t newest = UNKNOWN;

	for (size_t i = 0; i < count; i++) {
		const struct camera *camera = &members[i].source->camera;

		if (has_status(camera) && camera->last_seen > newest)
			newest = camera->last_seen;
	}
	for (size_t i = 0; i < count && newest != UNKNOWN; i++) {
		int64_t seen = members[i].source->camera.last_seen;

		members[i].is_dead =
			seen == UNKNOWN || time_is_older(seen, newest, CAMERA_STALE_MS);
	}
}

static bool knows(const struct camera *camera, const struct field *field)
{
	if (field->type == FIELD_TEXT && row_is_known(camera, field))
		return *row_text(camera, field) != '\0';
	return row_is_known(camera, field);
}

/* All fields of this order, each from the first member that knows it. */
static void fill(struct camera *row, const struct member *members, size_t count, enum order order,
	const enum order orders[FIELDS_MAX])
{
	const struct noun *noun = &nouns[NOUN_CAMERA];

	for (size_t f = 0; f < noun->field_count; f++) {
		const struct field *field = &noun->fields[f];

		for (size_t i = 0; orders[f] == order && i < count; i++) {
			const struct camera *camera = &members[i].source->camera;

			if (!knows(camera, field))
				continue;
			memcpy((char *)row + field->offset, (const char *)camera + field->offset,
				field_bytes(field));
			break;
		}
	}
}

static bool is_bare_mac(const char *id)
{
	char mac[13];

	return strspn(id, "0123456789abcdefABCDEF:-. ") == strlen(id) && camera_mac(mac, id);
}

/* The first id in the order of identity; a bare address only stands in for one. */
static const char *choose_id(const struct member *members, size_t count)
{
	const char *stand_in = NULL;

	for (size_t i = 0; i < count; i++) {
		const char *id = members[i].source->camera.id;

		if (!id || !*id)
			continue;
		if (!is_bare_mac(id))
			return id;
		if (!stand_in)
			stand_in = id;
	}
	return stand_in;
}

/* Status and last_seen belong together: both from the first member, in the order of health, that
 * has a status. */
static void choose_status(struct camera *row, const struct member *members, size_t count)
{
	size_t i = 0;
	const struct camera *camera;

	while (i < count && !has_status(&members[i].source->camera))
		i++;
	if (i == count)
		return;
	camera = &members[i].source->camera;
	row->status = camera->status;
	if (camera->last_seen == UNKNOWN && !camera->last_seen_raw)
		return;
	row->last_seen = camera->last_seen;
	row->last_seen_raw = camera->last_seen_raw;
}

static void choose_last_capture(struct camera *row, const struct member *members, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		int64_t at = members[i].source->camera.last_capture_at;

		if (at > row->last_capture_at)
			row->last_capture_at = at;
	}
}

static void merge_one(struct camera *row, struct member *members, size_t count,
	const enum order orders[FIELDS_MAX])
{
	noun_clear(&nouns[NOUN_CAMERA], row);
	mark_dead(members, count);
	for (size_t i = 0; i < ORDERS; i++) {
		qsort(members, count, sizeof(members[0]), comparisons[i]);
		fill(row, members, count, (enum order)i, orders);
		if (i == ORDER_HEALTH)
			choose_status(row, members, count);
		if (i == ORDER_IDENTITY)
			row->id = choose_id(members, count);
	}
	if (!row->id)
		row->id = row->mac_address;
	choose_last_capture(row, members, count);
	if (!row->quality)
		row->quality = camera_quality(row->rssi);
	if (row->total_captures == 0)
		row->capture_success_rate = NAN;
}

static void read_field_orders(enum order orders[FIELDS_MAX])
{
	const struct noun *noun = &nouns[NOUN_CAMERA];

	memset(orders, 0, FIELDS_MAX * sizeof(orders[0]));
	for (size_t i = 0; i < sizeof(field_orders) / sizeof(field_orders[0]); i++) {
		const struct field *field = noun_field(noun, field_orders[i].field);

		if (field)
			orders[field - noun->fields] = field_orders[i].order;
	}
}

static bool read_members(struct member *members, const struct camera_source *sources, size_t count)
{
	size_t *first = calloc(count, sizeof(first[0]));

	if (!first || !camera_group(sources, count, first)) {
		free(first);
		return false;
	}
	for (size_t i = 0; i < count; i++) {
		members[i].source = &sources[i];
		members[i].camera = first[i];
		for (size_t order = 0; order < ORDERS; order++)
			members[i].rank[order] = rank_of((enum order)order, sources[i].source);
	}
	free(first);
	qsort(members, count, sizeof(members[0]), by_camera);
	return true;
}

size_t camera_merge(const struct camera_source *sources, size_t count, struct camera *merged)
{
	enum order orders[FIELDS_MAX];
	struct member *members;
	size_t rows = 0;

	if (count == 0)
		return 0;
	members = calloc(count, sizeof(members[0]));
	if (!members || !read_members(members, sources, count))
		goto out;
	read_field_orders(orders);
	for (size_t start = 0, end; start < count; start = end) {
		end = start + 1;
		while (end < count && members[end].camera == members[start].camera)
			end++;
		merge_one(&merged[rows++], &members[start], end - start, orders);
	}
out:
	free(members);
	return rows;
}
