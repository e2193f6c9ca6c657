/* JSON: an array of flat records, one a line; show gives one record. Owns nothing; main thread. */
#include "base/text.h"
#include "cli/out.h"
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

/* How many bytes may stand as they are. */
static size_t plain_bytes(const char *text)
{
	size_t bytes = 0;

	while (text[bytes] >= ' ' && text[bytes] <= '~' && text[bytes] != '"' &&
		text[bytes] != '\\')
		bytes++;
	return bytes;
}

/* One character that is not plain; returns its bytes. What is no UTF-8 becomes U+FFFD. */
static size_t put_character(FILE *out, const char *text, size_t left)
{
	char encoded[4] = "";
	uint32_t code;
	size_t bytes = text_decode(text, left, &code);

	if (code == '"' || code == '\\')
		fprintf(out, "\\%c", (char)code);
	else if (code < 0x80)
		fprintf(out, "\\u%04x", (unsigned)code);
	else
		fwrite(encoded, 1, text_encode(encoded, code), out);
	return bytes;
}

static void put_text(FILE *out, const char *text)
{
	const char *end = text + strlen(text);

	putc('"', out);
	while (text < end) {
		size_t plain = plain_bytes(text);

		fwrite(text, 1, plain, out);
		text += plain;
		if (text < end)
			text += put_character(out, text, (size_t)(end - text));
	}
	putc('"', out);
}

/* The shortest form that reads back as the same number. */
static void put_real(FILE *out, double real)
{
	char text[32];

	for (int digits = 15; digits <= 17; digits++) {
		snprintf(text, sizeof(text), "%.*g", digits, real);
		if (strtod(text, NULL) == real)
			break;
	}
	fputs(text, out);
}

static void put_time(FILE *out, int64_t ms)
{
	char text[CLOCK_TEXT_BYTES];

	clock_rfc3339(text, ms);
	fprintf(out, "\"%s\"", text);
}

static bool put_cell(struct cli_context *context, const struct cell *cell, struct err *err)
{
	FILE *out = context->out;

	switch (cell->type) {
	case CELL_NONE:
		fputs("null", out);
		return true;
	case CELL_TEXT:
		put_text(out, cell->text);
		return true;
	case CELL_INT:
		fprintf(out, "%" PRId64, cell->number);
		return true;
	case CELL_REAL:
		put_real(out, cell->real);
		return true;
	case CELL_BOOL:
		fputs(cell->number ? "true" : "false", out);
		return true;
	case CELL_TIME:
		put_time(out, cell->number);
		return true;
	case CELL_LIST:
		return cli_json_rows(context, cell->of, &cell->list, 0, err);
	}
	return false;
}

static bool put_members(struct cli_context *context, const struct cli_column *columns,
	const void *row, const char *comma, struct err *err)
{
	struct cell cell;

	for (; !cli_column_is_end(columns); columns++) {
		if (!columns->name)
			continue;
		fputs(comma, context->out);
		put_text(context->out, columns->name);
		putc(':', context->out);
		comma = ",";
		cli_cell(columns, row, context->request->now_ms, &cell);
		if (!put_cell(context, &cell, err))
			return false;
	}
	return true;
}

struct listing {
	struct cli_context *context;
	const struct cli_noun *noun;
	const char *before; /* the next row */
};

static bool put_page(void *arg, const struct page *page, struct err *err)
{
	struct listing *listing = arg;
	FILE *out = listing->context->out;

	for (size_t i = 0; i < page->count; i++) {
		fputs(listing->before, out);
		listing->before = ",\n";
		putc('{', out);
		if (!put_members(listing->context, listing->noun->columns,
			    cli_row(listing->noun, page, i), "", err))
			return false;
		putc('}', out);
	}
	return true;
}

bool cli_json_rows(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, int64_t limit, struct err *err)
{
	struct listing listing = {context, noun, ""};
	bool is_fine;

	putc('[', context->out);
	is_fine = cli_pages(context, query, limit, put_page, &listing, err);
	putc(']', context->out);
	return is_fine;
}

static bool list(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, struct err *err)
{
	bool is_fine = cli_json_rows(context, noun, query, context->request->limit, err);

	putc('\n', context->out);
	return is_fine;
}

static bool show(
	struct cli_context *context, const struct cli_noun *noun, const void *row, struct err *err)
{
	bool is_fine;

	putc('{', context->out);
	is_fine = put_members(context, noun->columns, row, "", err) &&
		(!noun->more || put_members(context, noun->more, row, ",", err));
	fputs("}\n", context->out);
	return is_fine;
}

const struct cli_format_ops cli_json = {list, show};
