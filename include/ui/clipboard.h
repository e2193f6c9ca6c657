/* Copying an id to the user's clipboard: OSC 52, tmux's buffer, and honest words about what is
 * known to have come of it (terminal.md (b)). Main thread. */
#ifndef UI_CLIPBOARD_H
#define UI_CLIPBOARD_H

#include "base/buf.h"
#include "base/err.h"
#include "ui/capabilities.h"
#include "ui/child.h"
#include <stdbool.h>
#include <stddef.h>

enum { CLIPBOARD_BYTES = 256 };

enum clipboard_grade {
	CLIPBOARD_CONFIRMED, /* the terminal says that it takes OSC 52, a :copytest came back, or a
				tool of this machine's own screen took it */
	CLIPBOARD_SENT,      /* sent, not confirmed */
	CLIPBOARD_NONE       /* this terminal cannot copy, or probably refuses: the id is shown */
};

/* What was learned by :copytest of this terminal, in this process. */
enum clipboard_memory { CLIPBOARD_UNTESTED, CLIPBOARD_WORKS, CLIPBOARD_FAILS };

struct clipboard {
	enum clipboard_memory memory;
	struct child child; /* tmux load-buffer, wl-copy or xclip */
	bool is_buffer;     /* the child is tmux load-buffer */
	bool is_old_tmux;   /* one that does not know -w */
	bool is_pending;
	bool is_sent;                    /* an OSC 52 */
	enum clipboard_grade sent_grade; /* of the last copy, final once the child ended */
	char text[CLIPBOARD_BYTES + 1];
};

void clipboard_init(struct clipboard *clipboard);
void clipboard_release(struct clipboard *clipboard);

/* [A-Za-z0-9._:@/+=-]{1,256}: may be copied unasked. */
bool clipboard_may_copy(const char *text);
/* Printable form of anything else, escaped: what the user is asked about. */
void clipboard_escape(char *dst, size_t dst_bytes, const char *text);

/* Appends what is to be sent to the terminal (nothing when it cannot copy), starts tmux load-buffer
 * inside tmux, or wl-copy/xclip where WAYLAND_DISPLAY or DISPLAY is set and no SSH_*. words: what
 * to tell the user now. */
enum clipboard_grade clipboard_copy(struct clipboard *clipboard, const char *text,
	const struct capabilities *capabilities, struct buf *bytes, struct err *words);
/* The child ended: true when there are new words (tmux buffer: "Copied (tmux buffer, prefix ])
 * ..." or why not). Call when the descriptor is readable and once a second. */
bool clipboard_tick(struct clipboard *clipboard, struct err *words);
int clipboard_descriptor(const struct clipboard *clipboard);

#endif
