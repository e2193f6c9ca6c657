/* What stood on the shelf before and after a session, and where: the one truth that both the
 * pictures and the inventory analysis are made from. Lengths are pixels of an 800x600 picture.
 * Pure. */
#ifndef SIM_SHELF_H
#define SIM_SHELF_H

#include "sim/world.h"

enum {
	SHELF_WIDTH_PX = 800,
	SHELF_HEIGHT_PX = 600,
	SHELF_LANES = 12,
	LANE_ITEMS = 5,
	CELL_PX = 32 /* items stand on the 16-pixel grid of JPEG's blocks */
};

enum product_shape { SHAPE_BOX, SHAPE_BOTTLE, SHAPE_CAN };

struct product {
	const char *name;
	const char *sku; /* NULL for some */
	enum product_shape shape;
	unsigned char red, green, blue;
};

struct shelf_lane {
	const struct product *product;
	int before, after; /* items, from the left */
	int confidence_percent;
};

struct shelf {
	int lane_count;
	struct shelf_lane lanes[SHELF_LANES];
};

struct box {
	int x, y, width, height;
};

/* is_changed: whether anything was taken or put; if not, before equals after in every lane.
 * is_doubtful: whether the analysis is unsure. */
void shelf_of(const struct world *world, int64_t slot, bool is_changed, bool is_doubtful,
	struct shelf *shelf);

/* The place of items first..last-1 of a lane. */
struct box shelf_items_box(const struct shelf *shelf, int lane, int first, int last);

#endif
