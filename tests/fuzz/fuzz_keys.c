/* Fuzzes the decoder of terminal input: whatever comes and however it is cut into reads, it stays
 * in its bounds, gives only keys there are, and never stops taking. Input: a byte for the size of
 * the reads, then what the terminal sends. */
#include "base/text.h"
#include "ui/input.h"
#include "ui/key.h"
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	text_init();
	return 0;
}

static void claim(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static void take_all(struct input *input, bool is_final)
{
	int key;

	while ((key = input_key(input, is_final)) != KEY_NONE) {
		bool is_character = key >= ' ' && key < KEY_FIRST_NAMED &&
			!(key >= 0x80 && key < 0xA0) && !(key >= 0xD800 && key < 0xE000);
		bool is_control = key >= 1 && key <= 27;
		bool is_named = key >= KEY_FIRST_NAMED && key <= KEY_CODE_FOCUS_OUT;

		claim(input->report_count <= sizeof input->report, "an answer within its room");
		claim(key != KEY_CODE_MOUSE || (input->mouse.row >= 0 && input->mouse.column >= 0),
			"a place on the screen");
		claim(is_character || is_control || is_named, "a key there is");
	}
	claim(input_room(input) > 0, "there is always room for more");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct input input = {.takes_paste = size > 0 && data[0] & 0x40};
	size_t step;

	if (size == 0)
		return 0;
	step = data[0] % 64 + 1U;
	for (size_t at = 1; at < size; at += step) {
		size_t left = size - at < step ? size - at : step;
		size_t room = input_room(&input);

		input.now_ms += data[at];
		input_put(&input, data + at, left < room ? left : room);
		take_all(&input, data[0] & 0x80 && at % 3 == 0);
	}
	input.now_ms += 1000;
	take_all(&input, true);
	claim(input.is_in_paste || !input_is_partial(&input), "nothing waits for ever");
	return 0;
}
