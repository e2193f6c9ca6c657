/* Modes, questions and answers. Owns the probe and the question to tmux. Main thread. */
#include "ui/talk.h"
#include "ui/tty.h"
#include <stdlib.h>
#include <string.h>

enum { TMUX_EVERY_MS = 1000 };

static const char modes_on[] = "\033[?2004h\033[?1004h";
static const char modes_off[] = "\033[?1004l\033[?2004l";
static const char mouse_on[] = "\033[?1000h\033[?1006h";
static const char mouse_off[] = "\033[?1006l\033[?1000l";
/* The end of a picture that was broken off, of a frame, and all modes whether on or not. */
static const char rescue[] = "\033\\\033[?2026l\033[?1006l\033[?1000l\033[?1004l\033[?2004l";

/* These print what they do not know, or are no screens that anybody points at. */
static bool knows_modes(void)
{
	static const char *const unknowing[] = {"linux", "dumb", "unknown", "vt", "ansi", "cons"};
	const char *name = getenv("TERM");

	for (size_t i = 0; i < sizeof unknowing / sizeof unknowing[0]; i++)
		if (!name || strncmp(name, unknowing[i], strlen(unknowing[i])) == 0)
			return false;
	return true;
}

void talk_init(struct talk *talk, const struct probe_options *options, bool has_mouse)
{
	memset(talk, 0, sizeof *talk);
	probe_init(&talk->probe, options);
	talk->tmux = tmux_new();
	talk->has_modes = knows_modes();
	talk->has_mouse = has_mouse && talk->has_modes;
}

void talk_release(struct talk *talk)
{
	tmux_free(talk->tmux);
	talk->tmux = NULL;
}

/* ---- modes ---- */

void talk_begin(struct talk *talk, struct buf *bytes, int64_t now_ms)
{
	if (talk->has_modes) {
		buf_text(bytes, modes_on);
		if (talk->has_mouse)
			buf_text(bytes, mouse_on);
	}
	talk->are_modes_on = true;
	if (!talk->has_asked)
		probe_ask(&talk->probe, bytes, now_ms);
	talk->has_asked = true;
	talk_ask_tmux(talk);
	talk->tmux_asked_at_ms = now_ms;
}

void talk_end(struct talk *talk, struct buf *bytes)
{
	if (talk->are_modes_on && talk->has_modes) {
		if (talk->has_mouse)
			buf_text(bytes, mouse_off);
		buf_text(bytes, modes_off);
	}
	talk->are_modes_on = false;
}

const char *talk_rescue(const struct talk *talk)
{
	return talk->has_modes ? rescue : "";
}

void talk_take_mouse(struct talk *talk, bool is_taken, struct buf *bytes)
{
	is_taken = is_taken && talk->has_modes;
	if (is_taken != talk->has_mouse && talk->are_modes_on)
		buf_text(bytes, is_taken ? mouse_on : mouse_off);
	talk->has_mouse = is_taken;
}

/* ---- answers ---- */

/* After news: what it leads to, and whether it is any. */
static void follow(
	struct talk *talk, const struct capabilities *before, struct buf *bytes, int64_t now_ms)
{
	if (talk->has_asked)
		probe_ask(&talk->probe, bytes, now_ms);
	if (memcmp(before, probe_found(&talk->probe), sizeof *before) != 0)
		talk->has_news = true;
}

void talk_hear(
	struct talk *talk, const char *report, size_t count, struct buf *bytes, int64_t now_ms)
{
	struct capabilities before = *probe_found(&talk->probe);

	if (probe_hear(&talk->probe, report, count, now_ms))
		follow(talk, &before, bytes, now_ms);
}

/* A pane of another size may be elsewhere: until tmux says where, pictures would cover other text,
 * of which tmux would not know. */
static void doubt_place(struct talk *talk)
{
	if (!talk->tmux)
		return;
	talk->facts.is_visible = false;
	talk->is_answer_old = tmux_descriptor(talk->tmux) >= 0;
	talk_ask_tmux(talk);
}

void talk_hear_size(struct talk *talk, int rows, int columns, struct buf *bytes, int64_t now_ms)
{
	struct capabilities before = *probe_found(&talk->probe);
	int width, height;

	tty_pixels(&width, &height);
	probe_hear_size(&talk->probe, rows, columns, width, height);
	follow(talk, &before, bytes, now_ms);
	if (talk->has_asked)
		doubt_place(talk);
}

void talk_hear_focus(struct talk *talk)
{
	if (probe_found(&talk->probe)->is_wrapped && talk->shows_pictures)
		talk->are_lost = talk->has_news = true;
	talk_ask_tmux(talk);
}

void talk_ask_tmux(struct talk *talk)
{
	if (talk->tmux)
		tmux_ask(talk->tmux);
}

static bool has_moved(const struct tmux_facts *before, const struct tmux_facts *now)
{
	return before->pane_top != now->pane_top || before->pane_left != now->pane_left ||
		before->client_cell_width != now->client_cell_width ||
		before->client_cell_height != now->client_cell_height;
}

/* tmux draws everything again when panes move or come to be seen, but not what it does not know of:
 * neither the pictures that were there, nor what one covers that was on its way meanwhile. */
static void note_loss(struct talk *talk, const struct tmux_facts *now)
{
	bool is_elsewhere = has_moved(&talk->facts, now);

	if (!talk->shows_pictures ||
		(!is_elsewhere && !(now->is_visible && !talk->facts.is_visible)))
		return;
	talk->is_elsewhere |= is_elsewhere;
	talk->are_lost = talk->has_news = true;
}

static void hear_tmux(struct talk *talk, struct buf *bytes, int64_t now_ms)
{
	struct capabilities before = *probe_found(&talk->probe);
	struct tmux_facts facts;

	if (!talk->tmux || !tmux_hear(talk->tmux, &facts))
		return;
	if (talk->is_answer_old) {
		talk->is_answer_old = false;
		talk_ask_tmux(talk);
		return;
	}
	note_loss(talk, &facts);
	talk->facts = facts;
	probe_hear_tmux(&talk->probe, &facts, now_ms);
	follow(talk, &before, bytes, now_ms);
}

void talk_tick(struct talk *talk, struct buf *bytes, int64_t now_ms)
{
	if (probe_tick(&talk->probe, now_ms))
		talk->has_news = true;
	hear_tmux(talk, bytes, now_ms);
	if (talk->shows_pictures && now_ms - talk->tmux_asked_at_ms >= TMUX_EVERY_MS) {
		talk_ask_tmux(talk);
		talk->tmux_asked_at_ms = now_ms;
	}
}

int64_t talk_open_until_ms(const struct talk *talk, int64_t now_ms)
{
	int64_t until = talk->probe.until_ms;

	return probe_is_unanswered(&talk->probe) && until > now_ms ? until : 0;
}
