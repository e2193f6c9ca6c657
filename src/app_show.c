/* The console's drawing: one canvas a frame, its pictures, and what that makes wanted of the
 * poller. Main thread. */
#include "app_parts.h"

#include "store/store.h"
#include <string.h>

enum { KEYS_BYTES = 64 };

/* ---- what is on screen is what is fetched ---- */

void app_demand(struct app *app, int64_t until_ms, int64_t asked_at_ms)
{
	struct view_context lent = app_context(app);
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(app_top(app), &lent, demands);
	for (size_t i = 0; i < count; i++) {
		demands[i].until = until_ms;
		demands[i].asked_at = asked_at_ms;
		pipe_demand(app->pipe, &demands[i]);
	}
}

static void add_to_digest(uint64_t *digest, const char *text)
{
	do
		*digest = (*digest ^ (unsigned char)*text) * UINT64_C(1099511628211);
	while (*text++);
}

/* What is asked, whatever until when. */
static uint64_t demands_digest(const struct app *app)
{
	struct view_context lent = app_context(app);
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(app_top(app), &lent, demands);
	uint64_t digest = UINT64_C(14695981039346656037);
	for (size_t i = 0; i < count; i++) {
		add_to_digest(&digest, demands[i].site);
		add_to_digest(&digest, demands[i].feed);
		add_to_digest(&digest, demands[i].subject);
	}
	return digest;
}

/* Before they end, and at once where a view has come to know what else it wants. */
void app_renew_demands(struct app *app)
{
	if (app->is_paused)
		return;
	uint64_t digest = demands_digest(app);
	if (digest == app->demands_told && app->mono_ms < app->demands_renewed_ms + DEMAND_RENEW_MS)
		return;
	app->demands_told = digest;
	app->demands_renewed_ms = app->mono_ms;
	app_demand(app, app->now_ms + DEMAND_LEASE_MS, UNKNOWN);
}

/* Told when they change, and again before they end. */
void app_wish_pictures(struct app *app)
{
	struct picture_wish wishes[PICTURE_WISHES_MAX];
	bool is_changed;
	if (app->is_paused || app->mono_ms < app->wishes_told_ms + WISHES_SPACING_MS)
		return;
	size_t count = pictures_wishes(app->pictures, wishes, &is_changed);
	bool is_due = count > 0 && app->mono_ms >= app->wishes_told_ms + DEMAND_RENEW_MS;
	if (!is_changed && !is_due)
		return;
	if (count == 0 && app->wish_count == 0)
		return;
	for (size_t i = 0; i < count; i++)
		wishes[i].until = app->now_ms + DEMAND_LEASE_MS;
	pipe_wish_pictures(app->pipe, wishes, count);
	app->wishes_told_ms = app->mono_ms;
	app->wish_count = count;
}

static void tell_seen(struct app *app)
{
	const char *site, *key;
	while (pictures_seen(app->pictures, &site, &key))
		pipe_touch_picture(app->pipe, site, key);
}

void app_tell_copy(struct app *app)
{
	struct err words;
	if (app->copy.bytes.len > 0) {
		term_send(app->term, app->copy.bytes.data, app->copy.bytes.len);
		buf_clear(&app->copy.bytes);
	}
	if (copy_words(&app->copy, &words))
		app_say(app, words.text);
	term_take_paste(app->term, app->prompt.is_open || copy_takes_paste(&app->copy));
	term_take_mouse(app->term, !app->leaves_mouse && !copy_frees_mouse(&app->copy));
}

/* ---- pictures or not ---- */

bool app_is_slow(const struct app *app)
{
	const char *given = app->options->config->low_bandwidth;
	if (strcmp(given, "auto") == 0)
		return term_capabilities(app->term)->is_slow;
	return strcmp(given, "yes") == 0;
}

bool app_shows_pictures(const struct app *app)
{
	if (term_capabilities(app->term)->rung == RUNG_TEXT || app->hides_pictures)
		return false;
	return !app_is_slow(app) || app->wants_pictures;
}

/* ---- drawing ---- */

/* The clock and every age move on; over a slow link ten times less often. */
bool app_may_paint(const struct app *app)
{
	if (!app_is_slow(app))
		return true;
	if (term_backlog_bytes(app->term) > 0)
		return false;
	return app->was_key || app->mono_ms >= app->last_paint_ms + FRAME_SPACING_MS;
}

static void draw_view(struct app *app, const struct view_context *lent)
{
	struct frame frame = {
		.view = app_top(app),
		.tab = app->stack.tab,
		.is_paused = app->is_paused,
		.is_offline = app->options->is_offline,
		.is_poller = pipe_is_poller(app->pipe),
		.is_read_only = app->options->is_read_only,
		.is_slow = app_is_slow(app),
		.has_mouse = term_has_mouse(app->term),
		.message = app->mono_ms < app->message_until_ms ? app->message : NULL,
	};
	struct area area = frame_draw(&frame, lent, &app->canvas);
	if (area.rows != app->rows) {
		app->rows = area.rows;
		view_query(app_top(app), lent, app->rows);
	}
	if (area.rows > 0)
		view_draw(app_top(app), lent, &app->canvas, area);
}

/* The first key of it. */
static void name_retry(const struct app *app, char dst[KEYS_BYTES])
{
	keymap_keys(&app->options->config->keymap, ACTION_REFRESH, dst, KEYS_BYTES);
	dst[strcspn(dst, " ")] = '\0';
}

static void place_pictures(struct app *app)
{
	char retry[KEYS_BYTES];
	const char *missing = app->options->is_offline ? "not in the cache"
		: app->is_paused                       ? "not fetched: paused"
						       : NULL;
	name_retry(app, retry);
	pictures_set_words(app->pictures, missing, missing || !retry[0] ? NULL : retry);
	pictures_place(app->pictures, &app->canvas, term_capabilities(app->term), app_is_slow(app));
	pictures_set_words(app->pictures, NULL, NULL);
}

void app_paint(struct app *app)
{
	struct view_context lent = app_context(app);
	canvas_clear(&app->canvas);
	app->canvas.is_ascii = app->options->is_ascii;
	draw_view(app, &lent);
	place_pictures(app);
	int cursor_row = -1, cursor_column = -1;
	if (app->prompt.is_open) {
		cursor_row = app->canvas.rows - 1;
		cursor_column = prompt_draw(&app->prompt, &app->canvas, cursor_row);
	}
	copy_draw(&app->copy, &app->canvas, &cursor_row, &cursor_column);
	term_draw(app->term, &app->canvas, cursor_row, cursor_column);
	app->is_dirty = app->was_key = false;
	app->last_paint_ms = app->mono_ms;
	tell_seen(app);
}
