/* Answers of terminals to numbers. They are hostile: anybody can make a terminal say anything.
 * Pure. Main thread. */
#include "base/text.h"
#include "ui/probe.h"
#include <string.h>

enum {
	PARAMETERS_MAX = 32,
	NUMBER_MAX = 65535,
	CELL_PX_MAX = 512,
	DA1_SIXEL = 4,
	DA1_CLIPBOARD = 52,
	SYNCHRONIZED_MODE = 2026,
	GRAPHICS_REGISTERS = 1,
	GRAPHICS_GEOMETRY = 2
};

/* ESC [ mark parameters final */
struct sequence {
	char mark;    /* ? > = or 0 */
	char between; /* $ or 0 */
	char final;
	int count;
	int values[PARAMETERS_MAX];
};

/* One number and the ";" behind it; a long one is too large. */
static const char *take_number(struct sequence *sequence, const char *at, const char *end)
{
	int value = 0;

	while (at < end && *at >= '0' && *at <= '9') {
		value = value * 10 + *at++ - '0';
		if (value > NUMBER_MAX)
			value = NUMBER_MAX;
	}
	if (sequence->count < PARAMETERS_MAX)
		sequence->values[sequence->count++] = value;
	return at < end && *at == ';' ? at + 1 : at;
}

static bool read_sequence(struct sequence *sequence, const char *report, size_t count)
{
	const char *at = report + 2;
	const char *end = report + count;

	*sequence = (struct sequence){0};
	if (count < 3 || report[0] != '\033' || report[1] != '[')
		return false;
	if (*at >= '<' && *at <= '?')
		sequence->mark = *at++;
	while (at < end && ((*at >= '0' && *at <= '9') || *at == ';'))
		at = take_number(sequence, at, end);
	if (at < end && *at == '$')
		sequence->between = *at++;
	if (at + 1 != end)
		return false;
	sequence->final = *at;
	return true;
}

/* ---- each answer ---- */

/* The first number is the kind of terminal, not an attribute. */
static int has_attribute(const struct sequence *sequence, int attribute)
{
	for (int i = 1; i < sequence->count; i++)
		if (sequence->values[i] == attribute)
			return 1;
	return 0;
}

/* Answers come in the order of the questions: ours first, then the one of the terminal outside. */
static bool read_attributes(struct probe *probe, const struct sequence *sequence, int64_t now_ms)
{
	int sixel = has_attribute(sequence, DA1_SIXEL);
	int clipboard = has_attribute(sequence, DA1_CLIPBOARD);

	if (probe->da1_sixel < 0) {
		probe->da1_sixel = sixel;
		probe->da1_clipboard = clipboard;
		probe->round_trip_ms = now_ms - probe->asked_at_ms;
		probe->pending &= ~(unsigned)PROBE_TERMINAL;
	} else if ((probe->asked & PROBE_OUTER) && probe->outer_sixel < 0) {
		probe->outer_sixel = sixel;
		probe->outer_clipboard = clipboard;
		probe->outer_round_trip_ms = now_ms - probe->outer_asked_at_ms;
		probe->pending &= ~(unsigned)PROBE_OUTER;
	}
	return true;
}

static bool read_mode(struct probe *probe, const struct sequence *sequence, int64_t now_ms)
{
	(void)now_ms;
	if (sequence->count != 2 || sequence->values[0] != SYNCHRONIZED_MODE)
		return false;
	probe->mode_2026 = sequence->values[1];
	return true;
}

/* 4;H;W of the text, 6;H;W of a cell. Windows Terminal may say 0. */
static bool read_size(struct probe *probe, const struct sequence *sequence, int64_t now_ms)
{
	int height = sequence->values[1];
	int width = sequence->values[2];

	(void)now_ms;
	if (sequence->count != 3)
		return false;
	if (sequence->values[0] == 6 && width <= CELL_PX_MAX && height <= CELL_PX_MAX) {
		probe->cell16_width = width;
		probe->cell16_height = height;
	} else if (sequence->values[0] == 4) {
		probe->text14_width = width;
		probe->text14_height = height;
	}
	return sequence->values[0] == 4 || sequence->values[0] == 6 || sequence->values[0] == 8;
}

/* Item, status, values. mlterm refuses the second item under the number of the first: what is
 * refused leaves all as it is. */
static bool read_graphics(struct probe *probe, const struct sequence *sequence, int64_t now_ms)
{
	(void)now_ms;
	if (sequence->count < 2)
		return false;
	if (sequence->values[1] != 0)
		return true;
	if (sequence->values[0] == GRAPHICS_REGISTERS)
		probe->registers = sequence->values[2];
	if (sequence->values[0] == GRAPHICS_GEOMETRY) {
		probe->geometry_width = sequence->values[2];
		probe->geometry_height = sequence->values[3];
	}
	return true;
}

static const struct {
	char mark, between, final;
	bool (*read)(struct probe *probe, const struct sequence *sequence, int64_t now_ms);
} sequences[] = {
	{'?', 0, 'c', read_attributes},
	{'?', '$', 'y', read_mode},
	{'?', 0, 'S', read_graphics},
	{0, 0, 't', read_size},
};

/* ---- strings ---- */

/* The text between begin and ST or BEL; NULL when it does not begin so. */
static const char *string_after(const char *begin, const char *report, size_t count, size_t *bytes)
{
	size_t begin_bytes = strlen(begin);

	if (count < begin_bytes || memcmp(report, begin, begin_bytes) != 0)
		return NULL;
	report += begin_bytes;
	count -= begin_bytes;
	for (*bytes = 0; *bytes < count; ++*bytes)
		if (report[*bytes] == '\033' || report[*bytes] == '\a')
			break;
	return report;
}

/* "allowColorOps,allowWindowOps" */
static int has_word(const char *list, size_t bytes, const char *word)
{
	const char *end = list + bytes;

	while (list < end) {
		const char *comma = memchr(list, ',', (size_t)(end - list));
		size_t length = (size_t)((comma ? comma : end) - list);

		if (length == strlen(word) && memcmp(list, word, length) == 0)
			return 1;
		list += length + (comma != NULL);
	}
	return 0;
}

static bool read_string(struct probe *probe, const char *report, size_t count)
{
	size_t bytes;
	const char *text = string_after("\033P>|", report, count, &bytes);

	if (text) {
		text_clean(probe->version, sizeof probe->version, text, bytes);
		return true;
	}
	text = string_after("\033]60", report, count, &bytes);
	if (!text || !(probe->asked & PROBE_XTERM) || (bytes > 0 && *text != ';'))
		return false;
	probe->osc60 = bytes > 0 && has_word(text + 1, bytes - 1, "allowWindowOps");
	probe->pending &= ~(unsigned)PROBE_XTERM;
	return true;
}

bool probe_read(struct probe *probe, const char *report, size_t count, int64_t now_ms)
{
	struct sequence sequence;

	if (!(probe->asked & PROBE_TERMINAL))
		return false;
	if (!read_sequence(&sequence, report, count))
		return read_string(probe, report, count);
	for (size_t i = 0; i < sizeof sequences / sizeof sequences[0]; i++)
		if (sequences[i].mark == sequence.mark &&
			sequences[i].between == sequence.between &&
			sequences[i].final == sequence.final)
			return sequences[i].read(probe, &sequence, now_ms);
	return false;
}
