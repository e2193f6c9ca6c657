/* What the terminal can do, how that was found out, and what is done with it (terminal.md (a)). A
 * probe writes questions, hears the answers among the keys, and decides; it never waits: the first
 * screen is drawn meanwhile. Pure but for the environment. Main thread. */
#ifndef UI_CAPABILITIES_H
#define UI_CAPABILITIES_H

#include "base/buf.h"
#include "model/picture.h"
#include "ui/tmux.h"
#include <stdbool.h>
#include <stdint.h>

enum images { IMAGES_AUTO, IMAGES_SIXEL, IMAGES_BLOCKS, IMAGES_ASCII, IMAGES_OFF };

enum { CAPABILITY_WORDS = 160 };

struct capabilities {
	enum rung rung;                    /* best way to draw pictures */
	char rung_why[CAPABILITY_WORDS];   /* "DA1 says sixel (4)", "NO_COLOR is set" */
	int cell_width_px, cell_height_px; /* 10x20 where nothing is known: for shapes only */
	char cell_why[CAPABILITY_WORDS];
	int sixel_colors;                /* registers to use */
	int block_colors;                /* 8 16 256 or 1 << 24 */
	int max_width_px, max_height_px; /* of one sixel; 0 = not known */
	bool has_synchronized;           /* DECRQM 2026 */
	bool has_clipboard;              /* DA1 says 52 */
	/* xterm: OSC 60 names no window operations. Only probably: with disallowedWindowOps without
	 * SetSelection it says the same (xterm 379), and copies. */
	bool is_clipboard_refused;
	bool is_in_tmux;
	bool is_wrapped;                 /* sixel and OSC 52 go through tmux's passthrough */
	bool is_row_sensitive;           /* tmux draws sixel itself: text on its rows deletes it */
	bool is_slow;                    /* the answer took long: low bandwidth */
	bool has_answered;               /* DA1 came; until then the rest is a guess */
	int64_t round_trip_ms;           /* UNKNOWN = no answer */
	char terminal[CAPABILITY_WORDS]; /* XTVERSION, or TERM; clean */
	char hint[CAPABILITY_WORDS];     /* what the user could change: "" = nothing */
};

struct probe_options {
	enum images images;
	bool is_utf8;
	bool has_color;      /* colours may be used: not NO_COLOR, not --color never */
	int terminal_colors; /* by terminfo */
	bool is_terminal;    /* false: doctor in a pipe */
};

enum { PROBE_TERM_BYTES = 64 };

struct probe {
	struct probe_options options;
	struct capabilities found;
	struct tmux_facts tmux;
	/* the environment at the start */
	char term[PROBE_TERM_BYTES];
	bool is_in_tmux, is_remote, is_windows_terminal, is_vs_code, is_direct, no_color;
	/* what was asked, and when: bits of enum probe_question (ui/probe.h) */
	unsigned asked, pending;
	int64_t asked_at_ms, outer_asked_at_ms, until_ms; /* monotonic; until_ms 0 = not waiting */
	/* what was heard */
	int64_t round_trip_ms, outer_round_trip_ms; /* UNKNOWN = no answer */
	int da1_sixel, da1_clipboard;               /* -1 = no answer */
	int outer_sixel, outer_clipboard;           /* of the terminal outside tmux */
	int cell16_width, cell16_height;            /* 0 = no answer, here and below */
	int text14_width, text14_height;
	int registers, geometry_width, geometry_height;
	int mode_2026; /* as DECRQM says it */
	int osc60;     /* -1 no answer, 0 no window operation is allowed, 1 they are */
	int rows, columns, width_px, height_px;
	char version[CAPABILITY_WORDS];
};

/* Decides from the environment alone: TERM, TMUX, NO_COLOR, COLORTERM, SSH_*. */
void probe_init(struct probe *probe, const struct probe_options *options);
/* Appends the questions for now; nothing for terminals that must not be asked (linux, dumb, vt*,
 * unknown). Call again after each probe_hear, probe_hear_tmux and probe_hear_size: answers lead to
 * new questions (for the terminal outside tmux, for xterm, after another font); mostly to none. */
void probe_ask(struct probe *probe, struct buf *bytes, int64_t now_ms);
/* A report among the keys, a whole sequence as it came. Whether it was an answer. */
bool probe_hear(struct probe *probe, const char *report, size_t count, int64_t now_ms);
/* Facts of tmux came; they may come again, with other offsets. */
void probe_hear_tmux(struct probe *probe, const struct tmux_facts *facts, int64_t now_ms);
/* Time passed: gives up waiting. Whether anything was decided anew by it. */
bool probe_tick(struct probe *probe, int64_t now_ms);
bool probe_is_over(const struct probe *probe);
/* A question has no answer, in time or not: one may still come. */
bool probe_is_unanswered(const struct probe *probe);
/* Window size from TIOCGWINSZ: again after each SIGWINCH. */
void probe_hear_size(struct probe *probe, int rows, int columns, int width_px, int height_px);
/* The decision as things are; stays until the next probe call. */
const struct capabilities *probe_found(struct probe *probe);

#endif
