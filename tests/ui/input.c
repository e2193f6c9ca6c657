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

/* The names of all keys, blank-separated. */
static void take_keys(char *names, size_t names_bytes, bool is_final)
{
	size_t used = strlen(names);
	int key;

	while ((key = input_key(&input, is_final)) != KEY_NONE) {
		char name[32];

		key_text(key, name, sizeof name);
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
	{"a\033[<0;33;12Mb\033[<0;33;12mc", "a b c"},
	{"a\033[?1;2cb\033[>41;379;0c", "a b"},
	{"a\033[6;13;6tb\033[24;80R", "a b"},
	{"\033[Ia\033[Ob", "a b"},
	{"a\033]52;c;cXVpdA==\033\\b", "a b"},
	{"a\033]11;rgb:0000/0000/0000\ab", "a b"},
	{"a\033P>|tmux 3.3a\033\\b", "a b"},
	{"a\033_Gq\033\\b", "a b"},
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

Test(input, what_is_never_finished_is_dropped)
{
	static const char *const beginnings[] = {
		"\033[", "\033[1;5", "\033O", "\033]52;c;abc", "\033P", "\xe6\xbc", "\033[["};

	for (size_t i = 0; i < sizeof beginnings / sizeof beginnings[0]; i++) {
		char keys[64] = "";

		input_put(&input, beginnings[i], strlen(beginnings[i]));
		take_keys(keys, sizeof keys, false);
		cr_assert(input_is_partial(&input), "case %zu", i);
		take_keys(keys, sizeof keys, true);
		cr_assert_str_eq(keys, "", "case %zu", i);
		input_put(&input, "j", 1);
		take_keys(keys, sizeof keys, false);
		cr_assert_str_eq(keys, "j", "case %zu", i);
	}
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
