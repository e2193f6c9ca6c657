/* A column of a band of a sixel: a short stack of entries, each a colour and which of the six
 * pixels have it. Branches would be taken by chance here, and each one that the processor guesses
 * wrong costs more than all the rest: so there are none. For media/encode_sixel.c. Pure. */
#ifndef MEDIA_SIXEL_COLUMN_H
#define MEDIA_SIXEL_COLUMN_H

#include <stdbool.h>
#include <stdint.h>

/* A byte for each entry, the first one lowest, zero above. */
struct column {
	uint64_t colors;
	uint64_t bits; /* the highest pixel is 1 */
	int count;
};

static inline int color_at(const struct column *column, int shift)
{
	return (int)(column->colors >> shift & 0xff);
}

/* Eight comparisons at once: the upper bit of each byte that is the colour; above the first such
 * byte it may be of others too. */
static inline uint64_t match(uint64_t colors, int color)
{
	const uint64_t ones = 0x0101010101010101, upper = 0x8080808080808080;
	uint64_t other = colors ^ ones * (uint64_t)color;
	return (other - ones) & ~other & upper;
}

static inline uint64_t end_of(const struct column *column)
{
	return UINT64_C(0x80) << (8 * column->count);
}

/* By how many bits its entry is shifted; where the stack ends if it has none. */
static inline int find_color(const struct column *column, int color)
{
	return __builtin_ctzll(match(column->colors, color) | end_of(column)) & ~7;
}

static inline bool has_color(const struct column *column, int color)
{
	return (match(column->colors, color) & (end_of(column) - 1)) != 0;
}

static inline void add_pixel(struct column *column, int row, int color)
{
	int shift = find_color(column, color);
	column->colors |= (uint64_t)color << shift;
	column->bits |= UINT64_C(1) << (shift + row);
	column->count += shift == 8 * column->count;
}

static inline int bits_at(const struct column *column, int shift)
{
	return (int)(column->bits >> shift & 0xff);
}

/* The last entry comes to its place. */
static inline void remove_at(struct column *column, int shift)
{
	int last = 8 * --column->count;
	uint64_t color = (uint64_t)color_at(column, last), bits = (uint64_t)bits_at(column, last);
	color ^= (uint64_t)color_at(column, shift);
	bits ^= (uint64_t)bits_at(column, shift);
	column->colors = (column->colors ^ color << shift) & ((UINT64_C(1) << last) - 1);
	column->bits = (column->bits ^ bits << shift) & ((UINT64_C(1) << last) - 1);
}

#endif
