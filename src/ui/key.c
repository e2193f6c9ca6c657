/* Names of keys, both ways. Pure. */
#include "ui/key.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const struct {
	const char *name;
	int key;
} key_table[] = {
	/* The first name of a key is the one it is called by. */
	{"tab", KEY_CODE_TAB},
	{"enter", KEY_CODE_ENTER},
	{"esc", KEY_CODE_ESCAPE},
	{"space", KEY_CODE_SPACE},
	{"backspace", KEY_CODE_BACKSPACE},
	{"up", KEY_CODE_UP},
	{"down", KEY_CODE_DOWN},
	{"left", KEY_CODE_LEFT},
	{"right", KEY_CODE_RIGHT},
	{"pgup", KEY_CODE_PAGE_UP},
	{"pgdn", KEY_CODE_PAGE_DOWN},
	{"home", KEY_CODE_HOME},
	{"end", KEY_CODE_END},
	{"shift-tab", KEY_CODE_BACK_TAB},
	{"delete", KEY_CODE_DELETE},
	{"insert", KEY_CODE_INSERT},
	{"return", KEY_CODE_ENTER},
	{"escape", KEY_CODE_ESCAPE},
	{"pageup", KEY_CODE_PAGE_UP},
	{"pagedown", KEY_CODE_PAGE_DOWN},
	{"backtab", KEY_CODE_BACK_TAB},
	{"del", KEY_CODE_DELETE},
	{"ins", KEY_CODE_INSERT},
};

enum { KEY_TABLE_ROWS = sizeof key_table / sizeof key_table[0], CTRL_Z = 26 };

static bool parse_function_key(const char *name, int *key)
{
	int64_t number;

	if ((name[0] != 'f' && name[0] != 'F') || !text_to_int64(name + 1, &number) || number < 1 ||
		number > 12)
		return false;
	*key = KEY_CODE_F1 + (int)number - 1;
	return true;
}

static bool parse_control_key(const char *name, int *key)
{
	char letter;

	if (strncasecmp(name, "ctrl-", 5) != 0 || name[5] == '\0' || name[6] != '\0')
		return false;
	letter = (char)(name[5] | 0x20);
	if (letter < 'a' || letter > 'z')
		return false;
	*key = letter - 'a' + 1;
	return true;
}

static bool parse_character(const char *name, int *key)
{
	uint32_t code_point;
	size_t bytes = strlen(name);

	if (bytes == 0 || text_decode(name, bytes, &code_point) != bytes || code_point == 0xFFFD ||
		code_point <= ' ' || code_point == 0x7f)
		return false;
	*key = (int)code_point;
	return true;
}

bool key_parse(const char *name, int *key)
{
	for (size_t i = 0; i < KEY_TABLE_ROWS; i++) {
		if (strcasecmp(key_table[i].name, name) == 0) {
			*key = key_table[i].key;
			return true;
		}
	}
	return parse_character(name, key) || parse_function_key(name, key) ||
		parse_control_key(name, key);
}

void key_text(int key, char *dst, size_t dst_bytes)
{
	char character[5] = "";

	for (size_t i = 0; i < KEY_TABLE_ROWS; i++) {
		if (key_table[i].key == key) {
			snprintf(dst, dst_bytes, "%s", key_table[i].name);
			return;
		}
	}
	if (key >= KEY_CODE_F1 && key <= KEY_CODE_F12)
		snprintf(dst, dst_bytes, "f%d", key - KEY_CODE_F1 + 1);
	else if (key >= 1 && key <= CTRL_Z)
		snprintf(dst, dst_bytes, "ctrl-%c", 'a' + key - 1);
	else {
		if (key > ' ' && key < KEY_FIRST_NAMED)
			text_encode(character, (uint32_t)key);
		snprintf(dst, dst_bytes, "%s", character);
	}
}
