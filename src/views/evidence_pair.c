/* Finds the pair of a session. Owns nothing; pure. */
#include "views/evidence_pair.h"
#include <stdio.h>
#include <string.h>

#define TAG_BEFORE "BEFORE_OPEN"
#define TAG_AFTER "AFTER_CLOSE"

static bool is_same(const char *a, const char *b)
{
	return a && b && strcmp(a, b) == 0;
}

static bool is_given(const char *text)
{
	return text && *text;
}

static bool is_taken(const struct capture *capture)
{
	return !is_given(capture->status) || strcmp(capture->status, "captured") == 0;
}

static bool has_picture(const struct capture *capture)
{
	return is_taken(capture) && is_given(capture->picture_key);
}

/* ---- one picture ---- */

/* Why there is no picture: the Pi's reason where it gave one. */
static void say_why(char *dst, size_t dst_bytes, const struct capture *capture)
{
	bool has_failed = is_same(capture->upload_status, "failed");

	if (!is_taken(capture))
		snprintf(dst, dst_bytes, "%.40s: %s", capture->status,
			is_given(capture->reason) ? capture->reason : "the Pi gave no reason");
	else if (is_given(capture->reason))
		snprintf(dst, dst_bytes, "no image: %s", capture->reason);
	else if (has_failed)
		snprintf(dst, dst_bytes, "no image: upload failed%s%s",
			is_given(capture->upload_error) ? ": " : "",
			is_given(capture->upload_error) ? capture->upload_error : "");
	else
		snprintf(dst, dst_bytes, "no image: the Pi names none");
}

void exhibit_of(struct exhibit *exhibit, const struct capture *capture)
{
	*exhibit = (struct exhibit){.capture = capture};
	if (has_picture(capture)) {
		exhibit->key = capture->picture_key;
		exhibit->thumbnail = capture->thumbnail_key;
	} else {
		say_why(exhibit->words, sizeof(exhibit->words), capture);
	}
}

void exhibit_say_none(
	char dst[PICTURE_WORDS_BYTES], const struct camera *camera, const struct capture *newest)
{
	if (newest)
		say_why(dst, PICTURE_WORDS_BYTES, newest);
	else
		snprintf(dst, PICTURE_WORDS_BYTES, "%s",
			camera->total_captures == 0 ? "no captures yet" : "no picture yet");
}

/* ---- the pictures of the analysis ---- */

static const struct capture *find_key(
	const struct capture *const *captures, size_t count, const char *key)
{
	for (size_t i = 0; i < count; i++)
		if (is_same(captures[i]->picture_key, key))
			return captures[i];
	return NULL;
}

static bool find_of_run(struct pair *pair, const struct run *run,
	const struct capture *const *captures, size_t count)
{
	const struct capture *before, *after;

	if (!run || !is_given(run->before_key) || !is_given(run->after_key))
		return false;
	before = find_key(captures, count, run->before_key);
	after = find_key(captures, count, run->after_key);
	pair->rule = PAIR_OF_RUN;
	pair->before = (struct exhibit){.capture = before,
		.key = run->before_key,
		.thumbnail = before ? before->thumbnail_key : NULL};
	pair->after = (struct exhibit){.capture = after,
		.key = run->after_key,
		.thumbnail = after ? after->thumbnail_key : NULL};
	return true;
}

/* ---- by tags ---- */

/* What stands for a tag: better one with a picture, better one of the camera; then the first, or
 * the last. */
static const struct capture *find_tag(const struct capture *const *captures, size_t count,
	const char *tag, const char *camera_id, bool is_last)
{
	const struct capture *best = NULL;
	int best_worth = -1;

	for (size_t i = 0; i < count; i++) {
		const struct capture *capture = captures[i];
		int worth = 2 * has_picture(capture) + is_same(capture->camera_id, camera_id);

		if (is_same(capture->tag, tag) &&
			(worth > best_worth || (is_last && worth == best_worth))) {
			best = capture;
			best_worth = worth;
		}
	}
	return best;
}

/* The camera that took both; NULL when none did. */
static const char *find_camera(const struct capture *const *captures, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct capture *before = captures[i], *after;

		if (!is_same(before->tag, TAG_BEFORE) || !has_picture(before))
			continue;
		after = find_tag(captures, count, TAG_AFTER, before->camera_id, true);
		if (after && has_picture(after) && is_same(after->camera_id, before->camera_id))
			return before->camera_id;
	}
	return NULL;
}

static const char *why_absent(const struct session *session, const char *tag)
{
	if (session && is_same(session->error_phase, tag) && is_given(session->error_reason))
		return session->error_reason;
	if (session && is_same(session->badge, "Active"))
		return "the session is still open";
	return "the Pi reports none";
}

/* capture NULL: nobody tried, or nobody told. */
static void take_tagged(struct exhibit *exhibit, const struct session *session,
	const struct capture *capture, const char *tag)
{
	const char *why = capture ? capture->reason : why_absent(session, tag);

	if (capture)
		exhibit_of(exhibit, capture);
	else
		*exhibit = (struct exhibit){.name = tag};
	if (exhibit->key || (capture && !is_given(why) && is_taken(capture)))
		return;
	if (!is_given(why))
		why = capture->status;
	snprintf(exhibit->words, sizeof(exhibit->words), "no %s: %.150s", tag, why);
}

static bool find_of_tags(struct pair *pair, const struct session *session,
	const struct capture *const *captures, size_t count)
{
	const char *camera_id = find_camera(captures, count);
	const struct capture *before = find_tag(captures, count, TAG_BEFORE, camera_id, false);
	const struct capture *after;

	if (!camera_id && before)
		camera_id = before->camera_id;
	after = find_tag(captures, count, TAG_AFTER, camera_id, true);
	if (!(before && has_picture(before)) && !(after && has_picture(after)))
		return false;
	pair->rule = PAIR_OF_TAGS;
	take_tagged(&pair->before, session, before, TAG_BEFORE);
	take_tagged(&pair->after, session, after, TAG_AFTER);
	return true;
}

/* ---- first and last ---- */

static const struct capture *find_last(
	const struct capture *const *captures, size_t count, const struct capture *first)
{
	const struct capture *last = NULL;

	for (size_t i = 0; i < count; i++)
		if (captures[i] != first && has_picture(captures[i]) &&
			is_same(captures[i]->camera_id, first->camera_id))
			last = captures[i];
	return last;
}

static bool find_of_ends(struct pair *pair, const struct capture *const *captures, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct capture *last;

		if (!has_picture(captures[i]))
			continue;
		last = find_last(captures + i, count - i, captures[i]);
		if (!last)
			continue;
		pair->rule = PAIR_OF_ENDS;
		exhibit_of(&pair->before, captures[i]);
		exhibit_of(&pair->after, last);
		return true;
	}
	return false;
}

/* Tags are what dialect B has; where there are some, nobody guesses. */
static bool has_tags(const struct capture *const *captures, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_given(captures[i]->tag))
			return true;
	return false;
}

void pair_find(struct pair *pair, const struct session *session, const struct run *run,
	const struct capture *const *captures, size_t count)
{
	const struct capture *before, *after;

	*pair = (struct pair){.rule = PAIR_NONE};
	if (!find_of_run(pair, run, captures, count) &&
		!(has_tags(captures, count) ? find_of_tags(pair, session, captures, count)
					    : find_of_ends(pair, captures, count)))
		return;
	before = pair->before.capture;
	after = pair->after.capture;
	if (!before || !is_given(before->tag))
		pair->before.name = pair->rule == PAIR_OF_TAGS ? TAG_BEFORE : "BEFORE";
	if (!after || !is_given(after->tag))
		pair->after.name = pair->rule == PAIR_OF_TAGS ? TAG_AFTER : "AFTER";
	if (!before || !after)
		return;
	pair->is_skewed = before->captured_at != UNKNOWN && after->captured_at != UNKNOWN &&
		after->captured_at < before->captured_at;
	pair->has_two_cameras = is_given(before->camera_id) && is_given(after->camera_id) &&
		!is_same(before->camera_id, after->camera_id);
}
