/* Small pictures made of characters. Pure. */
#ifndef UI_CHART_H
#define UI_CHART_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Signal bars for 0..4: "▂▄▆█" with missing ones as "_"-like dots; ascii "####" and "....". */
void chart_bars(char *dst, size_t dst_bytes, int bars, bool is_ascii);
/* One character a value, "▁▂▃▄▅▆▇█" between low and high (ascii "_.-=#"), blank for UNKNOWN. The
 * newest cells values are drawn when there are more. */
void chart_sparkline(char *dst, size_t dst_bytes, const int64_t *values, size_t count, int cells,
	int64_t low, int64_t high, bool is_ascii);

#endif
