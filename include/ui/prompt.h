/* One line of input at the bottom (filter, command, :copytest). UTF-8, bounded. Main thread. */
#ifndef UI_PROMPT_H
#define UI_PROMPT_H

#include "ui/canvas.h"

enum { PROMPT_BYTES = 128, PROMPT_LABEL_BYTES = 64 };

struct prompt {
	char label[PROMPT_LABEL_BYTES];
	char text[PROMPT_BYTES];
	size_t cursor; /* byte offset */
	bool is_open;
};

enum prompt_result { PROMPT_CHANGED, PROMPT_ACCEPTED, PROMPT_CANCELLED, PROMPT_IGNORED };

void prompt_open(struct prompt *prompt, const char *label, const char *text);
/* Typing, Left/Right/Home/End, Backspace, Delete, Ctrl-U, Ctrl-W; Enter accepts, Esc cancels.
 * IGNORED: not for the prompt (arrows up and down, page keys): the view may have it. */
enum prompt_result prompt_key(struct prompt *prompt, int key);
/* Returns the column of the cursor. */
int prompt_draw(const struct prompt *prompt, struct canvas *canvas, int row);

#endif
