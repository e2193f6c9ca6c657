/* What an analysis found: the delta in its two forms, the items, the boxes over the pictures. Owns
 * nothing; the server's thread. */
#include "sim/body_delta.h"

#include "sim/scene.h"

enum { FRACTIONS_EVERY = 3 };

static bool is_shown(const struct sim_run *run, const struct shelf_lane *lane)
{
	return run->has_rows && (run->has_unchanged || lane->before != lane->after);
}

static double confidence_of(const struct shelf_lane *lane)
{
	return lane->confidence_percent / 100.0;
}

/* Of a whole picture: pixels, or fractions in every third run. */
static void emit_box(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, struct box box)
{
	int camera = run->session.captures[0].camera;
	int scale = sim_camera_is_large(world, camera) ? LARGE_WIDTH_PX / SHELF_WIDTH_PX : 1;

	emit_object(emit, key);
	if (run->session.slot % FRACTIONS_EVERY == 0) {
		emit_fraction(emit, "x", box.x, SHELF_WIDTH_PX);
		emit_fraction(emit, "y", box.y, SHELF_HEIGHT_PX);
		emit_fraction(emit, "width", box.width, SHELF_WIDTH_PX);
		emit_fraction(emit, "height", box.height, SHELF_HEIGHT_PX);
	} else {
		emit_int(emit, "x", box.x * scale);
		emit_int(emit, "y", box.y * scale);
		emit_int(emit, "width", box.width * scale);
		emit_int(emit, "height", box.height * scale);
	}
	emit_object_end(emit);
}

/* The items that are in one picture and not in the other. */
static struct box changed_box(const struct sim_run *run, int lane)
{
	int before = run->shelf.lanes[lane].before;
	int after = run->shelf.lanes[lane].after;

	return before < after ? shelf_items_box(&run->shelf, lane, before, after)
			      : shelf_items_box(&run->shelf, lane, after, before);
}

static void emit_flat(struct emit *emit, const struct sim_run *run)
{
	emit_records(emit, "delta");
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];

		if (!is_shown(run, lane))
			continue;
		emit_object(emit, NULL);
		emit_text(emit, "name", lane->product->name);
		if (lane->product->sku)
			emit_text(emit, "sku", lane->product->sku);
		emit_int(emit, "before_count", lane->before);
		emit_int(emit, "after_count", lane->after);
		emit_int(emit, "change", lane->after - lane->before);
		emit_number(emit, "confidence", confidence_of(lane));
		if (i % 2 == 0 && lane->after < lane->before)
			emit_text(emit, i % 4 ? "reason" : "rationale",
				"gap where items stood before");
		emit_object_end(emit);
	}
	emit_list_end(emit);
}

enum category { ADDED, REMOVED, CHANGED };

static enum category category_of(const struct shelf_lane *lane)
{
	if (lane->before == 0)
		return ADDED;
	return lane->after == 0 ? REMOVED : CHANGED;
}

static void emit_category(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, enum category category)
{
	emit_list(emit, key);
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];

		if (!is_shown(run, lane) || category_of(lane) != category)
			continue;
		emit_object(emit, NULL);
		emit_text(emit, "name", lane->product->name);
		if (category == CHANGED) {
			emit_int(emit, "from_qty", lane->before);
			emit_int(emit, "to_qty", lane->after);
		} else {
			emit_int(emit, "qty", lane->before + lane->after);
		}
		emit_number(emit, "confidence", confidence_of(lane));
		if (category != CHANGED)
			emit_box(emit, "bbox", run, world, changed_box(run, i));
		emit_object_end(emit);
	}
	emit_list_end(emit);
}

static void emit_categorized(
	struct emit *emit, const struct sim_run *run, const struct world *world)
{
	emit_object(emit, "delta");
	emit_category(emit, "added", run, world, ADDED);
	emit_category(emit, "removed", run, world, REMOVED);
	emit_category(emit, "changed_qty", run, world, CHANGED);
	emit_list(emit, "unknown");
	if (run->has_notes) {
		emit_object(emit, NULL);
		emit_text(emit, "note", "blurred item, back row");
		emit_number(emit, "confidence", 0.3);
		emit_object_end(emit);
	}
	emit_list_end(emit);
	emit_object_end(emit);
}

void body_emit_delta(struct emit *emit, const struct sim_run *run, const struct world *world)
{
	if (run->form == DELTA_NULL)
		emit_null(emit, "delta");
	else if (run->form == DELTA_FLAT)
		emit_flat(emit, run);
	else
		emit_categorized(emit, run, world);
}

void body_emit_items(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, bool is_after)
{
	emit_list(emit, key);
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];
		int count = is_after ? lane->after : lane->before;

		if (count == 0)
			continue;
		emit_object(emit, NULL);
		emit_text(emit, "name", lane->product->name);
		if (lane->product->sku)
			emit_text(emit, "sku", lane->product->sku);
		emit_int(emit, "quantity", count);
		emit_number(emit, "confidence", confidence_of(lane));
		emit_box(emit, "bounding_box", run, world,
			shelf_items_box(&run->shelf, i, 0, count));
		emit_text(emit, "condition", "good");
		emit_object_end(emit);
	}
	emit_list_end(emit);
}

void body_emit_overlay(struct emit *emit, const char *key, const struct sim_run *run,
	const struct world *world, bool is_after)
{
	emit_list(emit, key);
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];
		bool is_here = is_after ? lane->after > lane->before : lane->before > lane->after;

		if (!is_here)
			continue;
		emit_object(emit, NULL);
		emit_text(emit, "label", lane->product->name);
		emit_box(emit, "bounding_box", run, world, changed_box(run, i));
		emit_number(emit, "confidence", confidence_of(lane));
		emit_object_end(emit);
	}
	emit_list_end(emit);
}

void body_emit_delta_summary(struct emit *emit, const struct sim_run *run)
{
	int total = 0;
	int counts[3] = {0, 0, 0};

	if (run->form == DELTA_NULL) {
		emit_null(emit, "delta_summary");
		return;
	}
	for (int i = 0; i < run->shelf.lane_count; i++) {
		const struct shelf_lane *lane = &run->shelf.lanes[i];

		total += lane->after;
		if (lane->before != lane->after)
			counts[category_of(lane)]++;
	}
	emit_object(emit, "delta_summary");
	emit_int(emit, "total_items", total);
	emit_int(emit, "items_changed", counts[CHANGED]);
	emit_int(emit, "items_added", counts[ADDED]);
	emit_int(emit, "items_removed", counts[REMOVED]);
	emit_object_end(emit);
}
