/* Turns flat and categorized deltas into the same rows (contracts 4.9). Pure; any thread. */
#include "source/delta.h"
#include "model/run.h"
#include "source/member.h"

struct entry {
	struct delta_row row;
	int64_t quantity, from, to;
	const struct json *box, *other_box;
	const char *note, *reason;
};

#define AT(field) offsetof(struct entry, row.field)

static const struct member entry_rows[] = {
	{"name", MEMBER_TEXT, AT(name), 0, NULL},
	{"sku", MEMBER_TEXT, AT(sku), 0, NULL},
	{"before_count", MEMBER_INT, AT(before_count), 0, NULL},
	{"after_count", MEMBER_INT, AT(after_count), 0, NULL},
	{"change", MEMBER_INT, AT(change), 0, NULL},
	{"qty", MEMBER_INT, offsetof(struct entry, quantity), 0, NULL},
	{"from_qty", MEMBER_INT, offsetof(struct entry, from), 0, NULL},
	{"to_qty", MEMBER_INT, offsetof(struct entry, to), 0, NULL},
	{"confidence", MEMBER_REAL, AT(confidence), 0, NULL},
	{"rationale", MEMBER_MESSAGE, AT(note), 0, NULL},
	{"reason", MEMBER_MESSAGE, offsetof(struct entry, reason), 0, NULL},
	{"note", MEMBER_MESSAGE, offsetof(struct entry, note), 0, NULL},
	{"bounding_box", MEMBER_VALUE, offsetof(struct entry, box), 0, NULL},
	{"bbox", MEMBER_VALUE, offsetof(struct entry, other_box), 0, NULL},
};
static const struct members entry_members = MEMBERS(entry_rows);

static const struct member box_rows[] = {
	{"x", MEMBER_REAL, offsetof(struct delta_row, box_x), 0, NULL},
	{"y", MEMBER_REAL, offsetof(struct delta_row, box_y), 0, NULL},
	{"width", MEMBER_REAL, offsetof(struct delta_row, box_width), 0, NULL},
	{"height", MEMBER_REAL, offsetof(struct delta_row, box_height), 0, NULL},
};
static const struct members box_members = MEMBERS(box_rows);

/* to - from; UNKNOWN when one is unknown or it does not fit. */
static int64_t difference(int64_t from, int64_t to)
{
	int64_t change;

	if (from == UNKNOWN || to == UNKNOWN || __builtin_sub_overflow(to, from, &change))
		return UNKNOWN;
	return change;
}

static void settle_flat(struct entry *entry)
{
	struct delta_row *row = &entry->row;

	if (row->change == UNKNOWN)
		row->change = difference(row->before_count, row->after_count);
}

static void settle_added(struct entry *entry)
{
	entry->row.before_count = 0;
	entry->row.after_count = entry->quantity;
	entry->row.change = entry->quantity;
}

static void settle_removed(struct entry *entry)
{
	entry->row.before_count = entry->quantity;
	entry->row.after_count = 0;
	entry->row.change = difference(entry->quantity, 0);
}

static void settle_changed(struct entry *entry)
{
	entry->row.before_count = entry->from;
	entry->row.after_count = entry->to;
	entry->row.change = difference(entry->from, entry->to);
}

static void settle_unknown(struct entry *entry)
{
	if (!entry->row.name)
		entry->row.name = entry->note;
	entry->row.before_count = entry->row.after_count = entry->row.change = 0;
}

/* In the order in which their rows come. */
static const struct category {
	const char *member; /* NULL = the flat form */
	const char *kind;
	void (*settle)(struct entry *entry);
} categories[] = {
	{"added", "added", settle_added},
	{"removed", "removed", settle_removed},
	{"changed_qty", "changed", settle_changed},
	{"unknown", "unknown", settle_unknown},
};
static const struct category flat = {NULL, NULL, settle_flat};

enum { CATEGORIES = sizeof categories / sizeof categories[0] };

static bool add_entry(const struct json *json, const struct category *category,
	const struct delta_row *identity, struct batch *batch)
{
	struct entry entry = {.quantity = UNKNOWN, .from = UNKNOWN, .to = UNKNOWN};
	struct delta_row *row;

	noun_clear(&nouns[NOUN_DELTA_ROW], &entry.row);
	members_read(&entry_members, json, &entry, batch->arena);
	category->settle(&entry);
	if (!entry.row.name || !entry.row.name[0])
		return false;
	members_read(
		&box_members, entry.box ? entry.box : entry.other_box, &entry.row, batch->arena);
	row = batch_add(batch, NOUN_DELTA_ROW);
	if (!row)
		return false;
	*row = entry.row;
	row->site = identity->site;
	row->run_id = identity->run_id;
	row->kind = category->kind;
	if (!row->note)
		row->note = entry.reason;
	row->ordinal = identity->ordinal;
	return true;
}

/* Moves identity->ordinal on past each row added. */
static void add_entries(const struct json *list, const struct category *category,
	struct delta_row *identity, struct batch *batch)
{
	if (!json_is_array(list))
		return;
	for (const struct json *json = json_first(list); json; json = json_next(json))
		if (json_is_object(json) && add_entry(json, category, identity, batch))
			identity->ordinal++;
		else
			batch->feed->skipped++;
}

static bool is_categorized(const struct json *delta)
{
	for (size_t i = 0; i < CATEGORIES; i++)
		if (json_member(delta, categories[i].member))
			return true;
	return false;
}

const char *delta_decode(const struct decode_context *context, const char *run_id,
	const struct json *delta, struct batch *batch)
{
	struct delta_row identity = {.site = context->site, .run_id = run_id};

	if (!delta || json_is_null(delta))
		return "none";
	if (json_is_array(delta)) {
		add_entries(delta, &flat, &identity, batch);
		return identity.ordinal > 0 ? "flat" : "empty";
	}
	if (!is_categorized(delta))
		return "invalid";
	for (size_t i = 0; i < CATEGORIES; i++)
		add_entries(
			json_member(delta, categories[i].member), &categories[i], &identity, batch);
	return identity.ordinal > 0 ? "categorized" : "empty";
}
