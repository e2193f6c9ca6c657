/* What the files of the probe (ui/capabilities.h) share: reading answers and deciding. Pure. Main
 * thread. */
#ifndef UI_PROBE_H
#define UI_PROBE_H

#include "ui/capabilities.h"

enum probe_question {
	PROBE_TERMINAL = 1 << 0, /* all questions with DA1 behind them */
	PROBE_TMUX = 1 << 1,     /* tmux's facts, asked by its own program */
	PROBE_OUTER = 1 << 2,    /* DA1 of the terminal outside tmux */
	PROBE_XTERM = 1 << 3,    /* OSC 60 */
	PROBE_SIZE = 1 << 4      /* again after another size; nobody waits for it */
};

/* The longest wait for an answer. */
int probe_patience_ms(const struct probe *probe);
/* Whether the terminal may be asked at all. */
bool probe_may_ask(const struct probe *probe);
/* TMUX is set, and its client is tmux or screen again. */
bool probe_is_nested(const struct probe *probe);

/* Notes what a report says; false when it is none that is asked for. */
bool probe_read(struct probe *probe, const char *report, size_t count, int64_t now_ms);

/* Fills probe->found from all that is known. */
void probe_decide(struct probe *probe);

#endif
