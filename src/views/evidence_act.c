/* Keys and clicks of the evidence panel. Owns nothing; main thread. */
#include "views/evidence.h"
#include <stdio.h>
#include <string.h>

/* ---- moving ---- */

static void step(struct evidence *evidence, struct intent *intent, bool is_forward)
{
	bool has_more = is_forward ? evidence->cursor + 1 < evidence->count : evidence->cursor > 0;

	evidence->shows_before = false;
	if (evidence->count == 1) {
		intent_say(intent, "this is the only picture");
		return;
	}
	if (!has_more) {
		intent_say(intent, "this is the %s capture", is_forward ? "last" : "first");
		return;
	}
	evidence_choose(evidence, is_forward ? evidence->cursor + 1 : evidence->cursor - 1);
}

static void show_previous(struct evidence *evidence, struct intent *intent)
{
	step(evidence, intent, false);
}

static void show_next(struct evidence *evidence, struct intent *intent)
{
	step(evidence, intent, true);
}

/* ---- looking ---- */

static const char *why_no_pair(const struct evidence *evidence)
{
	if (!evidence_is_recorded(evidence))
		return "there is no before and after";
	return evidence->subject.is_of_event ? "it is one picture" : "a recording has no pair";
}

static void flip(struct evidence *evidence, struct intent *intent)
{
	if (evidence->form != EVIDENCE_PAIR) {
		intent_say(intent, "nothing to flip: %s", why_no_pair(evidence));
		return;
	}
	evidence->shows_before = !evidence->is_alone || !evidence->shows_before;
	evidence->is_alone = true;
}

static const char *why_no_objects(const struct evidence *evidence)
{
	const struct event *event = evidence_event(evidence);

	if (!event)
		return "nothing is detected in segments";
	if (evidence->objects.count > 0)
		return "where the objects are is not known";
	return event->object_count == 0 ? "no object was detected"
					: "what was detected is not read";
}

/* Choosing an event has it read: its boxes come by themselves. */
static bool is_awaited(const struct evidence *evidence)
{
	const struct event *event = evidence_event(evidence);

	return event && evidence->objects.count == 0 && event->object_count != 0;
}

static const char *why_no_boxes(const struct evidence *evidence)
{
	const struct analysis *analysis = evidence->subject.analysis;

	if (evidence_is_recorded(evidence))
		return why_no_objects(evidence);
	if (!analysis)
		return "only a session has an analysis";
	if (!analysis->is_found)
		return "there is no analysis";
	if (run_is_failed(&analysis->run))
		return "the analysis failed";
	if (!run_is_ready(&analysis->run))
		return "the analysis is not done";
	return analysis->rows.count == 0 ? "the analysis found no change"
					 : "the analysis names no places";
}

static void toggle_boxes(struct evidence *evidence, struct intent *intent)
{
	evidence->has_boxes = !evidence->has_boxes;
	if (evidence->has_boxes && evidence->marks.item_count == 0) {
		evidence->has_boxes = is_awaited(evidence);
		intent_say(intent, "no boxes%s: %s", evidence->has_boxes ? " yet" : "",
			why_no_boxes(evidence));
	}
}

static void toggle_difference(struct evidence *evidence, struct intent *intent)
{
	const struct pair *pair = &evidence->pair;

	if (evidence->form != EVIDENCE_PAIR) {
		intent_say(intent, "nothing to compare: %s", why_no_pair(evidence));
		return;
	}
	if (!pair->before.key ||
		!(evidence->selected[0] ? evidence->chosen.key : pair->after.key)) {
		intent_say(intent, "nothing to compare: %s",
			pair->before.key ? evidence_shown(evidence)->words : pair->before.words);
		return;
	}
	evidence->is_difference = !evidence->is_difference;
	evidence->shows_before = false;
}

/* ---- what is done elsewhere ---- */

/* The id of what is shown, for a file's name and for view_picture. */
static const char *shown_id(const struct evidence *evidence)
{
	const struct exhibit *shown = evidence_shown(evidence);

	if (shown->capture)
		return shown->capture->id;
	if (evidence->subject.is_of_camera)
		return evidence->subject.camera ? evidence->subject.camera->id : "";
	return shown == &evidence->pair.before ? EVIDENCE_RUN_BEFORE : EVIDENCE_RUN_AFTER;
}

static const char *session_of(const struct evidence *evidence)
{
	const struct exhibit *shown = evidence_shown(evidence);

	if (shown->capture && shown->capture->session_id)
		return shown->capture->session_id;
	return evidence->subject.session ? evidence->subject.session->id : "";
}

static void save(struct evidence *evidence, struct intent *intent)
{
	const struct exhibit *shown = evidence_shown(evidence);
	const struct analysis *analysis = evidence->subject.analysis;

	if (!shown->key) {
		intent_say(intent, "nothing to save: %s", shown->words);
		return;
	}
	intent->kind = INTENT_SAVE;
	snprintf(intent->site, sizeof(intent->site), "%s", evidence->subject.site);
	snprintf(intent->session_id, sizeof(intent->session_id), "%s", session_of(evidence));
	snprintf(intent->picture, sizeof(intent->picture), "%s", shown->key);
	if (shown->capture || evidence->subject.is_of_camera || !analysis)
		snprintf(intent->id, sizeof(intent->id), "%s", shown_id(evidence));
	else
		snprintf(intent->id, sizeof(intent->id), "%s-%s", analysis->run.run_id,
			shown == &evidence->pair.before ? "before" : "after");
}

/* What is looked at in which way goes along. */
static void show_large(struct evidence *evidence, struct intent *intent)
{
	const struct camera *camera = evidence->subject.camera;
	bool is_latest = evidence->subject.is_of_camera && camera && !evidence->selected[0];
	const char *site = evidence->subject.site, *ways = evidence->has_boxes ? "b" : "";

	if (is_latest)
		intent_open(intent, &view_picture, site, "\x1f%s", camera->id);
	else if (evidence->subject.is_of_event)
		intent_open(
			intent, &view_picture, site, "\x1f\x1f%s\x1f%s", shown_id(evidence), ways);
	else
		intent_open(intent, &view_picture, site, "%s\x1f%s\x1f%s%s", session_of(evidence),
			shown_id(evidence), ways, evidence->is_difference ? "d" : "");
}

static const struct {
	enum action action;
	void (*act)(struct evidence *evidence, struct intent *intent);
} acts[] = {
	{ACTION_PREVIOUS_CAPTURE, show_previous},
	{ACTION_NEXT_CAPTURE, show_next},
	{ACTION_FLIP, flip},
	{ACTION_BOXES, toggle_boxes},
	{ACTION_DIFFERENCE, toggle_difference},
	{ACTION_SAVE, save},
	{ACTION_FULL_SCREEN, show_large},
};

bool evidence_act(struct evidence *evidence, enum action action, struct intent *intent)
{
	if (action == ACTION_BACK && evidence->form == EVIDENCE_PAIR && evidence->is_alone) {
		evidence->is_alone = evidence->shows_before = false;
		return true;
	}
	for (size_t i = 0; i < sizeof(acts) / sizeof(acts[0]); i++) {
		if (acts[i].action != action)
			continue;
		if (evidence->form == EVIDENCE_NONE)
			intent_say(intent, "%s",
				evidence->chosen.words[0] ? evidence->chosen.words
							  : "there are no pictures here yet");
		else
			acts[i].act(evidence, intent);
		return true;
	}
	return false;
}

bool evidence_click(
	struct evidence *evidence, const struct spot *spot, bool is_double, struct intent *intent)
{
	bool is_tile = spot->number >= 0;

	if (spot->kind != SPOT_SELECT || strcmp(spot->text, EVIDENCE_SPOT) != 0)
		return false;
	if (is_tile && (size_t)spot->number < evidence->count)
		evidence_choose(evidence, (size_t)spot->number);
	if (!is_double)
		return true;
	if (spot->number == EVIDENCE_BEFORE && evidence->form == EVIDENCE_PAIR) {
		struct evidence before = *evidence;

		before.is_alone = before.shows_before = true;
		show_large(&before, intent);
	} else {
		show_large(evidence, intent);
	}
	return true;
}
