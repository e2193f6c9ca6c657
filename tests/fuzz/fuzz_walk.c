/* Fuzzes the walk through JSON text and what its texts stand for. Input: the text. */
#include "base/json_walk.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
	(void)argc;
	(void)argv;
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

static void check_text(const char *raw, size_t raw_bytes)
{
	char text[128], clean[128];
	size_t bytes = json_walk_text(text, sizeof text, raw, raw_bytes);

	claim(bytes < sizeof text && text[bytes] == '\0', "bounded");
	claim(text_clean(clean, sizeof clean, text, bytes) == bytes && strcmp(clean, text) == 0,
		"clean");
}

static void check_part(const char *part, size_t bytes, const char *text, size_t size)
{
	if (!part)
		return;
	claim(part >= text && part + bytes <= text + size, "inside the text");
	check_text(part, bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *text = (const char *)data;
	struct json_walk walk;
	struct json_item item;
	int depth = 0;
	size_t count = 0;

	json_walk_begin(&walk, text, size);
	while (json_walk_next(&walk, &item)) {
		claim(item.depth >= 0 && item.depth <= depth + 1, "never deeper by more than one");
		claim((item.depth == 0) == (count == 0), "one whole");
		claim(item.depth <= JSON_WALK_DEPTH_MAX, "not too deep");
		claim(++count <= size, "every value takes a byte");
		check_part(item.name, item.name_bytes, text, size);
		check_part(item.text, item.text_bytes, text, size);
		depth = item.depth;
	}
	claim(json_walk_is_whole(text, size) == !walk.is_bad, "the same twice");
	claim(walk.is_bad || count > 0, "nothing is no JSON");
	check_text(text, size);
	return 0;
}
