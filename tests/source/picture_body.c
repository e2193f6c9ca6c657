/* Tests of telling pictures from what is sent instead of them. */
#include "source/picture_body.h"
#include <criterion/criterion.h>
#include <string.h>

#define BYTES(text) text, sizeof(text) - 1

static const struct {
	const char *body;
	size_t bytes;
	const char *type;
	const char *text;
} bodies[] = {
	{BYTES("\xff\xd8\xff\xe0\0\x10JFIF"), "image/jpeg", NULL},
	{BYTES("\xff\xd8"), NULL, NULL},
	{BYTES("\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "image/png", NULL},
	{BYTES("GIF89a"), "image/gif", NULL},
	{BYTES("RIFF\1\2\3\4WEBPVP8 "), "image/webp", NULL},
	{BYTES("RIFF\1\2\3\4WAVE"), NULL, NULL},
	{BYTES("BM\x36\0"), "image/bmp", NULL},
	{BYTES(""), NULL, NULL},
	{BYTES("\0\0\0\0"), NULL, NULL},
	{BYTES("\x17\x03garbage"), NULL, NULL},
	{BYTES("<!doctype html><html>"), NULL, "HTML"},
	{BYTES("\xef\xbb\xbf\r\n  <HTML lang=en>"), NULL, "HTML"},
	{BYTES("<?xml version=\"1.0\"?><Error>"), NULL, "XML"},
	{BYTES("<Error><Code>AccessDenied"), NULL, "XML"},
	{BYTES("<svg xmlns"), NULL, NULL},
	{BYTES("<"), NULL, NULL},
	{BYTES("{\"error\":\"gone\"}"), NULL, "JSON"},
	{BYTES("{ }"), NULL, "JSON"},
	{BYTES("[{\"a\":1}]"), NULL, "JSON"},
	{BYTES("{\x01\x02"), NULL, NULL},
	{BYTES("{"), NULL, NULL},
	{BYTES("[\0\0"), NULL, NULL},
};

Test(picture_body, is_told_by_its_first_bytes)
{
	for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++) {
		const char *type = picture_body_type(bodies[i].body, bodies[i].bytes);
		const char *text = picture_body_text(bodies[i].body, bodies[i].bytes);

		cr_expect_eq(type == NULL, bodies[i].type == NULL, "%zu: %s", i, type);
		cr_expect_eq(text == NULL, bodies[i].text == NULL, "%zu: %s", i, text);
		if (type && bodies[i].type)
			cr_expect_str_eq(type, bodies[i].type);
		if (text && bodies[i].text)
			cr_expect_str_eq(text, bodies[i].text);
	}
}
