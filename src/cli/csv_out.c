/* CSV after RFC 4180: a header, CRLF, quotes where needed; a text that a spreadsheet would run gets
 * a leading apostrophe. Owns nothing; main thread. */
#include "cli/out.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static void put_text(FILE *out, const char *text)
{
	bool would_run = *text && strchr("=+-@\t\r", *text);
	bool is_quoted = text[strcspn(text, ",\"\r\n")];

	if (is_quoted)
		putc('"', out);
	if (would_run)
		putc('\'', out);
	for (; *text; text++) {
		if (*text == '"')
			putc('"', out);
		putc(*text, out);
	}
	if (is_quoted)
		putc('"', out);
}

/* A list inside a cell is its JSON. */
static bool put_list(struct cli_context *context, const struct cell *cell, struct err *err)
{
	FILE *out = context->out;
	char *text = NULL;
	size_t bytes = 0;
	bool is_fine;

	context->out = open_memstream(&text, &bytes);
	if (!context->out) {
		context->out = out;
		return err_set(err, "out of memory");
	}
	is_fine = cli_json_rows(context, cell->of, &cell->list, 0, err);
	if (fclose(context->out) != 0 && is_fine)
		is_fine = err_set(err, "out of memory");
	context->out = out;
	if (is_fine)
		put_text(out, text);
	free(text);
	return is_fine;
}

static bool put_cell(struct cli_context *context, const struct cell *cell, struct err *err)
{
	char time[CLOCK_TEXT_BYTES];

	switch (cell->type) {
	case CELL_NONE:
		return true;
	case CELL_TEXT:
		put_text(context->out, cell->text);
		return true;
	case CELL_INT:
		fprintf(context->out, "%" PRId64, cell->number);
		return true;
	case CELL_REAL:
		fprintf(context->out, "%.15g", cell->real);
		return true;
	case CELL_BOOL:
		fputs(cell->number ? "true" : "false", context->out);
		return true;
	case CELL_TIME:
		clock_rfc3339(time, cell->number);
		fputs(time, context->out);
		return true;
	case CELL_LIST:
		return put_list(context, cell, err);
	}
	return false;
}

static bool put_row(struct cli_context *context, const struct cli_column *columns, const void *row,
	struct err *err)
{
	const char *comma = "";
	struct cell cell;

	for (; !cli_column_is_end(columns); columns++) {
		if (!columns->name)
			continue;
		fputs(comma, context->out);
		comma = ",";
		cli_cell(columns, row, context->request->now_ms, &cell);
		if (!put_cell(context, &cell, err))
			return false;
	}
	fputs("\r\n", context->out);
	return true;
}

static void put_header(FILE *out, const struct cli_column *columns)
{
	const char *comma = "";

	for (; !cli_column_is_end(columns); columns++) {
		if (!columns->name)
			continue;
		fprintf(out, "%s%s", comma, columns->name);
		comma = ",";
	}
	fputs("\r\n", out);
}

struct listing {
	struct cli_context *context;
	const struct cli_noun *noun;
};

static bool put_page(void *arg, const struct page *page, struct err *err)
{
	const struct listing *listing = arg;
	bool is_fine = true;

	for (size_t i = 0; is_fine && i < page->count; i++)
		is_fine = put_row(listing->context, listing->noun->columns,
			cli_row(listing->noun, page, i), err);
	return is_fine;
}

static bool list(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, struct err *err)
{
	struct listing listing = {context, noun};

	put_header(context->out, noun->columns);
	return cli_pages(context, query, context->request->limit, put_page, &listing, err);
}

static bool show(
	struct cli_context *context, const struct cli_noun *noun, const void *row, struct err *err)
{
	put_header(context->out, noun->columns);
	return put_row(context, noun->columns, row, err);
}

const struct cli_format_ops cli_csv = {list, show};
