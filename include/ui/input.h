/* Bytes from a terminal become keys: UTF-8, and the escape sequences of every terminal in use. What
 * is not known (mouse reports, pasted text, late answers) is swallowed, never taken for keys. Pure;
 * main thread. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>

enum { INPUT_BYTES = 256 };

struct input {
	unsigned char bytes[INPUT_BYTES];
	size_t count;
	bool is_in_string; /* between ESC ] (or P X ^ _) and its end */
	bool is_in_paste;  /* between ESC [200~ and ESC [201~ */
};

/* How many bytes can be put now (0 only before input_key was asked). */
size_t input_room(const struct input *input);
void input_put(struct input *input, const void *bytes, size_t count);

/* The next key; KEY_NONE when there is none. A lone ESC could be the beginning of a sequence: it is
 * a key only when is_final says that nothing followed in time; unfinished sequences are dropped
 * then. */
int input_key(struct input *input, bool is_final);

/* Whether something unfinished waits, so that it is worth waiting for the rest. */
bool input_is_partial(const struct input *input);

#endif
