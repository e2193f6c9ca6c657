/* Writing a document: lines of spans, bounded. A doc owns copies of all its texts. What is selected
 * and visible: doc_view.c. Main thread. */
#include "base/text.h"
#include "ui/doc_parts.h"
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
	LINES_MAX = 20000,
	SPANS_MAX = 200000,
	TEXT_BYTES_MAX = 16 << 20,
	PRINTF_BYTES = 4096,
	PAIR_CELLS = 18 /* where values stand behind their labels */
};

struct doc *doc_new(void)
{
	struct doc *doc = calloc(1, sizeof *doc);

	if (doc)
		buf_init(&doc->texts, TEXT_BYTES_MAX);
	return doc;
}

void doc_free(struct doc *doc)
{
	if (!doc)
		return;
	free(doc->lines);
	free(doc->spans);
	buf_release(&doc->texts);
	free(doc);
}

void doc_clear(struct doc *doc)
{
	doc->line_count = 0;
	doc->span_count = 0;
	doc->is_full = false;
	buf_clear(&doc->texts);
}

int doc_lines(const struct doc *doc)
{
	return (int)doc->line_count;
}

/* Makes room for one more item; false at the maximum or when out of memory. */
static bool make_room(void **items, size_t count, size_t *cap, size_t max, size_t item_bytes)
{
	size_t wanted = *cap ? *cap * 2 : 64;
	void *grown;

	if (count < *cap)
		return true;
	if (count >= max)
		return false;
	grown = realloc(*items, wanted * item_bytes);
	if (!grown)
		return false;
	*items = grown;
	*cap = wanted;
	return true;
}

/* Copies text; false when the document is full. */
static bool keep_text(struct doc *doc, const char *text, size_t *offset)
{
	*offset = doc->texts.len;
	if (!buf_append(&doc->texts, text, strlen(text) + 1))
		doc->is_full = true;
	return !doc->is_full;
}

static struct doc_row *last_line(struct doc *doc)
{
	return doc->line_count > 0 ? &doc->lines[doc->line_count - 1] : NULL;
}

static bool add_line(struct doc *doc)
{
	void *lines = doc->lines;

	/* One more than the maximum, for the line that says so. */
	if (!make_room(
		    &lines, doc->line_count, &doc->line_cap, LINES_MAX + 1, sizeof *doc->lines)) {
		doc->is_full = true;
		return false;
	}
	doc->lines = lines;
	doc->lines[doc->line_count++] =
		(struct doc_row){.first_span = doc->span_count, .key = DOC_NO_KEY};
	return true;
}

void doc_line(struct doc *doc)
{
	if (doc->is_full || !add_line(doc) || doc->line_count <= LINES_MAX)
		return;
	doc_text(doc, 0, ROLE_DIM, "(there is more: it is not shown)");
	doc->is_full = true;
}

void doc_heading(struct doc *doc, const char *text)
{
	if (doc->line_count > 0)
		doc_line(doc);
	doc_line(doc);
	doc_text(doc, 0, ROLE_STRONG, text);
}

static void add_span(struct doc *doc, int column, enum role role, const char *text, int64_t id)
{
	struct doc_row *line = last_line(doc);
	void *spans = doc->spans;
	size_t offset;

	if (!line) {
		doc_line(doc);
		line = last_line(doc);
	}
	if (doc->is_full || !line || !*text || !keep_text(doc, text, &offset))
		return;
	if (!make_room(&spans, doc->span_count, &doc->span_cap, SPANS_MAX, sizeof *doc->spans)) {
		doc->is_full = true;
		return;
	}
	doc->spans = spans;
	if (column <= 0)
		column = line->width;
	else if (column <= line->width && line->width > 0)
		column = line->width + 1;
	doc->spans[doc->span_count++] = (struct doc_span){offset, column, role, id};
	line->span_count++;
	line->width = column + text_width(text);
}

void doc_text(struct doc *doc, int column, enum role role, const char *text)
{
	add_span(doc, column, role, text, DOC_NO_KEY);
}

void doc_id_as(struct doc *doc, int column, enum role role, const char *shown, const char *id)
{
	size_t offset;

	if (!doc->is_full && *id && keep_text(doc, id, &offset))
		add_span(doc, column, role, shown, (int64_t)offset);
}

void doc_id(struct doc *doc, int column, enum role role, const char *id)
{
	doc_id_as(doc, column, role, id, id);
}

void doc_printf(struct doc *doc, int column, enum role role, const char *format, ...)
{
	char text[PRINTF_BYTES];
	va_list args;

	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	doc_text(doc, column, role, text);
}

void doc_pair(struct doc *doc, const char *label, enum role role, const char *value)
{
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_text(doc, PAIR_CELLS, value ? role : ROLE_DIM, value ? value : "-");
}

void doc_pair_id(struct doc *doc, const char *label, enum role role, const char *id)
{
	if (!id || !*id) {
		doc_pair(doc, label, role, id);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	doc_id(doc, PAIR_CELLS, role, id);
}

/* Bytes of text that make one line: whole words, or a part of one that is longer than a line. */
static size_t line_bytes(const char *text, int width)
{
	size_t fit = text_fit(text, width, NULL);
	size_t cut = fit;

	if (text[fit] == '\0' || text[fit] == ' ')
		return fit;
	while (cut > 0 && text[cut - 1] != ' ')
		cut--;
	return cut > 0 ? cut : fit;
}

/* id: what a click on any of its lines copies; NULL = nothing. */
static void add_paragraph(
	struct doc *doc, int indent, int width, enum role role, const char *text, const char *id)
{
	enum { NARROWEST = 2 }; /* a wide character fits: every line takes something */
	char part[PRINTF_BYTES];
	int room = width - indent < NARROWEST ? NARROWEST : width - indent;

	while (*text && !doc->is_full) {
		size_t bytes = line_bytes(text, room);

		if (bytes >= sizeof part)
			bytes = sizeof part - 1;
		if (bytes == 0)
			bytes = 1;
		memcpy(part, text, bytes);
		part[bytes] = '\0';
		doc_line(doc);
		if (id)
			doc_id_as(doc, indent, role, part, id);
		else
			doc_text(doc, indent, role, part);
		text += bytes;
		text += strspn(text, " ");
	}
}

void doc_paragraph(struct doc *doc, int indent, int width, enum role role, const char *text)
{
	add_paragraph(doc, indent, width, role, text, NULL);
}

void doc_paragraph_id(struct doc *doc, int indent, int width, enum role role, const char *id)
{
	add_paragraph(doc, indent, width, role, id, id);
}

void doc_select(struct doc *doc, const char *key)
{
	struct doc_row *line = last_line(doc);
	size_t offset;

	if (line && !doc->is_full && keep_text(doc, key, &offset))
		line->key = (int64_t)offset;
}

void doc_pin(struct doc *doc)
{
	struct doc_row *line = last_line(doc);

	if (line)
		line->is_pinned = true;
}
