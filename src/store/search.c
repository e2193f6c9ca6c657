/* Keeps the texts the session filter looks into. Owns the one chunk it works on; store lane. */
#include "store/search.h"
#include "base/text.h"
#include "store/db.h"
#include <stdlib.h>
#include <string.h>

/* One long field must not push the others out of the line. */
enum { FIELD_PART_BYTES = 300, NO_CHUNK = -1 };

const char *const search_badge_words[SEARCH_BADGES] = {
	"", "active", "completed", "failed", "partial", "stale"};

struct line {
	bool is_used;
	struct search_head head;
	char text[SEARCH_TEXT_BYTES];
};

struct search {
	sqlite3 *db;
	sqlite3_stmt *load, *store, *erase;
	int64_t chunk;
	bool is_dirty;
	struct line lines[SEARCH_LINES];
	char blob[sizeof(struct search_prefix) +
		SEARCH_LINES * (sizeof(struct search_head) + SEARCH_TEXT_BYTES)];
};

/* FNV-1a */
static uint64_t hash(const char *text)
{
	uint64_t value = UINT64_C(14695981039346656037);

	for (; *text; text++)
		value = (value ^ (unsigned char)*text) * UINT64_C(1099511628211);
	return value;
}

uint64_t search_site_hash(const char *site)
{
	return hash(site);
}

uint32_t search_badge_hash(const char *badge)
{
	char folded[TEXT_FIELD_BYTES];
	uint64_t value;

	text_fold(folded, sizeof folded, badge ? badge : "");
	value = hash(folded);
	return (uint32_t)(value ^ value >> 32);
}

struct search *search_new(sqlite3 *db)
{
	struct search *search = calloc(1, sizeof *search);

	if (!search)
		return NULL;
	search->db = db;
	search->chunk = NO_CHUNK;
	return search;
}

void search_free(struct search *search)
{
	if (!search)
		return;
	sqlite3_finalize(search->load);
	sqlite3_finalize(search->store);
	sqlite3_finalize(search->erase);
	free(search);
}

static bool is_in_line(const struct field *field)
{
	return field->flags & FIELD_SEARCH || strcmp(field->name, "badge") == 0 ||
		strcmp(field->name, "started_at") == 0;
}

bool search_depends_on(uint64_t changed_fields)
{
	const struct noun *noun = &nouns[NOUN_SESSION];

	for (size_t i = 0; i < noun->field_count; i++)
		if (changed_fields >> i & 1 && is_in_line(&noun->fields[i]))
			return true;
	return false;
}

/* ---- a line ---- */

static enum search_badge code_of(const char *badge)
{
	for (int i = SEARCH_ACTIVE; badge && i < SEARCH_STALE; i++)
		if (strcasecmp(search_badge_words[i], badge) == 0)
			return (enum search_badge)i;
	return SEARCH_OTHER;
}

static void append(struct line *line, size_t *length, const char *text)
{
	size_t room = SEARCH_TEXT_BYTES - 1 - *length;

	if (!text || room < 2)
		return;
	if (*length > 0)
		line->text[(*length)++] = ' ';
	room = SEARCH_TEXT_BYTES - 1 - *length;
	*length += text_fold(
		line->text + *length, room < FIELD_PART_BYTES ? room : FIELD_PART_BYTES, text);
}

/* The word "active" would also find the stale ones, so it is left to the badge. */
static void fill_line(struct line *line, const struct session *session, uint8_t slot)
{
	const struct noun *noun = &nouns[NOUN_SESSION];
	enum search_badge code = code_of(session->badge);
	size_t length = 0;

	for (size_t i = 0; i < noun->field_count; i++) {
		const struct field *field = &noun->fields[i];
		bool is_status = field->offset == offsetof(struct session, status);

		if (field->flags & FIELD_SEARCH && field->type == FIELD_TEXT &&
			!(is_status && code == SEARCH_ACTIVE))
			append(line, &length, row_text(session, field));
	}
	if (code == SEARCH_OTHER)
		append(line, &length, session->badge);
	line->text[length++] = '\n';
	line->is_used = true;
	line->head = (struct search_head){
		.started_at = session->started_at == UNKNOWN ? 0 : session->started_at,
		.site_hash = search_site_hash(session->site),
		.badge_hash = search_badge_hash(session->badge),
		.text_bytes = (uint16_t)length,
		.badge = (uint8_t)code,
		.slot = slot,
	};
}

/* ---- a chunk ---- */

/* What does not fit together is left out: those sessions are listed, only not found by words. */
static void decode(struct search *search, const char *blob, size_t bytes)
{
	struct search_prefix prefix;
	size_t text_at;

	if (bytes < sizeof prefix)
		return;
	memcpy(&prefix, blob, sizeof prefix);
	if (prefix.count > SEARCH_LINES)
		return;
	text_at = sizeof prefix + prefix.count * sizeof(struct search_head);
	for (size_t i = 0; i < prefix.count && text_at <= bytes; i++) {
		struct search_head head;
		struct line *line;

		memcpy(&head, blob + sizeof prefix + i * sizeof head, sizeof head);
		if (head.slot >= SEARCH_LINES || head.text_bytes == 0 ||
			head.text_bytes > SEARCH_TEXT_BYTES || head.text_bytes > bytes - text_at)
			return;
		line = &search->lines[head.slot];
		line->is_used = true;
		line->head = head;
		memcpy(line->text, blob + text_at, head.text_bytes);
		text_at += head.text_bytes;
	}
}

static size_t encode(struct search *search)
{
	struct search_prefix prefix = {0};
	char *head_at = search->blob + sizeof prefix;
	char *text_at;

	for (size_t i = 0; i < SEARCH_LINES; i++)
		prefix.count += search->lines[i].is_used;
	text_at = head_at + prefix.count * sizeof(struct search_head);
	for (size_t i = 0; i < SEARCH_LINES; i++) {
		const struct line *line = &search->lines[i];

		if (!line->is_used)
			continue;
		memcpy(head_at, &line->head, sizeof line->head);
		head_at += sizeof line->head;
		memcpy(text_at, line->text, line->head.text_bytes);
		text_at += line->head.text_bytes;
		prefix.text_bytes += line->head.text_bytes;
	}
	memcpy(search->blob, &prefix, sizeof prefix);
	return prefix.count ? (size_t)(text_at - search->blob) : 0;
}

static bool prepare(struct search *search, struct err *err)
{
	if (search->erase)
		return true;
	if (!search->load)
		search->load = db_prepare(
			search->db, "SELECT lines FROM session_search WHERE chunk = ?1", err);
	if (search->load && !search->store)
		search->store = db_prepare(search->db,
			"INSERT OR REPLACE INTO session_search (chunk, lines) VALUES (?1, ?2)",
			err);
	if (search->store)
		search->erase =
			db_prepare(search->db, "DELETE FROM session_search WHERE chunk = ?1", err);
	return search->erase != NULL;
}

bool search_flush(struct search *search, struct err *err)
{
	sqlite3_stmt *statement;
	size_t bytes;
	int code;

	if (!search->is_dirty)
		return true;
	bytes = encode(search);
	statement = bytes ? search->store : search->erase;
	sqlite3_bind_int64(statement, 1, search->chunk);
	if (bytes)
		sqlite3_bind_blob(statement, 2, search->blob, (int)bytes, SQLITE_STATIC);
	code = sqlite3_step(statement);
	sqlite3_reset(statement);
	if (code != SQLITE_DONE) {
		db_fail(search->db, "keeping the search texts", err);
		return false;
	}
	search->is_dirty = false;
	return true;
}

void search_forget(struct search *search)
{
	search->chunk = NO_CHUNK;
	search->is_dirty = false;
}

static bool turn_to(struct search *search, int64_t chunk, struct err *err)
{
	int code;

	if (search->chunk == chunk)
		return true;
	if (!prepare(search, err) || !search_flush(search, err))
		return false;
	for (size_t i = 0; i < SEARCH_LINES; i++)
		search->lines[i].is_used = false;
	sqlite3_bind_int64(search->load, 1, chunk);
	code = sqlite3_step(search->load);
	if (code == SQLITE_ROW)
		decode(search, sqlite3_column_blob(search->load, 0),
			(size_t)sqlite3_column_bytes(search->load, 0));
	sqlite3_reset(search->load);
	if (code != SQLITE_ROW && code != SQLITE_DONE) {
		db_fail(search->db, "reading the search texts", err);
		return false;
	}
	search->chunk = chunk;
	return true;
}

bool search_put(
	struct search *search, int64_t rowid, const struct session *session, struct err *err)
{
	uint8_t slot = (uint8_t)((uint64_t)rowid % SEARCH_LINES);

	/* SQLite hands out rowids from 1; a row that says otherwise is damage and not found. */
	if (rowid < 0)
		return true;
	if (!turn_to(search, rowid / SEARCH_LINES, err))
		return false;
	fill_line(&search->lines[slot], session, slot);
	search->is_dirty = true;
	return true;
}

bool search_remove(struct search *search, int64_t rowid, struct err *err)
{
	if (rowid < 0)
		return true;
	if (!turn_to(search, rowid / SEARCH_LINES, err))
		return false;
	search->lines[rowid % SEARCH_LINES].is_used = false;
	search->is_dirty = true;
	return true;
}
