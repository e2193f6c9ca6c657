/* Fills a shelf by chance and lets a customer take from it. Owns nothing; any thread. */
#include "sim/shelf.h"

#include "sim/dice.h"
#include <string.h>

enum { COLUMNS = 4, LEFT_PX = 16, COLUMN_PX = 192, ROW_PX = 192 };

static const struct product products[] = {
	{"Cola 33cl", "7310001", SHAPE_CAN, 200, 30, 40},
	{"Cola zero 33cl", "7310002", SHAPE_CAN, 45, 45, 50},
	{"Still water 50cl", "7310003", SHAPE_BOTTLE, 90, 160, 225},
	{"Sparkling water 50cl", "7310004", SHAPE_BOTTLE, 60, 190, 150},
	{"Orange juice 33cl", "7310005", SHAPE_BOTTLE, 250, 150, 30},
	{"Apple juice 33cl", NULL, SHAPE_BOTTLE, 170, 200, 60},
	{"Café latte 25cl", "7310007", SHAPE_CAN, 190, 150, 110},
	{"Green tea 緑茶 50cl", "7310008", SHAPE_BOTTLE, 110, 170, 90},
	{"Salted crisps", "7310009", SHAPE_BOX, 240, 205, 60},
	{"Paprika crisps", "7310010", SHAPE_BOX, 225, 95, 40},
	{"Chocolate bar", "7310011", SHAPE_BOX, 105, 65, 45},
	{"Granola bar", "7310012", SHAPE_BOX, 205, 165, 100},
	{"Ham sandwich", NULL, SHAPE_BOX, 235, 225, 195},
	{"Caesar salad", "7310014", SHAPE_BOX, 85, 150, 70},
	{"Strawberry yoghurt", "7310015", SHAPE_BOX, 240, 170, 190},
	{"Energy drink 25cl", "7310016", SHAPE_CAN, 35, 75, 190},
};

enum { PRODUCTS = sizeof products / sizeof products[0] };

static void stock(const struct world *world, int64_t slot, struct shelf *shelf)
{
	uint64_t shuffle = dice(world->seed, DICE_SHELF, slot);

	shelf->lane_count = 7 + (int)(shuffle % (SHELF_LANES - 6));
	for (int i = 0; i < shelf->lane_count; i++) {
		struct shelf_lane *lane = &shelf->lanes[i];
		uint64_t draw = dice(world->seed, DICE_SHELF, slot * 64 + i + 1);

		lane->product = &products[((uint64_t)i * 5 + (shuffle >> 8)) % PRODUCTS];
		lane->before = lane->after = 1 + (int)(draw % LANE_ITEMS);
		lane->confidence_percent = 82 + (int)(draw >> 8 & 15);
	}
}

static void trade(const struct world *world, int64_t slot, struct shelf *shelf)
{
	int hits = 1 + (int)(dice(world->seed, DICE_CHANGE, slot) % 3);

	for (int i = 0; i < hits; i++) {
		uint64_t draw = dice(world->seed, DICE_CHANGE, slot * 64 + i + 1);
		struct shelf_lane *lane = &shelf->lanes[draw % (uint64_t)shelf->lane_count];
		int count = 1 + (int)(draw >> 16 & 1);

		if ((draw >> 8 & 15) == 0) { /* someone put a thing where nothing stood */
			lane->before = 0;
			lane->after = 1;
		} else if ((draw >> 8 & 15) == 1 && lane->after + count <= LANE_ITEMS) {
			lane->after += count;
		} else {
			lane->after = lane->before > count ? lane->before - count : 0;
		}
	}
	for (int i = 0; i < shelf->lane_count; i++)
		if (shelf->lanes[i].before != shelf->lanes[i].after)
			return;
	/* The draws undid each other. */
	shelf->lanes[0].before = 1;
	shelf->lanes[0].after = 0;
}

void shelf_of(const struct world *world, int64_t slot, bool is_changed, bool is_doubtful,
	struct shelf *shelf)
{
	memset(shelf, 0, sizeof *shelf);
	stock(world, slot, shelf);
	if (is_changed)
		trade(world, slot, shelf);
	for (int i = 0; is_doubtful && i < shelf->lane_count; i++)
		shelf->lanes[i].confidence_percent -= 36 + 2 * i;
}

static int item_height_px(const struct product *product)
{
	static const int heights[] = {[SHAPE_BOX] = 96, [SHAPE_BOTTLE] = 128, [SHAPE_CAN] = 80};

	return heights[product->shape];
}

struct box shelf_items_box(const struct shelf *shelf, int lane, int first, int last)
{
	int height = item_height_px(shelf->lanes[lane].product);
	int floor_px = (lane / COLUMNS + 1) * ROW_PX;
	struct box box = {
		.x = LEFT_PX + lane % COLUMNS * COLUMN_PX + first * CELL_PX + 2,
		.y = floor_px - height + 2,
		.width = (last - first) * CELL_PX - 4,
		.height = height - 2,
	};

	return box;
}
