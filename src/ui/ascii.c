/* The table of ASCII stand-ins. Pure. */
#include "ui/ascii.h"
#include <stddef.h>

static const struct {
	uint16_t first;
	uint16_t last;
	char ascii;
} stand_ins[] = {
	/* In the order of code points, ranges do not overlap. */
	{0x00A0, 0x00A0, ' '}, /* no-break space */
	{0x00AB, 0x00AB, '<'}, /* « */
	{0x00AD, 0x00AD, '-'}, /* soft hyphen */
	{0x00B0, 0x00B0, 'o'}, /* ° */
	{0x00B1, 0x00B1, '~'}, /* ± */
	{0x00B5, 0x00B5, 'u'}, /* µ */
	{0x00B7, 0x00B7, '.'}, /* · */
	{0x00BB, 0x00BB, '>'}, /* » */
	{0x00D7, 0x00D7, 'x'}, /* × */
	{0x2010, 0x2015, '-'}, /* hyphens and dashes */
	{0x2018, 0x2019, '\''}, {0x201C, 0x201E, '"'}, {0x2022, 0x2022, '*'}, /* • */
	{0x2026, 0x2026, '~'},                                                /* … */
	{0x2039, 0x2039, '<'}, {0x203A, 0x203A, '>'}, {0x2190, 0x2190, '<'},  /* ← */
	{0x2191, 0x2191, '^'},                                                /* ↑ */
	{0x2192, 0x2192, '>'},                                                /* → */
	{0x2193, 0x2193, 'v'},                                                /* ↓ */
	{0x21B3, 0x21B3, '>'},                                                /* ↳ */
	{0x2212, 0x2212, '-'},                                                /* − */
	{0x2248, 0x2248, '~'},                                                /* ≈ */
	{0x2260, 0x2260, '!'},                                                /* ≠ */
	{0x2264, 0x2264, '<'},                                                /* ≤ */
	{0x2265, 0x2265, '>'},                                                /* ≥ */
	{0x2500, 0x2501, '-'},                                                /* ─ ━ */
	{0x2502, 0x2503, '|'},                                                /* │ ┃ */
	{0x2504, 0x254B, '+'},                         /* dashed lines, corners and crossings */
	{0x2550, 0x2550, '='},                         /* ═ */
	{0x2551, 0x2551, '|'},                         /* ║ */
	{0x2552, 0x256C, '+'}, {0x2580, 0x2580, '\''}, /* ▀ */
	{0x2581, 0x2581, '_'},                         /* ▁ */
	{0x2582, 0x2583, '.'},                         /* ▂ ▃ */
	{0x2584, 0x2585, '-'},                         /* ▄ ▅ */
	{0x2586, 0x2587, '='},                         /* ▆ ▇ */
	{0x2588, 0x2588, '#'},                         /* █ */
	{0x258C, 0x258C, '>'},                         /* ▌ */
	{0x258F, 0x258F, '|'},                         /* ▏ */
	{0x2591, 0x2591, '.'},                         /* ░ */
	{0x2592, 0x2592, ':'},                         /* ▒ */
	{0x2593, 0x2593, '%'},                         /* ▓ */
	{0x25A0, 0x25A1, '#'},                         /* ■ □ */
	{0x25B2, 0x25B2, '^'},                         /* ▲ */
	{0x25B4, 0x25B4, '^'},                         /* ▴ */
	{0x25B6, 0x25B6, '>'},                         /* ▶ */
	{0x25B8, 0x25B8, '>'},                         /* ▸ */
	{0x25BC, 0x25BC, 'v'},                         /* ▼ */
	{0x25BE, 0x25BE, 'v'},                         /* ▾ */
	{0x25C0, 0x25C0, '<'},                         /* ◀ */
	{0x25C6, 0x25C7, '*'},                         /* ◆ ◇ */
	{0x25CB, 0x25CB, 'o'},                         /* ○ */
	{0x25CF, 0x25CF, '*'},                         /* ● */
	{0x25D0, 0x25D1, '~'},                         /* ◐ ◑ */
	{0x2713, 0x2714, '+'},                         /* ✓ ✔ */
	{0x2717, 0x2718, 'x'},                         /* ✗ ✘ */
};

char ascii_of(uint32_t code_point)
{
	if (code_point < 0x80)
		return (char)code_point;
	for (size_t i = 0; i < sizeof stand_ins / sizeof stand_ins[0]; i++)
		if (code_point >= stand_ins[i].first && code_point <= stand_ins[i].last)
			return stand_ins[i].ascii;
	return '?';
}
