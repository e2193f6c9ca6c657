/* What a key or a click does: an open box or prompt takes it first, then the program, then the view
 * on top, which answers with an intent. Main thread. */
#include "app_parts.h"

#include "command.h"
#include "store/store.h"
#include "ui/key.h"
#include <limits.h>
#include <string.h>
#include <unistd.h>

static void act(struct app *app, enum action action);

/* ---- views come and go ---- */

static void open_view(struct app *app, const struct view_ops *ops, const char *site, const char *id)
{
	if (!stack_push(&app->stack, ops, site, id))
		app_say(app, "cannot open another view: go back first");
	app_arrive(app);
}

static void open_tab(struct app *app, size_t tab)
{
	struct view_context context = app_context(app);

	if (tab >= view_tab_count)
		return;
	if (!view_tab_is_shown(tab, &context)) {
		app_say(app,
			view_tabs[tab]->is_for_recorders ? "no recorder is configured"
							 : "no Pi is configured");
		return;
	}
	stack_show_tab(&app->stack, tab);
	app_arrive(app);
}

static void go_back(struct app *app)
{
	if (app->stack.depth) {
		stack_pop(&app->stack);
		app_arrive(app);
	} else if (view_filter(app_top(app))[0]) {
		view_set_filter(app_top(app), "");
		app->needs_query = true;
		app->last_query_ms = LONG_AGO_MS;
	}
}

static void save(struct app *app, const struct intent *intent)
{
	char folder[PATH_MAX];
	const struct picture_name name = {.site = intent->site,
		.session_id = intent->session_id,
		.key = intent->picture,
		.id = intent->id};
	struct err err = {""};
	if (!getcwd(folder, sizeof(folder)))
		app_say(app, "cannot save here: this folder is gone");
	else if (!pictures_save(app->pictures, folder, &name, app->now_ms, &err))
		app_say(app, err.text);
	else
		app_say(app, "saving");
}

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
		app_say(app, intent->message);
		app->is_views_message = true;
		break;
	case INTENT_SAVE:
		save(app, intent);
		break;
	case INTENT_NONE:
		break;
	}
}

/* ---- actions of the program; the rest are the view's ---- */

void app_refresh(struct app *app)
{
	int64_t until = app->now_ms + DEMAND_LEASE_MS;
	struct demand all = {.site = DEMAND_ALL,
		.feed = DEMAND_ALL,
		.subject = "",
		.until = app->now_ms + REFRESH_LEASE_MS,
		.asked_at = app->now_ms};
	pipe_demand(app->pipe, &all);
	app_demand(app, until, app->now_ms);
	pictures_retry(app->pictures, app->now_ms);
	app->needs_query = true;
	app_say(app, app->options->is_offline ? "offline: showing the cache only" : "asking again");
}

static void toggle_pause(struct app *app)
{
	app->is_paused = !app->is_paused;
	pipe_pause(app->pipe, app->is_paused);
	if (!app->is_paused)
		app_arrive(app);
}

static void open_filter(struct app *app)
{
	if (!view_ops(app_top(app))->has_filter) {
		app_say(app, "nothing to filter here");
		return;
	}
	snprintf(app->filter_before, sizeof(app->filter_before), "%s", view_filter(app_top(app)));
	app->prompt_use = PROMPT_FOR_FILTER;
	prompt_open(&app->prompt, "/", app->filter_before);
}

static void open_command(struct app *app)
{
	app->prompt_use = PROMPT_FOR_COMMAND;
	prompt_open(&app->prompt, ":", "");
}

static void quit(struct app *app)
{
	app->is_over = true;
}

/* The next one that is shown, in steps of step. */
static void turn_tab(struct app *app, size_t step)
{
	struct view_context context = app_context(app);
	size_t tab = app->stack.tab;

	do
		tab = (tab + step) % view_tab_count;
	while (!view_tab_is_shown(tab, &context));
	open_tab(app, tab);
}

static void open_next_tab(struct app *app)
{
	turn_tab(app, 1);
}

static void open_previous_tab(struct app *app)
{
	turn_tab(app, view_tab_count - 1);
}

static void open_help(struct app *app)
{
	if (view_ops(app_top(app)) != &view_help)
		open_view(app, &view_help, "", view_ops(app_top(app))->name);
}

static void redraw(struct app *app)
{
	term_invalidate(app->term);
}

static void toggle_mouse(struct app *app)
{
	app->leaves_mouse = !app->leaves_mouse;
	term_take_mouse(app->term, !app->leaves_mouse);
	if (!app->leaves_mouse && !term_has_mouse(app->term))
		app_say(app, "this terminal has no mouse");
	else
		app_say(app,
			app->leaves_mouse ? "the mouse selects text now; M: clicks copy again"
					  : "clicks copy, sort and select");
}

static void toggle_pictures(struct app *app)
{
	const struct capabilities *capabilities = term_capabilities(app->term);
	if (capabilities->rung == RUNG_TEXT) {
		app_say(app, capabilities->rung_why);
		return;
	}
	if (app_is_slow(app) && !app->hides_pictures)
		app->wants_pictures = !app->wants_pictures;
	else
		app->hides_pictures = !app->hides_pictures;
	if (!app_shows_pictures(app))
		app_say(app, "pictures are hidden");
	else
		app_say(app,
			app_is_slow(app) ? "this view's pictures are shown" : "pictures are shown");
	app->rows = -1; /* the view lays itself out anew */
}

static void (*const program_actions[ACTION_COUNT])(struct app *app) = {
	[ACTION_QUIT] = quit,
	[ACTION_BACK] = go_back,
	[ACTION_NEXT_VIEW] = open_next_tab,
	[ACTION_PREVIOUS_VIEW] = open_previous_tab,
	[ACTION_HELP] = open_help,
	[ACTION_REFRESH] = app_refresh,
	[ACTION_PAUSE] = toggle_pause,
	[ACTION_FILTER] = open_filter,
	[ACTION_COMMAND] = open_command,
	[ACTION_REDRAW] = redraw,
	[ACTION_MOUSE] = toggle_mouse,
	[ACTION_IMAGES] = toggle_pictures,
};

static void act_in_view(struct app *app, enum action action)
{
	struct view_context lent = app_context(app);
	struct intent intent = {.kind = INTENT_NONE};
	view_act(app_top(app), &lent, action, app->rows, &intent);
	carry_out(app, &intent);
}

static enum action meaning(const struct app *app, enum action action)
{
	if (view_ops(app_top(app))->pans)
		return action;
	return action == ACTION_LEFT ? ACTION_BACK : action == ACTION_RIGHT ? ACTION_OPEN : action;
}

static void act(struct app *app, enum action action)
{
	struct view_context lent = app_context(app);
	bool is_views_own = action == ACTION_BACK && view_ops(app_top(app))->pans;
	action = meaning(app, action);
	if (copy_act(&app->copy, action, app_top(app), &lent, term_capabilities(app->term)))
		return;
	if (program_actions[action] && !is_views_own)
		program_actions[action](app);
	else if (action >= ACTION_VIEW_1 && action <= ACTION_VIEW_11)
		open_tab(app, (size_t)(action - ACTION_VIEW_1));
	else
		act_in_view(app, action);
}

/* ---- the prompt ---- */

static void set_filter(struct app *app, const char *filter)
{
	view_set_filter(app_top(app), filter);
	app->needs_query = true;
	app->last_query_ms = LONG_AGO_MS; /* a key is answered at once */
}

static void take_filter(struct app *app, enum prompt_result result)
{
	set_filter(app, result == PROMPT_CANCELLED ? app->filter_before : app->prompt.text);
}

static void take_command(struct app *app, enum prompt_result result)
{
	struct err err = {""};
	enum action action;
	if (result != PROMPT_ACCEPTED)
		return;
	action = command_find(app->prompt.text, &err);
	if (action != ACTION_NONE)
		act(app, action);
	else if (err.text[0])
		app_say(app, err.text);
}

static bool completes_command(struct app *app, int key)
{
	if (key != KEY_CODE_TAB || app->prompt_use != PROMPT_FOR_COMMAND)
		return false;
	command_complete(app->prompt.text, sizeof(app->prompt.text));
	app->prompt.cursor = strlen(app->prompt.text);
	return true;
}

/* Whether the prompt took the key. */
static bool prompt_took(struct app *app, int key)
{
	if (!app->prompt.is_open)
		return false;
	if (completes_command(app, key))
		return true;
	enum prompt_result result = prompt_key(&app->prompt, key);
	if (result == PROMPT_IGNORED)
		return false;
	if (app->prompt_use == PROMPT_FOR_FILTER)
		take_filter(app, result);
	else
		take_command(app, result);
	return true;
}

/* ---- the mouse ---- */

/* What moved under the mouse between two clicks was not clicked twice. */
static bool is_double_click(struct app *app, struct mouse mouse, const struct spot *spot)
{
	bool is_double = app->mono_ms < app->clicked_ms + DOUBLE_CLICK_MS &&
		mouse.row == app->clicked_row && mouse.column == app->clicked_column &&
		spot->number == app->clicked_number && strcmp(spot->text, app->clicked_text) == 0;
	app->clicked_ms = is_double ? LONG_AGO_MS : app->mono_ms;
	app->clicked_row = mouse.row;
	app->clicked_column = mouse.column;
	app->clicked_number = spot->number;
	snprintf(app->clicked_text, sizeof(app->clicked_text), "%s", spot->text);
	return is_double;
}

static void click_in_view(struct app *app, const struct spot *spot, bool is_double)
{
	struct view_context lent = app_context(app);
	struct intent intent = {.kind = INTENT_NONE};
	view_click(app_top(app), &lent, spot, is_double, app->rows, &intent);
	carry_out(app, &intent);
}

static void click(struct app *app, struct mouse mouse)
{
	const struct capabilities *capabilities = term_capabilities(app->term);
	const struct spot *spot;
	bool is_double;
	if (copy_took_click(&app->copy, &app->canvas, mouse.row, mouse.column, capabilities))
		return;
	spot = canvas_spot_at(&app->canvas, mouse.row, mouse.column);
	if (!spot || mouse.button != 0)
		return;
	is_double = is_double_click(app, mouse, spot);
	switch (spot->kind) {
	case SPOT_COPY:
		copy_id(&app->copy, spot->text, capabilities);
		break;
	case SPOT_TAB:
		open_tab(app, (size_t)spot->number);
		break;
	case SPOT_SORT:
	case SPOT_SELECT:
		click_in_view(app, spot, is_double);
		break;
	}
}

/* Below an open box nothing scrolls. */
static void take_mouse(struct app *app, struct mouse mouse)
{
	if (mouse.kind == MOUSE_CLICK)
		click(app, mouse);
	else if (app->copy.box == COPY_CLOSED)
		act(app, mouse.kind == MOUSE_WHEEL_UP ? ACTION_SCROLL_UP : ACTION_SCROLL_DOWN);
}

/* ---- keys ---- */

static void take_key(struct app *app, int key)
{
	if (key == KEY_CODE_END_OF_INPUT)
		app->is_over = true;
	else if (key == KEY_CODE_MOUSE)
		take_mouse(app, term_mouse(app->term));
	else if (key == KEY_CODE_FOCUS_IN || key == KEY_CODE_FOCUS_OUT)
		return;
	else if (!copy_took_key(&app->copy, key, term_capabilities(app->term)) &&
		!prompt_took(app, key))
		act(app, keymap_action(&app->options->config->keymap, key));
	app->was_key = true;
	app_tell_copy(app);
}

void app_read_keys(struct app *app)
{
	for (int key; (key = term_read_key(app->term)) != KEY_NONE && !app->is_over;) {
		app->is_dirty = true;
		take_key(app, key);
	}
}
