/* Other names of terminals, by the beginning of their own. Pure. */
#include "ui/term_names.h"
#include <string.h>

static const struct {
	const char *prefix;
	const char *others[4];
} families[] = {
	{"tmux", {"screen-256color", "screen"}},
	{"screen", {"screen-256color", "screen"}},
	{"foot", {"xterm-256color", "xterm", "ansi"}},
	{"alacritty", {"xterm-256color", "xterm", "ansi"}},
	{"contour", {"xterm-256color", "xterm", "ansi"}},
	{"ghostty", {"xterm-256color", "xterm", "ansi"}},
	{"kitty", {"xterm-256color", "xterm", "ansi"}},
	{"konsole", {"xterm-256color", "xterm", "ansi"}},
	{"rio", {"xterm-256color", "xterm", "ansi"}},
	{"wezterm", {"xterm-256color", "xterm", "ansi"}},
	{"xterm", {"xterm-256color", "xterm", "ansi"}},
	{"", {"xterm", "ansi"}},
};

enum { OTHERS_MAX = sizeof families[0].others / sizeof families[0].others[0] };

const char *term_other_name(const char *name, size_t attempt)
{
	size_t family = 0;

	while (strncmp(families[family].prefix, name, strlen(families[family].prefix)) != 0)
		family++;
	return attempt < OTHERS_MAX ? families[family].others[attempt] : NULL;
}
