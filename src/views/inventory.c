/* Inventory: the analysis runs of every site, what waits for a person first. Main thread. */
#include "base/text.h"
#include "model/run.h"
#include "store/store.h"
#include "views/analysis.h"
#include "views/list.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { LABEL_BYTES = 128, SUMMARY_ROWS_MAX = 500 };

/* Asked of the store once a row. */
struct extra {
	char container[LABEL_BYTES];
	char delta[LABEL_BYTES];
};

/* ---- what changed, in few words ---- */

struct tally {
	int64_t added, removed, changed, unknown;
};

static void count_row(struct tally *tally, const struct delta_row *row)
{
	const char *kind = row->kind ? row->kind : "";

	if (strcmp(kind, "unknown") == 0)
		tally->unknown++;
	else if (strcmp(kind, "added") == 0 ||
		(!*kind && row->before_count == 0 && row->change > 0))
		tally->added++;
	else if (strcmp(kind, "removed") == 0 ||
		(!*kind && row->after_count == 0 && row->change < 0 && row->change != UNKNOWN))
		tally->removed++;
	else if (row->change != 0)
		tally->changed++;
}

static void say_tally(char dst[LABEL_BYTES], const struct tally *tally)
{
	const struct {
		int64_t count;
		const char *word;
	} parts[] = {
		{tally->removed, "removed"},
		{tally->added, "added"},
		{tally->changed, "changed"},
		{tally->unknown, "unknown"},
	};
	size_t used = 0;

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]) && used < LABEL_BYTES; i++)
		if (parts[i].count > 0)
			used += (size_t)snprintf(dst + used, LABEL_BYTES - used, "%s%lld %s",
				used ? ", " : "", (long long)parts[i].count, parts[i].word);
	if (used == 0)
		snprintf(dst, LABEL_BYTES, "no changes");
}

static void summarize_rows(
	char dst[LABEL_BYTES], const struct view_context *context, const struct run *run)
{
	struct query query = {.noun = NOUN_DELTA_ROW,
		.matches = {{"site", run->site}, {"run_id", run->run_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	struct tally tally = {0};
	struct page page;
	struct err ignored;

	page_init(&page);
	reader_page(context->reader, &query, PAGE_FIRST, NULL, SUMMARY_ROWS_MAX, &page, &ignored);
	for (size_t i = 0; i < page.count; i++)
		count_row(&tally, page_row(&page, delta_row, i));
	say_tally(dst, &tally);
	page_release(&page);
}

static void summarize_delta(
	char dst[LABEL_BYTES], const struct view_context *context, const struct run *run)
{
	bool has_summary = run->items_changed != UNKNOWN || run->items_added != UNKNOWN ||
		run->items_removed != UNKNOWN;
	struct tally tally = {run->items_added, run->items_removed, run->items_changed, 0};
	const char *empty = delta_empty_text(run->delta_kind, 1);

	dst[0] = '\0';
	if (!run_is_ready(run))
		return;
	if (has_summary)
		say_tally(dst, &tally);
	else if (!run->delta_kind)
		return;
	else if (empty)
		snprintf(dst, LABEL_BYTES, "%s", empty);
	else
		summarize_rows(dst, context, run);
}

static void extend(const struct view_context *context, const void *row, void *data)
{
	const struct run *run = row;
	struct extra *extra = data;

	analysis_name_container(extra->container, sizeof(extra->container), context, run);
	if (!extra->container[0] && run->container_id)
		text_short_id(extra->container, sizeof(extra->container), run->container_id);
	summarize_delta(extra->delta, context, run);
}

/* ---- columns ---- */

static void get_status(const struct list_at *at, struct table_cell *cell)
{
	const char *label = run_label(at->row);

	if (run_is_stuck(at->row, at->context->now_ms))
		cell_set(cell, ROLE_WARN, "! Stuck");
	else
		cell_badge(cell, badge_run(label), label, at->context->is_ascii);
}

static void get_run(const struct list_at *at, struct table_cell *cell)
{
	const struct run *run = at->row;

	cell_id(cell, ROLE_STRONG, run->run_id, at->cells);
}

static void get_session(const struct list_at *at, struct table_cell *cell)
{
	const struct run *run = at->row;

	cell_id(cell, ROLE_TEXT, run->session_id, at->cells);
}

static void get_container(const struct list_at *at, struct table_cell *cell)
{
	const struct extra *extra = at->extra;

	cell_set(cell, ROLE_TEXT, extra->container);
}

static void get_created(const struct list_at *at, struct table_cell *cell)
{
	const struct run *run = at->row;

	cell_time(cell, run->created_at, NULL, at->context->now_ms, at->cells);
}

/* What came of it: the delta, or why there is none. */
static void get_result(const struct list_at *at, struct table_cell *cell)
{
	const struct run *run = at->row;
	const struct extra *extra = at->extra;

	cell_printf(cell, ROLE_TEXT, "%s", extra->delta);
	if (run_is_failed(run))
		cell_printf(cell, ROLE_TEXT, "%s",
			run->error_message && *run->error_message ? run->error_message
								  : "the Pi gave no reason");
	else if (run_is_stuck(run, at->context->now_ms))
		cell_printf(cell, ROLE_TEXT, "running for more than 5 min");
}

static const char *run_of(const void *row)
{
	return ((const struct run *)row)->run_id;
}

static const char *session_of(const void *row)
{
	return ((const struct run *)row)->session_id;
}

/* clang-format off */
static const struct list_column columns[] = {
	/* title, sort, narrowest, widest, importance, flags, getter, id */
	{"STATUS",    "status",       14, 20, 0, 0, get_status, NULL},
	{"SITE",      "site",          6, 20, 7, LIST_MANY_SITES, list_get_site, NULL},
	{"RUN",       "run_id",       15, 36, 0, LIST_SNUG | LIST_ID, get_run, run_of},
	{"SESSION",   "session",      15, 36, 3, LIST_SNUG | LIST_ID, get_session, session_of},
	{"CONTAINER", "container_id",  9, 24, 2, LIST_SNUG, get_container, NULL},
	{"CREATED",   "created",       8, 12, 5, LIST_FALLING, get_created, NULL},
	{"RESULT",    NULL,           26,  0, 6, 0, get_result, NULL},
};
/* clang-format on */

static void open_run(const void *row, struct intent *intent)
{
	const struct run *run = row;

	intent_open(intent, &view_run, run->site, "%s", run->run_id);
}

static size_t add_ids(const void *row, struct view_id ids[VIEW_IDS_MAX])
{
	return analysis_add_ids(row, ids, 0);
}

static const struct list_def runs = {
	.noun = NOUN_RUN,
	.columns = columns,
	.column_count = sizeof(columns) / sizeof(columns[0]),
	.matter = MATTER_RUNS,
	.wish_cells = 36,
	.word = "run",
	.has_subjects = true,
	.extra_bytes = sizeof(struct extra),
	.extend = extend,
	.open = open_run,
	.ids = add_ids,
};

const struct view_ops view_inventory = {
	.name = "inventory",
	.title = "Inventory",
	.watches = STORE_CHANGED(NOUN_RUN) | STORE_CHANGED(NOUN_DELTA_ROW) |
		STORE_CHANGED(NOUN_CONTAINER) | STORE_CHANGED(NOUN_SESSION) |
		STORE_CHANGED(NOUN_FEED),
	LIST_VIEW(&runs),
	.wants = list_wants,
	.is_for_pis = true,
};
