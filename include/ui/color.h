/* Colours as numbers (ui/theme.h says which): from words, and to what a terminal has. Pure. */
#ifndef UI_COLOR_H
#define UI_COLOR_H

#include <stdbool.h>
#include <stdint.h>

/* "red", "bright-blue", "default", "208", "#ffaa00". */
bool color_parse(const char *word, int32_t *color);

/* 0xrrggbb of one of the 256 colours as xterm has them. */
uint32_t color_rgb(int index);

#endif
