/* The action table, and the key map made from it. Pure; the tables are constant. */
#include "ui/action.h"
#include "base/nearest.h"
#include "ui/key.h"
#include <stdio.h>
#include <string.h>

const struct action_def action_defs[] = {
	{ACTION_UP, "up", "k up", GROUP_MOVE, "Select the row above"},
	{ACTION_DOWN, "down", "j down", GROUP_MOVE, "Select the row below"},
	{ACTION_PAGE_UP, "page-up", "pgup ctrl-b", GROUP_MOVE, "Go up one page"},
	{ACTION_PAGE_DOWN, "page-down", "pgdn ctrl-f", GROUP_MOVE, "Go down one page"},
	{ACTION_FIRST, "first", "g home", GROUP_MOVE, "Go to the first row"},
	{ACTION_LAST, "last", "G end", GROUP_MOVE, "Go to the last row"},
	{ACTION_OPEN, "open", "enter", GROUP_MOVE, "Open the selected row"},
	{ACTION_BACK, "back", "esc backspace", GROUP_MOVE, "Go back; in a list, clear the filter"},
	{ACTION_LEFT, "left", "h left", GROUP_MOVE, "Go back; among pictures, move left"},
	{ACTION_RIGHT, "right", "l right", GROUP_MOVE, "Open; among pictures, move right"},
	{ACTION_SCROLL_UP, "scroll-up", "", GROUP_MOVE, "Scroll up, keep the selection (wheel)"},
	{ACTION_SCROLL_DOWN, "scroll-down", "", GROUP_MOVE,
		"Scroll down, keep the selection (wheel)"},
	{ACTION_NEXT_VIEW, "next-view", "tab", GROUP_LOOK, "Show the next view"},
	{ACTION_PREVIOUS_VIEW, "previous-view", "shift-tab", GROUP_LOOK, "Show the view before"},
	{ACTION_VIEW_1, "view-1", "1", GROUP_LOOK, "Show the sessions"},
	{ACTION_VIEW_2, "view-2", "2", GROUP_LOOK, "Show the cameras"},
	{ACTION_VIEW_3, "view-3", "3", GROUP_LOOK, "Show the inventory runs"},
	{ACTION_VIEW_4, "view-4", "4", GROUP_LOOK, "Show the health of services and feeds"},
	{ACTION_VIEW_5, "view-5", "5", GROUP_LOOK, "Show the wall: each camera's last picture"},
	{ACTION_VIEW_6, "view-6", "6", GROUP_LOOK, "Show a recorder's events"},
	{ACTION_VIEW_7, "view-7", "7", GROUP_LOOK, "Show a recorder's streams"},
	{ACTION_VIEW_8, "view-8", "8", GROUP_LOOK, "Show a recorder's notifications"},
	{ACTION_VIEW_9, "view-9", "9", GROUP_LOOK, "Show what a recorder keeps, and how long"},
	{ACTION_VIEW_10, "view-10", "0", GROUP_LOOK, "Show a recorder's settings"},
	{ACTION_VIEW_11, "view-11", "u", GROUP_LOOK, "Show a recorder's users"},
	{ACTION_FILTER, "filter", "/", GROUP_LOOK, "Keep only rows with the words you type"},
	{ACTION_SORT, "sort", "s", GROUP_LOOK, "Sort by the next column"},
	{ACTION_SORT_REVERSE, "sort-reverse", "S", GROUP_LOOK, "Reverse the sorting"},
	{ACTION_PREVIOUS_CAPTURE, "previous-capture", "[", GROUP_PICTURE,
		"Show the previous capture, or hour of events"},
	{ACTION_NEXT_CAPTURE, "next-capture", "]", GROUP_PICTURE,
		"Show the next capture, or hour of events"},
	{ACTION_FLIP, "flip", "f", GROUP_PICTURE, "Flip between before and after in place"},
	{ACTION_BOXES, "boxes", "b", GROUP_PICTURE, "Box and number the items; dashed: gone"},
	{ACTION_DIFFERENCE, "difference", "d", GROUP_PICTURE,
		"Show what changed as heat, the rest in gray"},
	{ACTION_FULL_SCREEN, "full-screen", "z", GROUP_PICTURE, "Full screen, and back"},
	{ACTION_ZOOM_IN, "zoom-in", "+ =", GROUP_PICTURE, "Enlarge; the arrows move then"},
	{ACTION_ZOOM_OUT, "zoom-out", "-", GROUP_PICTURE, "Make it smaller"},
	{ACTION_SAVE, "save", "w", GROUP_PICTURE, "Save the original as evidence-ID.jpg here"},
	{ACTION_IMAGES, "images", "i", GROUP_PICTURE,
		"Show or hide pictures (slow link: of this view)"},
	{ACTION_COPY, "copy", "c", GROUP_COPY, "Copy the id of what is selected"},
	{ACTION_COPY_MENU, "copy-menu", "C", GROUP_COPY, "Choose among all its ids"},
	{ACTION_QR, "qr", "Q", GROUP_COPY, "Show that id as a QR code"},
	{ACTION_COPY_TEST, "copytest", "", GROUP_COPY, "Try whether copying works here"},
	{ACTION_MOUSE, "mouse", "M", GROUP_COPY, "Take the mouse, or leave it for selecting text"},
	{ACTION_COMMAND, "command", ":", GROUP_PROGRAM,
		"Type the name of a view, or of anything here"},
	{ACTION_REFRESH, "refresh", "r", GROUP_PROGRAM, "Ask every server again now"},
	{ACTION_PAUSE, "pause", "space", GROUP_PROGRAM,
		"Hold the screen still, ask no server; again: go on"},
	{ACTION_REDRAW, "redraw", "ctrl-l", GROUP_PROGRAM, "Draw the whole screen again"},
	{ACTION_HELP, "help", "? f1", GROUP_PROGRAM, "Show this help"},
	{ACTION_QUIT, "quit", "q", GROUP_PROGRAM, "Leave opsglass"},
};
const size_t action_def_count = sizeof action_defs / sizeof action_defs[0];

const char *const action_group_names[] = {
	[GROUP_MOVE] = "Moving about",
	[GROUP_LOOK] = "What is shown",
	[GROUP_PICTURE] = "Pictures",
	[GROUP_COPY] = "Copying",
	[GROUP_PROGRAM] = "The program",
};

enum { BINDINGS_MAX = sizeof((struct keymap *)0)->bindings / sizeof(struct binding) };
enum { KEY_WORD_BYTES = 32 };

const struct action_def *action_find(enum action action)
{
	for (size_t i = 0; i < action_def_count; i++)
		if (action_defs[i].action == action)
			return &action_defs[i];
	return NULL;
}

/* Copies the next blank-separated word to word ("" when there is none; a longer one is cut, which
 * makes it no key's name) and returns what follows it. */
static const char *next_word(const char *words, char word[KEY_WORD_BYTES])
{
	size_t bytes;

	words += strspn(words, " \t");
	bytes = strcspn(words, " \t");
	snprintf(word, KEY_WORD_BYTES, "%.*s", (int)bytes, words);
	return words + bytes;
}

static void remove_key(struct keymap *keymap, int key)
{
	size_t kept = 0;

	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->bindings[i].key != key)
			keymap->bindings[kept++] = keymap->bindings[i];
	keymap->count = kept;
}

static void remove_action(struct keymap *keymap, enum action action)
{
	size_t kept = 0;

	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->bindings[i].action != action)
			keymap->bindings[kept++] = keymap->bindings[i];
	keymap->count = kept;
}

/* A key does one thing: what it did before is forgotten. */
static bool bind_keys(struct keymap *keymap, enum action action, const char *keys, struct err *err)
{
	char word[KEY_WORD_BYTES];

	for (keys = next_word(keys, word); word[0]; keys = next_word(keys, word)) {
		int key;

		if (!key_parse(word, &key))
			return err_set(err,
				"unknown key '%s': write a character, ctrl-x, f1, or one of "
				"space enter esc tab shift-tab backspace up down left right pgup "
				"pgdn home end insert delete",
				word);
		remove_key(keymap, key);
		if (keymap->count == BINDINGS_MAX)
			return err_set(err, "too many keys: at most %d in all", BINDINGS_MAX);
		keymap->bindings[keymap->count++] = (struct binding){key, action};
	}
	return true;
}

void keymap_default(struct keymap *keymap)
{
	keymap->count = 0;
	for (size_t i = 0; i < action_def_count; i++)
		bind_keys(keymap, action_defs[i].action, action_defs[i].keys, NULL);
}

static const struct action_def *find_by_name(const char *name, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < action_def_count; i++) {
		if (strcmp(action_defs[i].name, name) == 0)
			return &action_defs[i];
		nearest_offer(&nearest, action_defs[i].name);
	}
	if (nearest.name)
		err_set(err, "unknown action '%.40s', did you mean '%s'?", name, nearest.name);
	else
		err_set(err, "unknown action '%.40s'; see opsglass.conf(5)", name);
	return NULL;
}

bool keymap_set(struct keymap *keymap, const char *name, const char *keys, struct err *err)
{
	const struct action_def *def = find_by_name(name, err);
	struct keymap changed = *keymap;

	if (!def)
		return false;
	remove_action(&changed, def->action);
	if (!bind_keys(&changed, def->action, keys, err))
		return false;
	*keymap = changed;
	return true;
}

enum action keymap_action(const struct keymap *keymap, int key)
{
	for (size_t i = 0; i < keymap->count; i++)
		if (keymap->bindings[i].key == key)
			return keymap->bindings[i].action;
	return ACTION_NONE;
}

void keymap_keys(const struct keymap *keymap, enum action action, char *dst, size_t dst_bytes)
{
	size_t used = 0;

	if (dst_bytes == 0)
		return;
	dst[0] = '\0';
	for (size_t i = 0; i < keymap->count; i++) {
		char name[KEY_WORD_BYTES];
		int bytes;

		if (keymap->bindings[i].action != action)
			continue;
		key_text(keymap->bindings[i].key, name, sizeof name);
		bytes = snprintf(dst + used, dst_bytes - used, "%s%s", used ? " " : "", name);
		if (bytes < 0 || (size_t)bytes >= dst_bytes - used) {
			dst[used] = '\0';
			return;
		}
		used += (size_t)bytes;
	}
}
