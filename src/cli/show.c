/* opsglass show. Owns nothing; main thread. */
#include "base/text.h"
#include "cli/out.h"
#include <string.h>

const char *const cli_show_nouns[] = {"session", "camera", "run", "event", "recording", NULL};

static const struct cli_noun *find_noun(const char *what)
{
	for (const struct cli_noun *noun = cli_nouns; noun->columns; noun++) {
		if (noun->show && strcmp(noun->show, what) == 0)
			return noun;
	}
	return NULL;
}

struct showing {
	struct cli_context *context;
	const struct cli_noun *noun;
};

static bool show_first(void *arg, const struct page *page, struct err *err)
{
	const struct showing *showing = arg;
	const struct cli_request *request = showing->context->request;
	char id[64];

	text_clean(id, sizeof(id), request->id, strlen(request->id));
	if (page->count == 0)
		return err_set(err, "no %s '%s' is known; 'opsglass list %s' names them",
			request->what, id, showing->noun->list);
	if (page->count > 1)
		return err_set(
			err, "more than one site has %s '%s': add --site NAME", request->what, id);
	return cli_format_ops(request->format)
		->show(showing->context, showing->noun, page->rows, err);
}

bool cli_show(struct reader *reader, const struct cli_request *request, FILE *out, struct err *err)
{
	const struct cli_noun *noun = find_noun(request->what);
	struct cli_context context = {.reader = reader, .request = request, .out = out};
	struct showing showing = {&context, noun};
	struct query query = {.since_ms = UNKNOWN};
	bool is_fine;

	if (!noun)
		return err_set(err, "nothing of that name can be shown");
	query.noun = noun->noun;
	query.matches[0] = (struct match){noun->key, request->id};
	if (request->site)
		query.matches[1] = (struct match){"site", request->site};
	/* Two, to see whether the id is the only one. */
	is_fine = cli_pages(&context, &query, 2, show_first, &showing, err) &&
		cli_finish(&context, err);
	cli_context_release(&context);
	return is_fine;
}
