/* Tests of what is decided (ui/capabilities.h). xterm, mlterm and tmux 3.3a answer here as they
 * were recorded; the others as their sources and manuals say. */
#include "ui/capabilities.h"
#include "ui/terminal.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static struct terminal terminal;

static void open_terminal(void)
{
	terminal_init(&terminal, "xterm-256color");
}

static void close_terminal(void)
{
	terminal_release(&terminal);
}

TestSuite(capabilities, .init = open_terminal, .fini = close_terminal);

/* ---- every terminal of the table ---- */

static const struct recorded {
	const char *name, *term;
	const char *variable, *value; /* more of the environment; NULL = none */
	const char *answers;
	int width_px, height_px; /* TIOCGWINSZ for 80x24 */
	enum rung rung;
	int cell_width, cell_height;
	bool has_synchronized, has_clipboard;
	const char *why, *hint; /* parts of them; "" hint = there is none */
} recorded[] = {
	{"xterm", "xterm", NULL, NULL,
		"\033[?2026;0$y\033P>|XTerm(379)\033\\\033[?1;3S\033[?2;3S"
		"\033[?64;1;2;6;9;15;16;17;18;21;22;28c",
		484, 316, RUNG_BLOCKS, 6, 13, false, false, "does not say sixel", "-ti vt340"},
	{"xterm -ti vt340", "xterm", NULL, NULL,
		"\033[?2026;0$y\033P>|XTerm(379)\033\\\033[?1;0;1024S\033[?2;0;480;312S"
		"\033[?63;1;2;4;6;9;15;16;22;28c",
		484, 316, RUNG_SIXEL, 6, 13, false, false, "DA1 says sixel", ""},
	{"foot", "foot", NULL, NULL,
		"\033[?2026;2$y\033[6;17;8t\033[4;408;640t\033P>|foot(1.13.1)\033\\"
		"\033[?1;0;1024S\033[?2;0;640;408S\033[?62;4;22;28;52c",
		640, 408, RUNG_SIXEL, 8, 17, true, true, "DA1 says sixel", ""},
	{"WezTerm", "xterm-256color", "TERM_PROGRAM", "WezTerm",
		"\033[?2026;2$y\033[6;22;10t\033[4;528;800t\033P>|WezTerm 20240203\033\\"
		"\033[?1;3;0S\033[?2;0;800;528S\033[?65;4;6;18;22;52c",
		800, 528, RUNG_SIXEL, 10, 22, true, true, "DA1 says sixel", ""},
	{"iTerm2", "xterm-256color", "TERM_PROGRAM", "iTerm.app",
		"\033[?2026;2$y\033[6;18;8t\033[4;432;640t\033P>|iTerm2 3.5.0\033\\"
		"\033[?1;0;256S\033[?64;1;2;4;6;17;18;21;22;52c",
		0, 0, RUNG_SIXEL, 8, 18, true, true, "DA1 says sixel", ""},
	{"Windows Terminal 1.23", "xterm-256color", "WT_SESSION", "8c",
		"\033[?2026;2$y\033[6;0;0t\033[4;0;0t"
		"\033[?61;4;6;7;14;21;22;23;24;28;32;42;52c",
		0, 0, RUNG_SIXEL, 10, 20, true, true, "DA1 says sixel", ""},
	{"Windows Terminal 1.21", "xterm-256color", "WT_SESSION", "8c",
		"\033[?2026;0$y\033[?61;6;7;14;21;22;23;24;28;32;42c", 0, 0, RUNG_BLOCKS, 10, 20,
		false, false, "does not say sixel", "1.22"},
	{"Konsole", "xterm-256color", NULL, NULL,
		"\033[6;20;9t\033[4;480;720t\033P>|Konsole 22.12.3\033\\\033[?1;0;256S"
		"\033[?2;0;16384;16384S\033[?62;1;4c",
		720, 480, RUNG_SIXEL, 9, 20, false, false, "DA1 says sixel", ""},
	{"mlterm", "mlterm", NULL, NULL,
		"\033[?2026;0$y\033[6;19;10t\033[4;456;800t\033[?1;0;1024S\033[?1;3;0S"
		"\033[?63;1;2;3;4;6;7;15;18;22;29c",
		800, 456, RUNG_SIXEL, 10, 19, false, false, "DA1 says sixel", ""},
	{"VS Code", "xterm-256color", "TERM_PROGRAM", "vscode", "\033[?2026;2$y\033[?1;2c", 0, 0,
		RUNG_BLOCKS, 10, 20, true, false, "does not say sixel", "enableImages"},
	{"kitty", "xterm-kitty", NULL, NULL,
		"\033[?2026;2$y\033[6;20;10t\033[4;480;800t\033P>|kitty(0.32.0)\033\\\033[?62;52;c",
		800, 480, RUNG_BLOCKS, 10, 20, true, true, "does not say sixel", ""},
	{"VTE", "xterm-256color", "COLORTERM", "truecolor",
		"\033[?2026;2$y\033[6;18;9t\033[4;432;720t\033P>|VTE(7600)\033\\\033[?61;1;21;22c",
		720, 432, RUNG_BLOCKS, 9, 18, true, false, "does not say sixel", ""},
	{"a VT132, whose first number is no attribute", "xterm", NULL, NULL, "\033[?4;6c", 640, 384,
		RUNG_BLOCKS, 8, 16, false, false, "does not say sixel", ""},
};

static void check(const struct recorded *of)
{
	const struct capabilities *found = terminal_found(&terminal);

	cr_assert_eq(found->rung, of->rung, "%s: %d, %s", of->name, found->rung, found->rung_why);
	cr_assert_eq(found->cell_width_px, of->cell_width, "%s: %s", of->name, found->cell_why);
	cr_assert_eq(found->cell_height_px, of->cell_height, "%s: %s", of->name, found->cell_why);
	cr_assert_eq(found->has_synchronized, of->has_synchronized, "%s", of->name);
	cr_assert_eq(found->has_clipboard, of->has_clipboard, "%s", of->name);
	cr_assert(strstr(found->rung_why, of->why), "%s: %s", of->name, found->rung_why);
	cr_assert(strstr(found->hint, of->hint), "%s: %s", of->name, found->hint);
	cr_assert_eq(found->hint[0] == '\0', of->hint[0] == '\0', "%s: %s", of->name, found->hint);
	cr_assert(found->has_answered);
	cr_assert_not(found->is_wrapped || found->is_in_tmux || found->is_row_sensitive);
	cr_assert_eq(found->round_trip_ms, 7);
}

Test(capabilities, of_every_terminal_that_answers)
{
	for (size_t i = 0; i < sizeof recorded / sizeof recorded[0]; i++) {
		const struct recorded *of = &recorded[i];

		terminal_release(&terminal);
		terminal_init(&terminal, of->term);
		if (of->variable)
			setenv(of->variable, of->value, 1);
		terminal_restart(&terminal);
		probe_hear_size(&terminal.probe, 24, 80, of->width_px, of->height_px);
		cr_assert(*terminal_ask(&terminal));
		terminal_pass(&terminal, 7);
		terminal_answer(&terminal, of->answers);
		check(of);
	}
}

/* ---- those that must not be asked ---- */

Test(capabilities, of_terminals_that_are_never_asked)
{
	static const char *const terms[] = {"linux", "linux-16color", "dumb", "unknown", "vt100",
		"vt220", "screen", "screen-256color", ""};

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		setenv("TERM", terms[i], 1);
		terminal_restart(&terminal);
		cr_assert_str_eq(terminal_ask(&terminal), "", "%s", terms[i]);
		cr_assert(probe_is_over(&terminal.probe));
		terminal_answer(&terminal, "\033[?62;4;52c\033[6;20;10t");
		cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS, "%s", terms[i]);
		cr_assert_not(terminal_found(&terminal)->has_clipboard);
	}
}

Test(capabilities, of_a_linux_console)
{
	setenv("TERM", "linux", 1);
	terminal.options.terminal_colors = 8;
	terminal_restart(&terminal);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_eq(terminal_found(&terminal)->block_colors, 16);
	terminal.options.is_utf8 = false;
	terminal_restart(&terminal);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_ASCII);
}

Test(capabilities, of_no_terminal_at_all)
{
	terminal.options.is_terminal = false;
	terminal_restart(&terminal);
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_TEXT);
}

/* ---- colours and locale ---- */

static const char sixel_answers[] = "\033[6;20;10t\033[?62;4c";

static void answer(const char *bytes)
{
	terminal_restart(&terminal);
	terminal_ask(&terminal);
	terminal_answer(&terminal, bytes);
}

Test(capabilities, without_colours_pictures_are_ascii)
{
	terminal.options.has_color = false;
	setenv("NO_COLOR", "1", 1);
	answer(sixel_answers);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_ASCII);
	cr_assert_str_eq(terminal_found(&terminal)->rung_why, "NO_COLOR is set");
	cr_assert(strstr(terminal_found(&terminal)->hint, "NO_COLOR"));
	unsetenv("NO_COLOR");
	answer(sixel_answers);
	cr_assert_str_eq(terminal_found(&terminal)->rung_why, "colours are off by your wish");
	terminal.options.terminal_colors = 0;
	answer(sixel_answers);
	cr_assert_str_eq(terminal_found(&terminal)->rung_why, "TERM=xterm-256color has no colours");
}

Test(capabilities, without_utf8_pictures_are_ascii)
{
	terminal.options.is_utf8 = false;
	answer(sixel_answers);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_ASCII);
	cr_assert(strstr(terminal_found(&terminal)->hint, "C.UTF-8"));
}

Test(capabilities, blocks_have_the_colours_of_the_terminal)
{
	static const struct {
		const char *term, *color;
		int terminal_colors, block_colors;
	} cases[] = {
		{"xterm", "", 8, 8},
		{"xterm-16color", "", 16, 16},
		{"xterm", "", 88, 16},
		{"xterm-256color", "", 256, 256},
		{"xterm-256color", "", 8, 256}, /* drawn as xterm: terminfo does not know it */
		{"xterm", "truecolor", 8, 1 << 24},
		{"xterm-256color", "24bit", 256, 1 << 24},
		{"xterm-256color", "yes", 256, 256},
		{"xterm-direct", "", 1 << 24, 1 << 24},
		{"xterm-direct", "", 8, 1 << 24},
		{"linux", "truecolor", 8, 16},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		setenv("TERM", cases[i].term, 1);
		setenv("COLORTERM", cases[i].color, 1);
		terminal.options.terminal_colors = cases[i].terminal_colors;
		terminal_restart(&terminal);
		cr_assert_eq(terminal_found(&terminal)->block_colors, cases[i].block_colors,
			"%s %s %d", cases[i].term, cases[i].color, cases[i].terminal_colors);
	}
}

Test(capabilities, sixel_has_the_registers_that_are_told)
{
	static const struct {
		const char *answers;
		int colors, width, height;
	} cases[] = {
		{"\033[?1;0;16S\033[?2;0;800;600S", 16, 800, 600},
		{"\033[?1;0;1024S\033[?2;0;480;312S", 256, 480, 312},
		{"\033[?1;3S\033[?2;3S", 256, 0, 0},
		{"\033[?1;3;0S\033[?2;3;0;0S", 256, 0, 0},
		{"\033[?1;0;64S\033[?1;3;0S", 64, 0, 0},
		{"\033[?1;0;0S", 256, 0, 0},
		{"\033[?1;0;1S", 256, 0, 0},
		{"\033[?1;0S\033[?2;0S", 256, 0, 0},
		{"", 256, 0, 0},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		terminal_restart(&terminal);
		terminal_ask(&terminal);
		terminal_answer(&terminal, cases[i].answers);
		terminal_answer(&terminal, sixel_answers);
		cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
		cr_assert_eq(terminal_found(&terminal)->sixel_colors, cases[i].colors, "%s",
			cases[i].answers + 1);
		cr_assert_eq(terminal_found(&terminal)->max_width_px, cases[i].width);
		cr_assert_eq(terminal_found(&terminal)->max_height_px, cases[i].height);
	}
}

/* ---- the size of a cell ---- */

Test(capabilities, size_of_a_cell_comes_from_the_best_that_is_known)
{
	static const struct {
		const char *answers;
		int width_px, height_px; /* TIOCGWINSZ */
		int cell_width, cell_height;
		bool is_known;
	} cases[] = {
		{"\033[6;17;8t\033[4;480;800t", 880, 600, 8, 17, true},
		{"\033[4;480;800t", 884, 604, 11, 25, true}, /* floor: its border counts */
		{"\033[4;480;800t", 0, 0, 10, 20, true},
		{"\033[4;487;879t", 0, 0, 10, 20, true},
		{"\033[6;0;0t\033[4;0;0t", 0, 0, 10, 20, false},
		{"\033[6;17;0t", 880, 600, 11, 25, true},
		{"\033[6;9999;9999t", 880, 600, 11, 25, true},
		{"\033[6;99999999999999999999;8t", 880, 600, 11, 25, true},
		{"\033[6;17t", 880, 600, 11, 25, true},
		{"\033[6;;t", 880, 600, 11, 25, true},
		{"\033[8;80;24t", 880, 600, 11, 25, true}, /* tmux 3.3a answers 18t swapped */
		{"", 80, 24, 10, 20, false},
		{"", 65535, 65535, 10, 20, false},
		{"", 0, 600, 10, 20, false},
		{"", 0, 0, 10, 20, false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		const struct capabilities *found = terminal_found(&terminal);

		terminal_restart(&terminal);
		probe_hear_size(&terminal.probe, 24, 80, cases[i].width_px, cases[i].height_px);
		terminal_ask(&terminal);
		terminal_answer(&terminal, cases[i].answers);
		terminal_answer(&terminal, "\033[?62;4c");
		cr_assert_eq(found->cell_width_px, cases[i].cell_width, "%zu: %d", i,
			found->cell_width_px);
		cr_assert_eq(found->cell_height_px, cases[i].cell_height, "%zu", i);
		cr_assert_eq(found->rung, cases[i].is_known ? RUNG_SIXEL : RUNG_BLOCKS, "%zu", i);
		cr_assert_eq(found->hint[0] == '\0', cases[i].is_known, "%zu", i);
	}
}

/* ---- the user's wish ---- */

Test(capabilities, wish_goes_before_all_else)
{
	static const struct {
		enum images images;
		enum rung rung;
	} cases[] = {
		{IMAGES_SIXEL, RUNG_SIXEL},
		{IMAGES_BLOCKS, RUNG_BLOCKS},
		{IMAGES_ASCII, RUNG_ASCII},
		{IMAGES_OFF, RUNG_TEXT},
	};
	static const char *const terms[] = {"xterm", "linux", "screen"};

	terminal.options.has_color = false;
	terminal.options.is_utf8 = false;
	setenv("NO_COLOR", "1", 1);
	for (size_t i = 0; i < 12; i++) {
		setenv("TERM", terms[i % 3], 1);
		terminal.options.images = cases[i / 3].images;
		answer("\033[?62;c");
		cr_assert_eq(terminal_found(&terminal)->rung, cases[i / 3].rung, "%zu", i);
		cr_assert(terminal_found(&terminal)->rung_why[0]);
	}
}

Test(capabilities, forced_sixel_without_answers_guesses)
{
	terminal.options.images = IMAGES_SIXEL;
	terminal_restart(&terminal);
	cr_assert_eq(terminal_found(&terminal)->sixel_colors, 256);
	cr_assert_eq(terminal_found(&terminal)->cell_width_px, 10);
	cr_assert_eq(terminal_found(&terminal)->cell_height_px, 20);
	probe_hear_size(&terminal.probe, 24, 80, 484, 316);
	cr_assert_eq(terminal_found(&terminal)->cell_width_px, 6);
	cr_assert_eq(terminal_found(&terminal)->cell_height_px, 13);
}

/* ---- tmux ---- */

static const char inner_plain[] = "\033[?1;2c";
static const char inner_sixel[] =
	"\033[4;312;480t\033[6;13;6t\033P>|tmux 3.5a\033\\\033[?1;0;1024S\033[?2;3;0S\033[?1;2;4c";

static void enter_tmux(const char *answers, const char *facts)
{
	setenv("TERM", "tmux-256color", 1);
	setenv("TMUX", "/tmp/sock,1,0", 1);
	terminal_restart(&terminal);
	probe_hear_size(&terminal.probe, 24, 80, 480, 312);
	terminal_ask(&terminal);
	terminal_answer(&terminal, answers);
	terminal_tell_tmux(&terminal, facts);
}

Test(capabilities, in_a_plain_tmux)
{
	const struct capabilities *found = terminal_found(&terminal);

	enter_tmux(inner_plain, "3.3a||0|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|title");
	cr_assert_str_eq(terminal_ask(&terminal), "", "nothing would come through");
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert_eq(found->rung, RUNG_BLOCKS);
	cr_assert_str_eq(
		found->hint, "tmux 3.3a: add 'set -g allow-passthrough on' to ~/.tmux.conf");
	cr_assert(found->is_in_tmux);
	cr_assert_not(found->is_wrapped);
	cr_assert_eq(found->cell_width_px, 6);
	cr_assert_eq(found->cell_height_px, 13);
}

static const char open_facts[] = "3.3a||1|on|1|0|0|on|bottom|1|0|1|7|15|0|1|0|xterm|title";

Test(capabilities, in_tmux_with_passthrough_to_a_terminal_with_sixel)
{
	const struct capabilities *found = terminal_found(&terminal);

	enter_tmux(inner_plain, open_facts);
	cr_assert_eq(found->rung, RUNG_BLOCKS);
	cr_assert_str_eq(terminal_ask(&terminal), "\033Ptmux;\033\033[c\033\\");
	cr_assert_str_eq(terminal_ask(&terminal), "", "once");
	cr_assert_not(probe_is_over(&terminal.probe));
	terminal_pass(&terminal, 9);
	terminal_answer(&terminal, "\033[?63;1;2;4;6;9;15;16;22;28;52c");
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert_eq(found->rung, RUNG_SIXEL, "%s", found->rung_why);
	cr_assert(found->is_wrapped);
	cr_assert_not(found->is_row_sensitive);
	cr_assert(found->has_clipboard);
	cr_assert_eq(found->cell_width_px, 7, "of the terminal outside");
	cr_assert_eq(found->cell_height_px, 15);
	cr_assert_eq(found->round_trip_ms, 9);
}

Test(capabilities, in_tmux_with_passthrough_to_a_terminal_without_sixel)
{
	enter_tmux(inner_plain, open_facts);
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[?62;22c");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert(strstr(terminal_found(&terminal)->rung_why, "outside"));
	cr_assert(terminal_found(&terminal)->is_wrapped, "copies still go through");
}

Test(capabilities, in_tmux_that_draws_sixel_for_a_client_that_can)
{
	const struct capabilities *found = terminal_found(&terminal);

	enter_tmux(inner_sixel,
		"3.5a|1|on|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|bpaste,sixel,title");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert_eq(found->rung, RUNG_SIXEL);
	cr_assert(found->is_row_sensitive);
	cr_assert_not(found->is_wrapped);
	cr_assert_str_eq(found->terminal, "tmux 3.5a");
	cr_assert_eq(found->max_width_px, 0, "tmux refuses to tell");
}

Test(capabilities, in_tmux_that_would_write_text_for_a_client_that_cannot)
{
	const struct capabilities *found = terminal_found(&terminal);

	enter_tmux(inner_sixel,
		"3.5a|1|on|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|bpaste,title");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert_eq(found->rung, RUNG_BLOCKS);
	cr_assert_not(found->is_row_sensitive);
	cr_assert(strstr(found->hint, "terminal-features"), "%s", found->hint);
}

Test(capabilities, in_tmux_inside_tmux_or_screen)
{
	static const char *const outer[] = {"tmux-256color", "screen", "screen-256color"};

	for (size_t i = 0; i < 3; i++) {
		char facts[256];

		snprintf(facts, sizeof facts,
			"3.3a||1|on|1|0|0|on|bottom|1|0|1|6|13|0|1|0|%s|title", outer[i]);
		enter_tmux(inner_plain, facts);
		cr_assert_str_eq(terminal_ask(&terminal), "");
		cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
		cr_assert(strstr(terminal_found(&terminal)->rung_why, outer[i]));
	}
	terminal.options.images = IMAGES_SIXEL;
	enter_tmux(inner_plain, "3.3a||0|on|1|0|0|on|bottom|1|0|1|6|13|0|1|0|tmux-256color|title");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
	cr_assert(terminal_found(&terminal)->is_wrapped, "plain sixel would not come through");
}

Test(capabilities, in_tmux_that_says_nothing)
{
	setenv("TERM", "tmux-256color", 1);
	setenv("TMUX", "/tmp/sock,1,0", 1);
	answer(inner_sixel);
	cr_assert_not(probe_is_over(&terminal.probe), "tmux may yet say something");
	cr_assert(strstr(terminal_found(&terminal)->rung_why, "yet"));
	terminal_pass(&terminal, 300);
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_str_eq(terminal_found(&terminal)->rung_why, "tmux did not say what it can");
}

Test(capabilities, in_screen_without_tmux)
{
	setenv("TERM", "screen.xterm-256color", 1);
	terminal_restart(&terminal);
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_not(terminal_found(&terminal)->is_in_tmux);
}
