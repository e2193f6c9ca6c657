/* A page of text taller than the screen: lines of spans, scrolled, with lines that can be selected
 * (ids, rows that open). Detail views and help are documents. Main thread. */
#ifndef UI_DOC_H
#define UI_DOC_H

#include "ui/canvas.h"

struct doc;

struct doc *doc_new(void);
void doc_free(struct doc *doc);
/* Forgets the lines, keeps selection and scroll position. Bounded: beyond 20,000 lines the rest is
 * dropped with a last line that says so. */
void doc_clear(struct doc *doc);

/* Starts a new line. */
void doc_line(struct doc *doc);
/* A heading line with a blank line before it. */
void doc_heading(struct doc *doc, const char *text);
/* Appends to the last line at its end, or at a column (pads; 0 = at the end). Copies text. */
void doc_text(struct doc *doc, int column, enum role role, const char *text);
void doc_printf(struct doc *doc, int column, enum role role, const char *format, ...)
	__attribute__((format(printf, 4, 5)));
/* The same for an id: a click on it copies it, all of it, also where it is cut. */
void doc_id(struct doc *doc, int column, enum role role, const char *id);
/* An id of which only a part, or a shorter form, is shown. */
void doc_id_as(struct doc *doc, int column, enum role role, const char *shown, const char *id);
/* "label" dim in a column of its own, value after it; a new line. value NULL = "-". */
void doc_pair(struct doc *doc, const char *label, enum role role, const char *value);
/* The same for an id. */
void doc_pair_id(struct doc *doc, const char *label, enum role role, const char *id);
/* Breaks clean text into lines of width columns behind indent. */
void doc_paragraph(struct doc *doc, int indent, int width, enum role role, const char *text);
/* The same for an id too long for its line. */
void doc_paragraph_id(struct doc *doc, int indent, int width, enum role role, const char *id);
/* The last line stays in sight while the lines below it, down to the next blank one, are scrolled:
 * titles of columns. */
void doc_pin(struct doc *doc);
/* The last line can be selected; key is what doc_selected gives then (copied, e.g.
 * "camera\x1f..."). */
void doc_select(struct doc *doc, const char *key);

/* Movement: selection goes from selectable line to selectable line and scrolls to show it; where
 * there is none in that direction, the text scrolls. The selection sticks to its key. */
void doc_move(struct doc *doc, int lines, int visible_rows);
void doc_first(struct doc *doc);
void doc_last(struct doc *doc, int visible_rows);
/* The wheel: the text alone moves, the selection stays where it is, maybe out of sight; the next
 * movement goes on from it. */
void doc_scroll(struct doc *doc, int lines, int visible_rows);
/* Scrolls to the selection when it is out of sight; whether it was. */
bool doc_return(struct doc *doc);
/* Selects a line that was drawn with that spot (SPOT_SELECT); false when it is gone. */
bool doc_click(struct doc *doc, const struct spot *spot);
/* NULL when nothing is selected. */
const char *doc_selected(const struct doc *doc);
int doc_lines(const struct doc *doc);

/* Draws what is visible; a scroll mark at the right edge when there is more above or below. A line
 * that can be selected is SPOT_SELECT (number: the line, text: its key), an id SPOT_COPY. */
void doc_draw(struct doc *doc, struct canvas *canvas, struct area area);

#endif
