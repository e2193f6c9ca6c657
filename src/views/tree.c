/* Writes JSON as a tree: a line for each value, behind its name; longer ones below it. Owns
 * nothing; main thread. */
#include "views/tree.h"
#include "base/json_walk.h"
#include "base/text.h"
#include <stdio.h>
#include <string.h>

enum {
	INDENT_CELLS = 2,
	GAP_CELLS = 2,
	MARGIN_CELLS = 4,
	VALUE_CELLS_LEAST = 18, /* where values stand: as in the pairs of documents */
	VALUE_CELLS_MOST = 30,
	NAME_BYTES = 256,
	VALUE_BYTES = 2048,
	PLAIN_BYTES = 8192
};

struct tree {
	struct doc *doc;
	int columns;      /* of the text */
	int value_column; /* where values stand */
	int first_line;
};

/* ---- where things stand ---- */

/* The whole has no name: what is in it stands at the edge. */
static int indent_of(const struct tree *tree, const struct json_item *item)
{
	int indent = item->depth > 0 ? (item->depth - 1) * INDENT_CELLS : 0;

	return indent < tree->columns / 2 ? indent : tree->columns / 2;
}

static void name_of(char dst[NAME_BYTES], const struct json_item *item)
{
	dst[0] = '\0';
	if (item->name)
		json_walk_text(dst, NAME_BYTES, item->name, item->name_bytes);
	else if (item->depth > 0)
		snprintf(dst, NAME_BYTES, "[%lld]", (long long)item->index);
	if (item->name && !dst[0])
		snprintf(dst, NAME_BYTES, "\"\"");
}

/* Behind the widest name, if that is not too far. */
static void find_column(struct tree *tree, const char *text, size_t bytes)
{
	int most = tree->columns / 3 < VALUE_CELLS_MOST ? tree->columns / 3 : VALUE_CELLS_MOST;
	struct json_walk walk;
	struct json_item item;

	tree->value_column = most < VALUE_CELLS_LEAST ? most : VALUE_CELLS_LEAST;
	json_walk_begin(&walk, text, bytes);
	while (json_walk_next(&walk, &item)) {
		char name[NAME_BYTES];
		int end;

		name_of(name, &item);
		end = indent_of(tree, &item) + text_width(name) + GAP_CELLS;
		if (item.depth <= TREE_DEPTH_MAX && item.text && end > tree->value_column &&
			end <= most)
			tree->value_column = end;
	}
}

/* ---- writing ---- */

/* false: nothing is said behind the name. */
static bool value_of(char dst[VALUE_BYTES], enum role *role, const struct json_item *item)
{
	bool is_list = item->kind == JSON_OBJECT || item->kind == JSON_ARRAY;
	bool is_deep = is_list && item->depth >= TREE_DEPTH_MAX;

	*role = ROLE_TEXT;
	if (item->text)
		json_walk_text(dst, VALUE_BYTES, item->text, item->text_bytes);
	else
		snprintf(dst, VALUE_BYTES, "%s", item->kind == JSON_OBJECT ? "{}" : "[]");
	if (is_deep && !item->is_empty)
		snprintf(dst, VALUE_BYTES, "…");
	if (!dst[0])
		snprintf(dst, VALUE_BYTES, "\"\"");
	if (is_list || (item->kind == JSON_WORD && strcmp(dst, "null") == 0))
		*role = ROLE_DIM;
	return !is_list || item->is_empty || is_deep;
}

/* Behind a name that ends there. */
static void write_value(
	const struct tree *tree, int indent, int name_end, enum role role, const char *value)
{
	int column = tree->value_column;

	if (column < name_end + GAP_CELLS)
		column = name_end + GAP_CELLS;
	if (column + text_width(value) <= tree->columns)
		doc_text(tree->doc, column, role, value);
	else
		doc_paragraph(tree->doc, indent + INDENT_CELLS, tree->columns, role, value);
}

static void write_item(const struct tree *tree, const struct json_item *item)
{
	char name[NAME_BYTES], value[VALUE_BYTES];
	int indent = indent_of(tree, item), width;
	enum role role;
	bool has_value = value_of(value, &role, item);

	name_of(name, item);
	if (!name[0]) {
		if (has_value)
			doc_paragraph(tree->doc, 0, tree->columns, role, value);
		return;
	}
	doc_line(tree->doc);
	name[text_fit(name, tree->columns - indent, &width)] = '\0';
	doc_text(tree->doc, indent, ROLE_DIM, name);
	if (has_value)
		write_value(tree, indent, indent + width, role, value);
}

static void write_tree(struct tree *tree, const char *text, size_t bytes)
{
	struct json_walk walk;
	struct json_item item;
	bool is_long = false;

	json_walk_begin(&walk, text, bytes);
	while (!is_long && json_walk_next(&walk, &item)) {
		if (item.depth <= TREE_DEPTH_MAX)
			write_item(tree, &item);
		is_long = doc_lines(tree->doc) - tree->first_line >= TREE_LINES_MAX;
	}
	if (is_long && json_walk_next(&walk, &item)) {
		doc_line(tree->doc);
		doc_text(tree->doc, 0, ROLE_DIM, "(there is more: it is not shown)");
	}
}

/* ---- what is no tree ---- */

static void write_plain(const struct tree *tree, const char *text, size_t bytes)
{
	char plain[PLAIN_BYTES];

	doc_line(tree->doc);
	doc_text(tree->doc, 0, ROLE_DIM, "no JSON, as it is:");
	text_clean(plain, sizeof(plain), text, bytes);
	doc_paragraph(tree->doc, 0, tree->columns, ROLE_TEXT, plain);
	if (bytes >= sizeof(plain)) {
		doc_line(tree->doc);
		doc_text(tree->doc, 0, ROLE_DIM, "(there is more: it is not shown)");
	}
}

void tree_write(struct doc *doc, const char *text, int columns)
{
	size_t bytes = text ? strnlen(text, TREE_BYTES_MAX + 1) : 0;
	struct tree tree = {
		.doc = doc, .columns = columns - MARGIN_CELLS, .first_line = doc_lines(doc)};

	if (bytes == 0 || strcmp(text, "null") == 0) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "none");
	} else if (bytes > TREE_BYTES_MAX || !json_walk_is_whole(text, bytes)) {
		write_plain(&tree, text, bytes);
	} else {
		find_column(&tree, text, bytes);
		write_tree(&tree, text, bytes);
	}
}
