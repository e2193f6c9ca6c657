/* Tests of ui/tmux.h. The answers are those of real servers, but for what is broken in them. */
#include "ui/tmux.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct tmux_facts facts;

static void set_up(void)
{
	text_init();
}

TestSuite(tmux, .init = set_up);

/* tmux 3.3a, Debian 12, attached in xterm; each line changes some of it. */
static const char attached[] = "3.3a||0|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm-256color|"
			       "bpaste,ccolour,clipboard,cstyle,focus,title\n";

Test(tmux, facts_of_a_plain_server)
{
	cr_assert(tmux_parse(&facts, attached));
	cr_assert(facts.is_known);
	cr_assert_str_eq(facts.version, "3.3a");
	cr_assert_not(facts.has_sixel);
	cr_assert_not(facts.has_passthrough);
	cr_assert_not(facts.sets_clipboard);
	cr_assert_not(facts.has_focus_events);
	cr_assert_eq(facts.pane_top, 0);
	cr_assert_eq(facts.pane_left, 0);
	cr_assert_eq(facts.client_cell_width, 6);
	cr_assert_eq(facts.client_cell_height, 13);
	cr_assert(facts.is_visible);
	cr_assert_str_eq(facts.outer_term, "xterm-256color");
}

Test(tmux, options_count_as_numbers_and_as_words)
{
	cr_assert(tmux_parse(&facts, "3.3a||1|on|1|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|title\n"));
	cr_assert(facts.has_passthrough && facts.sets_clipboard && facts.has_focus_events);
	cr_assert(tmux_parse(
		&facts, "3.6b|1|all|on|on|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|title\n"));
	cr_assert(facts.has_passthrough && facts.sets_clipboard && facts.has_focus_events);
	cr_assert(tmux_parse(
		&facts, "3.6b|1|off|off|off|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|title\n"));
	cr_assert_not(facts.has_passthrough || facts.sets_clipboard || facts.has_focus_events);
}

Test(tmux, draws_sixel_only_with_a_client_that_can)
{
	static const struct {
		const char *sixel, *features;
		bool has_sixel;
	} cases[] = {
		{"1", "bpaste,sixel,title", true},
		{"1", "sixel", true},
		{"1", "bpaste,title", false},
		{"1", "bpaste,nosixel,sixels", false},
		{"0", "bpaste,sixel,title", false},
		{"", "bpaste,sixel,title", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[256];

		snprintf(text, sizeof text,
			"3.5a|%s|off|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xterm|%s\n",
			cases[i].sixel, cases[i].features);
		cr_assert(tmux_parse(&facts, text));
		cr_assert_eq(facts.has_sixel, cases[i].has_sixel, "%s", text);
	}
}

Test(tmux, lines_of_a_status_bar_on_top_push_panes_down)
{
	static const struct {
		const char *status, *position;
		int top;
	} cases[] = {
		{"on", "bottom", 5},
		{"on", "top", 6},
		{"off", "top", 5},
		{"2", "top", 7},
		{"5", "top", 10},
		{"999", "top", 10},
		{"", "top", 5},
		{"3", "bottom", 5},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[256];

		snprintf(text, sizeof text,
			"3.3a||1|on|1|5|41|%s|%s|1|0|1|6|13|0|1|0|xterm|title\n", cases[i].status,
			cases[i].position);
		cr_assert(tmux_parse(&facts, text));
		cr_assert_eq(facts.pane_top, cases[i].top, "%s", text);
		cr_assert_eq(facts.pane_left, 41);
	}
}

Test(tmux, pane_is_visible_only_when_all_of_it_is_on_a_screen)
{
	static const struct {
		const char *shown; /* window_active|pane_in_mode|session_attached */
		const char *rest;  /* window_zoomed_flag|pane_active|window_bigger */
		bool is_visible;
	} cases[] = {
		{"1|0|1", "0|1|0", true},
		{"1|0|2", "0|0|0", true},
		{"1|0|1", "1|1|0", true},
		{"0|0|1", "0|1|0", false}, /* another window */
		{"1|1|1", "0|1|0", false}, /* copy mode */
		{"1|0|0", "0|1|0", false}, /* detached */
		{"1|0|1", "1|0|0", false}, /* another pane is zoomed */
		{"1|0|1", "0|1|1", false}, /* the client shows a part */
		{"||", "||", false},       /* not known */
		{"1||1", "0|1|0", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[256];

		snprintf(text, sizeof text, "3.3a||1|on|1|0|0|on|bottom|%s|6|13|%s|xterm|title\n",
			cases[i].shown, cases[i].rest);
		cr_assert(tmux_parse(&facts, text));
		cr_assert_eq(facts.is_visible, cases[i].is_visible, "%s", text);
	}
}

Test(tmux, before_the_option_existed_the_envelope_was_always_opened)
{
	static const struct {
		const char *version;
		bool has_passthrough;
	} cases[] = {
		{"2.8", true},
		{"3.1c", true},
		{"3.2a", true},
		{"3.3", false},
		{"3.10", false},
		{"next-3.6", false},
		{"openbsd-7.4", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[256];

		snprintf(text, sizeof text, "%s|||on|1|0|0|on|bottom|1|0|1|||0|1|0|xterm|\n",
			cases[i].version);
		cr_assert(tmux_parse(&facts, text));
		cr_assert_eq(facts.has_passthrough, cases[i].has_passthrough, "%s", text);
		cr_assert_eq(facts.client_cell_width, 0);
	}
}

Test(tmux, names_of_users_are_cleaned_and_cannot_move_other_facts)
{
	cr_assert(tmux_parse(&facts,
		"3.3a||0|external|0|0|0|on|bottom|1|0|1|6|13|0|1|0|xt\033[2Jerm|a|b|sixel\n"));
	cr_assert_not(strchr(facts.outer_term, '\033'));
	cr_assert_not(facts.has_sixel);
	cr_assert(facts.is_visible);
}

Test(tmux, what_is_no_answer_is_refused)
{
	static const char *const texts[] = {"", "\n", "|", "3.3a", "3.3a|0|1\n",
		"no server running on /tmp/tmux-0/default\n", "||||||||||||||||||\n",
		"3.3a||0|external|0|0|0|on|bottom|1|0|1|6|13\n|0|1|0|xterm|title\n"};

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		facts.is_known = true;
		cr_assert_not(tmux_parse(&facts, texts[i]), "%s", texts[i]);
		cr_assert_not(facts.is_known);
	}
}

Test(tmux, absurd_numbers_are_none)
{
	cr_assert(tmux_parse(&facts,
		"3.3a||0|external|0|-5|99999999999999999999|on|bottom|1|0|1|6x|-13|0|1|0|xterm|"
		"\n"));
	cr_assert_eq(facts.pane_top, 0);
	cr_assert_eq(facts.pane_left, 0);
	cr_assert_eq(facts.client_cell_width, 0);
	cr_assert_eq(facts.client_cell_height, 0);
}

/* ---- asking: a program called tmux that prints what it was asked ---- */

static char folder[] = "/tmp/opsglass-tmux-XXXXXX";

static void put_tmux(const char *script)
{
	char path[128];
	int descriptor;

	if (!strstr(getenv("PATH"), folder)) {
		cr_assert(mkdtemp(folder));
		snprintf(path, sizeof path, "%s:/usr/bin:/bin", folder);
		setenv("PATH", path, 1);
	}
	snprintf(path, sizeof path, "%s/tmux", folder);
	descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0700);
	cr_assert_geq(descriptor, 0);
	dprintf(descriptor, "#!/bin/sh\n%s\n", script);
	close(descriptor);
}

static void remove_folder(void)
{
	char path[128];

	snprintf(path, sizeof path, "%s/tmux", folder);
	unlink(path);
	rmdir(folder);
}

static bool ask(struct tmux *tmux)
{
	tmux_ask(tmux);
	while (tmux_descriptor(tmux) >= 0) {
		struct pollfd polled = {.fd = tmux_descriptor(tmux), .events = POLLIN};

		poll(&polled, 1, 50);
		if (tmux_hear(tmux, &facts))
			return true;
	}
	return false;
}

Test(tmux, asks_its_own_server_about_its_own_pane, .fini = remove_folder)
{
	struct tmux *tmux;

	setenv("TMUX", "/tmp/some where/sock,123,0", 1);
	setenv("TMUX_PANE", "%7", 1);
	put_tmux("[ \"$1,$2,$3,$4,$5,$6\" = '-S,/tmp/some where/sock,display-message,-p,-t,%7' ] ||"
		 " exit 1\n"
		 "echo '3.3a||1|on|1|3|0|on|top|1|0|1|6|13|0|1|0|foot|title'");
	tmux = tmux_new();
	cr_assert_not_null(tmux);
	cr_assert(ask(tmux));
	cr_assert_str_eq(facts.outer_term, "foot");
	cr_assert_eq(facts.pane_top, 4);
	cr_assert(ask(tmux), "it can be asked again");
	tmux_free(tmux);
}

Test(tmux, that_fails_leaves_the_facts_alone, .fini = remove_folder)
{
	struct tmux *tmux;

	setenv("TMUX", "/tmp/sock,123,0", 1);
	setenv("TMUX_PANE", "%7", 1);
	put_tmux("echo '3.3a||1|on|1|3|0|on|top|1|0|1|6|13|0|1|0|foot|title'; exit 1");
	tmux = tmux_new();
	facts.pane_top = 42;
	cr_assert_not(ask(tmux));
	put_tmux("echo garbage");
	cr_assert_not(ask(tmux));
	cr_assert_eq(facts.pane_top, 42);
	tmux_free(tmux);
}

Test(tmux, is_none_without_its_environment)
{
	setenv("TMUX_PANE", "%7", 1);
	unsetenv("TMUX");
	cr_assert_null(tmux_new());
	setenv("TMUX", "", 1);
	cr_assert_null(tmux_new());
	setenv("TMUX", ",1,0", 1);
	cr_assert_null(tmux_new());
	setenv("TMUX", "/tmp/sock,1,0", 1);
	unsetenv("TMUX_PANE");
	cr_assert_null(tmux_new());
	tmux_free(NULL);
}

/* ---- the envelope ---- */

Test(tmux, envelope_doubles_every_escape)
{
	struct buf wrapped;

	buf_init(&wrapped, 100);
	cr_assert(tmux_wrap(&wrapped, "\0337a\033\033\\", 6));
	cr_assert_eq(wrapped.len, 7 + 9 + 2);
	cr_assert_str_eq(wrapped.data, "\033Ptmux;\033\0337a\033\033\033\033\\\033\\");
	buf_clear(&wrapped);
	cr_assert(tmux_wrap(&wrapped, "", 0));
	cr_assert_str_eq(wrapped.data, "\033Ptmux;\033\\");
	buf_release(&wrapped);
}

Test(tmux, envelope_that_is_too_small_says_so)
{
	struct buf wrapped;

	buf_init(&wrapped, 12);
	cr_assert_not(tmux_wrap(&wrapped, "0123456789", 10));
	buf_release(&wrapped);
}
