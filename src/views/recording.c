/* Recording. Main thread. */
#include "model/recorder.h"
#include "store/store.h"
#include "views/detail.h"
#include "views/situation.h"

struct state {
	struct detail detail; /* first */
};

static bool init(struct view *view, void *data)
{
	struct state *state = data;

	(void)view;
	return detail_init(&state->detail);
}

static void release(void *data)
{
	struct state *state = data;

	detail_release(&state->detail);
}

static void query(struct view *view, void *data, const struct view_context *context, int rows)
{
	struct state *state = data;

	(void)view;
	(void)context;
	(void)rows;
	state->detail.is_changed = true;
}

static void draw(struct view *view, void *data, const struct view_context *context,
	struct canvas *canvas, struct area area)
{
	struct state *state = data;

	if (detail_begin(&state->detail, context, area.columns))
		doc_pair_id(state->detail.doc, "recording", ROLE_STRONG, view_id(view));
	detail_draw(&state->detail, canvas, area, false);
}

static void act(struct view *view, void *data, const struct view_context *context,
	enum action action, int rows, struct intent *intent)
{
	struct state *state = data;

	(void)view;
	(void)context;
	detail_act(&state->detail, action, rows, intent);
}

const struct view_ops view_recording = {
	.name = "recording",
	.title = "Recording",
	.watches = STORE_CHANGED(NOUN_RECORDING) | STORE_CHANGED(NOUN_FEED),
	.state_bytes = sizeof(struct state),
	.init = init,
	.release = release,
	.query = query,
	.draw = draw,
	.act = act,
};
