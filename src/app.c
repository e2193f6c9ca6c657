/* The console: waits for keys, changes and time; asks the view on top its data; draws once a turn.
 * The only file that knows pipe, terminal and views together. Main thread. */
#include "app.h"

#include "base/log.h"
#include "base/loop.h"
#include "pipe.h"
#include "stack.h"
#include "store/store.h"
#include "ui/key.h"
#include "ui/prompt.h"
#include "ui/term.h"
#include "views/view.h"

enum {
	QUERY_SPACING_MS = 200,  /* a storm of changes asks the store this often at most */
	AGES_SPACING_MS = 1000,  /* and when only the ages of feeds changed, once a second */
	DEMAND_LEASE_MS = 30000, /* a demand ends by itself: another console may share it */
	DEMAND_RENEW_MS = 10000,
	REFRESH_LEASE_MS = 5000, /* a refresh asks for all once, it does not look at all */
	MESSAGE_MS = 6000,
	LONG_AGO_MS = -3600000
};

struct app {
	const struct app_options *options;
	struct pipe *pipe;
	struct term *term;
	struct loop loop;
	struct canvas canvas;
	struct stack stack;
	struct prompt prompt;
	char filter_before[PROMPT_BYTES];
	const char *sites[CONFIG_SITES_MAX];
	char message[VIEW_MESSAGE_BYTES];
	int64_t message_until_ms;
	int64_t now_ms;
	int64_t mono_ms; /* for what is due: the clock of the wall may be set back by hours */
	int64_t last_query_ms;
	int64_t demands_renewed_ms;
	int rows; /* of the view's area at the last draw */
	bool needs_query, needs_ages, is_dirty, is_paused, is_over;
};

static struct view *top(const struct app *app)
{
	return stack_top(&app->stack);
}

static struct view_context context(const struct app *app)
{
	return (struct view_context){
		.reader = pipe_reader(app->pipe),
		.now_ms = app->now_ms,
		.is_ascii = app->options->is_ascii,
		.has_many_sites = app->options->config->site_count > 1,
		.sites = app->sites,
		.site_count = app->options->config->site_count,
		.keymap = &app->options->config->keymap,
		.setup_hint = app->options->setup_hint,
	};
}

static void say(struct app *app, const char *text)
{
	snprintf(app->message, sizeof(app->message), "%s", text);
	app->message_until_ms = app->mono_ms + MESSAGE_MS;
	app->is_dirty = true;
}

/* ---- what is on screen is what is fetched ---- */

static void demand(struct app *app, int64_t until_ms, int64_t asked_at_ms)
{
	struct view_context lent = context(app);
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(top(app), &lent, demands);
	for (size_t i = 0; i < count; i++) {
		demands[i].until = until_ms;
		demands[i].asked_at = asked_at_ms;
		pipe_demand(app->pipe, &demands[i]);
	}
}

static void renew_demands(struct app *app)
{
	if (app->is_paused || app->mono_ms < app->demands_renewed_ms + DEMAND_RENEW_MS)
		return;
	app->demands_renewed_ms = app->mono_ms;
	demand(app, app->now_ms + DEMAND_LEASE_MS, UNKNOWN);
}

static void arrive(struct app *app)
{
	app->demands_renewed_ms = LONG_AGO_MS;
	app->needs_query = true;
	app->last_query_ms = LONG_AGO_MS;
	renew_demands(app);
}

static void open_view(struct app *app, const struct view_ops *ops, const char *site, const char *id)
{
	if (!stack_push(&app->stack, ops, site, id))
		say(app, "cannot open another view: go back first");
	arrive(app);
}

static void open_tab(struct app *app, size_t tab)
{
	if (tab >= view_tab_count)
		return;
	stack_show_tab(&app->stack, tab);
	arrive(app);
}

/* ---- actions of the program; the rest are the view's ---- */

static void go_back(struct app *app)
{
	if (app->stack.depth) {
		stack_pop(&app->stack);
		arrive(app);
	} else if (view_filter(top(app))[0]) {
		view_set_filter(top(app), "");
		app->needs_query = true;
		app->last_query_ms = LONG_AGO_MS;
	}
}

static void refresh(struct app *app)
{
	int64_t until = app->now_ms + DEMAND_LEASE_MS;
	struct demand all = {.site = DEMAND_ALL,
		.feed = DEMAND_ALL,
		.subject = "",
		.until = app->now_ms + REFRESH_LEASE_MS,
		.asked_at = app->now_ms};
	pipe_demand(app->pipe, &all);
	demand(app, until, app->now_ms);
	app->needs_query = true;
	say(app, app->options->is_offline ? "offline: showing the cache only" : "asking again");
}

static void toggle_pause(struct app *app)
{
	app->is_paused = !app->is_paused;
	pipe_pause(app->pipe, app->is_paused);
	if (!app->is_paused)
		arrive(app);
}

static void open_filter(struct app *app)
{
	if (!view_ops(top(app))->has_filter) {
		say(app, "nothing to filter here");
		return;
	}
	snprintf(app->filter_before, sizeof(app->filter_before), "%s", view_filter(top(app)));
	prompt_open(&app->prompt, "/", app->filter_before);
}

static void quit(struct app *app)
{
	app->is_over = true;
}

static void open_next_tab(struct app *app)
{
	open_tab(app, (app->stack.tab + 1) % view_tab_count);
}

static void open_previous_tab(struct app *app)
{
	open_tab(app, (app->stack.tab + view_tab_count - 1) % view_tab_count);
}

static void open_help(struct app *app)
{
	if (view_ops(top(app)) != &view_help)
		open_view(app, &view_help, "", "");
}

static void redraw(struct app *app)
{
	term_invalidate(app->term);
}

static void (*const program_actions[ACTION_COUNT])(struct app *app) = {
	[ACTION_QUIT] = quit,
	[ACTION_BACK] = go_back,
	[ACTION_NEXT_VIEW] = open_next_tab,
	[ACTION_PREVIOUS_VIEW] = open_previous_tab,
	[ACTION_HELP] = open_help,
	[ACTION_REFRESH] = refresh,
	[ACTION_PAUSE] = toggle_pause,
	[ACTION_FILTER] = open_filter,
	[ACTION_REDRAW] = redraw,
};

static void carry_out(struct app *app, const struct intent *intent)
{
	switch (intent->kind) {
	case INTENT_OPEN:
		open_view(app, intent->view, intent->site, intent->id);
		break;
	case INTENT_BACK:
		go_back(app);
		break;
	case INTENT_MESSAGE:
		say(app, intent->message);
		break;
	case INTENT_SAVE:
	case INTENT_NONE:
		break;
	}
}

static void act(struct app *app, enum action action)
{
	if (!view_ops(top(app))->pans && action == ACTION_LEFT)
		action = ACTION_BACK;
	if (!view_ops(top(app))->pans && action == ACTION_RIGHT)
		action = ACTION_OPEN;
	if (program_actions[action]) {
		program_actions[action](app);
	} else if (action >= ACTION_VIEW_1 && action <= ACTION_VIEW_5) {
		open_tab(app, (size_t)(action - ACTION_VIEW_1));
	} else {
		struct view_context lent = context(app);
		struct intent intent = {.kind = INTENT_NONE};
		view_act(top(app), &lent, action, app->rows, &intent);
		carry_out(app, &intent);
	}
}

static void set_filter(struct app *app, const char *filter)
{
	view_set_filter(top(app), filter);
	app->needs_query = true;
	app->last_query_ms = LONG_AGO_MS; /* a key is answered at once */
}

/* Whether the prompt took the key. */
static bool prompt_took(struct app *app, int key)
{
	if (!app->prompt.is_open)
		return false;
	switch (prompt_key(&app->prompt, key)) {
	case PROMPT_IGNORED:
		return false;
	case PROMPT_CANCELLED:
		set_filter(app, app->filter_before);
		return true;
	case PROMPT_CHANGED:
	case PROMPT_ACCEPTED:
		set_filter(app, app->prompt.text);
		return true;
	}
	return true;
}

static void read_keys(struct app *app)
{
	for (int key; (key = term_read_key(app->term)) != KEY_NONE && !app->is_over;) {
		app->is_dirty = true;
		if (key == KEY_CODE_END_OF_INPUT)
			app->is_over = true;
		else if (!prompt_took(app, key))
			act(app, keymap_action(&app->options->config->keymap, key));
	}
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
		refresh(app); /* what is on screen may be hours old */
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
		say(app, notice.text);
	changed &= view_ops(top(app))->watches;
	if (app->is_paused || !changed)
		return;
	bool is_age_only = changed == STORE_CHANGED(NOUN_FEED);
	if (is_age_only && app->mono_ms < app->last_query_ms + AGES_SPACING_MS)
		app->needs_ages = true;
	else
		app->needs_query = true;
}

static void query(struct app *app)
{
	if (app->needs_ages && app->mono_ms >= app->last_query_ms + AGES_SPACING_MS)
		app->needs_query = true;
	if (!app->needs_query || app->mono_ms < app->last_query_ms + QUERY_SPACING_MS)
		return;
	struct view_context lent = context(app);
	view_query(top(app), &lent, app->rows);
	app->last_query_ms = app->mono_ms;
	app->needs_query = app->needs_ages = false;
	app->is_dirty = true;
}

static void paint(struct app *app)
{
	struct view_context lent = context(app);
	struct frame frame = {
		.view = top(app),
		.tab = app->stack.tab,
		.is_paused = app->is_paused,
		.is_offline = app->options->is_offline,
		.is_poller = pipe_is_poller(app->pipe),
		.is_read_only = app->options->is_read_only,
		.message = app->mono_ms < app->message_until_ms ? app->message : NULL,
	};
	canvas_clear(&app->canvas);
	app->canvas.is_ascii = app->options->is_ascii;
	struct area area = frame_draw(&frame, &lent, &app->canvas);
	if (area.rows != app->rows) {
		app->rows = area.rows;
		view_query(top(app), &lent, app->rows);
	}
	if (area.rows > 0)
		view_draw(top(app), &lent, &app->canvas, area);
	int cursor_row = -1, cursor_column = -1;
	if (app->prompt.is_open) {
		cursor_row = app->canvas.rows - 1;
		cursor_column = prompt_draw(&app->prompt, &app->canvas, cursor_row);
	}
	term_draw(app->term, &app->canvas, cursor_row, cursor_column);
	app->is_dirty = false;
}

static int timeout_ms(const struct app *app)
{
	int64_t next = 1000 - app->now_ms % 1000; /* the clock and every age */
	if (app->needs_query && app->last_query_ms + QUERY_SPACING_MS - app->mono_ms < next)
		next = app->last_query_ms + QUERY_SPACING_MS - app->mono_ms;
	return next < 0 ? 0 : (int)next;
}

static void look_at_clocks(struct app *app)
{
	app->now_ms = clock_now_ms();
	app->mono_ms = clock_monotonic_ms();
}

static bool turn(struct app *app, struct err *err)
{
	int64_t second = app->now_ms / 1000;
	loop_wait(&app->loop, timeout_ms(app));
	look_at_clocks(app);
	if (app->now_ms / 1000 != second) {
		app->is_dirty = true;
		pipe_tick(app->pipe);
		renew_demands(app);
	}
	if (!take_signals(app, err))
		return false;
	take_changes(app);
	read_keys(app);
	query(app);
	if (app->is_dirty && !app->is_over)
		paint(app);
	return true;
}

static bool open_all(struct app *app, const struct app_options *options, struct err *err)
{
	app->options = options;
	look_at_clocks(app);
	for (size_t i = 0; i < options->config->site_count; i++)
		app->sites[i] = options->config->sites[i].name;
	struct pipe_options pipe = {.config = options->config,
		.path = options->path,
		.is_offline = options->is_offline || options->config->site_count == 0};
	if (!loop_init(&app->loop, err))
		return false;
	app->pipe = pipe_open(&pipe, err);
	if (!app->pipe)
		return false;
	struct term_options term = {.theme = options->theme,
		.color = strcmp(options->config->color, "never") == 0   ? TERM_COLOR_NEVER
			: strcmp(options->config->color, "always") == 0 ? TERM_COLOR_ALWAYS
									: TERM_COLOR_AUTO,
		.log_descriptor = log_descriptor()};
	app->term = term_open(&term, err);
	if (!app->term || !resize(app, err))
		return false;
	if (!stack_init(&app->stack))
		return err_set(err, "out of memory");
	if (term_note(app->term))
		say(app, term_note(app->term));
	app->loop.descriptors[0] = STDIN_FILENO;
	pipe_descriptors(app->pipe, app->loop.descriptors + 1);
	return true;
}

static void close_all(struct app *app)
{
	stack_release(&app->stack);
	canvas_release(&app->canvas);
	term_close(app->term); /* the user has the prompt back before the lanes wind down */
	pipe_close(app->pipe);
}

bool app_run(const struct app_options *options, struct err *err)
{
	struct app *app = calloc(1, sizeof(*app));
	if (!app)
		return err_set(err, "out of memory");
	bool is_fine = open_all(app, options, err);
	if (is_fine) {
		paint(app); /* from the cache, before any network */
		pipe_tick(app->pipe);
		arrive(app);
	}
	while (is_fine && !app->is_over)
		is_fine = turn(app, err);
	close_all(app);
	free(app);
	return is_fine;
}
