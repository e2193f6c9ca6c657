/* Reads the analysis of a session and writes its timeline and reviews. Owns what it read; main
 * thread. The delta table: delta.c. */
#include "views/analysis.h"
#include "model/container.h"
#include "views/detail.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { ARENA_BYTES = 1 << 18, CONTAINER_BYTES = 1 << 16, ROWS_MAX = 2000, REVIEWS_MAX = 20 };
enum { TIMELINE_CELLS = 70, NARROW_STEPS = 3 };

bool analysis_init(struct analysis *analysis)
{
	analysis->arena = arena_new(ARENA_BYTES);
	page_init(&analysis->rows);
	page_init(&analysis->reviews);
	feeds_init(&analysis->feeds, MATTER_DELTA);
	return analysis->arena != NULL;
}

void analysis_release(struct analysis *analysis)
{
	arena_free(analysis->arena);
	page_release(&analysis->rows);
	page_release(&analysis->reviews);
	feeds_release(&analysis->feeds);
}

const struct feed *analysis_feed(const struct analysis *analysis, const char *site)
{
	return feeds_of(&analysis->feeds, site);
}

static void read_rows(struct page *page, enum noun_id noun, size_t max,
	const struct view_context *context, const struct run *run, struct err *err)
{
	struct query query = {.noun = noun,
		.matches = {{"site", run->site}, {"run_id", run->run_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	reader_page(context->reader, &query, PAGE_FIRST, NULL, max, page, err);
}

void analysis_read(struct analysis *analysis, const struct view_context *context, const char *site,
	const char *run_id, struct err *err)
{
	arena_reset(analysis->arena);
	analysis->rows.count = analysis->reviews.count = 0;
	analysis->is_found = reader_one(context->reader, NOUN_RUN, site, run_id, NULL,
		analysis->arena, &analysis->run, err);
	if (!analysis->is_found)
		return;
	read_rows(&analysis->rows, NOUN_DELTA_ROW, ROWS_MAX, context, &analysis->run, err);
	read_rows(&analysis->reviews, NOUN_REVIEW, REVIEWS_MAX, context, &analysis->run, err);
	if (analysis->run.session_id)
		feeds_read(&analysis->feeds, context->reader, site, analysis->run.session_id, err);
}

void analysis_read_session(struct analysis *analysis, const struct view_context *context,
	const char *site, const char *session_id, struct err *err)
{
	struct query query = {.noun = NOUN_RUN,
		.sort = "created_at",
		.matches = {{"site", site}, {"session_id", session_id}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};
	char run_id[VIEW_ID_BYTES] = "";
	struct page page;

	page_init(&page);
	if (reader_page(context->reader, &query, PAGE_FIRST, NULL, 1, &page, err) && page.count > 0)
		snprintf(run_id, sizeof(run_id), "%s", page_row(&page, run, 0)->run_id);
	page_release(&page);
	analysis_read(analysis, context, site, run_id, err);
	if (!analysis->is_found)
		feeds_read(&analysis->feeds, context->reader, site, session_id, err);
}

/* Only what is an object key says anything outside of this program. */
static const char *object_key(const char *picture_key)
{
	return picture_key && picture_key_is_object(picture_key) ? picture_key : NULL;
}

void analysis_name_container(
	char *dst, size_t dst_bytes, const struct view_context *context, const struct run *run)
{
	struct arena *arena = run->container_id ? arena_new(CONTAINER_BYTES) : NULL;
	struct container container;

	dst[0] = '\0';
	if (arena &&
		reader_one(context->reader, NOUN_CONTAINER, run->site, run->container_id, NULL,
			arena, &container, NULL))
		snprintf(dst, dst_bytes, "%s",
			container.label && *container.label ? container.label
							    : "Unnamed Container");
	arena_free(arena);
}

size_t analysis_add_ids(const struct run *run, struct view_id ids[VIEW_IDS_MAX], size_t count)
{
	count = view_add_id(ids, count, "run", run->run_id);
	count = view_add_id(ids, count, "session", run->session_id);
	count = view_add_id(ids, count, "container", run->container_id);
	count = view_add_id(ids, count, "request", run->request_id);
	count = view_add_id(ids, count, "before object key", object_key(run->before_key));
	return view_add_id(ids, count, "after object key", object_key(run->after_key));
}

/* ---- timeline ---- */

void analysis_write_timeline(
	struct doc *doc, const struct run *run, const struct view_context *context, int columns)
{
	static const struct {
		const char *sign;
		const char *ascii;
		enum role role;
	} looks[] = {
		[STEP_PENDING] = {"·", ".", ROLE_DIM},
		[STEP_ACTIVE] = {"●", "*", ROLE_INFO},
		[STEP_DONE] = {"✓", "+", ROLE_OK},
		[STEP_ERROR] = {"✗", "x", ROLE_BAD},
	};
	enum step_state steps[RUN_STEPS];
	bool is_narrow = columns < TIMELINE_CELLS;

	run_timeline(run, steps);
	doc_line(doc);
	for (int i = 0; i < RUN_STEPS; i++) {
		bool waits = steps[i] == STEP_ACTIVE && run_needs_review(run);
		bool is_first = i == 0 || (is_narrow && i == NARROW_STEPS);
		enum role role = waits ? ROLE_WARN : looks[steps[i]].role;

		if (is_first && i > 0)
			doc_line(doc);
		doc_printf(doc, 0, role, "%s%s %s",
			is_first            ? ""
				: is_narrow ? "  "
					    : "   ",
			context->is_ascii ? looks[steps[i]].ascii : looks[steps[i]].sign,
			run_step_names[i]);
	}
}

/* ---- reviews ---- */

static void write_lines(struct doc *doc, int columns, const char *text)
{
	while (*text) {
		size_t bytes = strcspn(text, "\n");
		char line[SITUATION_BYTES];

		snprintf(line, sizeof(line), "%.*s", (int)bytes, text);
		doc_paragraph(doc, 2, columns - 4, ROLE_TEXT, line);
		text += bytes + (text[bytes] == '\n');
	}
}

static void write_review(struct doc *doc, const struct review *review,
	const struct view_context *context, int columns)
{
	char when[WORDS_BYTES];

	words_when(when, review->reviewed_at, NULL, context->now_ms);
	doc_line(doc);
	doc_text(doc, 0, ROLE_OK, review->action ? review->action : "reviewed");
	doc_text(doc, 0, ROLE_TEXT, "  by ");
	if (review->reviewer_id && *review->reviewer_id)
		doc_id(doc, 0, ROLE_TEXT, review->reviewer_id);
	else
		doc_text(doc, 0, ROLE_TEXT, "an unknown person");
	doc_printf(doc, 0, ROLE_TEXT, "  %s", when);
	if (review->notes)
		write_lines(doc, columns, review->notes);
	if (review->corrections)
		write_lines(doc, columns, review->corrections);
}

void analysis_write_reviews(struct doc *doc, const struct analysis *analysis,
	const struct view_context *context, int columns)
{
	if (analysis->reviews.count == 0)
		return;
	doc_heading(doc, "Review");
	for (size_t i = 0; i < analysis->reviews.count; i++)
		write_review(doc, page_row(&analysis->reviews, review, i), context, columns);
}
