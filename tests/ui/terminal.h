/* A probe and the terminal it asks, for tests: environment, clock and answers are the test's. */
#ifndef TESTS_UI_TERMINAL_H
#define TESTS_UI_TERMINAL_H

#include "ui/capabilities.h"

struct terminal {
	struct probe_options options;
	struct probe probe;
	struct buf asked; /* what was sent since the last question */
	int64_t now_ms;
};

/* Nothing set but TERM; 256 colours, UTF-8, a terminal; 80x24 cells of no known pixels. */
void terminal_init(struct terminal *terminal, const char *term);
void terminal_release(struct terminal *terminal);
/* Again with what was changed in options and environment. */
void terminal_restart(struct terminal *terminal);

/* What is sent now; "" = nothing. */
const char *terminal_ask(struct terminal *terminal);
/* Bytes as they come from the tty, through ui/input.h. */
void terminal_answer(struct terminal *terminal, const char *bytes);
/* tmux display-message, its answer. */
void terminal_tell_tmux(struct terminal *terminal, const char *text);
void terminal_pass(struct terminal *terminal, int64_t ms);

const struct capabilities *terminal_found(struct terminal *terminal);

#endif
