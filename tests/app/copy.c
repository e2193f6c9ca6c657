/* Copying as the console does it: boxes, questions, words and bytes, on a stage with a store. */
#include "copy.h"
#include "ui/key.h"
#include "views/stage.h"
#include <criterion/criterion.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define SENT "Sent to terminal clipboard, not confirmed - :copytest to check"
#define NONE "This terminal cannot copy - id shown below"
/* base64 of sess-7f30 */
#define OSC "\x1b]52;c;c2Vzcy03ZjMw\x1b\\"

static struct stage stage;
static struct copy copy;
static struct capabilities terminal;

static void open_stage(void)
{
	static const char *const variables[] = {"TMUX", "STY", "SSH_CONNECTION", "SSH_CLIENT",
		"SSH_TTY", "DISPLAY", "WAYLAND_DISPLAY"};
	struct session *session;

	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	setenv("TERM", "xterm-256color", 1);
	stage_open(&stage);
	session = stage_session(&stage, "sess-7f30", "failed", NOW - MINUTES(5));
	session->delivery_id = "dlv-204";
	session->correlation_id = "two words; $(reboot) \xd0\xb0";
	stage_commit(&stage);
	stage_show(&stage, &view_sessions, "", 24, 80);
	copy_init(&copy);
	terminal = (struct capabilities){0};
}

static void close_stage(void)
{
	copy_release(&copy);
	stage_close(&stage);
}

TestSuite(copy, .init = open_stage, .fini = close_stage);

static void act(enum action action)
{
	cr_assert(copy_act(&copy, action, stage.view, &stage.context, &terminal));
}

static void expect_words(const char *wanted)
{
	struct err words;

	cr_assert(copy_words(&copy, &words), "nothing was said");
	cr_assert_str_eq(words.text, wanted);
	cr_assert_not(copy_words(&copy, &words), "it is said once");
}

static void expect_sent(const char *wanted)
{
	cr_assert_eq(copy.bytes.len, strlen(wanted));
	cr_assert_eq(memcmp(copy.bytes.data ? copy.bytes.data : "", wanted, copy.bytes.len), 0);
	buf_clear(&copy.bytes);
}

/* Draws over the view as it is; returns the cursor's column, -1 = none. */
static int draw(void)
{
	int row = -1, column = -1;

	stage_draw_at(&stage, NOW);
	copy_draw(&copy, &stage.canvas, &row, &column);
	return row < 0 ? -1 : column;
}

static void type(const char *text)
{
	for (const char *c = text; *c; c++)
		cr_assert(copy_took_key(&copy, *c, &terminal));
}

Test(copy, copies_the_id_of_the_selected_row)
{
	act(ACTION_COPY);
	expect_sent(OSC);
	expect_words(SENT);
	cr_assert_not(copy_took_key(&copy, 'j', &terminal), "no box is open");
	cr_assert_not(copy_frees_mouse(&copy));
}

Test(copy, leaves_other_actions_alone)
{
	for (enum action action = ACTION_NONE; action < ACTION_COUNT; action++) {
		bool is_its_own = action == ACTION_COPY || action == ACTION_COPY_MENU ||
			action == ACTION_QR || action == ACTION_COPY_TEST;

		if (!is_its_own)
			cr_assert_not(
				copy_act(&copy, action, stage.view, &stage.context, &terminal));
	}
}

Test(copy, says_so_where_there_is_nothing_to_copy)
{
	static const enum action actions[] = {ACTION_COPY, ACTION_COPY_MENU, ACTION_QR};

	stage_show(&stage, &view_help, "", 24, 80);
	for (size_t i = 0; i < sizeof(actions) / sizeof(actions[0]); i++) {
		act(actions[i]);
		expect_words("nothing to copy here");
		cr_assert_eq(copy.box, COPY_CLOSED);
	}
	copy_id(&copy, "", &terminal);
	expect_words("nothing to copy here");
	expect_sent("");
}

Test(copy, offers_all_ids_in_a_menu_that_takes_every_key)
{
	act(ACTION_COPY_MENU);
	draw();
	cr_assert(stage_sees(&stage, "1 session      sess-7f30"));
	cr_assert(stage_sees(&stage, "2 delivery     dlv-204"));
	cr_assert(copy_took_key(&copy, 'x', &terminal));
	cr_assert(copy_took_key(&copy, KEY_CODE_F1, &terminal));
	cr_assert(copy_took_key(&copy, '2', &terminal));
	expect_sent("\x1b]52;c;ZGx2LTIwNA==\x1b\\");
	expect_words(SENT);
	cr_assert_eq(copy.box, COPY_CLOSED);
	act(ACTION_COPY_MENU);
	cr_assert(copy_took_key(&copy, KEY_CODE_ESCAPE, &terminal));
	cr_assert_eq(copy.box, COPY_CLOSED);
	expect_sent("");
}

Test(copy, a_click_chooses_in_the_menu_or_closes_it_and_reaches_nothing_below)
{
	int row;

	act(ACTION_COPY_MENU);
	draw();
	row = stage_row(&stage, "1 session      sess-7f30");
	cr_assert(copy_took_click(&copy, &stage.canvas, row, 40, &terminal));
	expect_sent(OSC);
	act(ACTION_COPY_MENU);
	draw();
	cr_assert_null(canvas_spot_at(&stage.canvas, 3, 3));
	cr_assert(copy_took_click(&copy, &stage.canvas, 0, 0, &terminal));
	cr_assert_eq(copy.box, COPY_CLOSED);
	expect_sent("");
	cr_assert_not(copy_took_click(&copy, &stage.canvas, 3, 3, &terminal));
}

Test(copy, shows_the_id_on_a_line_of_its_own_where_nothing_can_be_copied)
{
	char line[256];

	setenv("TERM", "linux", 1);
	act(ACTION_COPY);
	expect_sent("");
	draw();
	canvas_row_text(&stage.canvas, 23, line, sizeof(line));
	cr_assert_str_eq(line, "sess-7f30");
	canvas_row_text(&stage.canvas, 22, line, sizeof(line));
	cr_assert_str_eq(line, " " NONE "  Q: QR code, other keys: back");
	cr_assert(copy_frees_mouse(&copy), "it is to be selected");
	cr_assert(copy_took_key(&copy, 'j', &terminal));
	cr_assert_not(copy_frees_mouse(&copy));
	cr_assert_eq(copy.box, COPY_CLOSED);
}

Test(copy, shows_a_long_id_on_as_many_lines_as_it_takes)
{
	char id[VIEW_ID_BYTES], line[256];

	memset(id, 'x', 300);
	snprintf(id + 300, sizeof(id) - 300, "-end");
	copy_id(&copy, id, &terminal);
	expect_sent("");
	draw();
	canvas_row_text(&stage.canvas, 23, line, sizeof(line));
	cr_assert_eq(strlen(line), 304u % 80);
	cr_assert(stage_sees(&stage, "This id is too long to copy - shown below"));
	stage_show(&stage, &view_sessions, "", 10, 40);
	draw();
	canvas_row_text(&stage.canvas, 9, line, sizeof(line));
	cr_assert_str_eq(line, "xxxxxxxxxxxxxxxxxxxx-end");
}

Test(copy, asks_before_it_copies_unusual_characters_and_shows_what_they_are)
{
	const char *id = "two words; $(reboot) \xd0\xb0";
	char line[256];

	copy_id(&copy, id, &terminal);
	expect_sent("");
	draw();
	canvas_row_text(&stage.canvas, 23, line, sizeof(line));
	cr_assert_str_eq(line, "two\\x20words;\\x20$(reboot)\\x20\\u0430");
	cr_assert(stage_sees(&stage, "Unusual characters: copy this?"));
	cr_assert(copy_took_key(&copy, 'n', &terminal));
	expect_sent("");
	expect_words("not copied");
	copy_id(&copy, id, &terminal);
	cr_assert(copy_took_key(&copy, KEY_CODE_ENTER, &terminal));
	expect_sent("");
	copy_id(&copy, id, &terminal);
	cr_assert(copy_took_key(&copy, 'y', &terminal));
	expect_sent("\x1b]52;c;dHdvIHdvcmRzOyAkKHJlYm9vdCkg0LA=\x1b\\");
}

Test(copy, shows_an_id_as_a_qr_code_from_each_place_it_is_seen)
{
	act(ACTION_QR);
	cr_assert_eq(copy.box, COPY_CODE);
	draw();
	cr_assert(stage_sees(&stage, "█▀▀▀▀▀█"), "a finder pattern");
	cr_assert_eq(stage_row(&stage, " any key: back"), stage.canvas.rows - 1);
	cr_assert(stage_sees(&stage, "sess-7f30"));
	cr_assert(copy_took_key(&copy, 'x', &terminal));
	cr_assert_eq(copy.box, COPY_CLOSED);
	act(ACTION_COPY_MENU);
	cr_assert(copy_took_key(&copy, 'j', &terminal));
	cr_assert(copy_took_key(&copy, 'Q', &terminal));
	cr_assert_eq(copy.box, COPY_CODE);
	cr_assert_str_eq(copy.text, "dlv-204");
	copy_took_key(&copy, 'x', &terminal);
	terminal.is_clipboard_refused = true;
	act(ACTION_COPY);
	cr_assert(copy_took_key(&copy, 'Q', &terminal));
	cr_assert_eq(copy.box, COPY_CODE);
	cr_assert_str_eq(copy.text, "sess-7f30");
}

Test(copy, shows_id_and_reason_where_a_code_has_no_room)
{
	char line[256];

	stage_show(&stage, &view_sessions, "", 10, 40);
	act(ACTION_QR);
	draw();
	canvas_row_text(&stage.canvas, 9, line, sizeof(line));
	cr_assert_str_eq(line, "sess-7f30");
	cr_assert(stage_sees(&stage, "the QR code needs 25x15 cells"));
}

/* ---- :copytest ---- */

/* What was sent, decoded from base64. */
static void sent_word(char word[16])
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const char *from = copy.bytes.data + strlen("\x1b]52;c;");
	size_t count = 0;

	for (; strchr(digits, from[1]) && from[0] != '\x1b' && count < 9; from += 4) {
		unsigned value = 0;

		for (int i = 0; i < 4; i++) {
			const char *digit = strchr(digits, from[i]);

			value = value << 6 | (digit ? (unsigned)(digit - digits) : 0);
		}
		for (int i = 0; i < 3; i++)
			word[count++] = (char)(value >> (16 - 8 * i) & 0xff);
	}
	word[count] = '\0';
	buf_clear(&copy.bytes);
}

Test(copy, a_test_that_comes_back_makes_later_copies_certain)
{
	char word[16], other[16];

	act(ACTION_COPY_TEST);
	sent_word(word);
	cr_assert_eq(strlen(word), 8u);
	cr_assert(copy_takes_paste(&copy));
	cr_assert_eq(draw(), 28);
	cr_assert(stage_sees(&stage, "paste here and press Enter:"));
	type(" ");
	type(word);
	cr_assert(copy_took_key(&copy, KEY_CODE_ENTER, &terminal));
	expect_words("It came back: copying works in this terminal");
	cr_assert_not(copy_takes_paste(&copy));
	act(ACTION_COPY);
	expect_sent(OSC);
	expect_words("Copied");
	act(ACTION_COPY_TEST);
	sent_word(other);
	cr_assert_str_neq(word, other, "each test has a word of its own");
}

Test(copy, a_test_may_show_that_a_terminal_takes_what_it_probably_refuses)
{
	char word[16];

	terminal.is_clipboard_refused = true;
	act(ACTION_COPY);
	cr_assert_eq(copy.box, COPY_SHOWN);
	draw();
	cr_assert(
		stage_sees(&stage, "Sent, but this terminal probably refuses it - id shown below"));
	copy_took_key(&copy, 'x', &terminal);
	buf_clear(&copy.bytes);
	act(ACTION_COPY_TEST);
	sent_word(word);
	type(word);
	copy_took_key(&copy, KEY_CODE_ENTER, &terminal);
	expect_words("It came back: copying works in this terminal");
	act(ACTION_COPY);
	expect_sent(OSC);
	expect_words("Copied");
}

Test(copy, a_test_that_fails_is_remembered_and_may_be_tried_again)
{
	char word[16];

	terminal.has_clipboard = true;
	act(ACTION_COPY_TEST);
	sent_word(word);
	type("yesterday's clipboard");
	copy_took_key(&copy, KEY_CODE_ENTER, &terminal);
	expect_words("It did not come back: copying does not work here");
	act(ACTION_COPY);
	expect_sent("");
	cr_assert_eq(copy.box, COPY_SHOWN);
	copy_took_key(&copy, 'x', &terminal);
	act(ACTION_COPY_TEST);
	sent_word(word);
	type(word);
	copy_took_key(&copy, KEY_CODE_ENTER, &terminal);
	expect_words("It came back: copying works in this terminal");
}

Test(copy, nothing_pasted_is_no_success_and_a_test_given_up_teaches_nothing)
{
	act(ACTION_COPY_TEST);
	copy_took_key(&copy, KEY_CODE_ENTER, &terminal);
	expect_words("It did not come back: copying does not work here");
	act(ACTION_COPY_TEST);
	copy_took_key(&copy, KEY_CODE_ESCAPE, &terminal);
	expect_words("copying was not tried");
	cr_assert_eq(copy.clipboard.memory, CLIPBOARD_FAILS, "as before");
}

Test(copy, a_terminal_that_gets_nothing_is_not_tested)
{
	setenv("TERM", "linux", 1);
	act(ACTION_COPY_TEST);
	expect_sent("");
	expect_words("This terminal cannot copy: there is nothing to try");
	cr_assert_eq(copy.box, COPY_CLOSED);
	cr_assert_eq(copy.clipboard.memory, CLIPBOARD_UNTESTED);
}

/* ---- a program that says later what came of it ---- */

static void await(void)
{
	while (!copy_tick(&copy)) {
		struct pollfd wait = {copy_descriptor(&copy), POLLIN, 0};

		cr_assert_eq(poll(&wait, 1, 5000), 1, "nothing came of it");
	}
}

static void install_xclip(char folder[32], const char *ending)
{
	char path[64];
	FILE *file;

	snprintf(folder, 32, "/tmp/opsglass-copy-XXXXXX");
	cr_assert(mkdtemp(folder));
	snprintf(path, sizeof(path), "%s/xclip", folder);
	file = fopen(path, "w");
	fprintf(file, "#!/bin/sh\ncat >/dev/null\n%s\n", ending);
	fclose(file);
	chmod(path, 0755);
	snprintf(path, sizeof(path), "%s:/usr/bin:/bin", folder);
	setenv("PATH", path, 1);
	setenv("DISPLAY", ":7", 1);
}

static void remove_xclip(const char *folder)
{
	char path[64];

	snprintf(path, sizeof(path), "%s/xclip", folder);
	unlink(path);
	rmdir(folder);
}

Test(copy, shows_the_id_when_the_last_way_fails)
{
	char folder[32], line[256];

	install_xclip(folder, "exit 1");
	setenv("TERM", "linux", 1);
	act(ACTION_COPY);
	expect_words("Copying ...");
	await();
	cr_assert_eq(copy.box, COPY_SHOWN);
	draw();
	canvas_row_text(&stage.canvas, 23, line, sizeof(line));
	cr_assert_str_eq(line, "sess-7f30");
	remove_xclip(folder);
}

Test(copy, says_copied_when_the_desktop_took_it)
{
	char folder[32];

	install_xclip(folder, "exit 0");
	act(ACTION_COPY);
	expect_words("Copying ...");
	await();
	expect_words("Copied");
	cr_assert_not(copy_tick(&copy));
	cr_assert_eq(copy_descriptor(&copy), -1);
	remove_xclip(folder);
}
