/* The walk through the rows of a query, and what the formats share. Owns the pages of a context;
 * main thread. */
#include "cli/out.h"
#include <errno.h>
#include <string.h>

bool cli_pages(struct cli_context *context, const struct query *query, int64_t limit,
	cli_page_fn take, void *arg, struct err *err)
{
	struct page *page = &context->pages[context->depth];
	struct query asked = *query;
	struct place place = {0};
	enum page_from from = PAGE_FIRST;
	int64_t left = limit > 0 ? limit : INT64_MAX;
	bool is_fine = true;
	bool is_last = false;

	if (context->depth == CLI_DEPTH)
		return err_set(err, "lists stand in lists too deep");
	asked.now_ms = context->request->now_ms;
	context->depth++;
	if (!page->arena)
		page_init(page);
	while (is_fine && !is_last) {
		size_t count = left < CLI_PAGE_ROWS ? (size_t)left : CLI_PAGE_ROWS;

		is_fine = reader_page(context->reader, &asked, from, &place, count, page, err) &&
			take(arg, page, err) &&
			(!ferror(context->out) || err_set(err, "cannot write the output"));
		left -= (int64_t)page->count;
		is_last = page->count < count || left == 0;
		if (page->count > 0)
			place = page->places[page->count - 1];
		from = PAGE_AFTER;
	}
	context->depth--;
	return is_fine;
}

const void *cli_row(const struct cli_noun *noun, const struct page *page, size_t index)
{
	return (const char *)page->rows + index * nouns[noun->noun].row_bytes;
}

const struct cli_format_ops *cli_format_ops(enum cli_format format)
{
	return format == CLI_JSON ? &cli_json : format == CLI_CSV ? &cli_csv : &cli_plain;
}

void cli_context_release(struct cli_context *context)
{
	for (int i = 0; i < CLI_DEPTH; i++) {
		if (context->pages[i].arena)
			page_release(&context->pages[i]);
	}
}

bool cli_finish(struct cli_context *context, struct err *err)
{
	if (fflush(context->out) == 0 && !ferror(context->out))
		return true;
	return err_set(err, "cannot write the output: %s", strerror(errno));
}
