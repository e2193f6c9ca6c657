/* What is done with what is known of a terminal: the way to draw pictures, the size of a cell,
 * colours, and why. Pure. Main thread. */
#include "ui/capabilities.h"
#include "base/clock.h"
#include "ui/probe.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
	GUESSED_WIDTH = 10, /* of a cell; Windows Terminal's for sixel */
	GUESSED_HEIGHT = 20,
	CELL_MIN = 3,
	CELL_MAX = 512,
	REGISTERS_MIN = 2,
	REGISTERS_MAX = 256,
	SLOW_MS = 250,
	COLORS_DIRECT = 1 << 24
};

static bool begins(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

__attribute__((format(printf, 2, 3))) static void say(
	char words[CAPABILITY_WORDS], const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(words, CAPABILITY_WORDS, format, args);
	va_end(args);
}

/* ---- the size of a cell ---- */

static bool set_cell(struct capabilities *found, int width, int height, const char *why)
{
	if (width < CELL_MIN || width > CELL_MAX || height < CELL_MIN || height > CELL_MAX)
		return false;
	found->cell_width_px = width;
	found->cell_height_px = height;
	say(found->cell_why, "%s", why);
	return true;
}

static bool is_windows_terminal(const struct probe *probe)
{
	return probe->is_windows_terminal || begins(probe->version, "Windows Terminal");
}

/* xterm counts its border: floor. */
static bool divide_cell(const struct probe *probe, struct capabilities *found, int width,
	int height, const char *why)
{
	return probe->columns > 0 && probe->rows > 0 &&
		set_cell(found, width / probe->columns, height / probe->rows, why);
}

/* Whether it is known. */
static bool decide_cell(const struct probe *probe, struct capabilities *found)
{
	const struct tmux_facts *tmux = &probe->tmux;
	char why[CAPABILITY_WORDS];

	if (set_cell(found, tmux->client_cell_width, tmux->client_cell_height,
		    "tmux says so of the terminal outside"))
		return true;
	if (set_cell(found, probe->cell16_width, probe->cell16_height,
		    "the terminal says so (CSI 16 t)"))
		return true;
	say(why, "the window is %dx%d px for %dx%d cells", probe->width_px, probe->height_px,
		probe->columns, probe->rows);
	if (divide_cell(probe, found, probe->width_px, probe->height_px, why))
		return true;
	say(why, "the text is %dx%d px for %dx%d cells (CSI 14 t)", probe->text14_width,
		probe->text14_height, probe->columns, probe->rows);
	if (divide_cell(probe, found, probe->text14_width, probe->text14_height, why))
		return true;
	if (is_windows_terminal(probe))
		return set_cell(found, GUESSED_WIDTH, GUESSED_HEIGHT, "as in Windows Terminal");
	set_cell(found, GUESSED_WIDTH, GUESSED_HEIGHT, "guessed: nobody said");
	return false;
}

/* ---- colours ---- */

static int block_colors(const struct probe *probe)
{
	int colors = probe->options.terminal_colors;

	if (strcmp(probe->term, "linux") == 0)
		return 16;
	if (probe->is_direct || colors > REGISTERS_MAX || strstr(probe->term, "-direct"))
		return COLORS_DIRECT;
	if (colors == REGISTERS_MAX || strstr(probe->term, "256color"))
		return 256;
	return colors >= 16 ? 16 : 8;
}

static int sixel_colors(const struct probe *probe)
{
	if (probe->registers < REGISTERS_MIN)
		return REGISTERS_MAX;
	return probe->registers < REGISTERS_MAX ? probe->registers : REGISTERS_MAX;
}

/* ---- how pictures are drawn: the first of the rules below that has an opinion ---- */

struct decision {
	const struct probe *probe;
	struct capabilities *found;
	bool knows_cell;
};

__attribute__((format(printf, 3, 4))) static bool settle(
	const struct decision *decision, enum rung rung, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	vsnprintf(decision->found->rung_why, CAPABILITY_WORDS, format, args);
	va_end(args);
	decision->found->rung = rung;
	return true;
}

static bool advise(const struct decision *decision, const char *hint)
{
	say(decision->found->hint, "%s", hint);
	return true;
}

/* tmux draws it itself only when it and its client can. */
static bool is_native(const struct probe *probe)
{
	return probe->is_in_tmux && probe->tmux.has_sixel && probe->da1_sixel == 1;
}

/* --images, or [ui] images. */
static bool by_wish(const struct decision *decision)
{
	switch (decision->probe->options.images) {
	case IMAGES_OFF:
		return settle(decision, RUNG_TEXT, "images are off by your wish");
	case IMAGES_ASCII:
		return settle(decision, RUNG_ASCII, "you asked for ascii");
	case IMAGES_BLOCKS:
		return settle(decision, RUNG_BLOCKS, "you asked for blocks");
	case IMAGES_SIXEL:
		return settle(decision, RUNG_SIXEL, "you asked for sixel");
	case IMAGES_AUTO:
		break;
	}
	return false;
}

static bool by_colors(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (probe->options.has_color)
		return false;
	if (probe->no_color) {
		advise(decision, "unset NO_COLOR, or say --images sixel or blocks");
		return settle(decision, RUNG_ASCII, "NO_COLOR is set");
	}
	if (probe->options.terminal_colors >= 8)
		return settle(decision, RUNG_ASCII, "colours are off by your wish");
	return settle(decision, RUNG_ASCII, "TERM=%s has no colours", probe->term);
}

static bool by_environment(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (!probe->options.is_terminal)
		return settle(decision, RUNG_TEXT, "this is no terminal");
	if (by_colors(decision))
		return true;
	if (!probe->options.is_utf8) {
		advise(decision, "use a UTF-8 locale, such as LC_ALL=C.UTF-8");
		return settle(decision, RUNG_ASCII, "the locale is not UTF-8");
	}
	if (probe_may_ask(probe))
		return false;
	if (begins(probe->term, "screen"))
		return settle(decision, RUNG_BLOCKS,
			"GNU screen, or tmux of another machine: nothing gets through");
	return settle(decision, RUNG_BLOCKS, "TERM=%s draws no sixel and must not be asked",
		probe->term[0] ? probe->term : "(unset)");
}

/* Before DA1 all is a guess. */
static bool by_silence(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (probe->da1_sixel >= 0)
		return false;
	if (!(probe->asked & PROBE_TERMINAL) || (probe->pending & PROBE_TERMINAL))
		return settle(decision, RUNG_BLOCKS, "the terminal has not answered yet");
	return settle(decision, RUNG_BLOCKS, "the terminal did not answer within %d ms",
		probe_patience_ms(probe));
}

static bool settle_sixel(const struct decision *decision, const char *why)
{
	if (decision->knows_cell)
		return settle(decision, RUNG_SIXEL, "%s", why);
	advise(decision, "say --images sixel to try it with cells of 10x20 px");
	return settle(decision, RUNG_BLOCKS, "%s, but not how many pixels a cell has", why);
}

/* tmux of some version, without what it has no words for. */
static bool advise_passthrough(const struct decision *decision)
{
	say(decision->found->hint, "tmux %s: add 'set -g allow-passthrough on' to ~/.tmux.conf",
		decision->probe->tmux.version);
	return settle(decision, RUNG_BLOCKS, "tmux %s draws no sixel and lets none through",
		decision->probe->tmux.version);
}

/* tmux draws none, but lets it through to a terminal that may. */
static bool by_passthrough(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (!probe->tmux.has_passthrough)
		return advise_passthrough(decision);
	if (probe->outer_sixel == 1)
		return settle_sixel(decision, "DA1 through tmux's passthrough says sixel (4)");
	if (probe->outer_sixel == 0)
		return settle(decision, RUNG_BLOCKS,
			"the terminal outside tmux does not say sixel (4) in DA1");
	if (!probe->tmux.is_visible)
		return settle(decision, RUNG_BLOCKS,
			"this window is not shown: the terminal outside was not asked");
	if (!(probe->asked & PROBE_OUTER) || (probe->pending & PROBE_OUTER))
		return settle(
			decision, RUNG_BLOCKS, "the terminal outside tmux has not answered yet");
	return settle(decision, RUNG_BLOCKS,
		"no answer came through tmux's passthrough within %d ms", probe_patience_ms(probe));
}

/* terminal.md (a): tmux prints a block of text over other columns for a client without sixel. */
static bool by_tmux(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (!probe->is_in_tmux)
		return false;
	if (!probe->tmux.is_known)
		return settle(decision, RUNG_BLOCKS, "tmux did not say what it can%s",
			probe->pending & PROBE_TMUX ? " yet" : "");
	if (probe_is_nested(probe))
		return settle(decision, RUNG_BLOCKS, "tmux runs inside %s", probe->tmux.outer_term);
	if (probe->da1_sixel == 0)
		return by_passthrough(decision);
	if (is_native(probe))
		return settle_sixel(decision, "DA1 says sixel (4), and so does tmux's client");
	advise(decision,
		"if the terminal outside draws sixel: set -as terminal-features ',*:sixel'");
	return settle(decision, RUNG_BLOCKS, "tmux %s draws sixel, its client has no such feature",
		probe->tmux.version);
}

static bool by_answer(const struct decision *decision)
{
	const struct probe *probe = decision->probe;

	if (probe->da1_sixel == 1)
		return settle_sixel(decision, "DA1 says sixel (4)");
	if (begins(probe->version, "XTerm"))
		advise(decision, "xterm: start it with -ti vt340");
	else if (probe->is_vs_code)
		advise(decision, "VS Code: switch terminal.integrated.enableImages on");
	else if (is_windows_terminal(probe))
		advise(decision, "Windows Terminal draws sixel from version 1.22 on");
	return settle(decision, RUNG_BLOCKS, "DA1 does not say sixel (4)");
}

static void decide_rung(const struct decision *decision)
{
	static bool (*const rules[])(const struct decision *) = {
		by_wish, by_environment, by_silence, by_tmux, by_answer};

	for (size_t i = 0; i < sizeof rules / sizeof rules[0]; i++)
		if (rules[i](decision))
			return;
}

/* ---- the rest ---- */

static void decide_way(const struct probe *probe, struct capabilities *found)
{
	found->is_row_sensitive = found->rung == RUNG_SIXEL && is_native(probe);
	found->is_wrapped =
		probe->is_in_tmux && !found->is_row_sensitive && probe->tmux.has_passthrough;
	/* Forced, before tmux said a word or against it: plain sixel would not come through. */
	if (probe->is_in_tmux && found->rung == RUNG_SIXEL && !found->is_row_sensitive)
		found->is_wrapped = true;
}

/* Inside tmux the way to the terminal outside is the slow one. */
static void decide_link(const struct probe *probe, struct capabilities *found)
{
	found->round_trip_ms = probe->outer_round_trip_ms != UNKNOWN ? probe->outer_round_trip_ms
								     : probe->round_trip_ms;
	found->is_slow = found->round_trip_ms != UNKNOWN && found->round_trip_ms > SLOW_MS;
}

void probe_decide(struct probe *probe)
{
	struct capabilities *found = &probe->found;
	struct decision decision = {.probe = probe, .found = found};

	*found = (struct capabilities){
		.sixel_colors = sixel_colors(probe),
		.block_colors = block_colors(probe),
		.max_width_px = probe->geometry_width,
		.max_height_px = probe->geometry_height,
		.has_synchronized = probe->mode_2026 == 1 || probe->mode_2026 == 2,
		.has_clipboard = probe->da1_clipboard == 1 || probe->outer_clipboard == 1,
		.is_clipboard_refused = probe->osc60 == 0,
		.is_in_tmux = probe->is_in_tmux,
		.has_answered = probe->da1_sixel >= 0,
	};
	decision.knows_cell = decide_cell(probe, found);
	decide_rung(&decision);
	decide_way(probe, found);
	decide_link(probe, found);
	say(found->terminal, "%s", probe->version[0] ? probe->version : probe->term);
}
