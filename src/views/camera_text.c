/* What a camera's view says in words: its identity, its health, its captures, its history. Owns
 * nothing; main thread. */
#include "model/badge.h"
#include "views/camera_parts.h"
#include "views/debug.h"
#include "views/title.h"
#include "views/words.h"
#include <math.h>
#include <stdio.h>

/* ---- head ---- */

int camera_draw_title(
	void *data, const struct view_context *context, struct canvas *canvas, struct area area)
{
	const struct camera_view *state = data;
	const struct camera *camera = &state->dossier.camera;
	const char *word = camera->status && *camera->status ? camera->status : "unknown";
	struct title title = title_begin(canvas, area);

	title_add_badge(&title, badge_camera(camera->status), word, context->is_ascii);
	if (camera_is_stale(camera, context->now_ms))
		title_add(&title, ROLE_STALE, "! Stale");
	title_add(&title, ROLE_STRONG, camera_name(camera));
	title_add(&title, ROLE_DIM, camera->site);
	return 1;
}

static void pair_number(struct doc *doc, const char *label, int64_t value, const char *unit)
{
	char words[WORDS_BYTES];

	if (value == UNKNOWN)
		return;
	snprintf(words, sizeof(words), "%lld%s", (long long)value, unit);
	doc_pair(doc, label, ROLE_TEXT, words);
}

static void pair_text(struct doc *doc, const char *label, const char *value)
{
	if (value && *value)
		doc_pair(doc, label, ROLE_TEXT, value);
}

static void write_identity(
	struct doc *doc, const struct camera *camera, const struct view_context *context)
{
	char words[WORDS_BYTES];

	doc_pair_id(doc, "Id", ROLE_TEXT, camera->id);
	words_when(words, camera->last_seen, camera->last_seen_raw, context->now_ms);
	doc_pair(doc, "Last seen", ROLE_TEXT, words);
	words_when(words, camera->last_capture_at, NULL, context->now_ms);
	if (camera->last_capture_at != UNKNOWN)
		doc_pair(doc, "Last capture", ROLE_TEXT, words);
	else
		doc_pair(doc, "Last capture", ROLE_DIM,
			camera->total_captures == 0 ? "no captures yet" : "not reported");
	if (camera->container_id && *camera->container_id)
		doc_pair_id(doc, "Container", ROLE_TEXT, camera->container_id);
	if (camera->container_id && camera->position != UNKNOWN)
		doc_printf(doc, 0, ROLE_DIM, "  position %lld", (long long)camera->position);
	pair_text(doc, "IP address", camera->ip_address);
	if (camera->mac_address && *camera->mac_address)
		doc_pair_id(doc, "MAC address", ROLE_TEXT, camera->mac_address);
	pair_text(doc, "Firmware", camera->firmware_version);
	words_when(words, camera->paired_at, NULL, context->now_ms);
	if (camera->paired_at != UNKNOWN)
		doc_pair(doc, "Paired", ROLE_TEXT, words);
}

/* ---- health ---- */

static bool has_health(const struct camera *camera)
{
	return camera->rssi != UNKNOWN || camera->heap != UNKNOWN ||
		camera->uptime_seconds != UNKNOWN || camera->quality ||
		camera->error_count != UNKNOWN || camera->resolution;
}

static void write_signal(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	const struct camera *camera = &state->dossier.camera;
	char words[WORDS_BYTES];
	enum role role = signal_words(words, sizeof(words), camera, context->is_ascii);

	if (camera->rssi == UNKNOWN && !camera->quality)
		return;
	doc_pair(doc, "Signal", role, words);
	if (camera->quality)
		doc_printf(doc, 0, ROLE_TEXT, "  %s", camera->quality);
	if (state->trend[0] && columns >= 80)
		doc_printf(doc, 0, ROLE_DIM, "  %s", state->trend);
}

static void write_success(struct doc *doc, const struct camera *camera)
{
	char words[WORDS_BYTES];

	if (camera->total_captures == UNKNOWN)
		return;
	if (camera->total_captures == 0) {
		doc_pair(doc, "Captures", ROLE_TEXT, "no captures yet");
		return;
	}
	snprintf(words, sizeof(words), "%lld", (long long)camera->total_captures);
	doc_pair(doc, "Captures", ROLE_TEXT, words);
	if (camera->failed_captures != UNKNOWN)
		doc_printf(doc, 0, camera->failed_captures > 0 ? ROLE_WARN : ROLE_DIM,
			", %lld failed", (long long)camera->failed_captures);
	if (!isnan(camera->capture_success_rate))
		doc_printf(doc, 0, ROLE_DIM, ", %.0f %% succeed",
			floor(camera->capture_success_rate * 100));
}

static void write_errors(
	struct doc *doc, const struct camera *camera, const struct view_context *context)
{
	char words[WORDS_BYTES];

	if (camera->error_count != UNKNOWN) {
		snprintf(words, sizeof(words), "%lld", (long long)camera->error_count);
		doc_pair(doc, "Errors", camera->error_count > 0 ? ROLE_WARN : ROLE_TEXT, words);
	}
	pair_text(doc, "Last error", camera->last_error);
	words_when(words, camera->last_error_at, NULL, context->now_ms);
	if (camera->last_error_at != UNKNOWN)
		doc_pair(doc, "Last error at", ROLE_TEXT, words);
}

static void write_health(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	const struct camera *camera = &state->dossier.camera;
	char words[WORDS_BYTES];

	doc_heading(doc, "Health");
	if (!has_health(camera)) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no diagnostics for this camera");
	}
	write_signal(doc, state, context, columns);
	if (camera->heap != UNKNOWN) {
		words_kilobytes(words, camera->heap);
		doc_pair(doc, "Free heap", ROLE_TEXT, words);
	}
	words_uptime(words, camera->uptime_seconds);
	if (camera->uptime_seconds != UNKNOWN)
		doc_pair(doc, "Uptime", ROLE_TEXT, words);
	pair_text(doc, "Resolution", camera->resolution);
	if (!isnan(camera->frame_rate)) {
		snprintf(words, sizeof(words), "%.1f fps", camera->frame_rate);
		doc_pair(doc, "Frame rate", ROLE_TEXT, words);
	}
	if (!isnan(camera->average_capture_ms))
		pair_number(doc, "Capture takes", (int64_t)camera->average_capture_ms, " ms");
	write_success(doc, camera);
	write_errors(doc, camera, context);
}

/* ---- captures and history ---- */

static void write_captures(struct doc *doc, const struct camera_view *state,
	const struct view_context *context, int columns)
{
	doc_heading(doc, "Captures of the sessions seen");
	if (state->dossier.captures.page.count > 0) {
		captures_write(&state->dossier.captures, doc, context, columns, true);
		return;
	}
	doc_line(doc);
	doc_text(doc, 0, ROLE_TEXT,
		state->dossier.camera.total_captures == 0 ? "no captures yet"
							  : "none in the sessions opened so far");
}

static void write_history(
	struct doc *doc, const struct camera_view *state, const struct view_context *context)
{
	char when[WORDS_BYTES], words[WORDS_BYTES];

	doc_heading(doc, "History");
	if (state->changes.count == 0) {
		doc_line(doc);
		doc_text(doc, 0, ROLE_DIM, "no change of status seen yet");
	}
	for (size_t i = 0; i < state->changes.count; i++) {
		const struct change *change = page_row(&state->changes, change, i);
		const struct badge *badge = badge_camera(change->status);

		words_badge(words, badge, change->status ? change->status : "unknown",
			context->is_ascii);
		words_when(when, change->at, NULL, context->now_ms);
		doc_line(doc);
		doc_text(doc, 0, role_of_tone(badge->tone), words);
		doc_text(doc, 18, ROLE_TEXT, when);
	}
}

void camera_write_not_found(struct doc *doc, const struct view *view, const void *data,
	const struct view_context *context, int columns)
{
	const struct camera_view *state = data;
	const struct feed *feed = dossier_feed(&state->dossier, CAMERA_LIST, view_site(view));
	char text[SITUATION_BYTES];

	if (feed && feed->last_ok != UNKNOWN)
		snprintf(text, sizeof(text), "this camera is no longer registered");
	else
		situation_empty(text, MATTER_CAMERAS, view_site(view), feed, context->now_ms);
	dossier_write_none(doc, view, text, columns);
	write_captures(doc, state, context, columns);
}

void camera_write(
	struct doc *doc, const void *data, const struct view_context *context, int columns)
{
	const struct camera_view *state = data;
	const struct feed *feed =
		dossier_feed(&state->dossier, CAMERA_ITEM, state->dossier.camera.site);

	bool is_recorded = camera_is_of_recorder(&state->dossier.camera);

	if (is_recorded) {
		camera_write_recorded(doc, state, context, columns);
	} else {
		write_identity(doc, &state->dossier.camera, context);
		write_health(doc, state, context, columns);
		write_captures(doc, state, context, columns);
	}
	write_history(doc, state, context);
	doc_heading(doc, "Debug");
	if (!is_recorded)
		debug_feed(doc, "diagnostics", feed, has_health(&state->dossier.camera), context,
			columns);
	feed = dossier_feed(&state->dossier, CAMERA_LIST, state->dossier.camera.site);
	debug_feed(doc, "camera lists", feed, true, context, columns);
}
