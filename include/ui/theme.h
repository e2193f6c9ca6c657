/* Colours of roles. A theme is made from name/value pairs (config.c reads the file). Pure. */
#ifndef UI_THEME_H
#define UI_THEME_H

#include "base/err.h"
#include "ui/role.h"
#include <stdbool.h>
#include <stdint.h>

enum { COLOR_DEFAULT = -1, COLOR_RGB = 0x01000000 };

struct style {
	int32_t foreground; /* COLOR_DEFAULT, 0..255, or COLOR_RGB | 0xrrggbb */
	int32_t background;
	bool is_bold, is_dim, is_underlined, is_reversed;
};

struct theme {
	char name[32];
	struct style styles[ROLE_COUNT];
};

/* The built-in one: 16 colours over the user's own palette; complete without any file. */
void theme_default(struct theme *theme);
/* "warn" = "yellow bold", "#ffaa00 on #202020", "208 underline"; unknown roles and words are
 * refused with the nearest right one. */
bool theme_set(struct theme *theme, const char *role, const char *value, struct err *err);
/* Without colour: bold, underline and reverse only (NO_COLOR, mono). */
void theme_strip_color(struct theme *theme);
/* Where there are fewer than 256: greys become the terminal's own text, dim or not, which can be
 * read on any background. */
void theme_reduce(struct theme *theme, int colors);
/* Nearest colour among 8, 16 or 256 for an RGB or indexed one. */
int theme_nearest(int32_t color, int colors);

#endif
