/* Tests of what the mouse does, by ui/input.h. */
#include "base/text.h"
#include "ui/input.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <string.h>

static struct input input;

static void open_input(void)
{
	text_init();
	memset(&input, 0, sizeof input);
	input.now_ms = 5000;
}

TestSuite(mouse, .init = open_input);

/* What the bytes are after the time has moved on. */
static int key_of(const char *bytes, int64_t later_ms)
{
	input.now_ms += later_ms;
	input_put(&input, bytes, strlen(bytes));
	return input_key(&input, false);
}

Test(mouse, a_click_is_where_it_was_pressed)
{
	cr_assert_eq(key_of("\033[<0;33;12M", 0), KEY_NONE);
	cr_assert_eq(key_of("\033[<0;34;11m", 400), KEY_CODE_MOUSE);
	cr_assert_eq(input.mouse.kind, MOUSE_CLICK);
	cr_assert_eq(input.mouse.row, 11);
	cr_assert_eq(input.mouse.column, 32);
	cr_assert_eq(input.mouse.button, 0);
}

Test(mouse, what_is_released_elsewhere_or_late_or_otherwise_is_nothing)
{
	static const struct {
		const char *press, *release;
		int64_t later_ms;
	} drags[] = {
		{"\033[<0;33;12M", "\033[<0;35;12m", 10},
		{"\033[<0;33;12M", "\033[<0;33;14m", 10},
		{"\033[<0;33;12M", "\033[<0;33;12m", 401},
		{"\033[<0;33;12M", "\033[<2;33;12m", 10},
		{"\033[<0;33;12M", "\033[<32;33;12M", 10},
		{"\033[<32;33;12M", "\033[<32;33;12m", 10},
		{"\033[<128;33;12M", "\033[<128;33;12m", 10},
		{"\033[<0;0;12M", "\033[<0;0;12m", 10},
		{"", "\033[<0;33;12m", 10},
		{"\033[M !!", "\033[M###", 500},
	};

	for (size_t i = 0; i < sizeof drags / sizeof drags[0]; i++) {
		cr_assert_eq(key_of(drags[i].press, 0), KEY_NONE, "case %zu", i);
		cr_assert_eq(key_of(drags[i].release, drags[i].later_ms), KEY_NONE, "case %zu", i);
		cr_assert_eq(key_of("\033[<0;9;9m", 0), KEY_NONE, "case %zu: released twice", i);
	}
}

Test(mouse, knows_buttons_and_lets_modifiers_be)
{
	static const struct {
		const char *press, *release;
		int button;
	} clicks[] = {
		{"\033[<1;5;5M", "\033[<1;5;5m", 1},
		{"\033[<2;5;5M", "\033[<2;5;5m", 2},
		{"\033[<20;5;5M", "\033[<20;5;5m", 0},
		{"\033[M\"%%", "\033[M#%%", 2},
	};

	for (size_t i = 0; i < sizeof clicks / sizeof clicks[0]; i++) {
		cr_assert_eq(key_of(clicks[i].press, 0), KEY_NONE, "case %zu", i);
		cr_assert_eq(key_of(clicks[i].release, 50), KEY_CODE_MOUSE, "case %zu", i);
		cr_assert_eq(input.mouse.button, clicks[i].button, "case %zu", i);
		cr_assert_eq(input.mouse.row, 4, "case %zu", i);
		cr_assert_eq(input.mouse.column, 4, "case %zu", i);
	}
}

Test(mouse, the_wheel_turns_at_once)
{
	cr_assert_eq(key_of("\033[<64;300;150M", 0), KEY_CODE_MOUSE);
	cr_assert_eq(input.mouse.kind, MOUSE_WHEEL_UP);
	cr_assert_eq(input.mouse.row, 149);
	cr_assert_eq(input.mouse.column, 299);
	cr_assert_eq(key_of("\033[<81;1;1M", 0), KEY_CODE_MOUSE);
	cr_assert_eq(input.mouse.kind, MOUSE_WHEEL_DOWN);
	cr_assert_eq(key_of("\033[<65;1;1m", 0), KEY_NONE);
	cr_assert_eq(key_of("\033[<67;1;1M", 0), KEY_NONE);
}
