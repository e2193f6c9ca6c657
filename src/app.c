/* The console: waits for keys, changes and time; asks the view on top its data; draws once a turn.
 * With app_act.c and app_show.c the only files that know pipe, terminal and views together. Main
 * thread. */
#include "app_parts.h"

#include "base/log.h"
#include "store/store.h"
#include <string.h>
#include <unistd.h>

struct view *app_top(const struct app *app)
{
	return stack_top(&app->stack);
}

struct view_context app_context(const struct app *app)
{
	const struct capabilities *capabilities = term_capabilities(app->term);
	/* Or each key would send all ages along. */
	int64_t coarse_ms = app_is_slow(app) ? app->now_ms % AGES_SLOW_MS : 0;
	return (struct view_context){
		.reader = pipe_reader(app->pipe),
		.now_ms = app->now_ms - coarse_ms,
		.is_ascii = app->options->is_ascii,
		.has_many_sites = app->options->config->site_count > 1,
		.sites = app->sites,
		.site_count = app->options->config->site_count,
		.has_recorders = config_has_recorders(app->options->config),
		.has_only_recorders = config_has_only_recorders(app->options->config),
		.keymap = &app->options->config->keymap,
		.setup_hint = app->options->setup_hint,
		.shows_pictures = app_shows_pictures(app),
		.can_show_pictures = capabilities->rung != RUNG_TEXT,
		.cell_width_px = capabilities->cell_width_px,
		.cell_height_px = capabilities->cell_height_px,
	};
}

void app_say(struct app *app, const char *text)
{
	snprintf(app->message, sizeof(app->message), "%s", text);
	app->is_views_message = false;
	app->message_until_ms = app->mono_ms + MESSAGE_MS;
	app->is_dirty = true;
}

/* A prompt, and clicks on what was drawn before, are of the view that was on top. */
void app_arrive(struct app *app)
{
	app->prompt.is_open = false;
	app->clicked_ms = LONG_AGO_MS;
	canvas_clear_spots(&app->canvas);
	if (app->is_views_message)
		app->message_until_ms = LONG_AGO_MS;
	app->demands_renewed_ms = LONG_AGO_MS;
	app->needs_query = app->is_dirty = true;
	app->wants_pictures = false;
	app->last_query_ms = LONG_AGO_MS;
	app_renew_demands(app);
}

/* ---- one turn ---- */

static bool resize(struct app *app, struct err *err)
{
	int rows, columns;
	term_size(app->term, &rows, &columns);
	canvas_release(&app->canvas);
	app->needs_query = app->is_dirty = true;
	app->last_query_ms = LONG_AGO_MS;
	return canvas_init(&app->canvas, rows, columns) || err_set(err, "out of memory");
}

static bool take_signals(struct app *app, struct err *err)
{
	uint32_t signals = app->loop.signals;
	if (signals & LOOP_TERM)
		app->is_over = true;
	if (signals & LOOP_TSTP) {
		term_suspend(app->term);
		app_refresh(app); /* what is on screen may be hours old */
	}
	if (signals & (LOOP_WINCH | LOOP_CONT | LOOP_TSTP)) {
		term_resize(app->term);
		term_invalidate(app->term);
		return resize(app, err);
	}
	return true;
}

static void take_changes(struct app *app)
{
	uint32_t changed = pipe_changed(app->pipe);
	struct err notice;
	if (pipe_notice(app->pipe, &notice))
		app_say(app, notice.text);
	if (changed & STORE_CHANGED(NOUN_PICTURE))
		pictures_recheck(app->pictures);
	changed &= view_ops(app_top(app))->watches;
	if (app->is_paused || !changed)
		return;
	bool is_age_only = changed == STORE_CHANGED(NOUN_FEED);
	if (is_age_only && app->mono_ms < app->last_query_ms + AGES_SPACING_MS)
		app->needs_ages = true;
	else
		app->needs_query = true;
}

/* What was drawn, what tmux and the clipboard's helpers answered. */
static void take_results(struct app *app)
{
	struct err words;
	app->is_dirty |= pictures_take(app->pictures, &words);
	if (words.text[0])
		app_say(app, words.text);
	if (pictures_give_up(app->pictures, app->now_ms,
		    app->is_paused || app->options->is_offline ? 0 : SAVE_PATIENCE_MS, &words))
		app_say(app, words.text);
	app->is_dirty |= term_tick(app->term);
	if (copy_tick(&app->copy))
		app->is_dirty = true;
	app_tell_copy(app);
}

static void query(struct app *app)
{
	if (app->needs_ages && app->mono_ms >= app->last_query_ms + AGES_SPACING_MS)
		app->needs_query = true;
	if (!app->needs_query || app->mono_ms < app->last_query_ms + QUERY_SPACING_MS)
		return;
	struct view_context lent = app_context(app);
	view_query(app_top(app), &lent, app->rows);
	app->last_query_ms = app->mono_ms;
	app->needs_query = app->needs_ages = false;
	app->is_dirty = true;
	app_renew_demands(app);
}

static int timeout_ms(const struct app *app)
{
	int64_t next = 1000 - app->now_ms % 1000; /* the clock and every age */
	if (app->needs_query && app->last_query_ms + QUERY_SPACING_MS - app->mono_ms < next)
		next = app->last_query_ms + QUERY_SPACING_MS - app->mono_ms;
	if (app->is_dirty && next > BACKLOG_MS) /* the link was not ready for it */
		next = BACKLOG_MS;
	if (app->mono_ms < app->wishes_told_ms + WISHES_SPACING_MS && next > WISHES_SPACING_MS)
		next = WISHES_SPACING_MS;
	return next < 0 ? 0 : (int)next;
}

static void look_at_clocks(struct app *app)
{
	app->now_ms = clock_now_ms();
	app->mono_ms = clock_monotonic_ms();
}

/* These come and go. */
static void set_descriptors(struct app *app)
{
	app->loop.descriptors[4] = term_descriptor(app->term);
	app->loop.descriptors[5] = copy_descriptor(&app->copy);
}

static bool turn(struct app *app, struct err *err)
{
	int64_t before = app->now_ms;
	set_descriptors(app);
	loop_wait(&app->loop, timeout_ms(app));
	look_at_clocks(app);
	if (app->now_ms / 1000 != before / 1000) {
		int64_t step = app_is_slow(app) ? AGES_SLOW_MS : 1000;
		app->is_dirty |= app->now_ms / step != before / step;
		pipe_tick(app->pipe);
		app_renew_demands(app);
	}
	if (!take_signals(app, err))
		return false;
	take_changes(app);
	app_read_keys(app);
	take_results(app);
	query(app);
	if (app->is_dirty && !app->is_over && app_may_paint(app))
		app_paint(app);
	app_wish_pictures(app);
	return true;
}

static enum images images_by_name(const char *name)
{
	static const char *const names[] = {[IMAGES_AUTO] = "auto",
		[IMAGES_SIXEL] = "sixel",
		[IMAGES_BLOCKS] = "blocks",
		[IMAGES_ASCII] = "ascii",
		[IMAGES_OFF] = "off"};
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], name) == 0)
			return (enum images)i;
	return IMAGES_AUTO;
}

static bool open_all(struct app *app, const struct app_options *options, struct err *err)
{
	app->options = options;
	copy_init(&app->copy);
	app->clicked_ms = app->wishes_told_ms = LONG_AGO_MS;
	look_at_clocks(app);
	for (size_t i = 0; i < options->config->site_count; i++)
		app->sites[i] = options->config->sites[i].name;
	struct pipe_options pipe = {.config = options->config,
		.path = options->path,
		.is_offline = options->is_offline || options->config->site_count == 0};
	if (!loop_init(&app->loop, err))
		return false;
	app->pipe = pipe_open(&pipe, err);
	app->pictures = app->pipe ? pictures_open(options->path, err) : NULL;
	if (!app->pictures)
		return false;
	struct term_options term = {.theme = options->theme,
		.color = strcmp(options->config->color, "never") == 0   ? TERM_COLOR_NEVER
			: strcmp(options->config->color, "always") == 0 ? TERM_COLOR_ALWAYS
									: TERM_COLOR_AUTO,
		.log_descriptor = log_descriptor(),
		.images = images_by_name(options->config->images),
		.is_utf8 = options->is_utf8,
		.has_mouse = options->config->has_mouse == 1};
	app->leaves_mouse = !term.has_mouse;
	app->term = term_open(&term, err);
	if (!app->term || !resize(app, err))
		return false;
	if (!stack_init(&app->stack))
		return err_set(err, "out of memory");
	if (term_note(app->term))
		app_say(app, term_note(app->term));
	app->loop.descriptors[0] = STDIN_FILENO;
	pipe_descriptors(app->pipe, app->loop.descriptors + 1);
	app->loop.descriptors[3] = pictures_descriptor(app->pictures);
	return true;
}

static void close_all(struct app *app)
{
	stack_release(&app->stack);
	canvas_release(&app->canvas);
	term_close(app->term); /* the user has the prompt back before the lanes wind down */
	copy_release(&app->copy);
	pictures_close(app->pictures);
	pipe_close(app->pipe);
}

bool app_run(const struct app_options *options, struct err *err)
{
	struct app *app = calloc(1, sizeof(*app));
	if (!app)
		return err_set(err, "out of memory");
	bool is_fine = open_all(app, options, err);
	if (is_fine) {
		app_paint(app); /* from the cache, before any network */
		pipe_tick(app->pipe);
		app_arrive(app);
	}
	while (is_fine && !app->is_over)
		is_fine = turn(app, err);
	close_all(app);
	free(app);
	return is_fine;
}
