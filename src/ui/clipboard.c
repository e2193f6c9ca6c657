/* Sends an id to the clipboard by every way that is open here, and says what is known to have come
 * of it, never more. Owns the program that takes it (tmux, wl-copy, xclip) and the text while that
 * runs. Main thread. */
#include "ui/clipboard.h"
#include "base/text.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { TOOL_TIMEOUT_MS = 2000, OSC_BYTES = 512, LAST_ASCII = 0x7e };

static const char words_copied[] = "Copied";
static const char words_sent[] = "Sent to terminal clipboard, not confirmed - :copytest to check";
static const char words_none[] = "This terminal cannot copy - id shown below";
static const char words_doubted[] = "Sent, but this terminal probably refuses it - id shown below";
static const char words_pending[] = "Copying ...";
static const char words_buffer[] = "Copied (tmux buffer, prefix ])";
static const char words_buffer_sent[] =
	"Copied (tmux buffer, prefix ]) - clipboard sent, not confirmed";

void clipboard_init(struct clipboard *clipboard)
{
	memset(clipboard, 0, sizeof(*clipboard));
	child_init(&clipboard->child);
}

void clipboard_release(struct clipboard *clipboard)
{
	child_release(&clipboard->child);
}

/* ---- what may be copied ---- */

bool clipboard_may_copy(const char *text)
{
	static const char allowed[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"
				      "0123456789._:@/+=-";
	size_t bytes = strspn(text, allowed);

	return bytes > 0 && bytes <= CLIPBOARD_BYTES && text[bytes] == '\0';
}

/* At most 10 bytes and a NUL. */
static void escape(char dst[12], uint32_t code_point)
{
	bool is_plain = code_point > ' ' && code_point <= LAST_ASCII && code_point != '\\';

	if (is_plain)
		snprintf(dst, 12, "%c", (int)code_point);
	else if (code_point == '\\')
		snprintf(dst, 12, "\\\\");
	else if (code_point < 0x100)
		snprintf(dst, 12, "\\x%02x", (unsigned)code_point);
	else if (code_point < 0x10000)
		snprintf(dst, 12, "\\u%04x", (unsigned)code_point);
	else
		snprintf(dst, 12, "\\U%08x", (unsigned)code_point);
}

void clipboard_escape(char *dst, size_t dst_bytes, const char *text)
{
	size_t left = strlen(text), used = 0;

	if (dst_bytes == 0)
		return;
	dst[0] = '\0';
	while (left > 0) {
		char escaped[12];
		uint32_t code_point;
		size_t bytes = text_decode(text, left, &code_point);

		escape(escaped, code_point);
		if (used + strlen(escaped) >= dst_bytes)
			return;
		used += (size_t)snprintf(dst + used, dst_bytes - used, "%s", escaped);
		text += bytes;
		left -= bytes;
	}
}

/* ---- OSC 52 ---- */

static bool add_base64(struct buf *buf, const char *text)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	bool is_fine = true;

	for (size_t left = strlen(text); left > 0 && is_fine;) {
		size_t bytes = left < 3 ? left : 3;
		uint32_t value = 0;
		char four[4];

		for (size_t i = 0; i < 3; i++)
			value = value << 8 | (i < bytes ? (unsigned char)text[i] : 0);
		for (int i = 0; i < 4; i++)
			four[i] = (size_t)i > bytes ? '=' : digits[value >> (18 - 6 * i) & 63];
		is_fine = buf_append(buf, four, sizeof(four));
		text += bytes;
		left -= bytes;
	}
	return is_fine;
}

/* One sequence, wrapped for what stands between us and the terminal: all or nothing. */
static bool add_sequence(
	struct buf *bytes, const char *text, const struct capabilities *capabilities)
{
	const char *begin = "\x1b]52;c;", *end = "\x1b\\";
	struct buf sequence;
	bool is_fine;

	if (capabilities->is_in_tmux) {
		begin = "\x1bPtmux;\x1b\x1b]52;c;";
		end = "\a\x1b\\";
	} else if (getenv("STY")) { /* GNU screen */
		begin = "\x1bP\x1b]52;c;";
		end = "\a\x1b\\";
	}
	buf_init(&sequence, OSC_BYTES);
	is_fine = buf_text(&sequence, begin) && add_base64(&sequence, text) &&
		buf_text(&sequence, end) && buf_append(bytes, sequence.data, sequence.len);
	buf_release(&sequence);
	return is_fine;
}

/* Terminals that take no OSC 52, and some of which print it. */
static bool is_dumb_terminal(void)
{
	static const char *const beginnings[] = {"linux", "dumb", "unknown", "vt", "cons"};
	const char *term = getenv("TERM");

	if (!term || !*term)
		return true;
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (strncmp(term, beginnings[i], strlen(beginnings[i])) == 0)
			return true;
	return false;
}

static bool can_send(const struct clipboard *clipboard, const struct capabilities *capabilities)
{
	if (capabilities->is_in_tmux)
		return capabilities->is_wrapped;
	return !is_dumb_terminal() && clipboard->memory != CLIPBOARD_FAILS;
}

/* ---- programs ---- */

static bool start(struct clipboard *clipboard, const char *const *argv)
{
	return child_start(
		&clipboard->child, argv, clipboard->text, TOOL_TIMEOUT_MS, &(struct err){""});
}

/* Over SSH they would succeed on the wrong machine. */
static bool start_tool(struct clipboard *clipboard)
{
	static const char *const ssh[] = {"SSH_CONNECTION", "SSH_CLIENT", "SSH_TTY"};
	static const struct {
		const char *variable;
		const char *argv[5];
	} tools[] = {
		{"WAYLAND_DISPLAY", {"wl-copy", NULL}},
		{"DISPLAY", {"xclip", "-selection", "clipboard", "-in", NULL}},
	};

	for (size_t i = 0; i < sizeof(ssh) / sizeof(ssh[0]); i++)
		if (getenv(ssh[i]))
			return false;
	for (size_t i = 0; i < sizeof(tools) / sizeof(tools[0]); i++) {
		const char *value = getenv(tools[i].variable);

		if (value && *value && start(clipboard, tools[i].argv))
			return true;
	}
	return false;
}

/* tmux gives it to the terminal, too (-w), but cannot say whether that took it. Before 3.2 it did
 * not know how. */
static bool start_tmux(struct clipboard *clipboard, bool is_old)
{
	static const char *const argv[] = {"tmux", "load-buffer", "-w", "-", NULL};
	static const char *const old_argv[] = {"tmux", "load-buffer", "-", NULL};

	clipboard->is_buffer = true;
	clipboard->is_old_tmux = is_old;
	return start(clipboard, is_old ? old_argv : argv);
}

/* ---- what came of it ---- */

/* Of an OSC 52. What tmux says of itself it does not say of the terminal outside; a terminal that
 * probably refuses may still have taken it, so the id is shown besides. */
static enum clipboard_grade grade_sent(
	const struct clipboard *clipboard, const struct capabilities *capabilities)
{
	if (capabilities->is_in_tmux)
		return CLIPBOARD_SENT;
	if (clipboard->memory == CLIPBOARD_WORKS)
		return CLIPBOARD_CONFIRMED;
	if (capabilities->is_clipboard_refused)
		return CLIPBOARD_NONE;
	return capabilities->has_clipboard ? CLIPBOARD_CONFIRMED : CLIPBOARD_SENT;
}

/* Without what a program may yet say. */
static enum clipboard_grade say_sent(const struct clipboard *clipboard, struct err *words)
{
	static const char *const texts[] = {
		[CLIPBOARD_CONFIRMED] = words_copied,
		[CLIPBOARD_SENT] = words_sent,
		[CLIPBOARD_NONE] = words_none,
	};
	bool is_doubted = clipboard->is_sent && clipboard->sent_grade == CLIPBOARD_NONE;

	err_set(words, "%s", is_doubted ? words_doubted : texts[clipboard->sent_grade]);
	return clipboard->sent_grade;
}

enum clipboard_grade clipboard_copy(struct clipboard *clipboard, const char *text,
	const struct capabilities *capabilities, struct buf *bytes, struct err *words)
{
	clipboard->is_pending = clipboard->is_buffer = clipboard->is_sent = false;
	clipboard->sent_grade = CLIPBOARD_NONE;
	if (strlen(text) > CLIPBOARD_BYTES)
		return say_sent(clipboard, words);
	snprintf(clipboard->text, sizeof(clipboard->text), "%s", text);
	if (can_send(clipboard, capabilities) && add_sequence(bytes, text, capabilities)) {
		clipboard->is_sent = true;
		clipboard->sent_grade = grade_sent(clipboard, capabilities);
	}
	clipboard->is_pending =
		capabilities->is_in_tmux ? start_tmux(clipboard, false) : start_tool(clipboard);
	if (!clipboard->is_pending || clipboard->sent_grade == CLIPBOARD_CONFIRMED)
		return say_sent(clipboard, words);
	err_set(words, "%s", words_pending);
	return CLIPBOARD_SENT;
}

/* tmux has it in its buffer. */
static void say_buffer(struct clipboard *clipboard, struct err *words)
{
	bool is_sent = clipboard->is_sent || !clipboard->is_old_tmux;

	clipboard->sent_grade =
		clipboard->memory == CLIPBOARD_WORKS ? CLIPBOARD_CONFIRMED : CLIPBOARD_SENT;
	err_set(words, "%s",
		is_sent && clipboard->memory == CLIPBOARD_UNTESTED ? words_buffer_sent
								   : words_buffer);
}

bool clipboard_tick(struct clipboard *clipboard, struct err *words)
{
	bool was_confirmed = clipboard->sent_grade == CLIPBOARD_CONFIRMED;

	if (!clipboard->is_pending || !child_has_ended(&clipboard->child))
		return false;
	if (clipboard->child.code != 0 && clipboard->is_buffer && !clipboard->is_old_tmux &&
		start_tmux(clipboard, true))
		return false;
	clipboard->is_pending = false;
	if (clipboard->child.code == 0 && clipboard->is_buffer) {
		say_buffer(clipboard, words);
		return true;
	}
	if (clipboard->child.code == 0)
		clipboard->sent_grade = CLIPBOARD_CONFIRMED;
	say_sent(clipboard, words);
	return !was_confirmed;
}

int clipboard_descriptor(const struct clipboard *clipboard)
{
	return clipboard->is_pending ? clipboard->child.output : -1;
}
