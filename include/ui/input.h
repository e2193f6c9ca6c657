/* Bytes from a terminal become keys: UTF-8, and the escape sequences of every terminal in use. What
 * is not known is swallowed, never taken for keys. Pure;
 * main thread. */
#ifndef UI_INPUT_H
#define UI_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { INPUT_BYTES = 256 };

/* What the mouse did. Only whole clicks and the wheel: a press that is released elsewhere or later
 * was a drag (terminal.md (c)). */
enum mouse_kind { MOUSE_CLICK, MOUSE_WHEEL_UP, MOUSE_WHEEL_DOWN };
struct mouse {
	enum mouse_kind kind;
	int row, column; /* from 0 */
	int button;      /* 0 left, 1 middle, 2 right */
};

struct input {
	unsigned char bytes[INPUT_BYTES];
	size_t count;
	bool is_in_string;  /* between ESC ] (or P X ^ _) and its end */
	bool is_in_excess;  /* within an ESC [ sequence longer than the buffer */
	bool is_in_paste;   /* between ESC [200~ and ESC [201~ */
	bool takes_paste;   /* pasted characters are keys (a prompt is open); controls are not */
	struct mouse mouse; /* of the last KEY_CODE_MOUSE */
	bool is_pressed;    /* a button is held, since: */
	struct mouse pressed;
	int64_t pressed_at_ms;
	int64_t unfinished_at_ms; /* when what is unfinished began */
	int64_t now_ms; /* monotonic, set by the owner before input_put: what is one click */
	/* An answer of the terminal, a whole sequence (CSI private, CSI t, DCS, OSC): of the last
	 * KEY_CODE_REPORT. Longer ones are dropped. */
	char report[INPUT_BYTES];
	size_t report_count;
	bool is_report_cut; /* it did not fit */
};

/* How many bytes can be put now (0 only before input_key was asked). */
size_t input_room(const struct input *input);
void input_put(struct input *input, const void *bytes, size_t count);

/* The next key; KEY_NONE when there is none. A lone ESC could be the beginning of a sequence: it is
 * a key only when is_final says that nothing followed in time. Then the mere beginning of a
 * sequence (Alt and a key) is dropped; of one that nobody can have typed the rest may come within a
 * second, so that an answer that a slow link cut in two is never taken for keys. */
int input_key(struct input *input, bool is_final);

/* Whether something unfinished waits, so that it is worth waiting for the rest. */
bool input_is_partial(const struct input *input);

#endif
