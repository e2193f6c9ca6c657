/* Keys as numbers: a Unicode code point, or one of the names below. */
#ifndef UI_KEY_H
#define UI_KEY_H

#include <stdbool.h>
#include <stddef.h>

enum key {
	KEY_NONE = 0,
	KEY_CODE_TAB = '\t',
	KEY_CODE_ENTER = '\r',
	KEY_CODE_ESCAPE = 0x1b,
	KEY_CODE_SPACE = ' ',
	KEY_CODE_BACKSPACE = 0x7f,
	KEY_FIRST_NAMED = 0x110000, /* beyond Unicode */
	KEY_CODE_UP = KEY_FIRST_NAMED,
	KEY_CODE_DOWN,
	KEY_CODE_LEFT,
	KEY_CODE_RIGHT,
	KEY_CODE_PAGE_UP,
	KEY_CODE_PAGE_DOWN,
	KEY_CODE_HOME,
	KEY_CODE_END,
	KEY_CODE_BACK_TAB,
	KEY_CODE_DELETE,
	KEY_CODE_INSERT,
	KEY_CODE_RESIZE,
	KEY_CODE_F1, /* to F12 */
	KEY_CODE_F12 = KEY_CODE_F1 + 11,
	KEY_CODE_REPORT,   /* an answer of the terminal; never leaves ui/term.c */
	KEY_CODE_MOUSE,    /* term_mouse says what happened */
	KEY_CODE_FOCUS_IN, /* the terminal's window, or the tmux pane, is looked at again */
	KEY_CODE_FOCUS_OUT,
	KEY_CODE_END_OF_INPUT /* the terminal is gone */
};

/* Control keys are 1..26. "q" "?" "space" "ctrl-l" "pgup" "f5" "esc" "tab" ... both ways. */
bool key_parse(const char *name, int *key);
void key_text(int key, char *dst, size_t dst_bytes);

#endif
