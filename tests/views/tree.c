/* JSON as a tree in a document. */
#include "views/tree.h"
#include "base/buf.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

enum { ROWS = 40, SCREEN_BYTES = 1 << 15 };

static struct doc *doc;
static char screen[SCREEN_BYTES];

static void open_doc(void)
{
	text_init();
	doc = doc_new();
}

static void close_doc(void)
{
	doc_free(doc);
}

TestSuite(tree, .init = open_doc, .fini = close_doc);

/* The document as it is on a screen, without margins and blanks at the ends. */
static const char *draw(int columns)
{
	struct canvas canvas = {.rows = 0};
	size_t used = 0;

	cr_assert(canvas_init(&canvas, ROWS, columns));
	doc_draw(doc, &canvas, (struct area){.rows = ROWS, .columns = columns});
	for (int row = 0; row < ROWS && row < doc_lines(doc); row++) {
		size_t begin = used;

		canvas_row_text(&canvas, row, screen + used, sizeof(screen) - used);
		memmove(screen + used, screen + used + 2, strlen(screen + used + 2) + 1);
		used += strlen(screen + used);
		while (used > begin && screen[used - 1] == ' ')
			used--;
		used += (size_t)snprintf(screen + used, sizeof(screen) - used, "\n");
	}
	canvas_release(&canvas);
	return screen;
}

static void expect(const char *json, int columns, const char *wanted)
{
	doc_clear(doc);
	tree_write(doc, json, columns);
	cr_expect_str_eq(draw(columns), wanted, "of %s:\n%s", json, screen);
}

Test(tree, has_a_line_for_each_value_below_what_it_is_in)
{
	expect("{\"frame\":12345,\"detector\":{\"model\":\"yolov8n\",\"token\":\"***\"},"
	       "\"tags\":[\"a\",\"b\"],\"zones\":[{\"id\":1}],\"none\":null,\"on\":true,"
	       "\"empty\":{},\"list\":[],\"text\":\"\"}",
		60,
		"frame             12345\n"
		"detector\n"
		"  model           yolov8n\n"
		"  token           ***\n"
		"tags\n"
		"  [0]             a\n"
		"  [1]             b\n"
		"zones\n"
		"  [0]\n"
		"    id            1\n"
		"none              null\n"
		"on                true\n"
		"empty             {}\n"
		"list              []\n"
		"text              \"\"\n");
}

Test(tree, puts_values_behind_the_widest_name_that_is_not_too_wide)
{
	expect("{\"a\":1,\"inferenceMilliseconds\":2,\"aVeryLongNameThatGoesOnAndOnAndOn\":3}", 90,
		"a                      1\n"
		"inferenceMilliseconds  2\n"
		"aVeryLongNameThatGoesOnAndOnAndOn  3\n");
}

Test(tree, breaks_long_values_below_their_names)
{
	expect("{\"source\":\"one two three four five six seven\"}", 40,
		"source\n"
		"  one two three four five six seven\n");
	expect("{\"s\":\"one two three four five six seven eight nine\"}", 40,
		"s\n"
		"  one two three four five six seven\n"
		"  eight nine\n");
}

Test(tree, of_a_single_value_is_the_value)
{
	expect("42", 40, "42\n");
	expect("\"words\"", 40, "words\n");
	expect("[]", 40, "[]\n");
	expect("{}", 40, "{}\n");
	expect("[1,2]", 40, "[0]         1\n[1]         2\n");
}

Test(tree, of_nothing_says_so)
{
	expect(NULL, 40, "none\n");
	expect("", 40, "none\n");
	expect("null", 40, "none\n");
}

Test(tree, shows_what_is_no_json_as_text)
{
	expect("{\"frame\":1,\"detec", 40, "no JSON, as it is:\n{\"frame\":1,\"detec\n");
	expect("plain words", 40, "no JSON, as it is:\nplain words\n");
}

Test(tree, lets_nothing_harmful_through)
{
	expect("{\"\\u001b[2J\":\"\\u202egpj.exe\"}", 40, "[2J         \xef\xbf\xbdgpj.exe\n");
	expect("\x1b[31m cut {", 40, "no JSON, as it is:\n[31m cut {\n");
}

static void repeat(struct buf *out, const char *text, int times)
{
	for (int i = 0; i < times; i++)
		buf_text(out, text);
}

Test(tree, is_bounded_in_depth)
{
	struct buf json;

	buf_init(&json, 1 << 16);
	repeat(&json, "{\"a\":", 100);
	buf_text(&json, "1");
	repeat(&json, "}", 100);
	tree_write(doc, json.data, 80);
	cr_assert_eq(doc_lines(doc), TREE_DEPTH_MAX);
	doc_last(doc, ROWS);
	cr_assert(strstr(draw(80), "…"));
	/* Beside it there is still room. */
	doc_clear(doc);
	buf_clear(&json);
	buf_text(&json, "[");
	repeat(&json, "[", 100);
	repeat(&json, "]", 100);
	buf_text(&json, ",7]");
	tree_write(doc, json.data, 80);
	cr_assert_eq(doc_lines(doc), TREE_DEPTH_MAX + 1);
	buf_release(&json);
}

Test(tree, is_bounded_in_lines)
{
	struct buf json;

	buf_init(&json, 1 << 16);
	buf_text(&json, "[0");
	repeat(&json, ",1", 5000);
	buf_text(&json, "]");
	tree_write(doc, json.data, 80);
	cr_assert_eq(doc_lines(doc), TREE_LINES_MAX + 1);
	doc_last(doc, ROWS);
	cr_assert(strstr(draw(80), "(there is more: it is not shown)"));
	buf_release(&json);
}

Test(tree, of_exactly_as_many_lines_says_nothing_of_more)
{
	struct buf json;

	buf_init(&json, 1 << 16);
	buf_text(&json, "[0");
	repeat(&json, ",1", TREE_LINES_MAX - 1);
	buf_text(&json, "]");
	tree_write(doc, json.data, 80);
	cr_assert_eq(doc_lines(doc), TREE_LINES_MAX);
	buf_release(&json);
}

Test(tree, of_too_many_bytes_is_the_beginning_as_text)
{
	struct buf json;

	buf_init(&json, 1 << 20);
	buf_text(&json, "[\"");
	repeat(&json, "long ", TREE_BYTES_MAX / 5);
	buf_text(&json, "\"]");
	tree_write(doc, json.data, 80);
	cr_assert_gt(doc_lines(doc), 50);
	cr_assert_lt(doc_lines(doc), 200);
	cr_assert(strstr(draw(80), "no JSON, as it is:") == screen);
	buf_release(&json);
}

Test(tree, fits_the_narrowest_screen)
{
	struct buf json;

	buf_init(&json, 1 << 16);
	repeat(&json, "{\"name\":", 30);
	buf_text(&json, "\"one two three four\"");
	repeat(&json, "}", 30);
	tree_write(doc, json.data, 10);
	cr_assert_gt(doc_lines(doc), 30);
	draw(10);
	buf_release(&json);
}
