/* Tests of ui/key.h and ui/action.h. */
#include "ui/action.h"
#include "base/text.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static void use_utf8(void)
{
	text_init();
}

TestSuite(key, .init = use_utf8);
TestSuite(action, .init = use_utf8);

Test(key, names_go_both_ways)
{
	static const struct {
		const char *name;
		int key;
	} cases[] = {
		{"q", 'q'},
		{"Q", 'Q'},
		{"?", '?'},
		{"/", '/'},
		{"é", 0xe9},
		{"space", ' '},
		{"tab", '\t'},
		{"shift-tab", KEY_CODE_BACK_TAB},
		{"enter", '\r'},
		{"esc", 0x1b},
		{"backspace", 0x7f},
		{"ctrl-l", 12},
		{"ctrl-a", 1},
		{"ctrl-z", 26},
		{"f1", KEY_CODE_F1},
		{"f12", KEY_CODE_F12},
		{"pgup", KEY_CODE_PAGE_UP},
		{"delete", KEY_CODE_DELETE},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char name[32];
		int key = KEY_NONE;

		cr_assert(key_parse(cases[i].name, &key), "%s", cases[i].name);
		cr_assert_eq(key, cases[i].key, "%s", cases[i].name);
		key_text(cases[i].key, name, sizeof name);
		cr_assert_str_eq(name, cases[i].name);
	}
}

Test(key, other_names_of_the_same_key_are_known)
{
	int key;

	cr_assert(key_parse("PageUp", &key) && key == KEY_CODE_PAGE_UP);
	cr_assert(key_parse("Escape", &key) && key == KEY_CODE_ESCAPE);
	cr_assert(key_parse("Ctrl-L", &key) && key == 12);
	cr_assert(key_parse("F5", &key) && key == KEY_CODE_F1 + 4);
}

Test(key, what_is_no_key_is_refused)
{
	static const char *const names[] = {"", " ", "qq", "ctrl-", "ctrl-1", "ctrl-ab", "f0",
		"f13", "f1x", "alt-x", "\x01", "\xff", "\x7f"};
	int key;

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		cr_assert_not(key_parse(names[i], &key), "\"%s\"", names[i]);
}

Test(key, what_has_no_name_has_no_text)
{
	char name[8] = "before";

	key_text(KEY_CODE_RESIZE, name, sizeof name);
	cr_assert_str_eq(name, "");
	key_text(KEY_NONE, name, sizeof name);
	cr_assert_str_eq(name, "");
}

Test(action, every_action_has_one_row_with_a_name_and_help)
{
	for (int action = ACTION_NONE + 1; action < ACTION_COUNT; action++) {
		const struct action_def *def = action_find((enum action)action);
		int rows = 0;

		cr_assert_not_null(def, "action %d", action);
		cr_assert_gt(strlen(def->name), 0u);
		cr_assert_gt(strlen(def->help), 0u);
		cr_assert_not_null(action_group_names[def->group]);
		for (size_t i = 0; i < action_def_count; i++)
			rows += action_defs[i].action == (enum action)action;
		cr_assert_eq(rows, 1, "%s", def->name);
	}
	cr_assert_eq(action_def_count, ACTION_COUNT - 1);
	cr_assert_null(action_find(ACTION_NONE));
}

Test(action, no_default_key_does_two_things)
{
	struct keymap keymap;
	size_t words = 0;

	for (size_t i = 0; i < action_def_count; i++) {
		words += action_defs[i].keys[0] != '\0';
		for (const char *at = action_defs[i].keys; *at; at++)
			words += *at == ' ';
	}
	keymap_default(&keymap);
	cr_assert_eq(keymap.count, words);
}

Test(action, the_keys_everybody_knows_do_what_they_should)
{
	static const struct {
		const char *key;
		enum action action;
	} cases[] = {
		{"j", ACTION_DOWN},
		{"k", ACTION_UP},
		{"down", ACTION_DOWN},
		{"pgdn", ACTION_PAGE_DOWN},
		{"g", ACTION_FIRST},
		{"G", ACTION_LAST},
		{"home", ACTION_FIRST},
		{"end", ACTION_LAST},
		{"enter", ACTION_OPEN},
		{"l", ACTION_RIGHT},
		{"esc", ACTION_BACK},
		{"h", ACTION_LEFT},
		{"left", ACTION_LEFT},
		{"right", ACTION_RIGHT},
		{"backspace", ACTION_BACK},
		{"tab", ACTION_NEXT_VIEW},
		{"shift-tab", ACTION_PREVIOUS_VIEW},
		{"3", ACTION_VIEW_3},
		{"r", ACTION_REFRESH},
		{"/", ACTION_FILTER},
		{"s", ACTION_SORT},
		{"S", ACTION_SORT_REVERSE},
		{"space", ACTION_PAUSE},
		{"?", ACTION_HELP},
		{"q", ACTION_QUIT},
		{"ctrl-l", ACTION_REDRAW},
		{"c", ACTION_COPY},
		{"C", ACTION_COPY_MENU},
		{"Q", ACTION_QR},
		{"M", ACTION_MOUSE},
		{":", ACTION_COMMAND},
		{"5", ACTION_VIEW_5},
		{"f", ACTION_FLIP},
		{"[", ACTION_PREVIOUS_CAPTURE},
		{"]", ACTION_NEXT_CAPTURE},
		{"w", ACTION_SAVE},
		{"i", ACTION_IMAGES},
		{"x", ACTION_NONE},
	};
	struct keymap keymap;

	keymap_default(&keymap);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int key = KEY_NONE;

		cr_assert(key_parse(cases[i].key, &key));
		cr_assert_eq(keymap_action(&keymap, key), cases[i].action, "%s", cases[i].key);
	}
}

Test(action, only_what_the_mouse_or_a_command_does_has_no_key)
{
	for (size_t i = 0; i < action_def_count; i++) {
		enum action action = action_defs[i].action;
		bool may_lack_one = action == ACTION_SCROLL_UP || action == ACTION_SCROLL_DOWN ||
			action == ACTION_COPY_TEST;

		cr_assert(action_defs[i].keys[0] || may_lack_one, "%s", action_defs[i].name);
	}
}

Test(action, no_two_actions_have_one_name)
{
	for (size_t i = 0; i < action_def_count; i++)
		for (size_t j = 0; j < i; j++)
			cr_assert_str_neq(action_defs[i].name, action_defs[j].name);
}

Test(action, setting_keys_replaces_those_of_the_action_and_takes_them_from_others)
{
	struct keymap keymap;
	struct err err;
	char keys[64];

	keymap_default(&keymap);
	cr_assert(keymap_set(&keymap, "quit", "  x ctrl-q  r ", &err));
	cr_assert_eq(keymap_action(&keymap, 'q'), ACTION_NONE);
	cr_assert_eq(keymap_action(&keymap, 'x'), ACTION_QUIT);
	cr_assert_eq(keymap_action(&keymap, 17), ACTION_QUIT);
	cr_assert_eq(keymap_action(&keymap, 'r'), ACTION_QUIT);
	keymap_keys(&keymap, ACTION_QUIT, keys, sizeof keys);
	cr_assert_str_eq(keys, "x ctrl-q r");
	keymap_keys(&keymap, ACTION_REFRESH, keys, sizeof keys);
	cr_assert_str_eq(keys, "");
	cr_assert(keymap_set(&keymap, "quit", "", &err), "an action may have no key");
	keymap_keys(&keymap, ACTION_QUIT, keys, sizeof keys);
	cr_assert_str_eq(keys, "");
}

Test(action, a_wrong_name_or_key_changes_nothing_and_is_named)
{
	struct keymap keymap, before;
	struct err err;

	keymap_default(&keymap);
	before = keymap;
	cr_assert_not(keymap_set(&keymap, "page-dwn", "x", &err));
	cr_assert_str_eq(err.text, "unknown action 'page-dwn', did you mean 'page-down'?");
	cr_assert_not(keymap_set(&keymap, "quit", "x ctrl+q", &err));
	cr_assert_not_null(strstr(err.text, "unknown key 'ctrl+q'"));
	cr_assert_not(
		keymap_set(&keymap, "quit", "a-word-much-longer-than-any-name-of-a-key", &err));
	cr_assert_eq(memcmp(&keymap, &before, sizeof keymap), 0);
}

Test(action, there_is_an_end_to_keys)
{
	char keys[1024] = "";
	struct keymap keymap;
	struct err err;

	for (int i = 0; i < 200; i++) {
		char encoded[8] = " ";

		text_encode(encoded + 1, (uint32_t)(0x100 + i));
		strcat(keys, encoded);
	}
	keymap_default(&keymap);
	cr_assert_not(keymap_set(&keymap, "quit", keys, &err));
	cr_assert_str_eq(err.text, "too many keys: at most 128 in all");
}

Test(action, keys_as_text_are_cut_between_names)
{
	struct keymap keymap;
	char keys[6];

	keymap_default(&keymap);
	keymap_keys(&keymap, ACTION_PAGE_UP, keys, sizeof keys);
	cr_assert_str_eq(keys, "pgup");
}
