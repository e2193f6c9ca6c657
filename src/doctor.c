/* The doctor's report. Everything printed is made harmless here: terminals, tmux and the
 * environment may say anything. Owns nothing. Main thread. */
#include "doctor.h"
#include "base/clock.h"
#include "base/text.h"
#include "ui/probe.h"
#include "ui/term.h"
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { LINE_BYTES = 1024, LOW_BANDWIDTH_MS = 250 };

static const char *const rung_words[] = {
	[RUNG_TEXT] = "a line of text",
	[RUNG_ASCII] = "ASCII",
	[RUNG_BLOCKS] = "half blocks",
	[RUNG_SIXEL] = "sixel",
};

/* "  label     words"; the label may be "". */
__attribute__((format(printf, 2, 3))) static void line(const char *label, const char *format, ...)
{
	char words[LINE_BYTES];
	char clean[LINE_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(words, sizeof(words), format, args);
	va_end(args);
	text_clean(clean, sizeof(clean), words, strlen(words));
	printf("  %-14s %s\n", label, clean);
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value && *value ? value : NULL;
}

static const char *yes_or_no(bool is_yes)
{
	return is_yes ? "yes" : "no";
}

/* ---- the terminal ---- */

static void print_size(const struct probe *probe)
{
	if (probe->rows == 0 || probe->columns == 0)
		line("size", "not known");
	else if (probe->width_px == 0 || probe->height_px == 0)
		line("size", "%dx%d cells; the kernel knows no pixels", probe->columns,
			probe->rows);
	else
		line("size", "%dx%d cells, %dx%d px", probe->columns, probe->rows, probe->width_px,
			probe->height_px);
}

static void print_colors(const struct probe *probe)
{
	int colors = probe->found.block_colors;
	const char *color = environment("COLORTERM");

	if (!probe->options.has_color)
		line("colours", "none: %s",
			probe->no_color                              ? "NO_COLOR is set"
				: probe->options.terminal_colors < 8 ? "terminfo has none"
								     : "--color never");
	else if (colors == 1 << 24)
		line("colours", "true colour%s%s; terminfo: %d", color ? ", COLORTERM=" : "",
			color ? color : "", probe->options.terminal_colors);
	else
		line("colours", "%d; terminfo: %d, COLORTERM %s", colors,
			probe->options.terminal_colors, color ? color : "is not set");
}

static void print_link(const struct doctor *doctor, const struct probe *probe)
{
	const struct capabilities *found = &probe->found;
	const char *wish = doctor->config->low_bandwidth;
	bool is_low = strcmp(wish, "yes") == 0 || (strcmp(wish, "auto") == 0 && found->is_slow);

	if (found->round_trip_ms == UNKNOWN)
		line("round trip", "not known");
	else
		line("round trip", "%lld ms%s", (long long)found->round_trip_ms,
			found->is_slow ? ": a slow link" : "");
	line("low bandwidth", "%s (%s; auto means: from a round trip of more than %d ms on)",
		yes_or_no(is_low), wish, LOW_BANDWIDTH_MS);
}

static const char *locale_name(void)
{
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (environment(names[i]))
			return environment(names[i]);
	return "none is set";
}

static void print_terminal(const struct doctor *doctor, const struct probe *probe)
{
	const struct capabilities *found = &probe->found;
	const char *term = environment("TERM");

	puts("Terminal");
	line("TERM", "%s", term ? term : "is not set");
	line("calls itself", "%s", probe->version[0] ? probe->version : "nothing (XTVERSION)");
	line("locale", "%s (%s)", doctor->is_utf8 ? "UTF-8" : "not UTF-8: drawn with ASCII",
		locale_name());
	print_size(probe);
	print_colors(probe);
	line("synchronized", "%s (DECRQM 2026: %d)", yes_or_no(found->has_synchronized),
		probe->mode_2026);
	line("mouse", "%s",
		strcmp(probe->term, "linux") == 0 ? "left to the console"
			: doctor->config->has_mouse
			? "taken; M leaves it to the terminal, for selecting text"
			: "left to the terminal, for selecting text; M takes it");
	print_link(doctor, probe);
}

/* ---- pictures ---- */

static void print_sixel(const struct probe *probe)
{
	const struct capabilities *found = &probe->found;

	if (!found->has_answered) {
		line("sixel", "not known: %s", found->rung_why);
		return;
	}
	line("sixel", "%s in DA1%s", probe->da1_sixel == 1 ? "4" : "no 4",
		probe->outer_sixel == 1           ? "; 4 from the terminal outside tmux"
			: probe->outer_sixel == 0 ? "; no 4 from the terminal outside tmux"
						  : "");
	if (probe->da1_sixel != 1 && probe->outer_sixel != 1)
		return;
	if (probe->registers)
		line("", "%d colour registers (XTSMGRAPHICS), %d used", probe->registers,
			found->sixel_colors);
	else
		line("", "colour registers not told (XTSMGRAPHICS), %d used", found->sixel_colors);
	if (found->max_width_px)
		line("", "at most %dx%d px", found->max_width_px, found->max_height_px);
}

static void print_pictures(const struct probe *probe)
{
	const struct capabilities *found = &probe->found;

	puts("\nPictures");
	line("drawn as", "%s: %s", rung_words[found->rung], found->rung_why);
	line("cell", "%dx%d px: %s", found->cell_width_px, found->cell_height_px, found->cell_why);
	print_sixel(probe);
	if (found->hint[0])
		line("advice", "%s", found->hint);
}

/* ---- copying ---- */

static bool is_remote(void)
{
	return environment("SSH_CONNECTION") || environment("SSH_TTY") || environment("SSH_CLIENT");
}

static void print_copying_in_tmux(const struct probe *probe)
{
	line("way", "tmux load-buffer -w%s",
		probe->found.is_wrapped ? ", and OSC 52 through tmux's passthrough" : "");
	line("expect", "\"Copied (tmux buffer, prefix ]) - clipboard sent, not confirmed\"");
	if (!probe->found.is_wrapped)
		line("advice",
			"with allow-passthrough on it reaches the clipboard of more "
			"terminals");
}

/* What takes a copy on the screen that is before the user. */
static const char *local_tool(void)
{
	if (is_remote())
		return NULL;
	return environment("WAYLAND_DISPLAY") ? "wl-copy" : environment("DISPLAY") ? "xclip" : NULL;
}

static void print_copying(const struct probe *probe)
{
	const struct capabilities *found = &probe->found;
	const char *tool = local_tool();

	puts("\nCopying");
	if (probe->is_in_tmux) {
		print_copying_in_tmux(probe);
		return;
	}
	if (!probe->options.is_terminal) {
		line("way", "not known");
		return;
	}
	line("way", "%s%s%s", probe_may_ask(probe) ? "OSC 52" : "no OSC 52", tool ? ", and " : "",
		tool ? tool : "");
	if (tool)
		line("expect", "\"Copied\", if %s is installed", tool);
	if (found->has_clipboard)
		line("expect", "\"Copied\": the terminal says that it takes it (52 in DA1)");
	else if (found->is_clipboard_refused)
		line("expect", "xterm probably refuses OSC 52: OSC 60 names no window operations");
	else if (probe_may_ask(probe))
		line("expect",
			"\"Sent to terminal clipboard, not confirmed - :copytest to check\"");
	else if (!tool)
		line("expect", "\"This terminal cannot copy\": the id is shown");
	if (found->is_clipboard_refused)
		line("advice",
			"xterm: set the resource XTerm*allowWindowOps: true, or take "
			"SetSelection out of XTerm*disallowedWindowOps");
}

/* ---- tmux ---- */

static void print_passthrough(const struct probe *probe)
{
	const struct tmux_facts *tmux = &probe->tmux;

	if (!tmux->has_passthrough)
		line("passthrough", "off");
	else
		line("passthrough", "on; the terminal outside %s",
			probe->outer_sixel >= 0              ? "answered through it"
				: probe->asked & PROBE_OUTER ? "did not answer through it"
							     : "was not asked");
}

static void print_missing_lines(const struct tmux_facts *tmux)
{
	if (tmux->has_passthrough && tmux->sets_clipboard && tmux->has_focus_events)
		return;
	puts("\nAdd to ~/.tmux.conf:");
	if (!tmux->has_passthrough)
		puts("  set -g allow-passthrough on");
	if (!tmux->sets_clipboard)
		puts("  set -g set-clipboard on");
	if (!tmux->has_focus_events)
		puts("  set -g focus-events on");
}

static void print_tmux(const struct probe *probe)
{
	const struct tmux_facts *tmux = &probe->tmux;

	puts("\ntmux");
	if (!tmux->is_known) {
		line("", "its own program did not say what it can (tmux display-message)");
		return;
	}
	line("version", "%s", tmux->version);
	line("outside", "%s%s", tmux->outer_term[0] ? tmux->outer_term : "nobody is attached",
		probe_is_nested(probe) ? ": tmux inside tmux" : "");
	line("sixel", "%s", tmux->has_sixel ? "draws it, and its client too" : "draws none");
	print_passthrough(probe);
	line("set-clipboard", "%s", tmux->sets_clipboard ? "on" : "not on");
	line("focus-events", "%s",
		tmux->has_focus_events ? "on"
				       : "off: pictures come back later after another window");
	line("pane", "row %d, column %d; %s", tmux->pane_top, tmux->pane_left,
		tmux->is_visible ? "shown" : "not shown");
	print_missing_lines(tmux);
}

/* ---- files ---- */

static void print_files(const struct doctor *doctor)
{
	char found[PATH_MAX] = "";
	const char *path = doctor->options->config;
	struct err err = {0};

	if (!path)
		path = config_default_path(found, sizeof(found), &err) ? found : err.text;
	puts("\nFiles");
	line("configuration", "%s%s", path, access(path, R_OK) == 0 ? "" : " (there is none)");
	line("cache", "%s%s", doctor->path,
		access(doctor->path, R_OK) == 0 ? "" : " (there is none yet)");
}

/* ---- all of it ---- */

static enum images images_of(const char *word)
{
	static const char *const words[] = {
		[IMAGES_AUTO] = "auto",
		[IMAGES_SIXEL] = "sixel",
		[IMAGES_BLOCKS] = "blocks",
		[IMAGES_ASCII] = "ascii",
		[IMAGES_OFF] = "off",
	};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i], word) == 0)
			return (enum images)i;
	return IMAGES_AUTO;
}

static bool wants_color(const struct doctor *doctor, int terminal_colors)
{
	const char *wish = doctor->config->color;

	if (strcmp(wish, "auto") == 0)
		return terminal_colors >= 8 && !environment("NO_COLOR");
	return strcmp(wish, "always") == 0;
}

bool doctor_run(const struct doctor *doctor, struct err *err)
{
	int colors = term_colors();
	enum images images = images_of(doctor->config->images);
	struct probe_options options = {
		.images = images == IMAGES_AUTO && doctor->is_ascii ? IMAGES_ASCII : images,
		.is_utf8 = doctor->is_utf8,
		.has_color = wants_color(doctor, colors),
		.terminal_colors = colors,
		.is_terminal = isatty(STDIN_FILENO) && isatty(STDOUT_FILENO),
	};
	struct probe probe;

	if (!doctor_ask(&probe, &options, err))
		return false;
	puts("opsglass " OPSGLASS_VERSION);
	if (!options.is_terminal)
		puts("\nStandard input or output is no terminal: what needs its answers is not "
		     "known.");
	putchar('\n');
	print_terminal(doctor, &probe);
	print_pictures(&probe);
	print_copying(&probe);
	if (probe.is_in_tmux)
		print_tmux(&probe);
	print_files(doctor);
	return true;
}
