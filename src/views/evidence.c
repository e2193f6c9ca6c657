/* Settles what the evidence panel shows: the captures in the order of time, the pair, the boxes,
 * the selection. Owns its pages; main thread. */
#include "views/evidence.h"
#include <stdio.h>
#include <string.h>

enum { OVERLAYS_MAX = 4 * PICTURE_MARKS_MAX, OBJECTS_MAX = 500 };

void evidence_init(struct evidence *evidence)
{
	*evidence = (struct evidence){.form = EVIDENCE_NONE};
	page_init(&evidence->oldest);
	page_init(&evidence->overlays);
	page_init(&evidence->objects);
}

void evidence_release(struct evidence *evidence)
{
	page_release(&evidence->oldest);
	page_release(&evidence->overlays);
	page_release(&evidence->objects);
}

/* ---- reading ---- */

/* The first capture of a session is half of its pair, however many came later. */
static void read_oldest(
	struct evidence *evidence, const struct view_context *context, struct err *err)
{
	const struct evidence_subject *subject = &evidence->subject;
	const struct page *page = &subject->captures->page;
	struct query query = {.noun = NOUN_CAPTURE,
		.matches = {{"site", subject->site}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	evidence->oldest.count = 0;
	if (subject->is_of_camera || evidence_is_recorded(evidence) || page->count == 0 ||
		subject->captures->total <= (int64_t)page->count)
		return;
	query.matches[1] = (struct match){"session_id", page_row(page, capture, 0)->session_id};
	reader_page(context->reader, &query, PAGE_LAST, NULL, 1, &evidence->oldest, err);
}

static void read_overlays(
	struct evidence *evidence, const struct view_context *context, struct err *err)
{
	const struct analysis *analysis = evidence->subject.analysis;
	struct query query = {.noun = NOUN_OVERLAY,
		.matches = {{"site", evidence->subject.site}},
		.since_ms = UNKNOWN,
		.now_ms = context->now_ms};

	evidence->overlays.count = 0;
	marks_make(&evidence->marks, NULL, 0, NULL, 0);
	/* Of a failed analysis nothing is shown (edge case 80). */
	if (!analysis || !analysis->is_found || run_is_failed(&analysis->run))
		return;
	query.matches[1] = (struct match){"run_id", analysis->run.run_id};
	reader_page(
		context->reader, &query, PAGE_FIRST, NULL, OVERLAYS_MAX, &evidence->overlays, err);
	marks_make(&evidence->marks, analysis->rows.rows, analysis->rows.count,
		evidence->overlays.rows, evidence->overlays.count);
}

/* Each event has boxes of its own. They are read when it is chosen: there may be hundreds. */
static void read_objects(struct evidence *evidence)
{
	const struct event *event = evidence_event(evidence);
	struct query query = {.noun = NOUN_DETECTED_OBJECT,
		.matches = {{"site", evidence->subject.site}},
		.since_ms = UNKNOWN,
		.now_ms = UNKNOWN};

	evidence->objects.count = 0;
	if (event) {
		query.matches[1] = (struct match){"event_id", event->id};
		reader_page(evidence->reader, &query, PAGE_FIRST, NULL, OBJECTS_MAX,
			&evidence->objects, NULL);
	}
	marks_of_objects(&evidence->marks, evidence->objects.rows, evidence->objects.count);
}

const struct event *evidence_event(const struct evidence *evidence)
{
	const struct capture *capture = evidence->chosen.capture;

	return capture && evidence_is_recorded(evidence)
		? captures_event(evidence->subject.captures, capture)
		: NULL;
}

bool evidence_is_recorded(const struct evidence *evidence)
{
	const struct session *session = evidence->subject.session;

	return evidence->subject.is_of_event || (session && session_is_recording(session));
}

/* The page has the newest first. */
static void put_in_order(struct evidence *evidence)
{
	const struct captures *captures = evidence->subject.captures;
	const struct page *page = &captures->page;

	evidence->count = 0;
	evidence->hidden = 0;
	if (evidence->oldest.count > 0) {
		evidence->captures[evidence->count++] = page_row(&evidence->oldest, capture, 0);
		evidence->hidden = captures->total - (int64_t)page->count - 1;
	} else if (evidence_is_recorded(evidence)) {
		evidence->hidden = captures->total - (int64_t)page->count;
	}
	for (size_t i = page->count; i > 0 && evidence->count < EVIDENCE_CAPTURES_MAX; i--)
		evidence->captures[evidence->count++] = page_row(page, capture, i - 1);
}

/* A recording is of one camera; in a panel it stands above, in the title. */
static void read_camera_name(struct evidence *evidence, const struct view_context *context)
{
	const char *id = evidence->count > 0 ? evidence->captures[0]->camera_id : NULL;

	evidence->camera_name[0] = '\0';
	if (evidence_is_recorded(evidence) && evidence->is_full_screen)
		camera_name_of(evidence->camera_name, sizeof(evidence->camera_name), context,
			evidence->subject.site, id);
}

/* ---- what is shown ---- */

static bool has_picture(const struct capture *capture)
{
	struct exhibit exhibit;

	exhibit_of(&exhibit, capture);
	return exhibit.key != NULL;
}

static bool has_any(const struct evidence *evidence)
{
	for (size_t i = 0; i < evidence->count; i++)
		if (has_picture(evidence->captures[i]))
			return true;
	return false;
}

static enum evidence_form choose_form(const struct evidence *evidence)
{
	const struct evidence_subject *subject = &evidence->subject;
	bool is_named = subject->camera && subject->camera->picture_key;

	if (subject->is_of_camera || subject->is_of_event)
		return is_named || has_any(evidence) ? EVIDENCE_ONE : EVIDENCE_NONE;
	if (evidence->pair.rule != PAIR_NONE)
		return EVIDENCE_PAIR;
	return has_any(evidence) ? EVIDENCE_GRID : EVIDENCE_NONE;
}

void evidence_choose(struct evidence *evidence, size_t index)
{
	const struct capture *capture = evidence->captures[index];

	evidence->cursor = index;
	exhibit_of(&evidence->chosen, capture);
	snprintf(evidence->selected, sizeof(evidence->selected), "%s\x1f%s",
		capture->session_id ? capture->session_id : "", capture->id);
	if (evidence_is_recorded(evidence))
		read_objects(evidence);
}

static bool is_key_of(const char *key, const struct capture *capture)
{
	const char *session_id = capture->session_id ? capture->session_id : "";
	size_t bytes = strlen(session_id);

	return strncmp(key, session_id, bytes) == 0 && key[bytes] == '\x1f' &&
		strcmp(key + bytes + 1, capture->id) == 0;
}

static bool find_selected(struct evidence *evidence)
{
	for (size_t i = 0; evidence->selected[0] && i < evidence->count; i++)
		if (is_key_of(evidence->selected, evidence->captures[i])) {
			evidence_choose(evidence, i);
			return true;
		}
	return false;
}

/* The newest of a camera, else what the Pi names as its last picture. */
static void choose_latest(struct evidence *evidence)
{
	size_t index = evidence->count;

	while (index > 0 && !has_picture(evidence->captures[index - 1]))
		index--;
	if (index > 0) {
		evidence_choose(evidence, index - 1);
	} else {
		evidence->cursor = evidence->count;
		evidence->chosen = (struct exhibit){
			.key = evidence->subject.camera->picture_key, .name = "latest"};
	}
	evidence->selected[0] = '\0';
}

/* Also without a picture: there are words, and objects. */
static void choose_event(struct evidence *evidence)
{
	if (evidence->count > 0)
		evidence_choose(evidence, 0);
	evidence->selected[0] = '\0';
}

static void choose_by_itself(struct evidence *evidence)
{
	evidence->selected[0] = '\0';
	evidence->cursor = evidence->count;
	if (evidence->form == EVIDENCE_GRID)
		evidence_choose(evidence, 0);
	if (evidence->subject.is_of_event)
		choose_event(evidence);
	else if (evidence->form == EVIDENCE_ONE)
		choose_latest(evidence);
	for (size_t i = 0; evidence->form == EVIDENCE_PAIR && i < evidence->count; i++)
		if (evidence->captures[i] == evidence->pair.after.capture)
			evidence->cursor = i;
}

void evidence_read(struct evidence *evidence, const struct view_context *context,
	const struct evidence_subject *subject, struct err *err)
{
	const struct analysis *analysis = subject->analysis;

	evidence->subject = *subject;
	evidence->reader = context->reader;
	read_oldest(evidence, context, err);
	read_overlays(evidence, context, err);
	put_in_order(evidence);
	read_camera_name(evidence, context);
	evidence->pair = (struct pair){.rule = PAIR_NONE};
	evidence->chosen = (struct exhibit){.capture = NULL};
	evidence->objects.count = 0;
	/* A recorder's words are no tags of a door. */
	if (!subject->is_of_camera && !evidence_is_recorded(evidence))
		pair_find(&evidence->pair, subject->session,
			analysis && analysis->is_found ? &analysis->run : NULL, evidence->captures,
			evidence->count);
	evidence->form = choose_form(evidence);
	if (!find_selected(evidence))
		choose_by_itself(evidence);
}

void evidence_select(struct evidence *evidence, const char *id)
{
	const struct pair *pair = &evidence->pair;
	bool has_pair = evidence->form == EVIDENCE_PAIR;
	size_t i = 0;

	evidence->is_alone = has_pair;
	evidence->shows_before = has_pair &&
		(pair->before.capture ? strcmp(pair->before.capture->id, id) == 0
				      : strcmp(id, EVIDENCE_RUN_BEFORE) == 0);
	if (evidence->shows_before ||
		(has_pair && pair->after.capture && strcmp(pair->after.capture->id, id) == 0))
		return;
	while (i < evidence->count && strcmp(evidence->captures[i]->id, id) != 0)
		i++;
	if (i < evidence->count)
		evidence_choose(evidence, i);
}

const struct exhibit *evidence_shown(const struct evidence *evidence)
{
	if (evidence->form != EVIDENCE_PAIR)
		return &evidence->chosen;
	if (evidence->is_alone && evidence->shows_before)
		return &evidence->pair.before;
	return evidence->selected[0] ? &evidence->chosen : &evidence->pair.after;
}

enum side evidence_side(const struct evidence *evidence, const struct exhibit *exhibit)
{
	const struct pair *pair = &evidence->pair;

	/* Events have one side. */
	if (evidence_is_recorded(evidence) && exhibit->capture &&
		exhibit->capture == evidence->chosen.capture)
		return SIDE_AFTER;
	if (evidence->form != EVIDENCE_PAIR)
		return SIDES;
	if (exhibit == &pair->before ||
		(exhibit->capture && exhibit->capture == pair->before.capture))
		return SIDE_BEFORE;
	if (exhibit == &pair->after ||
		(exhibit->capture && exhibit->capture == pair->after.capture))
		return SIDE_AFTER;
	return SIDES;
}

bool evidence_is_compared(const struct evidence *evidence, const struct exhibit *exhibit)
{
	const char *before = evidence->pair.before.key;

	return evidence->form == EVIDENCE_PAIR && evidence->is_difference && before &&
		exhibit->key && strcmp(before, exhibit->key) != 0;
}
