/* Fits the pieces of a title into its line. Owns nothing; main thread. */
#include "views/title.h"
#include "views/words.h"

enum { MARGIN_CELLS = 2, GAP_CELLS = 2 };

struct title title_begin(struct canvas *canvas, struct area area)
{
	return (struct title){
		canvas, area.row, area.column + MARGIN_CELLS, area.column + area.columns};
}

void title_add(struct title *title, enum role role, const char *text)
{
	title_add_id(title, role, text, NULL);
}

void title_add_badge(
	struct title *title, const struct badge *badge, const char *word, bool is_ascii)
{
	char words[WORDS_BYTES];

	words_badge(words, badge, word, is_ascii);
	title_add(title, role_of_tone(badge->tone), words);
}

void title_add_id(struct title *title, enum role role, const char *text, const char *id)
{
	int used = canvas_cut(
		title->canvas, title->row, title->column, title->end - title->column, role, text);

	if (used <= 0)
		return;
	if (id)
		canvas_spot(title->canvas, title->row, title->column, used, SPOT_COPY, 0, id);
	title->column += used + GAP_CELLS;
}
