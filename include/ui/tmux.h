/* What tmux says about the pane we are in, asked by its own program without waiting. Main thread.
 */
#ifndef UI_TMUX_H
#define UI_TMUX_H

#include "base/err.h"
#include "ui/child.h"
#include <stdbool.h>
#include <stdint.h>

struct tmux_facts {
	bool is_known;
	char version[32];
	bool has_sixel;       /* tmux was built with it and the client has the feature */
	bool has_passthrough; /* allow-passthrough is on */
	bool sets_clipboard;  /* set-clipboard on */
	bool has_focus_events;
	int pane_top, pane_left; /* of the pane in the terminal outside, status line included */
	int client_cell_width, client_cell_height;
	bool is_visible;     /* known to be on somebody's screen, whole, and in no mode */
	char outer_term[64]; /* TERM of the client; "" = nobody is attached */
};

struct tmux;

/* NULL when not inside tmux ($TMUX, $TMUX_PANE), or out of memory. */
struct tmux *tmux_new(void);
void tmux_free(struct tmux *tmux);
/* Asks, unless a question is under way. */
void tmux_ask(struct tmux *tmux);
/* To wait for; -1 = nothing is under way. */
int tmux_descriptor(const struct tmux *tmux);
/* Whether an answer came: *facts is filled. Call when the descriptor is readable and once a second.
 */
bool tmux_hear(struct tmux *tmux, struct tmux_facts *facts);

/* "#{...}" answer of tmux display-message to facts; pure, for tests. */
bool tmux_parse(struct tmux_facts *facts, const char *text);

/* Appends bytes wrapped for the terminal outside: ESC P tmux; ... with every ESC doubled ... ESC \.
 * false when they do not fit: then what was appended is no whole. */
bool tmux_wrap(struct buf *wrapped, const char *bytes, size_t count);

#endif
