/* The ids of what the evidence panel shows, and what is fetched for it. Owns nothing; main thread.
 */
#include "views/evidence.h"
#include "views/situation.h"
#include <stdio.h>
#include <string.h>

static size_t add_session(
	const struct evidence *evidence, struct view_id ids[VIEW_IDS_MAX], size_t count)
{
	const struct session *session = evidence->subject.session;
	const struct analysis *analysis = evidence->subject.analysis;

	if (session) {
		count = view_add_id(ids, count,
			session_is_recording(session) ? "recording" : "session", session->id);
		count = view_add_id(ids, count, "delivery", session->delivery_id);
		count = view_add_id(ids, count, "container", session->container_id);
	}
	if (analysis && analysis->is_found) {
		count = view_add_id(ids, count, "container", analysis->run.container_id);
		count = view_add_id(ids, count, "run", analysis->run.run_id);
		count = view_add_id(ids, count, "request", analysis->run.request_id);
	}
	return session ? view_add_id(ids, count, "correlation", session->correlation_id) : count;
}

static const struct capture *find_capture(const struct evidence *evidence, const char *id)
{
	for (size_t i = 0; id && *id && i < evidence->count; i++)
		if (strcmp(evidence->captures[i]->id, id) == 0)
			return evidence->captures[i];
	return evidence->form == EVIDENCE_NONE ? NULL : evidence_shown(evidence)->capture;
}

static const char *kind_of(const struct evidence *evidence, const struct capture *capture)
{
	if (!evidence_is_recorded(evidence))
		return "capture";
	return captures_event(evidence->subject.captures, capture) ? "event" : "segment";
}

bool evidence_bucket_key(char *dst, size_t dst_bytes, const struct capture *capture)
{
	size_t bytes = 0;

	if (capture->object_key && capture->bucket && *capture->bucket)
		bytes = (size_t)snprintf(
			dst, dst_bytes, "%s/%s", capture->bucket, capture->object_key);
	return bytes > 0 && bytes < dst_bytes;
}

size_t evidence_add_ids(const struct evidence *evidence, const char *capture_id,
	struct view_id ids[VIEW_IDS_MAX], size_t count)
{
	const struct capture *capture = find_capture(evidence, capture_id);
	const char *key = evidence_shown(evidence)->key;
	char key_in_bucket[VIEW_ID_BYTES];

	count = add_session(evidence, ids, count);
	if (!capture)
		return key && picture_key_is_object(key)
			? view_add_id(ids, count, "object key", key)
			: count;
	count = view_add_id(ids, count, "camera", capture->camera_id);
	count = view_add_id(ids, count, "object key", capture->object_key);
	if (evidence->subject.is_of_camera)
		count = view_add_id(ids, count, "session", capture->session_id);
	count = view_add_id(ids, count, kind_of(evidence, capture), capture->id);
	return evidence_bucket_key(key_in_bucket, sizeof(key_in_bucket), capture)
		? view_add_id(ids, count, "bucket/key", key_in_bucket)
		: count;
}

size_t evidence_wants(
	const struct evidence *evidence, struct demand demands[VIEW_DEMANDS_MAX], size_t count)
{
	const struct event *event = evidence_event(evidence);

	if (!event)
		return count;
	return matter_wants_one(MATTER_EVENT, evidence->subject.site, event->id, demands, count);
}
