/* Pages of rows: a query, an order and a place become one statement. Owns the page's memory;
 * reader's thread. */
#include "store/reading.h"
#include "store/sql.h"
#include <stdio.h>
#include <string.h>

enum { PAGE_BYTES_MAX = 512 << 20, FIRST_ROWS = 64 };

/* ---- the statement ---- */

struct selection {
	const struct noun *noun;
	const struct query *query;
	struct sort sort;
	bool is_descending;
	char key_room[PLACE_BYTES];
	struct clause clause;
};

static void selection_init(struct selection *selection, const struct query *query)
{
	selection->noun = &nouns[query->noun];
	selection->query = query;
	sort_find(&selection->sort, query->noun, query->sort);
	selection->is_descending = selection->sort.is_descending != query->is_reversed;
	clause_init(&selection->clause);
}

static void add_columns(struct selection *selection)
{
	struct clause *clause = &selection->clause;

	clause_add(clause, "SELECT ");
	if (!sql_field_list(&clause->sql, selection->noun))
		clause->is_too_long = true;
	clause_add(clause, ", ");
	clause_add(clause, "%s", selection->sort.expression);
	clause_add(clause, " FROM \"%s\"", selection->noun->name);
}

/* (expression, key, ...) compared with the place. The first comparison alone says the same of the
 * first part again, for the index on it. */
static bool add_place(struct selection *selection, const struct place *place, const char *compare)
{
	struct clause *clause = &selection->clause;
	struct clause_value sorted = place_sort(place), keys[8];
	size_t count = place_split(selection->noun, place->key, selection->key_room, keys);

	if (count < noun_key_count(selection->noun) || place->sort_type == 0)
		return false;
	clause_add(clause, " AND ");
	clause_add(clause, "%s %c= ", selection->sort.expression, compare[0]);
	clause_add_value(clause, &sorted);
	clause_add(clause, " AND (");
	clause_add(clause, "%s", selection->sort.expression);
	for (size_t i = 0; i < count; i++)
		clause_add(clause, ", \"%s\"", selection->noun->fields[i].name);
	clause_add(clause, ") %s (", compare);
	clause_add_value(clause, &sorted);
	for (size_t i = 0; i < count; i++) {
		clause_add(clause, ", ");
		clause_add_value(clause, &keys[i]);
	}
	clause_add(clause, ")");
	return true;
}

static void add_order(struct selection *selection, bool is_descending, size_t limit)
{
	struct clause *clause = &selection->clause;
	const char *direction = is_descending ? "DESC" : "ASC";

	clause_add(clause, " ORDER BY ");
	clause_add(clause, "%s %s", selection->sort.expression, direction);
	for (size_t i = 0; i < noun_key_count(selection->noun); i++)
		clause_add(clause, ", \"%s\" %s", selection->noun->fields[i].name, direction);
	clause_add(clause, " LIMIT ");
	clause_add_number(clause, limit > INT32_MAX ? INT32_MAX : (int64_t)limit);
}

/* ---- filling the page ---- */

void page_init(struct page *page)
{
	*page = (struct page){0};
}

void page_release(struct page *page)
{
	arena_free(page->arena);
	*page = (struct page){0};
}

static void *grow(struct arena *arena, const void *old, size_t count, size_t cap, size_t bytes)
{
	void *more = cap > SIZE_MAX / bytes ? NULL : arena_alloc(arena, cap * bytes);

	if (more && count > 0)
		memcpy(more, old, count * bytes);
	return more;
}

static bool make_room(struct page *page, const struct noun *noun, size_t *cap, size_t wanted)
{
	size_t more = *cap ? *cap * 2 : FIRST_ROWS;

	if (page->count < *cap)
		return true;
	if (more > wanted)
		more = wanted;
	page->rows = grow(page->arena, page->rows, page->count, more, noun->row_bytes);
	page->places = grow(page->arena, page->places, page->count, more, sizeof *page->places);
	*cap = more;
	return page->rows && page->places;
}

static bool read_row(sqlite3_stmt *statement, const struct noun *noun, struct page *page)
{
	void *row = (char *)page->rows + page->count * noun->row_bytes;
	struct place *place = &page->places[page->count];

	if (!sql_read_copied(statement, noun, row, page->arena))
		return false;
	place_read(place, noun, row, statement, (int)noun->field_count);
	page->count++;
	return true;
}

static bool read_rows(sqlite3_stmt *statement, const struct noun *noun, size_t wanted,
	struct page *page, struct err *err)
{
	size_t cap = 0;
	int code;

	while ((code = sqlite3_step(statement)) == SQLITE_ROW) {
		if (!make_room(page, noun, &cap, wanted) || !read_row(statement, noun, page)) {
			page->count = 0;
			sqlite3_reset(statement);
			return err_set(err, "store: the page is too large");
		}
	}
	if (code != SQLITE_DONE) {
		page->count = 0;
		db_fail(sqlite3_db_handle(statement), "reading", err);
	}
	sqlite3_reset(statement);
	return code == SQLITE_DONE;
}

static void swap(char *a, char *b, size_t bytes, char *room)
{
	memcpy(room, a, bytes);
	memcpy(a, b, bytes);
	memcpy(b, room, bytes);
}

static void turn_around(struct page *page, const struct noun *noun)
{
	struct place place;
	char row[1024];

	for (size_t i = 0, j = page->count; i + 1 < j; i++) {
		j--;
		swap((char *)page->rows + i * noun->row_bytes,
			(char *)page->rows + j * noun->row_bytes, noun->row_bytes, row);
		swap((char *)&page->places[i], (char *)&page->places[j], sizeof place,
			(char *)&place);
	}
}

static bool page_clear(struct page *page)
{
	if (!page->arena)
		page->arena = arena_new(PAGE_BYTES_MAX);
	else
		arena_reset(page->arena);
	page->rows = NULL;
	page->places = NULL;
	page->count = 0;
	return page->arena != NULL;
}

static bool is_backward(enum page_from from)
{
	return from == PAGE_LAST || from == PAGE_BEFORE;
}

static const char *comparison(enum page_from from, bool is_descending)
{
	static const char *const forward[] = {"<", ">"}, *const at[] = {"<=", ">="};

	if (from == PAGE_AT)
		return at[!is_descending];
	return forward[(from == PAGE_AFTER) != is_descending];
}

/* A place that only names a row gets the row's sort value; a row that is gone is nowhere. */
static bool complete(struct reader *reader, const struct query *query, enum page_from from,
	const struct place *place, struct place *found)
{
	if (from == PAGE_FIRST || from == PAGE_LAST)
		return true;
	*found = (struct place){0};
	if (place && place->sort_type != 0)
		*found = *place;
	else if (place && place->key[0])
		reader_find(reader, query, place->key, found);
	return found->key[0] != '\0';
}

bool reader_page(struct reader *reader, const struct query *query, enum page_from from,
	const struct place *place, size_t count, struct page *page, struct err *err)
{
	struct selection selection;
	struct place found;
	sqlite3_stmt *statement = NULL;
	bool is_ok;

	if (!page_clear(page))
		return err_set(err, "out of memory");
	if (!reader->db)
		return err_set(err, "the cache is being replaced");
	if (!complete(reader, query, from, place, &found)) {
		/* From nowhere on is from the start; after or before nowhere is nothing. */
		if (from != PAGE_AT)
			return true;
		from = PAGE_FIRST;
	}
	selection_init(&selection, query);
	add_columns(&selection);
	is_ok = conditions_add(&selection.clause, reader, query, true, err);
	if (is_ok && from != PAGE_FIRST && from != PAGE_LAST)
		is_ok = add_place(&selection, &found, comparison(from, selection.is_descending)) ||
			err_set(err, "store: not a place of this list");
	add_order(&selection, selection.is_descending != is_backward(from), count);
	if (is_ok)
		statement = clause_prepare(&selection.clause, reader, query->now_ms, err);
	is_ok = statement && read_rows(statement, selection.noun, count, page, err);
	clause_release(&selection.clause);
	if (is_ok && is_backward(from))
		turn_around(page, selection.noun);
	return is_ok;
}

/* ---- single rows ---- */

static bool add_key(struct selection *selection, const char *key)
{
	struct clause_value values[8];
	size_t count = place_split(selection->noun, key, selection->key_room, values);

	for (size_t i = 0; i < count; i++) {
		clause_add(&selection->clause, " AND \"%s\" = ", selection->noun->fields[i].name);
		clause_add_value(&selection->clause, &values[i]);
	}
	return count > 0 && count == noun_key_count(selection->noun);
}

bool reader_find(
	struct reader *reader, const struct query *query, const char *key, struct place *place)
{
	struct selection selection;
	sqlite3_stmt *statement = NULL;
	bool is_found = false;

	*place = (struct place){0};
	if (!reader->db)
		return false;
	selection_init(&selection, query);
	clause_add(&selection.clause, "SELECT ");
	clause_add(&selection.clause, "%s", selection.sort.expression);
	clause_add(&selection.clause, " FROM \"%s\"", selection.noun->name);
	if (conditions_add(&selection.clause, reader, query, true, NULL) &&
		add_key(&selection, key))
		statement = clause_prepare(&selection.clause, reader, query->now_ms, NULL);
	if (statement && sqlite3_step(statement) == SQLITE_ROW) {
		is_found = true;
		place_read_sort(statement, 0, place);
		snprintf(place->key, sizeof place->key, "%s", key);
	}
	if (statement)
		sqlite3_reset(statement);
	clause_release(&selection.clause);
	return is_found;
}

bool reader_one(struct reader *reader, enum noun_id noun, const char *site, const char *id,
	const char *third, struct arena *arena, void *row, struct err *err)
{
	const char *parts[] = {site, id, third};
	struct clause clause;
	sqlite3_stmt *statement;
	bool is_found = false;
	int code = SQLITE_DONE;

	if (err)
		err->text[0] = '\0';
	clause_init(&clause);
	clause_add(&clause, "SELECT ");
	if (!sql_field_list(&clause.sql, &nouns[noun]))
		clause.is_too_long = true;
	clause_add(&clause, " FROM \"%s\" WHERE 1", nouns[noun].name);
	for (size_t i = 0; i < 3 && i < noun_key_count(&nouns[noun]) && parts[i]; i++) {
		clause_add(&clause, " AND \"%s\" = ", nouns[noun].fields[i].name);
		clause_add_text(&clause, parts[i]);
	}
	clause_add(&clause, " LIMIT 1");
	statement = clause_prepare(&clause, reader, 0, err);
	if (statement)
		code = sqlite3_step(statement);
	if (code == SQLITE_ROW)
		is_found = sql_read_copied(statement, &nouns[noun], row, arena) ||
			err_set(err, "store: the row is too large");
	else if (code != SQLITE_DONE)
		db_fail(reader->db, "reading", err);
	if (statement)
		sqlite3_reset(statement);
	clause_release(&clause);
	return is_found;
}
