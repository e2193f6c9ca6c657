/* Tests of ui/clipboard.h. tmux, xclip and wl-copy are scripts in a folder of their own, which note
 * what they were given. */
#include "ui/clipboard.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SENT "Sent to terminal clipboard, not confirmed - :copytest to check"
#define NONE "This terminal cannot copy - id shown below"
#define DOUBTED "Sent, but this terminal probably refuses it - id shown below"
#define BUFFER "Copied (tmux buffer, prefix ])"
#define BUFFER_SENT "Copied (tmux buffer, prefix ]) - clipboard sent, not confirmed"
/* base64 of sess-7f30 */
#define OSC "\x1b]52;c;c2Vzcy03ZjMw\x1b\\"
#define WRAPPED "\x1bPtmux;\x1b\x1b]52;c;c2Vzcy03ZjMw\a\x1b\\"

enum { PATIENCE_MS = 5000 };

static char folder[64];
static struct clipboard clipboard;
static struct capabilities capabilities;
static struct buf bytes;
static struct err words;

static void open_clipboard(void)
{
	static const char *const variables[] = {"TMUX", "STY", "SSH_CONNECTION", "SSH_CLIENT",
		"SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"};

	text_init();
	for (size_t i = 0; i < sizeof variables / sizeof variables[0]; i++)
		unsetenv(variables[i]);
	setenv("TERM", "xterm-256color", 1);
	snprintf(folder, sizeof folder, "/tmp/opsglass-clip-XXXXXX");
	cr_assert(mkdtemp(folder));
	clipboard_init(&clipboard);
	buf_init(&bytes, 4096);
	capabilities = (struct capabilities){0};
}

static void close_clipboard(void)
{
	static const char *const files[] = {"tmux", "xclip", "wl-copy", "argv", "input"};
	char path[128];

	clipboard_release(&clipboard);
	buf_release(&bytes);
	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/%s", folder, files[i]);
		unlink(path);
	}
	rmdir(folder);
}

TestSuite(clipboard, .init = open_clipboard, .fini = close_clipboard);

/* A program that notes its arguments and its input and ends as told. */
static void install(const char *name, const char *ending)
{
	char path[128], value[256];
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "w");
	cr_assert_not_null(file);
	fprintf(file, "#!/bin/sh\necho %s \"$@\" >>%s/argv\ncat >%s/input\n%s\n", name, folder,
		folder, ending);
	fclose(file);
	chmod(path, 0755);
	snprintf(value, sizeof value, "%s:/usr/bin:/bin", folder);
	setenv("PATH", value, 1);
}

static void assert_noted(const char *name, const char *wanted)
{
	char path[128], text[512] = "";
	FILE *file;

	snprintf(path, sizeof path, "%s/%s", folder, name);
	file = fopen(path, "r");
	cr_assert_not_null(file, "nothing ran");
	text[fread(text, 1, sizeof text - 1, file)] = '\0';
	fclose(file);
	cr_assert_str_eq(text, wanted);
}

static enum clipboard_grade copy(void)
{
	buf_clear(&bytes);
	words.text[0] = '\0';
	return clipboard_copy(&clipboard, "sess-7f30", &capabilities, &bytes, &words);
}

static void await(void)
{
	while (!clipboard_tick(&clipboard, &words)) {
		struct pollfd wait = {clipboard_descriptor(&clipboard), POLLIN, 0};

		cr_assert(clipboard.is_pending, "there is nothing to wait for");
		cr_assert_eq(poll(&wait, 1, PATIENCE_MS), 1, "it never ended");
	}
}

static void assert_sent(const char *wanted)
{
	cr_assert_eq(bytes.len, strlen(wanted), "%zu bytes were sent", bytes.len);
	cr_assert_eq(memcmp(bytes.data ? bytes.data : "", wanted, bytes.len), 0);
}

/* ---- what may be copied ---- */

Test(clipboard, ids_are_copied_unasked_and_nothing_else)
{
	static const struct {
		const char *text;
		bool may;
	} cases[] = {
		{"sess-7f30", true},
		{"1cdbd47a-4f10-4c5e-9a52-0f6f3f1b8e77", true},
		{"kitchen/2026/BEFORE_OPEN.jpg", true},
		{"a+b=c@d:e_f", true},
		{"", false},
		{"two words", false},
		{"rm -rf ~;", false},
		{"a\nb", false},
		{"$(reboot)", false},
		{"`id`", false},
		{"K\xc3\xbc"
		 "che",
			false},
		{"\x1b]52;c;AAAA\x07", false},
		{"a\\b", false},
	};
	char longest[CLIPBOARD_BYTES + 2];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		cr_assert_eq(clipboard_may_copy(cases[i].text), cases[i].may, "%s", cases[i].text);
	memset(longest, 'x', sizeof longest);
	longest[CLIPBOARD_BYTES] = '\0';
	cr_assert(clipboard_may_copy(longest));
	longest[CLIPBOARD_BYTES] = 'x';
	longest[CLIPBOARD_BYTES + 1] = '\0';
	cr_assert_not(clipboard_may_copy(longest));
}

Test(clipboard, escapes_all_that_cannot_be_seen_for_what_it_is)
{
	static const struct {
		const char *text, *escaped;
	} cases[] = {
		{"plain-id", "plain-id"},
		{"two words ", "two\\x20words\\x20"},
		{"a\\x20", "a\\\\x20"},
		{"K\xc3\xbc"
		 "che",
			"K\\xfcche"},
		{"\xd0\xb0", "\\u0430"},
		{"\xf0\x9f\x98\x80", "\\U0001f600"},
		{"\x1b[2J\r\n", "\\x1b[2J\\x0d\\x0a"},
		{"\xe2\x80\xae", "\\u202e"},
		{"\xff", "\\ufffd"},
	};
	char escaped[64];

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		clipboard_escape(escaped, sizeof escaped, cases[i].text);
		cr_assert_str_eq(escaped, cases[i].escaped);
	}
	clipboard_escape(escaped, 6, "ab cd");
	cr_assert_str_eq(escaped, "ab", "an escape is never cut");
}

/* ---- without a program ---- */

Test(clipboard, a_terminal_that_says_nothing_is_not_believed)
{
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	assert_sent(OSC);
	cr_assert_str_eq(words.text, SENT);
	cr_assert_not(clipboard_tick(&clipboard, &words), "there is nothing to come");
	cr_assert_eq(clipboard_descriptor(&clipboard), -1);
}

Test(clipboard, a_terminal_that_announces_it_is_believed)
{
	capabilities.has_clipboard = true;
	cr_assert_eq(copy(), CLIPBOARD_CONFIRMED);
	assert_sent(OSC);
	cr_assert_str_eq(words.text, "Copied");
}

Test(clipboard, a_terminal_that_probably_refuses_gets_it_and_the_id_is_shown_besides)
{
	capabilities.has_clipboard = true;
	capabilities.is_clipboard_refused = true;
	cr_assert_eq(copy(), CLIPBOARD_NONE);
	assert_sent(OSC);
	cr_assert_str_eq(words.text, DOUBTED);
}

Test(clipboard, terminals_that_print_what_they_do_not_know_get_nothing)
{
	static const char *const terms[] = {
		"linux", "linux-16color", "dumb", "vt100", "vt220", "unknown", "cons25", ""};

	for (size_t i = 0; i < sizeof terms / sizeof terms[0]; i++) {
		setenv("TERM", terms[i], 1);
		cr_assert_eq(copy(), CLIPBOARD_NONE, "%s", terms[i]);
		assert_sent("");
	}
	unsetenv("TERM");
	cr_assert_eq(copy(), CLIPBOARD_NONE);
}

Test(clipboard, what_a_test_taught_counts_more_than_what_is_said)
{
	clipboard.memory = CLIPBOARD_WORKS;
	capabilities.is_clipboard_refused = true;
	cr_assert_eq(copy(), CLIPBOARD_CONFIRMED);
	assert_sent(OSC);
	cr_assert_str_eq(words.text, "Copied");
	clipboard.memory = CLIPBOARD_FAILS;
	capabilities.is_clipboard_refused = false;
	capabilities.has_clipboard = true;
	cr_assert_eq(copy(), CLIPBOARD_NONE);
	assert_sent("");
	cr_assert_str_eq(words.text, NONE);
}

Test(clipboard, too_long_a_text_is_not_cut_but_refused)
{
	char text[CLIPBOARD_BYTES + 2];

	memset(text, 'x', sizeof text);
	text[CLIPBOARD_BYTES + 1] = '\0';
	cr_assert_eq(
		clipboard_copy(&clipboard, text, &capabilities, &bytes, &words), CLIPBOARD_NONE);
	assert_sent("");
	text[CLIPBOARD_BYTES] = '\0';
	cr_assert_eq(
		clipboard_copy(&clipboard, text, &capabilities, &bytes, &words), CLIPBOARD_SENT);
	cr_assert_eq(bytes.len, strlen("\x1b]52;c;\x1b\\") + (CLIPBOARD_BYTES + 2) / 3 * 4);
}

Test(clipboard, base64_pads_as_it_must)
{
	static const struct {
		const char *text, *sent;
	} cases[] = {
		{"a", "\x1b]52;c;YQ==\x1b\\"},
		{"ab", "\x1b]52;c;YWI=\x1b\\"},
		{"abc", "\x1b]52;c;YWJj\x1b\\"},
		{"K\xc3\xbc", "\x1b]52;c;S8O8\x1b\\"},
		{"\xff\xfe", "\x1b]52;c;//4=\x1b\\"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		buf_clear(&bytes);
		clipboard_copy(&clipboard, cases[i].text, &capabilities, &bytes, &words);
		assert_sent(cases[i].sent);
	}
}

Test(clipboard, is_wrapped_for_gnu_screen)
{
	setenv("STY", "1234.pts-0.host", 1);
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	assert_sent("\x1bP\x1b]52;c;c2Vzcy03ZjMw\a\x1b\\");
}

Test(clipboard, no_room_for_the_bytes_is_no_copy)
{
	struct buf full;

	buf_init(&full, 5);
	cr_assert_eq(clipboard_copy(&clipboard, "sess-7f30", &capabilities, &full, &words),
		CLIPBOARD_NONE);
	cr_assert_eq(full.len, 0u);
	buf_release(&full);
}

/* ---- tmux ---- */

static void enter_tmux(bool is_wrapped, const char *ending)
{
	capabilities.is_in_tmux = true;
	capabilities.is_wrapped = is_wrapped;
	setenv("TERM", "tmux-256color", 1);
	install("tmux", ending);
}

Test(clipboard, inside_tmux_its_buffer_is_claimed_only_once_it_has_it)
{
	enter_tmux(false, "exit 0");
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	cr_assert_str_eq(words.text, "Copying ...");
	assert_sent("");
	await();
	cr_assert_str_eq(words.text, BUFFER_SENT);
	cr_assert_eq(clipboard.sent_grade, CLIPBOARD_SENT);
	assert_noted("argv", "tmux load-buffer -w -\n");
	assert_noted("input", "sess-7f30");
	cr_assert_not(clipboard_tick(&clipboard, &words), "it is said once");
}

Test(clipboard, inside_tmux_with_passthrough_the_terminal_outside_gets_it_too)
{
	enter_tmux(true, "exit 0");
	capabilities.has_clipboard = true;
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	assert_sent(WRAPPED);
	await();
	cr_assert_str_eq(words.text, BUFFER_SENT, "what tmux announces is not the terminal");
	capabilities.is_clipboard_refused = true;
	copy();
	assert_sent(WRAPPED);
	await();
	cr_assert_str_eq(words.text, BUFFER_SENT);
}

Test(clipboard, a_tmux_that_fails_is_not_claimed)
{
	enter_tmux(true, "exit 1");
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	await();
	cr_assert_str_eq(words.text, SENT, "that is all that is known");
	capabilities.is_wrapped = false;
	copy();
	await();
	cr_assert_str_eq(words.text, NONE);
	cr_assert_eq(clipboard.sent_grade, CLIPBOARD_NONE);
}

Test(clipboard, a_tmux_too_old_for_the_clipboard_still_has_a_buffer)
{
	enter_tmux(false, "[ \"$2\" != -w ]");
	copy();
	await();
	cr_assert_str_eq(words.text, BUFFER);
	assert_noted("argv", "tmux load-buffer -w -\ntmux load-buffer -\n");
	assert_noted("input", "sess-7f30");
}

Test(clipboard, after_a_test_tmux_promises_its_buffer_and_no_more)
{
	enter_tmux(true, "exit 0");
	clipboard.memory = CLIPBOARD_FAILS;
	copy();
	await();
	cr_assert_str_eq(words.text, BUFFER);
	clipboard.memory = CLIPBOARD_WORKS;
	copy();
	await();
	cr_assert_str_eq(words.text, BUFFER);
	cr_assert_eq(clipboard.sent_grade, CLIPBOARD_CONFIRMED);
}

Test(clipboard, without_the_program_only_what_was_sent_counts)
{
	capabilities.is_in_tmux = true;
	setenv("PATH", folder, 1);
	cr_assert_eq(copy(), CLIPBOARD_NONE);
	cr_assert_str_eq(words.text, NONE);
	capabilities.is_wrapped = true;
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	cr_assert_str_eq(words.text, SENT);
}

/* ---- the desktop's own tools ---- */

Test(clipboard, a_tool_of_the_own_screen_confirms)
{
	install("xclip", "exit 0");
	setenv("DISPLAY", ":7", 1);
	cr_assert_eq(copy(), CLIPBOARD_SENT);
	cr_assert_str_eq(words.text, "Copying ...");
	assert_sent(OSC);
	await();
	cr_assert_str_eq(words.text, "Copied");
	cr_assert_eq(clipboard.sent_grade, CLIPBOARD_CONFIRMED);
	assert_noted("argv", "xclip -selection clipboard -in\n");
	assert_noted("input", "sess-7f30");
}

Test(clipboard, wayland_comes_first_and_xclip_where_it_is_not_installed)
{
	install("xclip", "exit 0");
	setenv("PATH", folder, 1); /* whatever else is installed here */
	setenv("DISPLAY", ":7", 1);
	setenv("WAYLAND_DISPLAY", "wayland-0", 1);
	copy();
	cr_assert(clipboard.is_pending);
	install("wl-copy", "exit 0");
	copy();
	await();
	assert_noted("input", "sess-7f30");
	cr_assert_str_eq(words.text, "Copied");
}

Test(clipboard, a_tool_that_fails_leaves_what_was_sent)
{
	install("xclip", "exit 1");
	setenv("DISPLAY", ":7", 1);
	copy();
	await();
	cr_assert_str_eq(words.text, SENT);
	clipboard.memory = CLIPBOARD_FAILS;
	cr_assert_eq(copy(), CLIPBOARD_SENT, "the tool may still take it");
	assert_sent("");
	await();
	cr_assert_eq(clipboard.sent_grade, CLIPBOARD_NONE);
	cr_assert_str_eq(words.text, NONE);
}

Test(clipboard, over_ssh_a_tool_would_succeed_on_the_wrong_machine)
{
	static const char *const ssh[] = {"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"};

	install("xclip", "exit 0");
	setenv("DISPLAY", "localhost:10.0", 1);
	for (size_t i = 0; i < sizeof ssh / sizeof ssh[0]; i++) {
		setenv(ssh[i], "10.0.0.1 5000 10.0.0.2 22", 1);
		cr_assert_eq(copy(), CLIPBOARD_SENT);
		cr_assert_not(clipboard.is_pending, "%s", ssh[i]);
		cr_assert_str_eq(words.text, SENT);
		unsetenv(ssh[i]);
	}
}

Test(clipboard, the_next_copy_takes_the_place_of_one_under_way)
{
	install("xclip", "exec sleep 600");
	setenv("DISPLAY", ":7", 1);
	copy();
	cr_assert(clipboard.is_pending);
	install("xclip", "exit 0");
	copy();
	await();
	cr_assert_str_eq(words.text, "Copied");
}
