/* Fuzzes text_clean. Input: one byte for the size of the destination, then the text. */
#include "base/text.h"
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

static bool is_between(uint32_t code_point, uint32_t first, uint32_t last)
{
	return code_point >= first && code_point <= last;
}

/* By the words of terminal.md (d), not by the tables of text_clean. */
static void check_code_point(uint32_t code_point)
{
	claim(code_point >= 0x20 && !is_between(code_point, 0x7F, 0x9F), "no control");
	claim(!is_between(code_point, 0x202A, 0x202E), "no bidi embedding");
	claim(!is_between(code_point, 0x2066, 0x2069), "no bidi isolate");
	claim(!is_between(code_point, 0x200B, 0x200F), "no zero width");
	claim(code_point != 0x2060 && code_point != 0xFEFF, "no joiner");
	claim(!is_between(code_point, 0xE0000, 0xE007F), "no tag");
}

static void check_text(const char *text, size_t len)
{
	int marks = 0;

	for (size_t at = 0; at < len;) {
		uint32_t code_point;
		size_t bytes = text_decode(text + at, len - at, &code_point);

		claim(code_point != 0xFFFD || memcmp(text + at, "\xEF\xBF\xBD", 3) == 0,
			"valid UTF-8");
		check_code_point(code_point);
		marks = text_code_width(code_point) == 0 ? marks + 1 : 0;
		claim(marks <= 4, "at most four marks");
		claim(at > 0 || marks == 0, "begins with a base");
		at += bytes;
	}
}

/* Any cut by columns is a cut between characters, and the two parts add up. */
static void check_columns(const char *text, size_t len)
{
	int width = text_width(text);
	int used;
	size_t bytes = text_fit(text, width / 2, &used);

	claim(text_fit(text, width, NULL) == len, "all of it fits into its width");
	claim(used <= width / 2, "no more columns than there are");
	claim(used + text_width(text + bytes) == width, "the parts add up");
	check_text(text + bytes, len - bytes);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	size_t bound;
	size_t len;
	char *text;
	char *again;

	if (size == 0)
		return 0;
	bound = data[0] == 255 ? 4 * size : data[0];
	text = malloc(bound); /* of exactly that size: the sanitizer watches its end */
	again = malloc(bound);
	if (bound > 0 && text && again) {
		len = text_clean(text, bound, (const char *)data + 1, size - 1);
		claim(len < bound && text[len] == '\0', "bounded and terminated");
		claim(strlen(text) == len, "no NUL inside");
		check_text(text, len);
		check_columns(text, len);
		claim(text_clean(again, bound, text, len) == len, "stable length");
		claim(memcmp(text, again, len) == 0, "stable");
	}
	free(text);
	free(again);
	return 0;
}
