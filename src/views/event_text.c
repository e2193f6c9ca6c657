/* What an event's view says in words: its title, its head, who was told, its metadata. Owns
 * nothing; main thread. */
#include "base/text.h"
#include "model/badge.h"
#include "model/span.h"
#include "views/debug.h"
#include "views/event_parts.h"
#include "views/title.h"
#include "views/tree.h"
#include "views/words.h"
#include <stdio.h>
#include <string.h>

enum { MARGIN_CELLS = 2, MARGINS = 4, NARROW_COLUMNS = 70 };
/* Writers are a little behind what they see; more is worth a line (edge case 105). */
enum { LATE_MS = 10000 };

/* ---- title ---- */

static const char *type_of(const struct event *event)
{
	return event->type && *event->type ? event->type : "no type";
}

int event_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area)
{
	const struct event_view *state = data;
	const struct event *event = &state->dossier.event;
	struct title title = title_begin(canvas, area);
	char words[WORDS_BYTES];

	title_add_badge(&title, badge_event(event->type), type_of(event), context->is_ascii);
	if (area.columns < NARROW_COLUMNS)
		clock_short(words, event->at, context->now_ms);
	else
		words_when(words, event->at, NULL, context->now_ms);
	title_add(&title, ROLE_TEXT, event->at == UNKNOWN ? "no time" : words);
	title_add_id(&title, ROLE_STRONG,
		state->camera_name[0] ? state->camera_name : "unknown camera", event->camera_id);
	confidence_text(words, sizeof(words), event->confidence);
	if (words[0] == '-')
		title_add(&title, ROLE_DIM, "confidence not known");
	else
		title_add(&title, ROLE_STRONG, words);
	title_add(&title, ROLE_DIM, event->site);
	return 1;
}

/* ---- lines ---- */

void event_write_value(struct doc *doc, const char *label, enum role role, int columns,
	const char *text, bool is_id)
{
	bool is_long = EVENT_VALUE_CELLS + text_width(text) > columns - MARGINS;

	if (*label || !is_long)
		doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, label);
	if (is_long && is_id)
		doc_paragraph_id(doc, MARGIN_CELLS, columns - MARGINS, role, text);
	else if (is_long)
		doc_paragraph(doc, MARGIN_CELLS, columns - MARGINS, role, text);
	else if (is_id)
		doc_id(doc, EVENT_VALUE_CELLS, role, text);
	else
		doc_text(doc, EVENT_VALUE_CELLS, role, text);
}

static void write_camera(struct doc *doc, const struct event_view *state)
{
	const struct event *event = &state->dossier.event;
	const char *id = event->camera_id;

	if (!id || !*id) {
		doc_pair(doc, "Camera", ROLE_WARN, "unknown camera");
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_DIM, "Camera");
	doc_id_as(doc, EVENT_VALUE_CELLS, ROLE_STRONG, state->camera_name, id);
	if (state->camera_name[0] == '[')
		doc_text(doc, 0, ROLE_DIM, "  no such camera");
	else if (strcmp(state->camera_name, id) != 0)
		doc_printf(doc, 0, ROLE_DIM, "  %s", id);
	detail_link(doc, &view_camera, event->site, id, "camera");
}

/* ---- the rest of the head ---- */

static void write_written(
	struct doc *doc, const struct event *event, const struct view_context *context)
{
	int64_t late = time_span(event->at, event->created_at);
	char at[CLOCK_TEXT_BYTES], length[WORDS_BYTES];

	if (late == UNKNOWN || late <= LATE_MS)
		return;
	clock_short(at, event->created_at, context->now_ms);
	words_length(length, late);
	doc_pair(doc, "Written", ROLE_TEXT, at);
	doc_printf(doc, 0, ROLE_WARN, "  %s after it happened", length);
}

/* Case 98: a path that cannot be fetched is text, at least. */
static void write_thumbnail(struct doc *doc, const struct event_view *state, int columns)
{
	const struct event *event = &state->dossier.event;
	const struct exhibit *shown = evidence_shown(&state->dossier.evidence);

	if (event->thumbnail_path && *event->thumbnail_path)
		event_write_value(doc, "Thumbnail", ROLE_DIM, columns, event->thumbnail_path, true);
	if (!shown->key && shown->words[0])
		event_write_value(doc,
			event->thumbnail_path && *event->thumbnail_path ? "" : "Thumbnail",
			ROLE_WARN, columns, shown->words, false);
}

static void write_gone(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const char *site = state->dossier.event.site;
	const struct feed *feed = dossier_feed(&state->dossier, EVENT_ITEM, site);
	char text[SITUATION_BYTES];

	if (!feed || !feed->state || strcmp(feed->state, "not_found") != 0)
		return;
	situation_empty(text, MATTER_EVENT, site, feed, context->now_ms);
	doc_paragraph(doc, 0, columns - MARGINS, ROLE_WARN, text);
}

/* ---- who was told ---- */

static void write_notification(struct doc *doc, const struct notification *notification,
	const struct view_context *context, int columns)
{
	const char *severity = notification_severity(notification);
	const struct badge *badge = badge_notification(severity);
	bool has_title = notification->title && *notification->title;
	char words[WORDS_BYTES];

	words_badge(words, badge, severity, context->is_ascii);
	doc_line(doc);
	doc_text(doc, 0, role_of_tone(badge->tone), words);
	doc_id_as(doc, 12, ROLE_STRONG, has_title ? notification->title : "(without a title)",
		notification->id);
	words_when(words, notification_at(notification), NULL, context->now_ms);
	doc_line(doc);
	doc_printf(doc, MARGIN_CELLS, ROLE_DIM, "%s · %s · to %s", words,
		notification_is_unread(notification) ? "unread"
			: notification->status       ? notification->status
						     : "read",
		notification->username          ? notification->username
			: notification->user_id ? notification->user_id
						: "everyone");
	if (notification->message && *notification->message)
		doc_paragraph(
			doc, MARGIN_CELLS, columns - MARGINS, ROLE_TEXT, notification->message);
}

static void write_notifications(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const char *site = state->dossier.event.site;
	const struct feed *feed = dossier_feed(&state->dossier, EVENT_NOTIFICATIONS, site);
	bool is_notable = situation_is_notable(feed, context->now_ms);
	char text[SITUATION_BYTES];

	doc_heading(doc, "Notifications");
	for (size_t i = 0; i < state->notifications.count; i++)
		write_notification(
			doc, page_row(&state->notifications, notification, i), context, columns);
	if (state->notifications.count > 0)
		return;
	situation_empty(text, MATTER_NOTIFICATIONS, site, feed, context->now_ms);
	if (!is_notable)
		snprintf(text, sizeof(text), "%s",
			feed && feed->last_ok != UNKNOWN ? "none about this event"
							 : "not read yet");
	doc_paragraph(doc, 0, columns - MARGINS, is_notable ? ROLE_WARN : ROLE_DIM, text);
}

/* ---- all of it ---- */

static void write_debug(struct doc *doc, const struct event_view *state,
	const struct view_context *context, int columns)
{
	const struct event *event = &state->dossier.event;
	const struct segment *segment = state->place.kind == PLACE_IN ? state->place.segment : NULL;

	doc_heading(doc, "Debug");
	debug_id(doc, "event_id", event->id, columns);
	debug_id(doc, "recording_id", event->recording_id, columns);
	debug_id(doc, "camera_id", event->camera_id, columns);
	debug_id(doc, "segment_id", segment ? segment->id : NULL, columns);
	debug_feed(doc, "event", dossier_feed(&state->dossier, EVENT_ITEM, event->site), true,
		context, columns);
	if (event->recording_id)
		debug_feed(doc, "segments", feeds_of(&state->segment_feeds, event->site),
			state->earlier.count + state->later.count > 0, context, columns);
	debug_feed(doc, "notifications",
		dossier_feed(&state->dossier, EVENT_NOTIFICATIONS, event->site),
		state->notifications.count > 0, context, columns);
}

void event_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns)
{
	const struct feed *feed = dossier_feed(data, EVENT_ITEM, view_site(view));
	char text[SITUATION_BYTES];

	situation_empty(text, MATTER_EVENT, view_site(view), feed, context->now_ms);
	dossier_write_none(doc, view, text, columns);
}

void event_write(struct doc *doc, const void *data, const struct view_context *context, int columns)
{
	const struct event_view *state = data;
	const struct event *event = &state->dossier.event;

	write_gone(doc, state, context, columns);
	write_camera(doc, state);
	event_write_recording(doc, state, context);
	event_write_segment(doc, state, context, columns);
	write_written(doc, event, context);
	write_thumbnail(doc, state, columns);
	event_write_objects(doc, state, context, columns);
	write_notifications(doc, state, context, columns);
	doc_heading(doc, "Metadata");
	tree_write(doc, event->metadata, columns);
	write_debug(doc, state, context, columns);
}
