/* A stage for screens: a real store in a folder of its own, rows made by hand, a view drawn with
 * its frame to a canvas at a time that stands still. Whole screens are compared with
 * tests/golden/view-NAME.txt (UPDATE_GOLDEN=1 writes them). */
#ifndef TESTS_VIEWS_STAGE_H
#define TESTS_VIEWS_STAGE_H

#include "model/batch.h"
#include "model/camera.h"
#include "model/capture.h"
#include "model/container.h"
#include "model/picture.h"
#include "model/run.h"
#include "model/service.h"
#include "model/session.h"
#include "store/store.h"
#include "views/view.h"

/* 2026-02-18T14:05:22Z */
#define NOW INT64_C(1771423522000)
#define SECONDS(n) ((int64_t)(n)*1000)
#define MINUTES(n) SECONDS((n)*60)
#define HOURS(n) MINUTES((n)*60)

#define SITE "kitchen-pi"

enum { STAGE_SITES_MAX = 64, STAGE_FEEDS_MAX = 1024 };

struct stage {
	char folder[64];
	char path[96];
	struct store *store;
	struct reader *reader;
	struct keymap keymap;
	const char *sites[STAGE_SITES_MAX];
	struct view_context context;
	struct batch *batch;                /* what the next stage_commit gives to the store */
	struct feed feeds[STAGE_FEEDS_MAX]; /* and these, each in a batch of its own */
	size_t feed_count;
	const char *site; /* of what stage_show shows: SITE unless changed */
	struct view *view;
	struct frame frame;
	struct canvas canvas;
	int view_rows;
	struct intent intent;         /* of the last stage_press and stage_click */
	char copied[SPOT_TEXT_BYTES]; /* by the last stage_click; "" = nothing */
	int tab;                      /* that the last stage_click was on; -1 = none */
};

/* One site, SITE, unless more are added. */
void stage_open(struct stage *stage);
void stage_close(struct stage *stage);
void stage_add_site(struct stage *stage, const char *site);

/* Text that lives until stage_commit. */
const char *stage_text(struct stage *stage, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

/* Rows of the batch; texts are borrowed until stage_commit and should be literals. */
struct session *stage_session(
	struct stage *stage, const char *id, const char *status, int64_t started_at);
struct camera *stage_camera(struct stage *stage, const char *id, const char *status);
struct capture *stage_capture(struct stage *stage, const char *session_id, const char *id,
	const char *camera_id, const char *status);
struct run *stage_run(
	struct stage *stage, const char *run_id, const char *session_id, const char *status);
struct delta_row *stage_delta(struct stage *stage, const char *run_id, int64_t ordinal,
	const char *name, int64_t before, int64_t after);
struct overlay *stage_overlay(struct stage *stage, const char *run_id, const char *side,
	int64_t ordinal, const char *label);
struct service *stage_service(struct stage *stage, const char *name, const char *status);
/* A row of any noun whose fields are unknown but for its site, SITE. */
void *stage_add(struct stage *stage, enum noun_id noun);
/* A feed that was good at last_ok and is asked again 3 s from NOW. */
struct feed *stage_feed(struct stage *stage, const char *site, const char *name,
	const char *subject, const char *state, int64_t last_ok);
/* Settles the sessions, gives the batch to the store and waits for it. */
void stage_commit(struct stage *stage);

/* Opens a view and draws it. */
void stage_show(
	struct stage *stage, const struct view_ops *ops, const char *id, int rows, int columns);
/* Asks and draws again. */
void stage_refresh(struct stage *stage);
/* Draws again without asking, at another time. */
void stage_draw_at(struct stage *stage, int64_t now_ms);
void stage_press(struct stage *stage, enum action action);
void stage_filter(struct stage *stage, const char *filter);

/* A click on the first character of the first text of that kind on the screen, as the console
 * takes it; false when there is nothing to click. */
bool stage_click(struct stage *stage, const char *text, bool is_double);
/* The same at a cell. */
bool stage_click_at(struct stage *stage, int row, int column, bool is_double);

/* Whether some row of the screen has the text in it. */
bool stage_sees(const struct stage *stage, const char *text);
/* The first row with the text; -1. */
int stage_row(const struct stage *stage, const char *text);
/* The role of the first character of text on the screen; -1 when it is not there. */
int stage_role(const struct stage *stage, const char *text);
/* The row with the cursor's mark as text. */
void stage_selected(const struct stage *stage, char *dst, size_t dst_bytes);

void expect_screen(const struct stage *stage, const char *name);
/* Shows a view at 80x24, 200x50, 40x10 and at 80x24 in ASCII, and compares each with NAME-80x24,
 * NAME-200x50, NAME-40x10 and NAME-ascii. */
void expect_screens(
	struct stage *stage, const struct view_ops *ops, const char *id, const char *name);

#endif
