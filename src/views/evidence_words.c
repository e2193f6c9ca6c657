/* The words below the pictures of the panel: warnings, the numbers of the boxes. Owns nothing; main
 * thread. */
#include "base/text.h"
#include "views/evidence.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { MARGIN_COLUMNS = 2, GAP_COLUMNS = 3, MORE_BYTES = 32 };

/* ---- below the pictures ---- */

/* What must be said of the pair; "" = nothing. */
static const char *warning_of(const struct evidence *evidence)
{
	if (evidence->form != EVIDENCE_PAIR || evidence->selected[0])
		return "";
	if (evidence->pair.is_skewed)
		return "clock skew? the picture after is older than the one before";
	if (evidence->pair.has_two_cameras)
		return "! two cameras: they do not show the same place";
	return "";
}

/* Pieces of text one behind the other, broken where they do not fit. */
struct flow {
	struct canvas *canvas; /* NULL: nothing is drawn */
	struct area area;
	int row, column;
	size_t left_out;
};

static void flow_add(struct flow *flow, enum role role, const char *text)
{
	int room = flow->area.columns - 2 * MARGIN_COLUMNS;
	int width = text_width(text);

	if (!*text)
		return;
	if (flow->column > 0 && flow->column + width > room) {
		flow->row++;
		flow->column = 0;
	}
	if (flow->row >= flow->area.rows) {
		flow->left_out++;
		return;
	}
	if (flow->canvas)
		canvas_cut(flow->canvas, flow->area.row + flow->row,
			flow->area.column + MARGIN_COLUMNS + flow->column, room - flow->column,
			role, text);
	flow->column += width + GAP_COLUMNS;
}

static int flow_end(struct flow *flow)
{
	int rows = flow->row + (flow->column > 0);
	char more[MORE_BYTES];
	int width;

	if (rows > flow->area.rows)
		rows = flow->area.rows;
	if (!flow->canvas || flow->left_out == 0 || rows == 0)
		return rows;
	width = snprintf(more, sizeof(more), " +%zu more", flow->left_out);
	canvas_text(flow->canvas, flow->area.row + rows - 1,
		flow->area.column + flow->area.columns - width - 1, width + 1, ROLE_DIM, more);
	return rows;
}

static enum role change_role(const struct marked_item *item)
{
	if (item->change == UNKNOWN || item->change == 0)
		return ROLE_TEXT;
	return item->change > 0 ? ROLE_OK : ROLE_BAD;
}

/* "24 segments without a picture"; "" = none. */
static void say_left_out(char dst[WORDS_BYTES], const struct evidence *evidence)
{
	int64_t left_out = evidence->subject.captures->left_out;

	dst[0] = '\0';
	if (evidence->form != EVIDENCE_GRID || !evidence_is_recorded(evidence) || left_out == 0)
		return;
	words_count(dst, left_out, "segment");
	snprintf(dst + strlen(dst), WORDS_BYTES - strlen(dst), " without a picture");
}

int evidence_legend(const struct evidence *evidence, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct flow flow = {.canvas = canvas, .area = area};
	char page[VIEW_MESSAGE_BYTES], words[MARKED_WORDS_BYTES], left_out[WORDS_BYTES];
	bool has_marks = evidence->has_boxes && context->shows_pictures &&
		evidence_side(evidence, evidence_shown(evidence)) != SIDES;

	evidence_page_words(page, evidence);
	flow_add(&flow, ROLE_WARN, warning_of(evidence));
	flow_add(&flow, ROLE_DIM, page);
	say_left_out(left_out, evidence);
	flow_add(&flow, ROLE_DIM, left_out);
	for (size_t i = 0; has_marks && i < evidence->marks.item_count; i++) {
		marks_words(words, &evidence->marks, i);
		flow_add(&flow, change_role(&evidence->marks.items[i]), words);
	}
	return flow_end(&flow);
}
