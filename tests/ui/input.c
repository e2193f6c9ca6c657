/* Tests of ui/input.h and ui/term_names.h. */
#include "ui/input.h"
#include "base/text.h"
#include "ui/key.h"
#include "ui/term_names.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static struct input input;

static void open_input(void)
{
	text_init();
	memset(&input, 0, sizeof input);
}

TestSuite(input, .init = open_input);

/* What no key is called by. */
static const struct {
	int key;
	const char *name;
} events[] = {{KEY_CODE_REPORT, "REPORT"}, {KEY_CODE_MOUSE, "MOUSE"}, {KEY_CODE_FOCUS_IN, "IN"},
	{KEY_CODE_FOCUS_OUT, "OUT"}};

/* The names of all keys, blank-separated. */
static void take_keys(char *names, size_t names_bytes, bool is_final)
{
	size_t used = strlen(names);
	int key;

	while ((key = input_key(&input, is_final)) != KEY_NONE) {
		char name[32];

		key_text(key, name, sizeof name);
		for (size_t i = 0; i < sizeof events / sizeof events[0]; i++)
			if (events[i].key == key)
				snprintf(name, sizeof name, "%s", events[i].name);
		used += (size_t)snprintf(
			names + used, names_bytes - used, "%s%s", used ? " " : "", name);
	}
}

static const struct {
	const char *bytes;
	const char *keys;
} sequences[] = {
	{"jkq", "j k q"},
	{"é漢", "é 漢"},
	{"\r\n\t\177\b \014", "enter enter tab backspace backspace space ctrl-l"},
	{"\033[A\033[B\033[C\033[D", "up down right left"},
	{"\033OA\033OB\033OC\033OD", "up down right left"},
	{"\033[H\033[F\033OH\033OF", "home end home end"},
	{"\033[1~\033[4~\033[7~\033[8~", "home end home end"},
	{"\033[2~\033[3~\033[5~\033[6~", "insert delete pgup pgdn"},
	{"\033[Z", "shift-tab"},
	{"\033OP\033OQ\033OR\033OS", "f1 f2 f3 f4"},
	{"\033[11~\033[15~\033[17~\033[24~", "f1 f5 f6 f12"},
	{"\033[[A\033[[E\033[[Z", "f1 f5"},
	{"\033OM", "enter"},
	{"\033[1;5A\033[1;2D\033[5;5~\033[1;2P", "up left pgup f1"},
	{"\033j", "esc j"},
	{"\033\033[A", "esc up"},
	{"a\033[<0;33;12Mb\033[<0;33;12mc", "a b MOUSE c"},
	{"a\033[<64;1;1Mb\033[<65;1;1Mc\033[<66;1;1Md", "a MOUSE b MOUSE c d"},
	{"a\033[M !!b\033[M#!!c", "a b MOUSE c"},
	{"a\033[M`!!b\033[Ma\xff\xfe"
	 "c",
		"a MOUSE b MOUSE c"},
	{"a\033[M \033[A", "a up"},
	{"a\033[<0;33Mb\033[<M\033[<;;Mc\033[<0;33;12;9Md\033[<0;99999;1Me", "a b c d e"},
	{"a\033[32;40;12Mb", "a b"},
	{"a\033[?1;2cb\033[>41;379;0c", "a REPORT b REPORT"},
	{"a\033[?2026;2$yb\033[?1;0;256Sc", "a REPORT b REPORT c"},
	{"a\033[6;13;6tb\033[24;80R", "a REPORT b"},
	{"\033[Ia\033[Ob", "IN a OUT b"},
	{"a\033]52;c;cXVpdA==\033\\b", "a REPORT b"},
	{"a\033]11;rgb:0000/0000/0000\ab", "a REPORT b"},
	{"a\033P>|tmux 3.3a\033\\b", "a REPORT b"},
	{"a\033P>|tmux\033[A", "a up"},
	{"a\033_Gq\033\\b\033^x\033\\\033Xx\033\\", "a b"},
	{"a\033[200~q\nq\033[A\033[201~b", "a b"},
	{"a\033[999~b\033[0~c\033[16~d", "a b c d"},
	{"a\033[99999999999999999999~b", "a b"},
	{"a\033[1;2\030b", "a ctrl-x b"},
	{"a\xff\xc3\x28\xe2\x82z", "a ( z"},
	{"a\xc2\x9b"
	 "b\xed\xa0\x80"
	 "c",
		"a b c"},
	{"\001\032\034\035\037", "ctrl-a ctrl-z"},
};

enum { SEQUENCES = sizeof sequences / sizeof sequences[0] };

Test(input, knows_the_sequences_of_terminals_and_swallows_the_rest)
{
	for (size_t i = 0; i < SEQUENCES; i++) {
		char keys[256] = "";

		input_put(&input, sequences[i].bytes, strlen(sequences[i].bytes));
		take_keys(keys, sizeof keys, false);
		cr_assert_str_eq(keys, sequences[i].keys, "case %zu: \"%s\"", i, keys);
		cr_assert_not(input_is_partial(&input), "case %zu", i);
	}
}

Test(input, bytes_may_come_one_by_one)
{
	for (size_t i = 0; i < SEQUENCES; i++) {
		char keys[256] = "";

		for (const char *at = sequences[i].bytes; *at; at++) {
			input_put(&input, at, 1);
			take_keys(keys, sizeof keys, false);
		}
		cr_assert_str_eq(keys, sequences[i].keys, "case %zu: \"%s\"", i, keys);
	}
}

Test(input, a_lone_escape_is_a_key_when_nothing_followed)
{
	char keys[64] = "";

	input_put(&input, "\033", 1);
	take_keys(keys, sizeof keys, false);
	cr_assert_str_eq(keys, "");
	cr_assert(input_is_partial(&input));
	take_keys(keys, sizeof keys, true);
	cr_assert_str_eq(keys, "esc");
	cr_assert_not(input_is_partial(&input));
}

static void put(const char *bytes)
{
	input_put(&input, bytes, strlen(bytes));
}

static void assert_keys(const char *bytes, bool is_final, const char *wanted)
{
	char keys[256] = "";

	put(bytes);
	take_keys(keys, sizeof keys, is_final);
	cr_assert_str_eq(keys, wanted, "\"%s\" are \"%s\"", bytes, keys);
}

Test(input, what_is_never_finished_is_dropped)
{
	static const char *const beginnings[] = {"\033[", "\033[1;5", "\033O", "\033]52;c;abc",
		"\033P", "\xe6\xbc", "\033[[", "\033[M", "\033[M  ", "\033[<0;1", "\033[?1;"};

	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
		assert_keys(beginnings[i], false, "");
		cr_assert(input_is_partial(&input), "case %zu", i);
		input.now_ms += 1000;
		assert_keys("", true, "");
		cr_assert_not(input_is_partial(&input), "case %zu", i);
		assert_keys("j", false, "j");
	}
}

Test(input, what_somebody_may_have_typed_is_dropped_at_once)
{
	static const char *const typed[] = {
		"\033[", "\033O", "\033]", "\033P", "\033X", "\033_", "\xe6\xbc"};

	for (size_t i = 0; i < sizeof typed / sizeof typed[0]; i++) {
		assert_keys(typed[i], false, "");
		assert_keys("", true, "");
		assert_keys("j", false, "j");
	}
}

Test(input, an_answer_cut_in_two_by_a_slow_link_gives_no_stray_key)
{
	static const struct {
		const char *first, *second;
	} answers[] = {
		{"\033[?63;1;", "2;4c"},
		{"\033P>|XTe", "rm(379)\033\\"},
		{"\033P>|XTerm(379)\033", "\\"},
		{"\033]60;allow", "WindowOps\a"},
		{"\033[6;13", ";6t"},
	};

	for (size_t i = 0; i < sizeof answers / sizeof answers[0]; i++) {
		char whole[64];

		assert_keys(answers[i].first, true, "");
		input.now_ms += 900;
		assert_keys("", true, "");
		assert_keys(answers[i].second, true, "REPORT");
		snprintf(whole, sizeof whole, "%s%s", answers[i].first, answers[i].second);
		cr_assert_eq(input.report_count, strlen(whole));
		cr_assert_eq(memcmp(input.report, whole, strlen(whole)), 0, "case %zu", i);
	}
}

Test(input, an_answer_longer_than_the_buffer_is_dropped_whole)
{
	static const char *const ends[] = {"\033\\", "\a"};
	char keys[256] = "";

	for (int i = 0; i < 2; i++) {
		assert_keys("\033P", false, "");
		for (int piece = 0; piece < 100; piece++)
			assert_keys("12345", false, "");
		assert_keys(ends[i], false, "");
		assert_keys("\033]1\a", false, "REPORT");
		cr_assert_eq(input.report_count, 4u);
	}
	assert_keys("\033[?", false, "");
	for (int piece = 0; piece < 100; piece++)
		assert_keys("1;4;2", false, "");
	assert_keys("cj", false, "j");
	assert_keys("\033P>|half", false, "");
	assert_keys("\033[Aj", false, "up j");
	cr_assert_not(input_is_partial(&input));
	take_keys(keys, sizeof keys, true);
	cr_assert_str_eq(keys, "");
}

Test(input, pasted_text_is_keys_without_controls_while_a_prompt_takes_it)
{
	input.takes_paste = true;
	assert_keys("\033[200~a\r\nb\t\177é\002漢\033[201~\r", false, "a b é 漢 enter");
	/* However it is cut, an escape within is none. */
	for (const char *at = "\033[200~x\033[Ay\xe6\xbc\xa2\033[201~z"; *at; at++) {
		input_put(&input, at, 1);
	}
	assert_keys("", true, "x [ A y 漢 z");
	input.takes_paste = false;
	assert_keys("\033[200~q\033[201~j", false, "j");
}

Test(input, pasted_text_is_swallowed_however_long_and_slow)
{
	char keys[64] = "";

	input_put(&input, "\033[200~", 6);
	for (int i = 0; i < 1000; i++) {
		input_put(&input, "quit now\033[", 10);
		take_keys(keys, sizeof keys, i % 7 == 0);
	}
	input_put(&input, "\033[201", 5);
	take_keys(keys, sizeof keys, false);
	take_keys(keys, sizeof keys, true);
	cr_assert_str_eq(keys, "");
	input_put(&input, "~j", 2);
	take_keys(keys, sizeof keys, false);
	cr_assert_str_eq(keys, "j");
}

Test(input, sequences_longer_than_the_buffer_do_not_stop_it)
{
	char keys[64] = "";

	input_put(&input, "\033[", 2);
	for (int i = 0; i < 2000; i++) {
		cr_assert_gt(input_room(&input), 0u);
		input_put(&input, "1", 1);
		take_keys(keys, sizeof keys, false);
	}
	keys[0] = '\0';
	input_put(&input, "\033[Aj", 4);
	take_keys(keys, sizeof keys, true);
	cr_assert_not_null(strstr(keys, "j"));
}

Test(input, takes_no_more_than_it_has_room_for)
{
	char many[1000];

	memset(many, 'x', sizeof many);
	input_put(&input, many, sizeof many);
	cr_assert_eq(input_room(&input), 0);
	cr_assert_eq(input_key(&input, false), 'x');
	cr_assert_eq(input_room(&input), 1);
}

Test(term_names, other_names_end_and_stay_within_tmux)
{
	cr_assert_str_eq(term_other_name("foot", 0), "xterm-256color");
	cr_assert_str_eq(term_other_name("xterm-kitty", 1), "xterm");
	cr_assert_str_eq(term_other_name("who-knows", 0), "xterm");
	cr_assert_str_eq(term_other_name("tmux-direct", 0), "screen-256color");
	for (size_t i = 0; i < 8; i++) {
		const char *name = term_other_name("tmux-256color", i);

		cr_assert(!name || strncmp(name, "screen", 6) == 0);
	}
	cr_assert_null(term_other_name("foot", 100));
}
