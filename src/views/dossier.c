/* Reads things with their evidence. Owns their arena and pages; main thread. Their view:
 * dossier_view.c. */
#include "views/dossier.h"

enum { ARENA_BYTES = 1 << 18 };

bool dossier_init(struct dossier *dossier, enum dossier_kind kind)
{
	*dossier = (struct dossier){.kind = kind, .arena = arena_new(ARENA_BYTES)};
	captures_init(&dossier->captures);
	evidence_init(&dossier->evidence);
	return analysis_init(&dossier->analysis) && dossier->arena;
}

void dossier_release(void *state)
{
	struct dossier *dossier = state;

	detail_release(&dossier->detail);
	for (size_t i = 0; dossier->def && i < dossier->def->feed_count; i++)
		feeds_release(&dossier->feeds[i]);
	arena_free(dossier->arena);
	captures_release(&dossier->captures);
	analysis_release(&dossier->analysis);
	evidence_release(&dossier->evidence);
}

bool dossier_is_recording(const struct dossier *dossier)
{
	return dossier->kind <= DOSSIER_RECORDING && dossier->is_found &&
		session_is_recording(&dossier->session);
}

static void read_session(struct dossier *dossier, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	dossier->is_found = reader_one(context->reader, NOUN_SESSION, site, id, NULL,
		dossier->arena, &dossier->session, err);
	if (dossier_is_recording(dossier))
		captures_read_recording(&dossier->captures, context, site, id, err);
	else
		captures_read(&dossier->captures, context, site, "session_id", id, err);
	analysis_read_session(&dossier->analysis, context, site, id, err);
}

/* The session in the list knows what the recording does not: that it is no longer reported. */
static void read_recording(struct dossier *dossier, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	struct session listed;

	captures_read_recording(&dossier->captures, context, site, id, err);
	dossier->is_found = reader_one(context->reader, NOUN_RECORDING, site, id, NULL,
		dossier->arena, &dossier->recording, err);
	if (!dossier->is_found)
		return;
	recording_session(&dossier->recording, &dossier->session);
	if (reader_one(
		    context->reader, NOUN_SESSION, site, id, NULL, dossier->arena, &listed, NULL))
		dossier->session.vanished_at = listed.vanished_at;
}

static void read_camera(struct dossier *dossier, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	dossier->is_found = reader_one(context->reader, NOUN_CAMERA, site, id, NULL, dossier->arena,
		&dossier->camera, err);
	if (dossier->is_found && camera_is_of_recorder(&dossier->camera))
		captures_read_recorded(&dossier->captures, context, site, id, err);
	else
		captures_read(&dossier->captures, context, site, "camera_id", id, err);
}

static void read_event(struct dossier *dossier, const struct view_context *context,
	const char *site, const char *id, struct err *err)
{
	captures_read_event(&dossier->captures, context, site, id, err);
	dossier->is_found = dossier->captures.events.count > 0;
	if (dossier->is_found)
		dossier->event = *page_row(&dossier->captures.events, event, 0);
}

/* By kind. */
static void (*const reads[])(struct dossier *dossier, const struct view_context *context,
	const char *site, const char *id, struct err *err) = {
	[DOSSIER_SESSION] = read_session,
	[DOSSIER_RECORDING] = read_recording,
	[DOSSIER_CAMERA] = read_camera,
	[DOSSIER_EVENT] = read_event,
};

void dossier_read(struct dossier *dossier, const struct view_context *context, const char *site,
	const char *id, struct err *err)
{
	enum dossier_kind kind = dossier->kind;
	bool is_of_session = kind == DOSSIER_SESSION || kind == DOSSIER_RECORDING;
	bool is_of_camera = kind == DOSSIER_CAMERA;
	struct evidence_subject subject = {.site = site,
		.captures = &dossier->captures,
		.is_of_camera = is_of_camera,
		.is_of_event = kind == DOSSIER_EVENT};

	arena_reset(dossier->arena);
	reads[kind](dossier, context, site, id, err);
	subject.session = is_of_session && dossier->is_found ? &dossier->session : NULL;
	subject.camera = is_of_camera && dossier->is_found ? &dossier->camera : NULL;
	subject.analysis = kind == DOSSIER_SESSION ? &dossier->analysis : NULL;
	evidence_read(&dossier->evidence, context, &subject, err);
}
