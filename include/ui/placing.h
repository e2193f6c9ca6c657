/* Pictures on the terminal beside curses: which are on the screen, which must be sent again, and
 * the bytes that do it (terminal.md (a)). Pure; for ui/term.c. Main thread. */
#ifndef UI_PLACING_H
#define UI_PLACING_H

#include "base/buf.h"
#include "ui/capabilities.h"
#include "ui/picture.h"

struct placing;

struct placing *placing_new(void);
void placing_free(struct placing *placing);

/* What was on the screen may be gone (another window was shown, the pane was moved). */
void placing_forget(struct placing *placing);

/* canvas is about to be shown over drawn (what is on the screen; NULL = nothing). Appends to first
 * what must be sent before the cells: it takes away what is left of pictures that are gone or come
 * to be covered. Appends to bytes what must be sent after them: a picture when it is new, moved,
 * other than before, or when cells under it were touched; not while something else covers part of
 * it. At most room_bytes of pictures, or one; whether others wait for the next time. */
bool placing_update(struct placing *placing, const struct canvas *canvas,
	const struct canvas *drawn, const struct capabilities *capabilities,
	const struct tmux_facts *tmux, size_t room_bytes, struct buf *first, struct buf *bytes);

/* Whether no picture is on the screen: then rows may be moved on it. */
bool placing_is_empty(const struct placing *placing);
/* Whether any picture is on the screen that is lost when tmux shows another window. */
bool placing_has_pictures(const struct placing *placing);

#endif
