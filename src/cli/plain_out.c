/* Plain text: aligned columns for lists, "name value" lines for show. Widths are those of the first
 * page and grow with later ones. Owns the texts of one page; main thread. */
#include "base/buf.h"
#include "base/text.h"
#include "cli/out.h"
#include <inttypes.h>
#include <string.h>

enum { COLUMNS_MAX = 24, WIDTH_MAX = 40, GAP = 2, BRIEF_ROWS = 3, PAGE_TEXT_BYTES = 16 << 20 };

struct text {
	const char *text;
	int width;
	enum tone tone;
};

struct table {
	struct cli_context *context;
	const struct cli_noun *noun;
	const struct cli_column *columns[COLUMNS_MAX]; /* those with a title */
	int widths[COLUMNS_MAX];
	int count;
	int indent;
	bool has_header;
	struct arena *arena; /* of the page being printed */
};

/* ---- one value as text ---- */

static const char *ascii_for(uint32_t code)
{
	static const struct {
		uint32_t code;
		const char *ascii;
	} table[] = {{0xb0, "deg"}, {0xb7, "-"}, {0x2013, "-"}, {0x2014, "-"}, {0x2026, "..."},
		{0x2192, "->"}};

	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		if (table[i].code == code)
			return table[i].ascii;
	}
	return text_code_width(code) == 0 ? "" : text_code_width(code) == 2 ? "??" : "?";
}

static void add_ascii(struct buf *buf, const char *text)
{
	size_t left = strlen(text);

	while (left > 0) {
		uint32_t code;
		size_t bytes = text_decode(text, left, &code);

		if (code < 0x80)
			buf_append(buf, text, 1);
		else
			buf_text(buf, ascii_for(code));
		text += bytes;
		left -= bytes;
	}
}

struct brief {
	struct buf *buf;
	const struct cli_noun *noun;
};

static bool add_brief_rows(void *arg, const struct page *page, struct err *err)
{
	const struct brief *brief = arg;
	char text[128];

	(void)err;
	if (page->count == 0)
		buf_text(brief->buf, "no changes");
	for (size_t i = 0; i < page->count; i++) {
		const void *row = cli_row(brief->noun, page, i);

		if (i == BRIEF_ROWS) {
			buf_text(brief->buf, ", …");
			return true;
		}
		brief->noun->brief(row, text, sizeof(text));
		buf_printf(brief->buf, "%s%s", i > 0 ? ", " : "", text);
	}
	return true;
}

static bool add_list(
	struct cli_context *context, const struct cell *cell, struct buf *buf, struct err *err)
{
	struct brief brief = {buf, cell->of};

	return cli_pages(context, &cell->list, BRIEF_ROWS + 1, add_brief_rows, &brief, err);
}

static bool add_value(
	struct cli_context *context, const struct cell *cell, struct buf *buf, struct err *err)
{
	char time[CLOCK_TEXT_BYTES];

	switch (cell->type) {
	case CELL_NONE:
		return true;
	case CELL_TEXT:
		return buf_text(buf, cell->text);
	case CELL_INT:
		return buf_printf(buf, "%" PRId64, cell->number);
	case CELL_REAL:
		return buf_printf(buf, "%g", cell->real);
	case CELL_BOOL:
		return buf_text(buf, cell->number ? "yes" : "no");
	case CELL_TIME:
		clock_full(time, cell->number);
		return buf_text(buf, time);
	case CELL_LIST:
		return add_list(context, cell, buf, err);
	}
	return false;
}

/* The column of row as text in arena, "" when unknown. */
static bool render(struct cli_context *context, const struct cli_column *column, const void *row,
	struct arena *arena, struct text *text, struct err *err)
{
	bool is_ascii = context->request->is_ascii;
	struct buf buf, ascii;
	struct cell cell;
	bool is_fine;

	cli_cell(column, row, context->request->now_ms, &cell);
	buf_init(&buf, TEXT_MESSAGE_BYTES * 2);
	buf_init(&ascii, TEXT_MESSAGE_BYTES * 8);
	if (cell.type != CELL_NONE && cell.badge)
		buf_printf(&buf, "%s ", is_ascii ? cell.badge->ascii : cell.badge->sign);
	is_fine = add_value(context, &cell, &buf, err);
	if (is_ascii && buf.data)
		add_ascii(&ascii, buf.data);
	text->text = arena_text(arena, is_ascii ? ascii.data : buf.data);
	if (!text->text)
		text->text = "";
	text->width = text_width(text->text);
	text->tone = cell.type != CELL_NONE && cell.badge ? cell.badge->tone : TONE_PLAIN;
	buf_release(&buf);
	buf_release(&ascii);
	return is_fine;
}

/* ---- printing ---- */

static const char *const sgr[] = {
	[TONE_OK] = "32",
	[TONE_INFO] = "36",
	[TONE_WARN] = "33",
	[TONE_BAD] = "31;1",
	[TONE_STALE] = "35",
	[TONE_DIM] = "2",
};

static void put_text(const struct cli_context *context, const struct text *text)
{
	if (context->request->has_color && text->tone != TONE_PLAIN)
		fprintf(context->out, "\033[%sm%s\033[0m", sgr[text->tone], text->text);
	else
		fputs(text->text, context->out);
}

/* Blanks wait until something follows them, so that no line ends with any. */
static void put_line(const struct table *table, const struct text *texts)
{
	int blanks = table->indent;

	for (int i = 0; i < table->count; i++) {
		bool is_last = i == table->count - 1;
		const struct text unknown = {"-", 1, TONE_PLAIN};
		const struct text *text = texts[i].width == 0 && !is_last ? &unknown : &texts[i];
		int rest = table->widths[i] > text->width ? table->widths[i] - text->width : 0;

		if (text->width == 0)
			break;
		if (table->columns[i]->type == CELL_INT) {
			blanks += rest;
			rest = 0;
		}
		fprintf(table->context->out, "%*s", blanks, "");
		put_text(table->context, text);
		blanks = rest + GAP;
	}
	putc('\n', table->context->out);
}

static void put_header(struct table *table)
{
	struct text titles[COLUMNS_MAX];

	for (int i = 0; i < table->count; i++) {
		const char *title = table->columns[i]->title;

		titles[i] = (struct text){title, (int)strlen(title), TONE_PLAIN};
	}
	put_line(table, titles);
	table->has_header = true;
}

static void widen(struct table *table, const struct text *texts)
{
	for (int i = 0; i < table->count; i++) {
		int width = texts[i].width < WIDTH_MAX ? texts[i].width : WIDTH_MAX;

		if (width > table->widths[i])
			table->widths[i] = width;
	}
}

static bool put_page(void *arg, const struct page *page, struct err *err)
{
	struct table *table = arg;
	size_t bytes = (size_t)table->count * sizeof(struct text);
	struct text *rows[CLI_PAGE_ROWS];

	arena_reset(table->arena);
	for (size_t i = 0; i < page->count; i++) {
		rows[i] = arena_alloc(table->arena, bytes);
		if (!rows[i])
			return err_set(err, "out of memory");
		for (int at = 0; at < table->count; at++) {
			if (!render(table->context, table->columns[at],
				    cli_row(table->noun, page, i), table->arena, &rows[i][at], err))
				return false;
		}
		widen(table, rows[i]);
	}
	if (page->count == 0 && table->indent > 0 && !table->has_header)
		fprintf(table->context->out, "%*snone\n", table->indent, "");
	else if (!table->has_header)
		put_header(table);
	for (size_t i = 0; i < page->count; i++)
		put_line(table, rows[i]);
	return true;
}

/* What all rows of the query have in common need not be said of each. */
static bool is_same_in_all(const struct cli_column *column, const struct query *query)
{
	for (int i = 0; column->name && i < QUERY_MATCHES; i++) {
		if (query->matches[i].field && strcmp(query->matches[i].field, column->name) == 0)
			return true;
	}
	return false;
}

/* By its cameras: they are few. */
static bool has_recorder(struct cli_context *context)
{
	struct query query = {.noun = NOUN_CAMERA,
		.matches = {{"dialect", "O"}},
		.since_ms = UNKNOWN,
		.now_ms = UNKNOWN};
	int64_t count, all;
	struct err ignored;

	return reader_count(context->reader, &query, &count, &all, &ignored) && count > 0;
}

static bool put_table(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, int64_t limit, int indent, struct err *err)
{
	struct table table = {.context = context, .noun = noun, .indent = indent};
	bool is_beside = has_recorder(context), is_fine;

	for (const struct cli_column *at = noun->columns; !cli_column_is_end(at); at++) {
		if (!at->title || table.count == COLUMNS_MAX ||
			(at->is_of_recorder && !is_beside) ||
			(indent > 0 && is_same_in_all(at, query)))
			continue;
		table.widths[table.count] = (int)strlen(at->title);
		table.columns[table.count++] = at;
	}
	table.arena = arena_new(PAGE_TEXT_BYTES);
	if (!table.arena)
		return err_set(err, "out of memory");
	is_fine = cli_pages(context, query, limit, put_page, &table, err);
	arena_free(table.arena);
	return is_fine;
}

static bool list(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, struct err *err)
{
	return put_table(context, noun, query, context->request->limit, 0, err);
}

/* ---- show ---- */

static bool show_value(struct cli_context *context, const struct cli_column *column, int width,
	const void *row, struct err *err)
{
	struct arena *arena = arena_new(PAGE_TEXT_BYTES);
	struct text text;
	bool is_fine = arena ? render(context, column, row, arena, &text, err)
			     : err_set(err, "out of memory");

	if (is_fine) {
		fprintf(context->out, "%-*s", width + GAP, column->name);
		if (text.width == 0)
			text = (struct text){"-", 1, TONE_PLAIN};
		put_text(context, &text);
		putc('\n', context->out);
	}
	arena_free(arena);
	return is_fine;
}

static bool show_list(struct cli_context *context, const struct cli_column *column, const void *row,
	struct err *err)
{
	struct cell cell;

	cli_cell(column, row, context->request->now_ms, &cell);
	fprintf(context->out, "\n%s\n", column->name);
	return put_table(context, cell.of, &cell.list, 0, GAP, err);
}

static bool is_list(
	const struct cli_context *context, const struct cli_column *column, const void *row)
{
	struct cell cell;

	cli_cell(column, row, context->request->now_ms, &cell);
	return cell.type == CELL_LIST;
}

static int name_width(const struct cli_noun *noun)
{
	const struct cli_column *const tables[] = {noun->columns, noun->more};
	size_t width = 0;

	for (int i = 0; i < 2; i++) {
		for (const struct cli_column *at = tables[i]; at && !cli_column_is_end(at); at++) {
			if (at->name && strlen(at->name) > width)
				width = strlen(at->name);
		}
	}
	return (int)width;
}

/* Lists come last, below each other. */
static bool show(
	struct cli_context *context, const struct cli_noun *noun, const void *row, struct err *err)
{
	const struct cli_column *const tables[] = {
		noun->columns, noun->more, noun->columns, noun->more};
	int width = name_width(noun);

	for (int i = 0; i < 4; i++) {
		bool wants_list = i >= 2;

		for (const struct cli_column *at = tables[i]; at && !cli_column_is_end(at); at++) {
			if (!at->name || is_list(context, at, row) != wants_list)
				continue;
			if (!(wants_list ? show_list(context, at, row, err)
					 : show_value(context, at, width, row, err)))
				return false;
		}
	}
	return true;
}

const struct cli_format_ops cli_plain = {list, show};
