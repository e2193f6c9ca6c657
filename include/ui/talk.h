/* The talk with the terminal, and with tmux around it: which modes it is in, what it is asked, what
 * it answered. Bytes to send are appended to a buffer. For ui/term.c; main thread. */
#ifndef UI_TALK_H
#define UI_TALK_H

#include "base/buf.h"
#include "ui/capabilities.h"
#include "ui/tmux.h"

struct talk {
	struct probe probe;
	struct tmux *tmux; /* NULL = not inside */
	struct tmux_facts facts;
	int64_t tmux_asked_at_ms;
	bool is_answer_old; /* of the question under way: the pane has changed since */
	bool has_modes;     /* the terminal is one that knows them */
	bool has_mouse;     /* it is to be ours */
	bool are_modes_on;
	bool has_asked;
	bool has_news;       /* capabilities changed */
	bool are_lost;       /* pictures on the screen; who sees it clears it */
	bool is_elsewhere;   /* they were sent to where the pane no longer is: over what else is
				there now */
	bool shows_pictures; /* through tmux: whether they still stand is asked once a second */
};

/* Decides from the environment; sends nothing. */
void talk_init(struct talk *talk, const struct probe_options *options, bool has_mouse);
void talk_release(struct talk *talk);

/* The first frame has been shown, also after talk_end: modes on; the first time also questions. */
void talk_begin(struct talk *talk, struct buf *bytes, int64_t now_ms);
/* Modes off. */
void talk_end(struct talk *talk, struct buf *bytes);
/* The same for a crash; "" when the terminal knows none. */
const char *talk_rescue(const struct talk *talk);
void talk_take_mouse(struct talk *talk, bool is_taken, struct buf *bytes);

/* A KEY_CODE_REPORT. */
void talk_hear(
	struct talk *talk, const char *report, size_t count, struct buf *bytes, int64_t now_ms);
void talk_hear_size(struct talk *talk, int rows, int columns, struct buf *bytes, int64_t now_ms);
/* The window is looked at again. */
void talk_hear_focus(struct talk *talk);
/* What tmux says may have changed. */
void talk_ask_tmux(struct talk *talk);
/* Once a turn. */
void talk_tick(struct talk *talk, struct buf *bytes, int64_t now_ms);
/* Until when answers may come that nobody would read; 0 = none. */
int64_t talk_open_until_ms(const struct talk *talk, int64_t now_ms);

#endif
