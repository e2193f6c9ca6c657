/* Everything a key can do is a row of one table: id, name, default keys, help line. The key map,
 * the help screen, the configuration's [keys] and the manual page all read that row. */
#ifndef UI_ACTION_H
#define UI_ACTION_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>

enum action {
	ACTION_NONE,
	ACTION_UP,
	ACTION_DOWN,
	ACTION_PAGE_UP,
	ACTION_PAGE_DOWN,
	ACTION_FIRST,
	ACTION_LAST,
	ACTION_OPEN,
	ACTION_BACK,
	ACTION_NEXT_VIEW,
	ACTION_PREVIOUS_VIEW,
	ACTION_VIEW_1,
	ACTION_VIEW_2,
	ACTION_VIEW_3,
	ACTION_VIEW_4,
	ACTION_VIEW_5,
	ACTION_VIEW_6,
	ACTION_VIEW_7,
	ACTION_VIEW_8,
	ACTION_VIEW_9,
	ACTION_VIEW_10,
	ACTION_VIEW_11,
	ACTION_REFRESH,
	ACTION_FILTER,
	ACTION_SORT,
	ACTION_SORT_REVERSE,
	ACTION_PAUSE,
	ACTION_REDRAW,
	ACTION_HELP,
	ACTION_QUIT,
	ACTION_LEFT, /* back, but where a picture is panned */
	ACTION_RIGHT,
	ACTION_SCROLL_UP, /* the wheel: the selection stays */
	ACTION_SCROLL_DOWN,
	ACTION_COPY,
	ACTION_COPY_MENU,
	ACTION_QR,
	ACTION_MOUSE,
	ACTION_COMMAND,
	ACTION_COPY_TEST,
	ACTION_IMAGES,
	ACTION_FLIP,
	ACTION_BOXES,
	ACTION_DIFFERENCE,
	ACTION_FULL_SCREEN,
	ACTION_ZOOM_IN,
	ACTION_ZOOM_OUT,
	ACTION_SAVE,
	ACTION_PREVIOUS_CAPTURE,
	ACTION_NEXT_CAPTURE,
	ACTION_COUNT
};

enum action_group { GROUP_MOVE, GROUP_LOOK, GROUP_PICTURE, GROUP_COPY, GROUP_PROGRAM };

struct action_def {
	enum action action;
	const char *name; /* "page-down": in [keys] and the manual */
	const char *keys; /* default keys, blank-separated key names */
	enum action_group group;
	const char *help; /* one line */
};

extern const struct action_def action_defs[]; /* in the order of help, ACTION_NONE not in it */
extern const size_t action_def_count;
extern const char *const action_group_names[];

const struct action_def *action_find(enum action action);

struct keymap {
	struct binding {
		int key;
		enum action action;
	} bindings[128];
	size_t count;
};

void keymap_default(struct keymap *keymap);
/* Replaces the keys of the action called name; false names what is wrong and the nearest right. */
bool keymap_set(struct keymap *keymap, const char *name, const char *keys, struct err *err);
enum action keymap_action(const struct keymap *keymap, int key);
/* The keys of an action as text, "j down"; for help. */
void keymap_keys(const struct keymap *keymap, enum action action, char *dst, size_t dst_bytes);

#endif
