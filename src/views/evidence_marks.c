/* Makes the numbered boxes of a pair, or of an event. Owns nothing; pure. */
#include "views/evidence_marks.h"
#include "base/text.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { NAME_COLUMNS = 28, NAME_BYTES_MAX = 112 };

static const char *const side_words[SIDES] = {"before", "after"};

struct box {
	double x, y, width, height;
};

static bool is_box(const struct box *box)
{
	return isfinite(box->x) && isfinite(box->y) && box->x >= 0 && box->y >= 0 &&
		isfinite(box->width) && isfinite(box->height) && box->width > 0 && box->height > 0;
}

static struct box box_of_row(const struct delta_row *row)
{
	return (struct box){row->box_x, row->box_y, row->box_width, row->box_height};
}

static struct box box_of_overlay(const struct overlay *overlay)
{
	return (struct box){
		overlay->box_x, overlay->box_y, overlay->box_width, overlay->box_height};
}

static bool is_named(const struct overlay *overlay, const char *name, enum side side)
{
	return overlay->side && strcasecmp(overlay->side, side_words[side]) == 0 &&
		overlay->label && name && strcasecmp(overlay->label, name) == 0;
}

static bool is_kind(const struct delta_row *row, const char *kind)
{
	return row->kind && strcmp(row->kind, kind) == 0;
}

/* Where a row's own box belongs. */
static bool is_on_side(const struct delta_row *row, enum side side)
{
	bool is_removed =
		is_kind(row, "removed") || (!row->kind && row->after_count == 0 && row->change < 0);
	bool is_added =
		is_kind(row, "added") || (!row->kind && row->before_count == 0 && row->change > 0);

	return side == SIDE_BEFORE ? !is_added : !is_removed;
}

/* Gives the number; 0 when there are too many. */
static int add_item(struct marks *marks, const char *name, int64_t change, double confidence)
{
	if (marks->item_count == MARKED_ITEMS_MAX)
		return 0;
	marks->items[marks->item_count++] =
		(struct marked_item){.name = name, .change = change, .confidence = confidence};
	return (int)marks->item_count;
}

static bool add_mark(
	struct marks *marks, enum side side, const struct box *box, int64_t change, int number)
{
	bool is_known = change != UNKNOWN;

	if (!is_box(box) || marks->count[side] == PICTURE_MARKS_MAX || number == 0)
		return false;
	marks->of[side][marks->count[side]++] = (struct mark){.x = box->x,
		.y = box->y,
		.width = box->width,
		.height = box->height,
		.is_removed = is_known && change < 0,
		.is_added = is_known && change > 0,
		.number = number};
	return true;
}

/* Whether overlays name the item on this side; their boxes are added. */
static bool add_overlays(struct marks *marks, const char *name, int64_t change, enum side side,
	int number, const struct overlay *overlays, size_t count)
{
	bool is_any = false;

	for (size_t i = 0; i < count; i++)
		if (is_named(&overlays[i], name, side)) {
			struct box box = box_of_overlay(&overlays[i]);

			is_any |= add_mark(marks, side, &box, change, number);
		}
	return is_any;
}

/* A number is only kept by an item that has a box. */
static void add_row(struct marks *marks, const struct delta_row *row,
	const struct overlay *overlays, size_t overlay_count)
{
	int number = add_item(marks, row->name, row->change, row->confidence);
	struct box box = box_of_row(row);
	bool is_marked = false;

	for (enum side side = 0; number > 0 && side < SIDES; side++) {
		bool is_seen = add_overlays(
			marks, row->name, row->change, side, number, overlays, overlay_count);

		is_marked |= is_seen ||
			(is_on_side(row, side) && add_mark(marks, side, &box, row->change, number));
	}
	if (number > 0 && !is_marked)
		marks->item_count--;
}

/* Items of the same name are one. */
static bool is_among(const struct marks *marks, const char *name)
{
	for (size_t i = 0; i < marks->item_count; i++)
		if (marks->items[i].name && strcasecmp(marks->items[i].name, name) == 0)
			return true;
	return false;
}

static void add_other(struct marks *marks, const struct overlay *overlay,
	const struct overlay *overlays, size_t overlay_count)
{
	const char *name = overlay->label;
	bool is_marked = false;
	int number;

	if (!name || is_among(marks, name))
		return;
	number = add_item(marks, name, UNKNOWN, overlay->confidence);
	for (enum side side = 0; number > 0 && side < SIDES; side++)
		is_marked |=
			add_overlays(marks, name, UNKNOWN, side, number, overlays, overlay_count);
	if (number > 0 && !is_marked)
		marks->item_count--;
}

void marks_make(struct marks *marks, const struct delta_row *rows, size_t row_count,
	const struct overlay *overlays, size_t overlay_count)
{
	*marks = (struct marks){.item_count = 0};
	/* Of two rows of one name the first has the overlays. */
	for (size_t i = 0; i < row_count; i++) {
		bool is_again = rows[i].name && is_among(marks, rows[i].name);

		add_row(marks, &rows[i], overlays, is_again ? 0 : overlay_count);
	}
	for (size_t i = 0; i < overlay_count; i++)
		add_other(marks, &overlays[i], overlays, overlay_count);
}

/* Detectors let boxes reach over the edge, where something is seen in part. */
static struct box box_of_object(const struct detected_object *object)
{
	double left = fmin(object->box_x, 0), top = fmin(object->box_y, 0);

	return (struct box){object->box_x - left, object->box_y - top, object->box_width + left,
		object->box_height + top};
}

/* Of one kind there may be several: each is an item. */
void marks_of_objects(
	struct marks *marks, const struct detected_object *objects, size_t object_count)
{
	*marks = (struct marks){.item_count = 0};
	for (size_t i = 0; i < object_count; i++) {
		const struct detected_object *object = &objects[i];
		struct box box = box_of_object(object);
		int number = add_item(marks, object->type, UNKNOWN, object->confidence);

		if (add_mark(marks, SIDE_AFTER, &box, UNKNOWN, number))
			marks->items[number - 1].object = object;
		else if (number > 0)
			marks->item_count--;
	}
}

int marks_number(const struct marks *marks, const struct detected_object *object)
{
	for (size_t i = 0; i < marks->item_count; i++)
		if (marks->items[i].object == object)
			return (int)i + 1;
	return 0;
}

void marks_words(char dst[MARKED_WORDS_BYTES], const struct marks *marks, size_t item)
{
	const struct marked_item *marked = &marks->items[item];
	const char *name = marked->name && *marked->name ? marked->name : "?";
	int bytes = (int)text_fit(name, NAME_COLUMNS, NULL);
	size_t used = (size_t)snprintf(dst, MARKED_WORDS_BYTES, "%zu %.*s", item + 1,
		bytes < NAME_BYTES_MAX ? bytes : NAME_BYTES_MAX, name);
	char text[32];

	if (marked->change != UNKNOWN) {
		delta_change_text(text, sizeof(text), marked->change, false);
		snprintf(dst + used, MARKED_WORDS_BYTES - used, " %s", text);
	} else if (marked->confidence >= 0 && marked->confidence <= 1) {
		confidence_text(text, sizeof(text), marked->confidence);
		snprintf(dst + used, MARKED_WORDS_BYTES - used, " %s", text);
	}
}
