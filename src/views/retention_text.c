/* What holds for a camera and why, in words, and the policies of its site. Owns nothing; main
 * thread. */
#include "model/span.h"
#include "views/grid.h"
#include "views/retention_parts.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

#define DAY_MS INT64_C(86400000)

enum { DAYS_MAX = 1000000, POLICY_COLUMNS = 6, FOR_CELLS = 20, SENTENCE_BYTES = 1024 };

bool retention_is_exceeded(const struct retention *retention, int64_t now_ms)
{
	int64_t days = retention->retention_days;

	return days >= 0 && days <= DAYS_MAX &&
		time_is_older(retention->oldest_at, now_ms, days * DAY_MS);
}

/* ---- the camera ---- */

static void say_policy(char *dst, size_t dst_bytes, const struct list_at *at)
{
	const struct retention *retention = at->row;
	const char *camera = at->extra;
	const char *name = retention->policy_name ? retention->policy_name : retention->policy_id;
	char days[WORDS_BYTES] = "an unknown time";

	if (retention->retention_days != UNKNOWN)
		words_count(days, retention->retention_days, "day");
	if (!retention->policy_id)
		snprintf(dst, dst_bytes, "%s: no active policy says how long to keep it", camera);
	else
		snprintf(dst, dst_bytes, "%s: to be kept %s, by the policy %s", camera, days, name);
}

static void write_camera(struct doc *doc, const struct list_at *at, int room)
{
	const struct retention *retention = at->row;
	bool is_overdue = retention->overdue_count > 0;
	char text[SENTENCE_BYTES], oldest[WORDS_BYTES], overdue[WORDS_BYTES];
	struct pane_facts facts;

	say_policy(text, sizeof(text), at);
	doc_paragraph(doc, 0, room, ROLE_STRONG, text);
	words_when(oldest, retention->oldest_at, NULL, at->context->now_ms);
	words_count(overdue, retention->overdue_count, "recording");
	facts = pane_facts(doc, room);
	pane_fact(&facts, "oldest", ROLE_TEXT,
		retention->oldest_at == UNKNOWN ? "not known" : oldest);
	if (retention->overdue_count != UNKNOWN)
		pane_fact(&facts, "overdue", is_overdue ? ROLE_WARN : ROLE_TEXT,
			is_overdue ? overdue : "none");
	pane_fact(&facts, "site", ROLE_TEXT, at->context->has_many_sites ? retention->site : NULL);
	if (retention->is_tied == 1)
		doc_paragraph(doc, 0, room, ROLE_WARN,
			"tied: nothing says which policy of equal priority holds; taken is the"
			" camera's own, then the longer");
}

/* ---- the policies ---- */

/* clang-format off */
static const struct table_column policy_columns[POLICY_COLUMNS] = {
	{"POLICY",      14, 40, 0, false},
	{"FOR",         17, FOR_CELLS, 5, false},
	{"DAYS",         4,  8, 0, true},
	{"PRIORITY",     8,  8, 4, true},
	{"STATE",       15, 20, 3, false},
	{"DESCRIPTION", 12,  0, 1, false},
};
/* clang-format on */

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool is_for(const struct policy *policy, const struct retention *retention)
{
	return !retention || !policy->camera_id || is_same(policy->camera_id, retention->camera_id);
}

static void set_state(struct table_cell *cell, const struct policy *policy,
	const struct retention *retention, bool is_ascii)
{
	if (retention && is_same(policy->id, retention->policy_id))
		cell_printf(cell, ROLE_OK, "%s holds here", is_ascii ? "+" : "✓");
	else if (policy->is_active != 1)
		cell_set(cell, ROLE_DIM, "not active");
	else if (!retention)
		cell_set(cell, ROLE_TEXT, "active");
	else if (!is_for(policy, retention))
		cell_set(cell, ROLE_DIM, "other camera");
	else if (policy->priority == retention->priority)
		cell_set(cell, ROLE_WARN, "! same priority");
	else
		cell_set(cell, ROLE_DIM, "lower priority");
}

static void make_cells(struct table_cell cells[POLICY_COLUMNS], const struct policy *policy,
	const char *camera, const struct list_at *at)
{
	const struct retention *retention = at->row;
	enum role role = policy->is_active == 1 && is_for(policy, retention) ? ROLE_TEXT : ROLE_DIM;

	cell_set(&cells[0], role, policy->name && *policy->name ? policy->name : policy->id);
	cell_name(&cells[1], role, policy->camera_id ? camera : "all cameras", FOR_CELLS);
	cell_number(&cells[2], role, policy->retention_days);
	cell_number(&cells[3], role, policy->priority);
	set_state(&cells[4], policy, retention, at->context->is_ascii);
	cell_printf(&cells[5], ROLE_DIM, "%s", policy->description ? policy->description : "");
}

/* First those that may hold for the camera, then the others; each in the order of the page, the
 * highest priority first. Those of the camera's site only; without a camera all. */
static void each_policy(const struct retention_view *state, const struct list_at *at,
	struct grid *grid, void (*put)(struct grid *grid, const struct table_cell *cells))
{
	const struct retention *retention = at->row;
	struct table_cell cells[POLICY_COLUMNS];

	for (int pass = 0; pass < 2; pass++)
		for (size_t i = 0; i < state->policies.count; i++) {
			const struct policy *policy = page_row(&state->policies, policy, i);

			if ((retention && !is_same(policy->site, retention->site)) ||
				is_for(policy, retention) != (pass == 0))
				continue;
			make_cells(cells, policy, state->cameras[i], at);
			grid_id(grid, 0, policy->id);
			put(grid, cells);
		}
}

void retention_write(const void *data, struct doc *doc, const struct list_at *at, int room)
{
	const struct retention_view *state = data;
	struct grid grid;

	if (at->row)
		write_camera(doc, at, room);
	if (state->policies.count == 0)
		return;
	grid_init(&grid, doc, policy_columns, POLICY_COLUMNS);
	each_policy(state, at, &grid, grid_measure);
	grid_titles(&grid, room + PANE_MARGIN_CELLS);
	each_policy(state, at, &grid, grid_row);
	if (state->policies.count == RETENTION_POLICIES_MAX)
		doc_paragraph(doc, 0, room, ROLE_DIM,
			"(there may be more: these are the ones of highest priority)");
}
