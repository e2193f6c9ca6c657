/* Mouse reports become clicks and turns of the wheel (terminal.md (c)). Pure; for ui/input.c. */
#ifndef UI_MOUSE_H
#define UI_MOUSE_H

#include "ui/input.h"

/* parameters "b;column;row" of ESC [ < ... M (press) or m (release): KEY_CODE_MOUSE when something
 * came of it, input->mouse says what; else KEY_NONE. */
int mouse_key(struct input *input, const unsigned char *parameters, size_t bytes, bool is_release);

/* The three bytes behind ESC [ M of terminals that know no better. */
int mouse_key_old(struct input *input, const unsigned char bytes[3]);

#endif
