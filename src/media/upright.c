/* Turns what a camera stored on its side. Owns nothing; image lane. */
#include "media/upright.h"

/* How a place in the upright picture becomes one in the stored picture: swapped, then mirrored. */
struct turn {
	bool swaps, is_mirrored_across, is_mirrored_down;
};

static const struct turn turns[] = {
	[1] = {false, false, false},
	[2] = {false, true, false},
	[3] = {false, true, true},
	[4] = {false, false, true},
	[5] = {true, false, false},
	[6] = {true, false, true},
	[7] = {true, true, true},
	[8] = {true, true, false},
};

static const struct turn *turn_of(int orientation)
{
	return &turns[orientation >= 1 && orientation <= 8 ? orientation : 1];
}

bool upright_swaps(int orientation)
{
	return turn_of(orientation)->swaps;
}

struct part upright_stored_part(int orientation, struct part part)
{
	const struct turn *turn = turn_of(orientation);
	struct part stored = part;

	if (turn->swaps)
		stored = (struct part){part.y, part.x, part.height, part.width};
	if (turn->is_mirrored_across)
		stored.x = 1 - stored.x - stored.width;
	if (turn->is_mirrored_down)
		stored.y = 1 - stored.y - stored.height;
	return stored;
}

static void copy_turned(
	const struct turn *turn, const struct pixels *stored, struct pixels *upright)
{
	unsigned char *to = upright->rgb;

	for (int y = 0; y < upright->height; y++)
		for (int x = 0; x < upright->width; x++, to += 3) {
			int across = turn->swaps ? y : x, down = turn->swaps ? x : y;
			const unsigned char *from;

			if (turn->is_mirrored_across)
				across = stored->width - 1 - across;
			if (turn->is_mirrored_down)
				down = stored->height - 1 - down;
			from = stored->rgb + ((size_t)down * stored->width + across) * 3;
			to[0] = from[0];
			to[1] = from[1];
			to[2] = from[2];
		}
}

bool upright_turn(int orientation, struct pixels *pixels)
{
	const struct turn *turn = turn_of(orientation);
	struct pixels upright;

	if (turn == &turns[1])
		return true;
	if (!pixels_init(&upright, turn->swaps ? pixels->height : pixels->width,
		    turn->swaps ? pixels->width : pixels->height))
		return false;
	copy_turned(turn, pixels, &upright);
	pixels_release(pixels);
	*pixels = upright;
	return true;
}
