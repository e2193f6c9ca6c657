/* What tmux says of our pane, and its envelope for the terminal outside. Owns the process that
 * asks. Main thread. */
#include "ui/tmux.h"
#include "base/text.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>

enum { ANSWER_MS = 2000, SIDE_MAX = 10000, STATUS_LINES_MAX = 5, PANE_BYTES = 32 };

struct tmux {
	struct child child;
	bool is_asking;
	char socket[PATH_MAX];
	char pane[PANE_BYTES];
};

/* ---- the question and its answer ---- */

/* What an older tmux does not know is empty. Whatever users name comes last: what separates could
 * be in it. A tab would come back as "_". */
enum fact {
	FACT_VERSION,
	FACT_SIXEL,
	FACT_PASSTHROUGH,
	FACT_CLIPBOARD,
	FACT_FOCUS,
	FACT_TOP,
	FACT_LEFT,
	FACT_STATUS,
	FACT_STATUS_POSITION,
	FACT_WINDOW_ACTIVE,
	FACT_IN_MODE,
	FACT_ATTACHED,
	FACT_CELL_WIDTH,
	FACT_CELL_HEIGHT,
	FACT_ZOOMED,
	FACT_PANE_ACTIVE,
	FACT_BIGGER,
	FACT_TERM,
	FACT_FEATURES,
	FACT_COUNT
};

static const char question[] =
	"#{version}|#{sixel_support}|#{allow-passthrough}|#{set-clipboard}|#{focus-events}|"
	"#{pane_top}|#{pane_left}|#{status}|#{status-position}|#{window_active}|#{pane_in_mode}|"
	"#{session_attached}|#{client_cell_width}|#{client_cell_height}|#{window_zoomed_flag}|"
	"#{pane_active}|#{window_bigger}|#{client_termname}|#{client_termfeatures}";

enum { FACT_BYTES = 512 };

struct answer {
	char facts[FACT_COUNT][FACT_BYTES];
};

static bool split(struct answer *answer, const char *text)
{
	size_t line = strcspn(text, "\n");
	const char *end = text + line;

	for (size_t i = 0; i < FACT_COUNT; i++) {
		const char *bar = memchr(text, '|', (size_t)(end - text));

		if (!bar && i + 1 < FACT_COUNT)
			return false;
		if (!bar)
			bar = end;
		text_clean(answer->facts[i], FACT_BYTES, text, (size_t)(bar - text));
		text = bar < end ? bar + 1 : end;
	}
	return true;
}

static int number(const struct answer *answer, enum fact fact)
{
	int64_t value;

	if (!text_to_int64(answer->facts[fact], &value) || value < 0 || value > SIDE_MAX)
		return 0;
	return (int)value;
}

static bool is_one_of(const struct answer *answer, enum fact fact, const char *a, const char *b)
{
	return strcmp(answer->facts[fact], a) == 0 || strcmp(answer->facts[fact], b) == 0;
}

/* "bpaste,sixel,title" */
static bool has_feature(const char *features, const char *name)
{
	size_t bytes = strlen(name);

	while (*features) {
		size_t word = strcspn(features, ",");

		if (word == bytes && strncmp(features, name, bytes) == 0)
			return true;
		features += word + (features[word] == ',');
	}
	return false;
}

/* The option came with 3.3, off; before that the envelope was always opened. */
static bool has_passthrough(const struct answer *answer)
{
	const char *version = answer->facts[FACT_VERSION];
	char *end;
	long major = strtol(version, &end, 10);
	long minor = *end == '.' ? strtol(end + 1, NULL, 10) : 0;

	if (answer->facts[FACT_PASSTHROUGH][0])
		return is_one_of(answer, FACT_PASSTHROUGH, "1", "on") ||
			is_one_of(answer, FACT_PASSTHROUGH, "all", "all");
	return major == 2 || (major == 3 && minor < 3 && end != version);
}

/* Lines of the status bar above the panes. */
static int lines_above(const struct answer *answer)
{
	int lines = number(answer, FACT_STATUS);

	if (strcmp(answer->facts[FACT_STATUS_POSITION], "top") != 0)
		return 0;
	if (is_one_of(answer, FACT_STATUS, "on", "1"))
		return 1;
	return lines > STATUS_LINES_MAX ? STATUS_LINES_MAX : lines;
}

/* Known to be before somebody's eyes, where pane_top and pane_left say. */
static bool is_shown(const struct answer *answer)
{
	bool is_zoomed_away =
		number(answer, FACT_ZOOMED) == 1 && number(answer, FACT_PANE_ACTIVE) != 1;

	return number(answer, FACT_ATTACHED) > 0 && number(answer, FACT_WINDOW_ACTIVE) == 1 &&
		strcmp(answer->facts[FACT_IN_MODE], "0") == 0 && !is_zoomed_away &&
		number(answer, FACT_BIGGER) == 0;
}

bool tmux_parse(struct tmux_facts *facts, const char *text)
{
	struct answer answer;

	*facts = (struct tmux_facts){0};
	if (!split(&answer, text) || !answer.facts[FACT_VERSION][0])
		return false;
	facts->is_known = true;
	text_clean(facts->version, sizeof facts->version, answer.facts[FACT_VERSION],
		strlen(answer.facts[FACT_VERSION]));
	text_clean(facts->outer_term, sizeof facts->outer_term, answer.facts[FACT_TERM],
		strlen(answer.facts[FACT_TERM]));
	facts->has_sixel = number(&answer, FACT_SIXEL) == 1 &&
		has_feature(answer.facts[FACT_FEATURES], "sixel");
	facts->has_passthrough = has_passthrough(&answer);
	facts->sets_clipboard = is_one_of(&answer, FACT_CLIPBOARD, "on", "2");
	facts->has_focus_events = is_one_of(&answer, FACT_FOCUS, "1", "on");
	facts->pane_top = number(&answer, FACT_TOP) + lines_above(&answer);
	facts->pane_left = number(&answer, FACT_LEFT);
	facts->client_cell_width = number(&answer, FACT_CELL_WIDTH);
	facts->client_cell_height = number(&answer, FACT_CELL_HEIGHT);
	facts->is_visible = is_shown(&answer);
	return true;
}

/* ---- asking ---- */

struct tmux *tmux_new(void)
{
	const char *place = getenv("TMUX");
	const char *pane = getenv("TMUX_PANE");
	size_t socket_bytes = place ? strcspn(place, ",") : 0;
	struct tmux *tmux;

	if (socket_bytes == 0 || socket_bytes >= PATH_MAX || !pane || !*pane ||
		strlen(pane) >= PANE_BYTES)
		return NULL;
	tmux = calloc(1, sizeof *tmux);
	if (!tmux)
		return NULL;
	child_init(&tmux->child);
	memcpy(tmux->socket, place, socket_bytes);
	memcpy(tmux->pane, pane, strlen(pane));
	return tmux;
}

void tmux_free(struct tmux *tmux)
{
	if (!tmux)
		return;
	child_release(&tmux->child);
	free(tmux);
}

void tmux_ask(struct tmux *tmux)
{
	const char *const argv[] = {"tmux", "-S", tmux->socket, "display-message", "-p", "-t",
		tmux->pane, question, NULL};

	if (!tmux->is_asking)
		tmux->is_asking = child_start(&tmux->child, argv, NULL, ANSWER_MS, NULL);
}

int tmux_descriptor(const struct tmux *tmux)
{
	return tmux->is_asking ? tmux->child.output : -1;
}

bool tmux_hear(struct tmux *tmux, struct tmux_facts *facts)
{
	struct tmux_facts heard;

	if (!tmux->is_asking || !child_has_ended(&tmux->child))
		return false;
	tmux->is_asking = false;
	if (tmux->child.code != 0 || !tmux->child.text.data ||
		!tmux_parse(&heard, tmux->child.text.data))
		return false;
	*facts = heard;
	return true;
}

/* ---- the envelope ---- */

bool tmux_wrap(struct buf *wrapped, const char *bytes, size_t count)
{
	const char *end = bytes + count;

	buf_text(wrapped, "\033Ptmux;");
	while (bytes < end) {
		const char *escape = memchr(bytes, '\033', (size_t)(end - bytes));
		const char *until = escape ? escape + 1 : end;

		buf_append(wrapped, bytes, (size_t)(until - bytes));
		if (escape)
			buf_append(wrapped, escape, 1);
		bytes = until;
	}
	return buf_text(wrapped, "\033\\");
}
