/* Tests of ui/prompt.h. */
#include "ui/prompt.h"
#include "base/text.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct prompt prompt;

static void open_prompt(void)
{
	text_init();
	prompt_open(&prompt, "/", "");
}

TestSuite(prompt, .init = open_prompt);

/* Types every code point of text. */
static void type(const char *text)
{
	while (*text) {
		uint32_t code_point;

		text += text_decode(text, strlen(text), &code_point);
		cr_assert_eq(prompt_key(&prompt, (int)code_point), PROMPT_CHANGED);
	}
}

static void press(int key)
{
	cr_assert_eq(prompt_key(&prompt, key), PROMPT_CHANGED);
}

static void assert_text(const char *text, size_t cursor)
{
	cr_assert_str_eq(prompt.text, text);
	cr_assert_eq(prompt.cursor, cursor, "the cursor is at %zu", prompt.cursor);
}

Test(prompt, takes_what_is_typed_where_the_cursor_is)
{
	type("tmeout");
	press(KEY_CODE_HOME);
	press(KEY_CODE_RIGHT);
	type("i");
	assert_text("timeout", 2);
	press(KEY_CODE_END);
	type(" q");
	assert_text("timeout q", 9);
	press(KEY_CODE_HOME);
	press(KEY_CODE_LEFT);
	assert_text("timeout q", 0);
}

Test(prompt, opens_with_a_text_and_the_cursor_behind_it)
{
	prompt_open(&prompt, "/", "sess");
	cr_assert(prompt.is_open);
	assert_text("sess", 4);
}

Test(prompt, moves_and_deletes_whole_characters)
{
	type("a漢e\u0301b");
	press(KEY_CODE_LEFT);
	press(KEY_CODE_LEFT);
	assert_text("a漢e\u0301b", 4);
	press(KEY_CODE_DELETE);
	assert_text("a漢b", 4);
	press(KEY_CODE_BACKSPACE);
	assert_text("ab", 1);
	press(KEY_CODE_BACKSPACE);
	press(KEY_CODE_BACKSPACE);
	assert_text("b", 0);
	press(KEY_CODE_DELETE);
	press(KEY_CODE_DELETE);
	assert_text("", 0);
}

Test(prompt, ctrl_w_deletes_a_word_and_ctrl_u_all_before_the_cursor)
{
	type("after close  timeout ");
	press(23);
	assert_text("after close  ", 13);
	press(23);
	assert_text("after ", 6);
	type("x y");
	press(KEY_CODE_LEFT);
	press(21);
	assert_text("y", 0);
}

Test(prompt, enter_accepts_and_escape_cancels)
{
	type("x");
	cr_assert_eq(prompt_key(&prompt, KEY_CODE_ENTER), PROMPT_ACCEPTED);
	cr_assert_not(prompt.is_open);
	assert_text("x", 1);
	prompt_open(&prompt, "/", "y");
	cr_assert_eq(prompt_key(&prompt, KEY_CODE_ESCAPE), PROMPT_CANCELLED);
	cr_assert_not(prompt.is_open);
}

Test(prompt, leaves_to_the_view_what_is_not_for_it)
{
	static const int keys[] = {KEY_CODE_UP, KEY_CODE_DOWN, KEY_CODE_PAGE_UP, KEY_CODE_PAGE_DOWN,
		KEY_CODE_TAB, KEY_CODE_BACK_TAB, KEY_CODE_F1, 12};

	type("x");
	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		cr_assert_eq(prompt_key(&prompt, keys[i]), PROMPT_IGNORED, "key %d", keys[i]);
	assert_text("x", 1);
}

Test(prompt, is_bounded_and_never_cuts_a_character)
{
	for (int i = 0; i < 200; i++)
		prompt_key(&prompt, 0x6f22);
	cr_assert_eq(strlen(prompt.text), (PROMPT_BYTES - 1) / 3 * 3);
	cr_assert_eq(prompt.cursor, strlen(prompt.text));
	prompt_open(&prompt,
		"a label that is far too long even for the one that asks for the paste of a test",
		prompt.text);
	cr_assert_eq(strlen(prompt.label), sizeof prompt.label - 1);
}

Test(prompt, keeps_the_cursor_on_the_screen_where_its_label_is_wider)
{
	struct canvas canvas;

	cr_assert(canvas_init(&canvas, 1, 12));
	prompt_open(&prompt, "paste here and press Enter: ", "");
	cr_assert_eq(prompt_draw(&prompt, &canvas, 0), 11);
	prompt_key(&prompt, 'x');
	cr_assert_eq(prompt_draw(&prompt, &canvas, 0), 11);
	canvas_release(&canvas);
}

Test(prompt, takes_a_pasted_text_in_any_script_up_to_its_bounds)
{
	static const int pasted[] = {'K', 0xfc, 0x442, 0x6f22, 0x1f600, ' ', 'a'};
	char wanted[] = "K\xc3\xbc\xd1\x82\xe6\xbc\xa2\xf0\x9f\x98\x80 a";

	prompt_open(&prompt, ":", "");
	for (size_t i = 0; i < sizeof pasted / sizeof pasted[0]; i++)
		cr_assert_eq(prompt_key(&prompt, pasted[i]), PROMPT_CHANGED);
	assert_text(wanted, strlen(wanted));
}

Test(prompt, takes_no_invisible_characters)
{
	static const int keys[] = {0x200b, 0x202e, 0xfeff, 0xe0041, 0xd800, 0x80, 0x9b};

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
		prompt_key(&prompt, keys[i]);
	assert_text("", 0);
}

Test(prompt, draws_itself_and_keeps_the_cursor_on_the_screen)
{
	struct canvas canvas;
	char row[128];

	cr_assert(canvas_init(&canvas, 2, 12));
	canvas_fill(&canvas, 1, 0, 12, ROLE_TEXT, '#');
	type("sess");
	cr_assert_eq(prompt_draw(&prompt, &canvas, 1), 5);
	canvas_row_text(&canvas, 1, row, sizeof row);
	cr_assert_str_eq(row, "/sess");
	type("ion 漢字 timeout");
	cr_assert_eq(prompt_draw(&prompt, &canvas, 1), 11);
	canvas_row_text(&canvas, 1, row, sizeof row);
	cr_assert_str_eq(row, "/字 timeout");
	press(KEY_CODE_HOME);
	cr_assert_eq(prompt_draw(&prompt, &canvas, 1), 1);
	canvas_row_text(&canvas, 1, row, sizeof row);
	cr_assert_str_eq(row, "/session 漢");
	canvas_release(&canvas);
}
