/* The three output formats over one walk through the rows. Main thread. */
#ifndef CLI_OUT_H
#define CLI_OUT_H

#include "cli/cli.h"
#include "cli/columns.h"

/* A list inside a row inside a row: runs of a session, and their delta. */
enum { CLI_DEPTH = 3, CLI_PAGE_ROWS = 200 };

struct cli_context {
	struct reader *reader;
	const struct cli_request *request;
	FILE *out;
	struct page pages[CLI_DEPTH]; /* one for each depth: the outer row stays while inner ones
					 pass */
	int depth;
};

struct cli_format_ops {
	bool (*list)(struct cli_context *context, const struct cli_noun *noun,
		const struct query *query, struct err *err);
	bool (*show)(struct cli_context *context, const struct cli_noun *noun, const void *row,
		struct err *err);
};

extern const struct cli_format_ops cli_json, cli_csv, cli_plain;
const struct cli_format_ops *cli_format_ops(enum cli_format format);

typedef bool (*cli_page_fn)(void *arg, const struct page *page, struct err *err);

/* Gives the rows of a query page by page, the first one also when it is empty. limit 0 = all. */
bool cli_pages(struct cli_context *context, const struct query *query, int64_t limit,
	cli_page_fn take, void *arg, struct err *err);
const void *cli_row(const struct cli_noun *noun, const struct page *page, size_t index);

/* A list inside a row as JSON, to where context->out points: also what a CSV cell holds. */
bool cli_json_rows(struct cli_context *context, const struct cli_noun *noun,
	const struct query *query, int64_t limit, struct err *err);

void cli_context_release(struct cli_context *context);
/* Whether all could be written. */
bool cli_finish(struct cli_context *context, struct err *err);

#endif
