/* What the files of src/app*.c share: app.c (life and turns), app_act.c (keys, clicks, actions),
 * app_show.c (drawing, and what that makes wanted). Not for others. */
#ifndef APP_PARTS_H
#define APP_PARTS_H

#include "app.h"
#include "base/loop.h"
#include "copy.h"
#include "pictures.h"
#include "pipe.h"
#include "stack.h"
#include "ui/picture.h"
#include "ui/prompt.h"
#include "ui/term.h"

enum {
	QUERY_SPACING_MS = 200,  /* a storm of changes asks the store this often at most */
	AGES_SPACING_MS = 1000,  /* and when only the ages of feeds changed, once a second */
	WISHES_SPACING_MS = 100, /* of writes of what pictures are wanted */
	FRAME_SPACING_MS = 500,  /* over a slow link, but for keys */
	AGES_SLOW_MS = 10000,    /* and there the ages are ten seconds coarse */
	BACKLOG_MS = 50,         /* then the link is looked at again */
	DEMAND_LEASE_MS = 30000, /* a demand ends by itself: another console may share it */
	DEMAND_RENEW_MS = 10000,
	REFRESH_LEASE_MS = 5000, /* a refresh asks for all once, it does not look at all */
	MESSAGE_MS = 6000,
	SAVE_PATIENCE_MS = 60000, /* by URL, presign and proxy, and once more */
	DOUBLE_CLICK_MS = 400,
	LONG_AGO_MS = -3600000
};

enum prompt_use { PROMPT_FOR_FILTER, PROMPT_FOR_COMMAND };

struct app {
	const struct app_options *options;
	struct pipe *pipe;
	struct term *term;
	struct pictures *pictures;
	struct copy copy;
	struct loop loop;
	struct canvas canvas;
	struct stack stack;
	struct prompt prompt;
	enum prompt_use prompt_use;
	char filter_before[PROMPT_BYTES];
	const char *sites[CONFIG_SITES_MAX];
	char message[VIEW_MESSAGE_BYTES];
	bool is_views_message; /* of no use in another view */
	int64_t message_until_ms;
	int64_t now_ms;
	int64_t mono_ms; /* for what is due: the clock of the wall may be set back by hours */
	int64_t last_query_ms, last_paint_ms;
	int64_t demands_renewed_ms, wishes_told_ms;
	size_t wish_count;     /* that were told last */
	uint64_t demands_told; /* a digest of them */
	int64_t clicked_ms;
	int clicked_row, clicked_column, clicked_number;
	char clicked_text[SPOT_TEXT_BYTES]; /* of the spot */
	int rows;                           /* of the view's area at the last draw */
	bool needs_query, needs_ages, is_dirty, is_paused, is_over;
	bool was_key;        /* a person waits for this frame */
	bool leaves_mouse;   /* the M key, or the configuration */
	bool hides_pictures; /* the i key */
	bool wants_pictures; /* the i key over a slow link: of this view */
};

/* ---- app.c ---- */
struct view *app_top(const struct app *app);
struct view_context app_context(const struct app *app);
void app_say(struct app *app, const char *text);
/* Another view is on top. */
void app_arrive(struct app *app);

/* ---- app_act.c ---- */
void app_read_keys(struct app *app);
void app_refresh(struct app *app);

/* ---- app_show.c ---- */
bool app_is_slow(const struct app *app);
bool app_shows_pictures(const struct app *app);
void app_paint(struct app *app);
/* Whether now is the time to: a slow link gets fewer frames. */
bool app_may_paint(const struct app *app);
/* What is on screen is what is fetched: for as long as it takes to be told again. */
void app_demand(struct app *app, int64_t until_ms, int64_t asked_at_ms);
void app_renew_demands(struct app *app);
void app_wish_pictures(struct app *app);
/* Sends what is to be copied, says what came of it. */
void app_tell_copy(struct app *app);

#endif
