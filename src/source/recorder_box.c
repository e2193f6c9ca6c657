/* Reads bounding boxes as several writers have them (contracts 5.5, edge case 95). Pure; any
 * thread. */
#include "source/json.h"
#include "source/recorder_parts.h"
#include <math.h>
#include <string.h>

static void set_box(struct detected_object *object, const double box[4])
{
	for (size_t i = 0; i < 4; i++)
		if (!(fabs(box[i]) < 1e9)) /* also false for NAN */
			return;
	if (box[2] < 0 || box[3] < 0)
		return;
	object->box_x = box[0];
	object->box_y = box[1];
	object->box_width = box[2];
	object->box_height = box[3];
}

/* A number that is one: a text is no box. */
static double number_of(const struct json *value)
{
	return json_is_number(value) ? json_real_of(value) : NAN;
}

/* [x1, y1, x2, y2] */
static void read_corners(const struct json *array, struct detected_object *object)
{
	const struct json *item = json_first(array);
	double corner[4];

	for (size_t i = 0; i < 4; i++, item = json_next(item))
		corner[i] = number_of(item);
	if (item)
		return;
	set_box(object,
		(double[4]){fmin(corner[0], corner[2]), fmin(corner[1], corner[3]),
			fabs(corner[2] - corner[0]), fabs(corner[3] - corner[1])});
}

void recorder_box(const char *raw, struct detected_object *object)
{
	struct json *root = raw ? json_parse(raw, strlen(raw), NULL) : NULL;

	object->box_x = object->box_y = object->box_width = object->box_height = NAN;
	if (json_is_array(root))
		read_corners(root, object);
	else if (json_is_object(root))
		set_box(object,
			(double[4]){number_of(json_member(root, "x")),
				number_of(json_member(root, "y")),
				number_of(json_member(root, "width")),
				number_of(json_member(root, "height"))});
	json_free(root);
}
