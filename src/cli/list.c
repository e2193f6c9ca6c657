/* opsglass list. Owns nothing; main thread. */
#include "cli/out.h"
#include <string.h>

const char *const cli_list_nouns[] = {"sessions", "captures", "cameras", "containers", "runs",
	"feeds", "events", "recordings", "segments", "notifications", "policies", "settings",
	"users", "streams", NULL};

static const struct cli_noun *find_noun(const char *what)
{
	for (const struct cli_noun *noun = cli_nouns; noun->columns; noun++) {
		if (noun->list && strcmp(noun->list, what) == 0)
			return noun;
	}
	return NULL;
}

bool cli_list(struct reader *reader, const struct cli_request *request, FILE *out, struct err *err)
{
	const struct cli_noun *noun = find_noun(request->what);
	struct cli_context context = {.reader = reader, .request = request, .out = out};
	struct query query = {.status = request->status, .since_ms = request->since_ms};
	size_t matches = 0;
	bool is_fine;

	if (!noun)
		return err_set(err, "there is no list of that");
	query.noun = noun->noun;
	if (request->site)
		query.matches[matches++] = (struct match){"site", request->site};
	if (request->session && noun->noun == NOUN_CAPTURE)
		query.matches[matches++] = (struct match){"session_id", request->session};
	if (request->session && noun->noun == NOUN_SEGMENT)
		query.matches[matches++] = (struct match){"recording_id", request->session};
	is_fine = cli_format_ops(request->format)->list(&context, noun, &query, err) &&
		cli_finish(&context, err);
	cli_context_release(&context);
	return is_fine;
}
