/* Asking the terminal what it can: which questions when, and how long to wait. Owns nothing beyond
 * its struct. Main thread. */
#include "ui/probe.h"
#include "base/clock.h"
#include "base/text.h"
#include <stdlib.h>
#include <string.h>

enum { PATIENCE_MS = 300, REMOTE_PATIENCE_MS = 1500 };

static const char xtversion_of_xterm[] = "XTerm";

/* DA1 comes last: answers come in order, so when its own is there, nothing else will come. */
static const char questions[] =
	"\033[?2026$p\033[16t\033[14t\033[>0q\033[?1;1;0S\033[?2;1;0S\033[c";
static const char size_questions[] = "\033[16t\033[14t\033[?2;1;0S";
static const char attributes_question[] = "\033[c";
static const char xterm_question[] = "\033]60\033\\";

static bool begins(const char *text, const char *beginning)
{
	return strncmp(text, beginning, strlen(beginning)) == 0;
}

static const char *environment(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

/* ---- the environment ---- */

int probe_patience_ms(const struct probe *probe)
{
	return probe->is_remote ? REMOTE_PATIENCE_MS : PATIENCE_MS;
}

/* They print what they do not know, or take it for something else. */
bool probe_may_ask(const struct probe *probe)
{
	static const char *const never[] = {"linux", "dumb", "unknown", "vt", "ansi", "cons"};

	if (!probe->options.is_terminal || !probe->term[0])
		return false;
	for (size_t i = 0; i < sizeof never / sizeof never[0]; i++)
		if (begins(probe->term, never[i]))
			return false;
	return probe->is_in_tmux || !begins(probe->term, "screen");
}

bool probe_is_nested(const struct probe *probe)
{
	return probe->is_in_tmux &&
		(begins(probe->tmux.outer_term, "tmux") ||
			begins(probe->tmux.outer_term, "screen"));
}

void probe_init(struct probe *probe, const struct probe_options *options)
{
	const char *term = environment("TERM");
	const char *color = environment("COLORTERM");

	*probe = (struct probe){
		.options = *options,
		.is_in_tmux = *environment("TMUX") != '\0',
		.is_remote = *environment("SSH_CONNECTION") || *environment("SSH_TTY"),
		.is_windows_terminal = *environment("WT_SESSION") != '\0',
		.is_vs_code = strcmp(environment("TERM_PROGRAM"), "vscode") == 0,
		.is_direct = strcmp(color, "truecolor") == 0 || strcmp(color, "24bit") == 0,
		.no_color = *environment("NO_COLOR") != '\0',
		.round_trip_ms = UNKNOWN,
		.outer_round_trip_ms = UNKNOWN,
		.da1_sixel = -1,
		.da1_clipboard = -1,
		.outer_sixel = -1,
		.outer_clipboard = -1,
		.osc60 = -1,
	};
	text_clean(probe->term, sizeof probe->term, term, strlen(term));
	probe_decide(probe);
}

/* ---- asking ---- */

static void wait_for(struct probe *probe, unsigned question, int64_t now_ms)
{
	probe->asked |= question;
	probe->pending |= question;
	probe->until_ms = now_ms + probe_patience_ms(probe);
}

static void ask_terminal(struct probe *probe, struct buf *bytes, int64_t now_ms)
{
	buf_text(bytes, questions);
	probe->asked_at_ms = now_ms;
	wait_for(probe, PROBE_TERMINAL, now_ms);
	if (probe->is_in_tmux && !probe->tmux.is_known)
		wait_for(probe, PROBE_TMUX, now_ms);
}

/* Not where tmux would swallow the question, or answer it in the place of somebody else. */
static bool wants_outer(const struct probe *probe)
{
	return probe->is_in_tmux && probe->tmux.has_passthrough && probe->tmux.is_visible &&
		!probe_is_nested(probe) && probe->da1_sixel == 0;
}

static void ask_outer(struct probe *probe, struct buf *bytes, int64_t now_ms)
{
	tmux_wrap(bytes, attributes_question, sizeof attributes_question - 1);
	probe->outer_asked_at_ms = now_ms;
	wait_for(probe, PROBE_OUTER, now_ms);
}

void probe_ask(struct probe *probe, struct buf *bytes, int64_t now_ms)
{
	if (!probe_may_ask(probe))
		return;
	if (!(probe->asked & PROBE_TERMINAL)) {
		ask_terminal(probe, bytes, now_ms);
		return;
	}
	if (probe->da1_sixel < 0)
		return;
	if (!(probe->asked & PROBE_OUTER) && wants_outer(probe))
		ask_outer(probe, bytes, now_ms);
	if (!(probe->asked & PROBE_XTERM) && !probe->is_in_tmux &&
		begins(probe->version, xtversion_of_xterm)) {
		buf_text(bytes, xterm_question);
		wait_for(probe, PROBE_XTERM, now_ms);
	}
	if (probe->pending & PROBE_SIZE) {
		buf_text(bytes, size_questions);
		probe->pending &= ~(unsigned)PROBE_SIZE;
	}
}

/* ---- hearing ---- */

static void stop_waiting_if_all_is_there(struct probe *probe)
{
	if (!(probe->pending & ~(unsigned)PROBE_SIZE))
		probe->until_ms = 0;
}

bool probe_hear(struct probe *probe, const char *report, size_t count, int64_t now_ms)
{
	if (!probe_read(probe, report, count, now_ms))
		return false;
	stop_waiting_if_all_is_there(probe);
	probe_decide(probe);
	return true;
}

static void forget_outer(struct probe *probe)
{
	probe->asked &= ~(unsigned)PROBE_OUTER;
	probe->pending &= ~(unsigned)PROBE_OUTER;
	probe->outer_sixel = -1;
	probe->outer_clipboard = -1;
	probe->outer_round_trip_ms = UNKNOWN;
}

/* Another terminal shows the session now, or one that did not see the question came to see it. */
static bool is_other_outside(const struct tmux_facts *before, const struct tmux_facts *now)
{
	return now->outer_term[0] && strcmp(before->outer_term, now->outer_term) != 0;
}

void probe_hear_tmux(struct probe *probe, const struct tmux_facts *facts, int64_t now_ms)
{
	struct tmux_facts before = probe->tmux;
	bool is_unseen = probe->outer_sixel < 0 && !before.is_visible && facts->is_visible;

	(void)now_ms;
	if (!facts->is_known)
		return;
	probe->tmux = *facts;
	if (!facts->outer_term[0]) /* detached: the same one may come back */
		memcpy(probe->tmux.outer_term, before.outer_term, sizeof before.outer_term);
	if (is_unseen || is_other_outside(&before, facts))
		forget_outer(probe);
	probe->pending &= ~(unsigned)PROBE_TMUX;
	stop_waiting_if_all_is_there(probe);
	probe_decide(probe);
}

static bool has_same_cells(const struct probe *probe, int rows, int columns, int width, int height)
{
	return probe->rows > 0 && probe->columns > 0 && rows > 0 && columns > 0 &&
		probe->width_px / probe->columns == width / columns &&
		probe->height_px / probe->rows == height / rows;
}

/* With another font the terminal's word for its cells is old; the kernel's holds until it answers
 * again. xterm's largest sixel is its window. */
static void forget_size(struct probe *probe, bool has_other_cells)
{
	if (probe->cell16_width || probe->text14_width || probe->geometry_width)
		probe->pending |= PROBE_SIZE;
	if (has_other_cells)
		probe->cell16_width = probe->cell16_height = 0;
	probe->text14_width = probe->text14_height = 0;
	probe->geometry_width = probe->geometry_height = 0;
}

void probe_hear_size(struct probe *probe, int rows, int columns, int width_px, int height_px)
{
	bool is_same = probe->rows == rows && probe->columns == columns &&
		probe->width_px == width_px && probe->height_px == height_px;

	if (is_same)
		return;
	if (probe->rows > 0)
		forget_size(probe, !has_same_cells(probe, rows, columns, width_px, height_px));
	probe->rows = rows;
	probe->columns = columns;
	probe->width_px = width_px;
	probe->height_px = height_px;
	probe_decide(probe);
}

bool probe_tick(struct probe *probe, int64_t now_ms)
{
	struct capabilities before = probe->found;

	if (probe->until_ms == 0 || now_ms < probe->until_ms)
		return false;
	probe->until_ms = 0;
	probe->pending &= PROBE_SIZE;
	probe_decide(probe);
	return before.rung != probe->found.rung ||
		strcmp(before.rung_why, probe->found.rung_why) != 0;
}

bool probe_is_over(const struct probe *probe)
{
	return probe->until_ms == 0;
}

bool probe_is_unanswered(const struct probe *probe)
{
	return ((probe->asked & PROBE_TERMINAL) && probe->da1_sixel < 0) ||
		((probe->asked & PROBE_OUTER) && probe->outer_sixel < 0) ||
		((probe->asked & PROBE_XTERM) && probe->osc60 < 0);
}

const struct capabilities *probe_found(struct probe *probe)
{
	return &probe->found;
}
