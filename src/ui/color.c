/* Colour words and the nearest colour a terminal has. Pure. */
#include "ui/color.h"
#include "base/text.h"
#include "ui/theme.h"
#include <string.h>
#include <strings.h>

static const char *const base_names[] = {
	"black", "red", "green", "yellow", "blue", "magenta", "cyan", "white"};

enum { BASE_COLORS = 8, BRIGHT_COLORS = 16, ALL_COLORS = 256, CUBE_SIDE = 6, GREY_FIRST = 232 };

static bool parse_name(const char *word, int32_t *color)
{
	int32_t bright = 0;

	if (strcasecmp(word, "default") == 0) {
		*color = COLOR_DEFAULT;
		return true;
	}
	if (strncasecmp(word, "bright-", 7) == 0) {
		bright = BASE_COLORS;
		word += 7;
	}
	for (int32_t i = 0; i < BASE_COLORS; i++) {
		if (strcasecmp(word, base_names[i]) == 0) {
			*color = i + bright;
			return true;
		}
	}
	return false;
}

static bool parse_rgb(const char *word, int32_t *color)
{
	int32_t rgb = 0;

	if (word[0] != '#' || strlen(word) != 7)
		return false;
	for (const char *at = word + 1; *at; at++) {
		static const char digits[] = "0123456789abcdef";
		const char *digit = strchr(digits, *at >= 'A' && *at <= 'F' ? *at + 32 : *at);

		if (!digit)
			return false;
		rgb = rgb * 16 + (int32_t)(digit - digits);
	}
	*color = COLOR_RGB | rgb;
	return true;
}

bool color_parse(const char *word, int32_t *color)
{
	int64_t number;

	if (parse_name(word, color) || parse_rgb(word, color))
		return true;
	if (word[0] < '0' || word[0] > '9' || !text_to_int64(word, &number) || number >= ALL_COLORS)
		return false;
	*color = (int32_t)number;
	return true;
}

uint32_t color_rgb(int index)
{
	static const uint32_t first[BRIGHT_COLORS] = {0x000000, 0xcd0000, 0x00cd00, 0xcdcd00,
		0x0000ee, 0xcd00cd, 0x00cdcd, 0xe5e5e5, 0x7f7f7f, 0xff0000, 0x00ff00, 0xffff00,
		0x5c5cff, 0xff00ff, 0x00ffff, 0xffffff};
	static const uint32_t levels[CUBE_SIDE] = {0, 0x5f, 0x87, 0xaf, 0xd7, 0xff};
	uint32_t cube;

	if (index < BRIGHT_COLORS)
		return first[index < 0 ? 0 : index];
	if (index >= GREY_FIRST)
		return (8 + (uint32_t)(index - GREY_FIRST) * 10) * 0x010101U;
	cube = (uint32_t)index - BRIGHT_COLORS;
	return levels[cube / 36] << 16 | levels[cube / CUBE_SIDE % CUBE_SIDE] << 8 |
		levels[cube % CUBE_SIDE];
}

static int channel(uint32_t rgb, int shift)
{
	return (int)(rgb >> shift & 0xff);
}

static int distance(uint32_t a, uint32_t b)
{
	int sum = 0;

	for (int shift = 0; shift <= 16; shift += 8) {
		int apart = channel(a, shift) - channel(b, shift);

		sum += apart * apart;
	}
	return sum;
}

/* The darkest grey that must not become black: on a black screen it would vanish. */
static bool is_visible_on_black(uint32_t rgb)
{
	return channel(rgb, 0) >= 0x50 || channel(rgb, 8) >= 0x50 || channel(rgb, 16) >= 0x50;
}

static int nearest_of(uint32_t rgb, int first, int end)
{
	int nearest = first;
	int best = INT32_MAX;

	for (int i = first; i < end; i++) {
		int far = distance(rgb, color_rgb(i));

		if (i == 0 && is_visible_on_black(rgb))
			continue;
		if (far < best) {
			best = far;
			nearest = i;
		}
	}
	return nearest;
}

/* ---- few colours ---- */

enum { CHROMA_LEAST = 0x30, LIGHT_LEAST = 0xc0, BRIGHT_LEAST = 0xd0 };
enum { DIM_LEAST = 0x60, DIM_MOST = 0xa0 };

static int lightest(uint32_t rgb)
{
	int high = channel(rgb, 16) > channel(rgb, 8) ? channel(rgb, 16) : channel(rgb, 8);

	return high > channel(rgb, 0) ? high : channel(rgb, 0);
}

static int darkest(uint32_t rgb)
{
	int low = channel(rgb, 16) < channel(rgb, 8) ? channel(rgb, 16) : channel(rgb, 8);

	return low < channel(rgb, 0) ? low : channel(rgb, 0);
}

static bool is_grey(uint32_t rgb)
{
	return lightest(rgb) - darkest(rgb) < CHROMA_LEAST;
}

/* A soft green is nearer to white than to green, yet it is green that it says. Of dark colours only
 * the strongest channels count: they are for light backgrounds, where cyan and yellow cannot be
 * read. */
static int nearest_hue(uint32_t rgb, int colors)
{
	int span = lightest(rgb) - darkest(rgb);
	int least = darkest(rgb) + (lightest(rgb) >= LIGHT_LEAST ? span / 2 : span * 3 / 4);
	int hue = (channel(rgb, 16) >= least) | (channel(rgb, 8) >= least) << 1 |
		(channel(rgb, 0) >= least) << 2;

	return colors >= BRIGHT_COLORS && lightest(rgb) >= BRIGHT_LEAST ? hue + BASE_COLORS : hue;
}

void theme_reduce(struct theme *theme, int colors)
{
	if (colors >= ALL_COLORS)
		return;
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		struct style *style = &theme->styles[i];
		uint32_t rgb = (uint32_t)style->foreground & 0xffffff;

		if (style->foreground == COLOR_DEFAULT || !(style->foreground & COLOR_RGB) ||
			style->background != COLOR_DEFAULT || !is_grey(rgb))
			continue;
		style->foreground = COLOR_DEFAULT;
		style->is_dim |= lightest(rgb) >= DIM_LEAST && lightest(rgb) <= DIM_MOST;
	}
}

int theme_nearest(int32_t color, int colors)
{
	uint32_t rgb;

	if (color == COLOR_DEFAULT || colors < BASE_COLORS)
		return COLOR_DEFAULT;
	if (!(color & COLOR_RGB) && color < colors)
		return color;
	rgb = color & COLOR_RGB ? (uint32_t)color & 0xffffff : color_rgb(color);
	if (colors >= ALL_COLORS) /* the first 16 are the user's: nobody knows how they look */
		return nearest_of(rgb, BRIGHT_COLORS, ALL_COLORS);
	if ((color & COLOR_RGB) && !is_grey(rgb))
		return nearest_hue(rgb, colors);
	return nearest_of(rgb, 0, colors >= BRIGHT_COLORS ? BRIGHT_COLORS : BASE_COLORS);
}
