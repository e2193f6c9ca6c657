/* Tests of pictures as text. */
#include "source/base64.h"
#include <criterion/criterion.h>
#include <string.h>

static const struct {
	const char *text;
	const char *bytes; /* NULL = refused */
} texts[] = {
	{"QUJD", "ABC"},
	{"QUI=", "AB"},
	{"QQ==", "A"},
	{"QUI", "AB"},
	{"QQ", "A"},
	{"QQ=", "A"},
	{"QU\r\nJD\r\n", "ABC"},
	{" Q U\tJ D ", "ABC"},
	{"QUI\n=\n", "AB"},
	{"", ""},
	{"  ", ""},
	{"QUJDR", NULL},
	{"Q", NULL},
	{"QUJD!", NULL},
	{"QU*JD", NULL},
	{"QUI=QUJD", NULL},
	{"QQ===", NULL},
	{"QU-_", NULL},
	{"QU\x80"
	 "D",
		NULL},
	{"data:image/jpeg;base64,QUJD", NULL},
};

Test(edge, case_57_base64_with_breaks_or_without_padding_is_read_and_with_other_signs_is_not)
{
	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		unsigned char bytes[64];
		size_t count = 99, length = strlen(texts[i].text);
		bool is_good = base64_decode(bytes, &count, texts[i].text, length);

		cr_expect_eq(is_good, texts[i].bytes != NULL, "%s", texts[i].text);
		cr_expect_leq(count, base64_most(length), "%s", texts[i].text);
		if (!is_good || !texts[i].bytes)
			continue;
		cr_expect_eq(count, strlen(texts[i].bytes), "%s: %zu", texts[i].text, count);
		cr_expect_eq(memcmp(bytes, texts[i].bytes, count), 0, "%s", texts[i].text);
	}
}

Test(base64, all_values_of_a_byte_come_back)
{
	static const char text[] =
		"AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8gISIjJCUmJygpKissLS4v"
		"MDEyMzQ1Njc4OTo7PD0+P/+/8A==";
	unsigned char bytes[128];
	size_t count;

	cr_assert(base64_decode(bytes, &count, text, strlen(text)));
	cr_assert_eq(count, 67);
	for (unsigned i = 0; i < 64; i++)
		cr_expect_eq(bytes[i], i);
	cr_expect_eq(bytes[64], 0xff);
	cr_expect_eq(bytes[65], 0xbf);
	cr_expect_eq(bytes[66], 0xf0);
}
