/* Small pictures made of characters. Pure. */
#include "ui/chart.h"
#include "base/clock.h"
#include <string.h>

enum { BARS = 4 };

/* Appends text as a whole or not at all. */
static void append(char *dst, size_t dst_bytes, size_t *used, const char *text)
{
	size_t bytes = strlen(text);

	if (*used + bytes >= dst_bytes)
		return;
	memcpy(dst + *used, text, bytes + 1);
	*used += bytes;
}

void chart_bars(char *dst, size_t dst_bytes, int bars, bool is_ascii)
{
	static const char *const full[BARS] = {"▂", "▄", "▆", "█"};
	size_t used = 0;

	if (dst_bytes == 0)
		return;
	dst[0] = '\0';
	for (int i = 0; i < BARS; i++) {
		const char *bar = i >= bars ? (is_ascii ? "." : "·") : is_ascii ? "#" : full[i];

		append(dst, dst_bytes, &used, bar);
	}
}

/* Which of steps levels the value is on; beyond low and high it is on the nearest. */
static size_t level(int64_t value, int64_t low, int64_t high, size_t steps)
{
	double part;

	if (high <= low)
		return value > low ? steps - 1 : 0;
	part = ((double)value - (double)low) / ((double)high - (double)low);
	if (part <= 0)
		return 0;
	if (part >= 1)
		return steps - 1;
	return (size_t)(part * (double)steps);
}

void chart_sparkline(char *dst, size_t dst_bytes, const int64_t *values, size_t count, int cells,
	int64_t low, int64_t high, bool is_ascii)
{
	static const char *const blocks[] = {"▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"};
	static const char *const signs[] = {"_", ".", "-", "=", "#"};
	const char *const *steps = is_ascii ? signs : blocks;
	size_t step_count =
		is_ascii ? sizeof signs / sizeof signs[0] : sizeof blocks / sizeof blocks[0];
	size_t used = 0;
	size_t shown = cells < 0 ? 0 : (size_t)cells;

	if (dst_bytes == 0)
		return;
	dst[0] = '\0';
	for (size_t i = count > shown ? count - shown : 0; i < count; i++)
		append(dst, dst_bytes, &used,
			values[i] == UNKNOWN ? " "
					     : steps[level(values[i], low, high, step_count)]);
}
