/* Tests of asking and hearing (ui/capabilities.h): time-outs, late answers, garbage. */
#include "base/clock.h"
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

TestSuite(probe, .init = open_terminal, .fini = close_terminal);

Test(probe, asks_all_at_once_with_da1_last)
{
	cr_assert_str_eq(terminal_ask(&terminal),
		"\033[?2026$p\033[16t\033[14t\033[>0q\033[?1;1;0S\033[?2;1;0S\033[c");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert_not(probe_is_over(&terminal.probe));
}

Test(probe, is_over_with_da1)
{
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[6;20;10t");
	cr_assert_not(probe_is_over(&terminal.probe));
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_not(terminal_found(&terminal)->has_answered);
	terminal_answer(&terminal, "\033[?62;4c");
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
	cr_assert_not(probe_is_unanswered(&terminal.probe));
}

Test(probe, gives_up_after_300_ms)
{
	terminal_ask(&terminal);
	terminal_pass(&terminal, 299);
	cr_assert_not(probe_is_over(&terminal.probe));
	cr_assert(strstr(terminal_found(&terminal)->rung_why, "yet"));
	terminal.now_ms++;
	cr_assert(probe_tick(&terminal.probe, terminal.now_ms), "the words are others");
	cr_assert_not(probe_tick(&terminal.probe, terminal.now_ms));
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert(probe_is_unanswered(&terminal.probe));
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert(strstr(terminal_found(&terminal)->rung_why, "within 300 ms"));
	cr_assert_eq(terminal_found(&terminal)->round_trip_ms, UNKNOWN);
	cr_assert_not(terminal_found(&terminal)->is_slow);
}

Test(probe, is_more_patient_over_ssh)
{
	static const char *const names[] = {"SSH_CONNECTION", "SSH_TTY"};

	for (size_t i = 0; i < 2; i++) {
		setenv(names[i], "x", 1);
		terminal_restart(&terminal);
		unsetenv(names[i]);
		terminal_ask(&terminal);
		terminal_pass(&terminal, 1499);
		cr_assert_not(probe_is_over(&terminal.probe));
		terminal_pass(&terminal, 1);
		cr_assert(probe_is_over(&terminal.probe));
	}
}

Test(probe, hears_late_answers)
{
	terminal_ask(&terminal);
	terminal_pass(&terminal, 300);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	terminal_pass(&terminal, 5000);
	terminal_answer(&terminal, "\033[?2026;2$y\033[6;20;10t\033[?62;4;52c");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
	cr_assert(terminal_found(&terminal)->has_synchronized);
	cr_assert(terminal_found(&terminal)->has_clipboard);
	cr_assert_eq(terminal_found(&terminal)->round_trip_ms, 5300);
	cr_assert(terminal_found(&terminal)->is_slow);
}

Test(probe, calls_a_link_slow_from_a_round_trip_over_250_ms_on)
{
	terminal_ask(&terminal);
	terminal_pass(&terminal, 250);
	terminal_answer(&terminal, "\033[?62c");
	cr_assert_not(terminal_found(&terminal)->is_slow);
	terminal_restart(&terminal);
	terminal_ask(&terminal);
	terminal_pass(&terminal, 251);
	terminal_answer(&terminal, "\033[?62c");
	cr_assert(terminal_found(&terminal)->is_slow);
}

Test(probe, knows_synchronized_output_by_its_mode)
{
	static const bool expected[] = {false, true, true, false, false};

	for (size_t i = 0; i < 5; i++) {
		char bytes[32];

		snprintf(bytes, sizeof bytes, "\033[?2026;%zu$y\033[?62c", i);
		terminal_restart(&terminal);
		terminal_ask(&terminal);
		terminal_answer(&terminal, bytes);
		cr_assert_eq(terminal_found(&terminal)->has_synchronized, expected[i], "%zu", i);
	}
	terminal_restart(&terminal);
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[?2004;1$y\033[?62c");
	cr_assert_not(terminal_found(&terminal)->has_synchronized);
}

/* ---- xterm ---- */

static void answer_as_xterm(const char *features)
{
	terminal_restart(&terminal);
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033P>|XTerm(379)\033\\\033[?64;1c");
	cr_assert_str_eq(terminal_ask(&terminal), "\033]60\033\\");
	cr_assert_not(probe_is_over(&terminal.probe));
	cr_assert_str_eq(terminal_ask(&terminal), "");
	terminal_answer(&terminal, features);
}

Test(probe, asks_xterm_what_it_allows)
{
	answer_as_xterm("\033]60;allowColorOps,allowMouseOps,allowTitleOps\033\\");
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert(terminal_found(&terminal)->is_clipboard_refused);
	answer_as_xterm("\033]60;allowColorOps,allowWindowOps\033\\");
	cr_assert_not(terminal_found(&terminal)->is_clipboard_refused);
	answer_as_xterm("\033]60;allowWindowOps\a");
	cr_assert_not(terminal_found(&terminal)->is_clipboard_refused);
	answer_as_xterm("\033]60;allowWindowOpsNot\033\\");
	cr_assert(terminal_found(&terminal)->is_clipboard_refused);
	answer_as_xterm("\033]60\033\\");
	cr_assert(terminal_found(&terminal)->is_clipboard_refused);
	answer_as_xterm("\033]600;x\033\\");
	cr_assert_not(terminal_found(&terminal)->is_clipboard_refused, "no answer");
	terminal_pass(&terminal, 300);
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert(probe_is_unanswered(&terminal.probe));
}

Test(probe, asks_nobody_else_what_xterm_allows)
{
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033P>|contour 0.3.12\033\\\033[?65;4c");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	terminal_answer(&terminal, "\033]60;x\033\\");
	cr_assert_not(terminal_found(&terminal)->is_clipboard_refused);
}

/* ---- other sizes ---- */

Test(probe, asks_again_for_the_cell_after_another_size)
{
	const struct capabilities *found = terminal_found(&terminal);

	probe_hear_size(&terminal.probe, 24, 80, 800, 480);
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[6;20;10t\033[?2;0;800;480S\033[?62;4c");
	probe_hear_size(&terminal.probe, 24, 80, 800, 480);
	cr_assert_str_eq(terminal_ask(&terminal), "", "it is the same");
	probe_hear_size(&terminal.probe, 48, 100, 1000, 960);
	cr_assert_eq(found->cell_width_px, 10);
	cr_assert_eq(found->max_width_px, 0, "the window was its limit");
	cr_assert_str_eq(terminal_ask(&terminal), "\033[16t\033[14t\033[?2;1;0S");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	cr_assert(probe_is_over(&terminal.probe), "nobody waits for it");
	terminal_answer(&terminal, "\033[6;20;10t\033[?2;0;1000;960S");
	cr_assert_eq(found->max_width_px, 1000);
	probe_hear_size(&terminal.probe, 24, 50, 1000, 960);
	cr_assert_eq(found->cell_width_px, 20, "another font: the old answer is none");
	cr_assert_eq(found->cell_height_px, 40);
	cr_assert_eq(found->rung, RUNG_SIXEL);
}

Test(probe, does_not_ask_again_who_never_answered)
{
	probe_hear_size(&terminal.probe, 24, 80, 484, 316);
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[?62;4c");
	probe_hear_size(&terminal.probe, 48, 100, 604, 628);
	cr_assert_str_eq(terminal_ask(&terminal), "");
}

/* ---- tmux ---- */

static const char question_outside[] = "\033Ptmux;\033\033[c\033\\";

static void enter_tmux(void)
{
	setenv("TERM", "tmux-256color", 1);
	setenv("TMUX", "/tmp/sock,1,0", 1);
	terminal_restart(&terminal);
	terminal_ask(&terminal);
}

static void tell(const char *shown, const char *outer)
{
	char facts[256];

	snprintf(facts, sizeof facts, "3.3a||1|on|1|0|0|on|bottom|%s|6|13|0|1|0|%s|title", shown,
		outer);
	terminal_tell_tmux(&terminal, facts);
}

Test(probe, asks_the_terminal_outside_only_after_tmux_itself_answered)
{
	enter_tmux();
	tell("1|0|1", "xterm");
	cr_assert_str_eq(terminal_ask(&terminal), "", "its answer would be taken for tmux's");
	terminal_answer(&terminal, "\033[?1;2c");
	cr_assert_str_eq(terminal_ask(&terminal), question_outside);
	terminal_answer(&terminal, "\033[?62;4c\033[?62c");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL, "one answer to a question");
}

Test(probe, takes_silence_of_the_terminal_outside_for_no)
{
	enter_tmux();
	terminal_answer(&terminal, "\033[?1;2c");
	tell("1|0|1", "xterm");
	terminal_ask(&terminal);
	terminal_pass(&terminal, 300);
	cr_assert(probe_is_over(&terminal.probe));
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert(strstr(terminal_found(&terminal)->rung_why, "passthrough"));
	terminal_answer(&terminal, "\033[?62;4c");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL, "late, but heard");
}

Test(probe, waits_with_the_question_until_the_window_is_shown)
{
	enter_tmux();
	terminal_answer(&terminal, "\033[?1;2c");
	tell("0|0|1", "xterm");
	cr_assert_str_eq(terminal_ask(&terminal), "", "tmux would drop it");
	cr_assert(probe_is_over(&terminal.probe));
	tell("1|0|1", "xterm");
	cr_assert_str_eq(terminal_ask(&terminal), question_outside);
	terminal_answer(&terminal, "\033[?62;4c");
	tell("0|0|1", "xterm");
	tell("1|0|1", "xterm");
	cr_assert_str_eq(terminal_ask(&terminal), "", "it has answered");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
}

Test(probe, asks_another_terminal_that_takes_over_the_session)
{
	enter_tmux();
	terminal_answer(&terminal, "\033[?1;2c");
	tell("1|0|1", "xterm");
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[?62;4c");
	tell("1|0|0", "");
	cr_assert_str_eq(terminal_ask(&terminal), "");
	tell("1|0|1", "xterm");
	cr_assert_str_eq(terminal_ask(&terminal), "", "the same one came back");
	tell("1|0|1", "alacritty");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_str_eq(terminal_ask(&terminal), question_outside);
	terminal_answer(&terminal, "\033[?6c");
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
}

Test(probe, keeps_facts_when_tmux_knows_none)
{
	struct tmux_facts nothing = {0};

	enter_tmux();
	terminal_answer(&terminal, "\033[?1;2c");
	tell("1|0|1", "xterm");
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033[?62;4c");
	probe_hear_tmux(&terminal.probe, &nothing, terminal.now_ms);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_SIXEL);
}

/* ---- hostile answers ---- */

Test(probe, believes_nobody_who_was_not_asked)
{
	terminal_answer(&terminal, "\033[?62;4;52c\033[6;20;10t\033P>|XTerm(379)\033\\");
	cr_assert_not(terminal_found(&terminal)->has_answered);
	cr_assert_eq(terminal_found(&terminal)->rung, RUNG_BLOCKS);
	cr_assert_str_eq(terminal_found(&terminal)->terminal, "xterm-256color");
}

Test(probe, cleans_the_name_of_the_terminal)
{
	terminal_ask(&terminal);
	terminal_answer(&terminal, "\033P>|evil\x01\x9b\xe2\x80\xae\x80 name\033\\\033[?62c");
	cr_assert_not(strpbrk(terminal_found(&terminal)->terminal, "\x01\x1b\x9b"));
	cr_assert(strstr(terminal_found(&terminal)->terminal, "name"));
}

static const char *const garbage[] = {
	"\033[",
	"\033[?",
	"\033[?c",
	"\033[?;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;;4c",
	"\033[?62;99999999999999999999999999999999999999c",
	"\033[62;4c",
	"\033[>62;4c",
	"\033[?-1;4c",
	"\033[?62;4 c",
	"\033[?2026$y",
	"\033[?2026;1;1$y",
	"\033[?2026;1y",
	"\033[6t",
	"\033[6;20;10;5t",
	"\033[4;-5;-5t",
	"\033[t",
	"\033[?S",
	"\033[?1S",
	"\033[?1;0;-5S",
	"\033[?2;0;99999999999;1S",
	"\033[?7;0;5S",
	"\033P>|",
	"\033P>",
	"\033P",
	"\033]60",
	"\033]6",
	"\033]",
	"\033",
	"",
	"x",
	"\033[?62;4cc",
	"\033[?62;4$c",
};

/* Whole and cut short, straight to the probe: nothing is read behind the end (ASan looks). */
Test(probe, survives_garbage)
{
	for (size_t i = 0; i < sizeof garbage / sizeof garbage[0]; i++) {
		size_t count = strlen(garbage[i]);

		for (size_t part = 0; part <= count; part++) {
			char *report = malloc(part + 1);

			memcpy(report, garbage[i], part);
			report = realloc(report, part ? part : 1);
			terminal_restart(&terminal);
			probe_hear_size(&terminal.probe, 24, 80, 800, 480);
			terminal_ask(&terminal);
			probe_hear(&terminal.probe, report, part, terminal.now_ms);
			cr_assert(part < count || terminal_found(&terminal)->rung != RUNG_SIXEL,
				"%zu", i);
			cr_assert_geq(terminal_found(&terminal)->max_width_px, 0);
			cr_assert_leq(terminal_found(&terminal)->max_width_px, 65535);
			free(report);
		}
	}
}

Test(probe, tells_answers_from_other_reports)
{
	static const struct {
		const char *report;
		bool is_answer;
	} cases[] = {
		{"\033[?62;4c", true},
		{"\033[?2026;2$y", true},
		{"\033[6;20;10t", true},
		{"\033[?1;0;256S", true},
		{"\033P>|foot(1.13)\033\\", true},
		{"\033[>0;276;0c", false},
		{"\033[?997;1n", false},
		{"\033]11;rgb:00/00/00\033\\", false},
		{"\033P1$r0m\033\\", false},
	};

	terminal_ask(&terminal);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		cr_assert_eq(probe_hear(&terminal.probe, cases[i].report, strlen(cases[i].report),
				     terminal.now_ms),
			cases[i].is_answer, "%s", cases[i].report + 1);
}
