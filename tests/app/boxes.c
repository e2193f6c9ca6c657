/* The text, the boxes and the pictures of a session say the same: from a simulated Pi's answers to
 * the marks on the screen, laid over what really differs between its two pictures. */
#include "app/wire.h"
#include "media/decode.h"
#include "media/difference.h"
#include "sim/pi.h"
#include "ui/picture.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
	PATIENCE = 4000,
	STEP_US = 5000,
	WIDTH = 800,
	HEIGHT = 600,
	ENOUGH = 4,
	BODY_BYTES = 1 << 20
};

static struct wire wire;
static struct pi pi;

static void open_pi(void)
{

	wire_open(&wire);
	pi_init(&pi, DIALECT_DASHBOARD);
	pi.options.sessions = 40;
	pi_start(&pi);
	wire_poll(&wire, server_url(pi.server, 0), (struct source_site){.dialect = "dashboard"});
	wire_await_state(&wire, "sessions", "", "ok");
}

static void close_pi(void)
{
	wire_close(&wire);
	pi_stop(&pi);
}

/* Its evidence and its analysis are in the store. */
static void fetch_session(const char *id)
{
	static const char *const feeds[] = {"evidence", "delta"};
	struct demand demands[2];

	for (size_t i = 0; i < 2; i++)
		demands[i] = (struct demand){.site = SITE,
			.feed = feeds[i],
			.subject = id,
			.until = clock_now_ms() + 60000,
			.asked_at = INT64_MAX};
	source_demand(wire.source, demands, 2);
	for (int i = 0; i < PATIENCE; i++) {
		struct feed evidence, delta;

		if (wire_feed(&wire, "evidence", id, &evidence) && evidence.last_try != UNKNOWN &&
			wire_feed(&wire, "delta", id, &delta) && delta.last_try != UNKNOWN)
			return;
		usleep(STEP_US);
	}
	cr_assert_fail("%s is never answered", id);
}

static void fetch_picture(const char *key, struct pixels *pixels, struct look *look)
{
	const struct picture_wish wish = {.console = "test",
		.site = SITE,
		.key = key,
		.until = clock_now_ms() + 60000,
		.asked_at = UNKNOWN};
	static const struct part whole = {0, 0, 1, 1};
	struct err err = {""};
	struct buf body;

	buf_init(&body, BODY_BYTES);
	source_want_pictures(wire.source, &wish, 1);
	for (int i = 0; i < PATIENCE && body.len == 0; i++) {
		store_flush(wire.stage.store);
		if (!reader_picture(wire.stage.reader, SITE, key, &body, &err))
			usleep(STEP_US);
	}
	cr_assert_gt(body.len, 0, "%s never comes", key);
	cr_assert(decode_look(body.data, body.len, look, &err), "%s", err.text);
	cr_assert(decode_picture(body.data, body.len, &whole, WIDTH, HEIGHT, pixels, &err), "%s",
		err.text);
	buf_release(&body);
}

/* How much of the box the map has marked. */
static double covered(
	const struct difference *map, const struct mark *mark, const struct look *look)
{
	bool is_fraction = mark->x <= 1 && mark->y <= 1 && mark->width <= 1 && mark->height <= 1;
	double across = is_fraction ? WIDTH : (double)WIDTH / look->width_px;
	double down = is_fraction ? HEIGHT : (double)HEIGHT / look->height_px;
	int marked = 0, all = 0;

	for (int y = (int)(mark->y * down); y < (int)((mark->y + mark->height) * down); y++)
		for (int x = (int)(mark->x * across); x < (int)((mark->x + mark->width) * across);
			x++) {
			all++;
			marked += x < WIDTH && y < HEIGHT && map->mask[y * WIDTH + x] != 0;
		}
	return all ? (double)marked / all : 0;
}

static const struct canvas_picture *picture(size_t index)
{
	cr_assert_gt(wire.stage.canvas.picture_count, index);
	return &wire.stage.canvas.pictures[index];
}

/* Every row of the delta that changed something is named with its change. */
static size_t expect_legend(const char *run_id)
{
	struct query query = {.noun = NOUN_DELTA_ROW,
		.matches = {{"site", SITE}, {"run_id", run_id}},
		.since_ms = UNKNOWN};
	struct page page;
	size_t changes = 0;

	page_init(&page);
	cr_assert(reader_page(wire.stage.reader, &query, PAGE_FIRST, NULL, 100, &page, NULL));
	for (size_t i = 0; i < page.count; i++) {
		const struct delta_row *row = page_row(&page, delta_row, i);
		char text[256];

		if (row->change == 0 || isnan(row->box_x))
			continue;
		snprintf(text, sizeof(text), "%s %+lld", row->name, (long long)row->change);
		cr_expect(stage_sees(&wire.stage, text), "the legend has no \"%s\"", text);
		changes++;
	}
	page_release(&page);
	return changes;
}

/* The marks of one side lie over changes. */
static size_t expect_marks(
	const struct difference *map, const struct canvas_picture *side, const struct look *look)
{
	for (size_t i = 0; i < side->mark_count; i++) {
		cr_expect_gt(covered(map, &side->marks[i], look), 0.5, "box %d of %s covers %.2f",
			side->marks[i].number, side->key, covered(map, &side->marks[i], look));
	}
	return side->mark_count;
}

static size_t check_session(const char *id, const char *run_id)
{
	struct pixels before, after;
	struct difference map;
	struct look look;
	struct err err = {""};
	size_t changes, marks;

	wire_show(&wire, &view_session, id, 60, 160);
	if (wire.stage.canvas.picture_count < 2)
		return 0;
	stage_press(&wire.stage, ACTION_BOXES);
	changes = expect_legend(run_id);
	fetch_picture(picture(0)->key, &before, &look);
	fetch_picture(picture(1)->key, &after, &look);
	cr_assert(difference_make(&map, &before, &after, &err), "%s", err.text);
	marks = expect_marks(&map, picture(0), &look) + expect_marks(&map, picture(1), &look);
	cr_expect_geq(marks, changes, "%s: %zu boxes for %zu changes", id, marks, changes);
	difference_release(&map);
	pixels_release(&before);
	pixels_release(&after);
	return marks;
}

Test(boxes, of_the_analysis_lie_over_what_differs_between_the_pictures, .init = open_pi,
	.fini = close_pi, .timeout = 110)
{
	struct query query = {.noun = NOUN_SESSION, .since_ms = UNKNOWN, .now_ms = clock_now_ms()};
	struct page sessions;
	size_t with_boxes = 0;

	page_init(&sessions);
	store_flush(wire.stage.store);
	cr_assert(reader_page(wire.stage.reader, &query, PAGE_FIRST, NULL, 40, &sessions, NULL));
	cr_assert_gt(sessions.count, ENOUGH);
	for (size_t i = 0; i < sessions.count && with_boxes < ENOUGH; i++) {
		const char *id = page_row(&sessions, session, i)->id;
		struct query of_session = {.noun = NOUN_RUN,
			.matches = {{"site", SITE}, {"session_id", id}},
			.since_ms = UNKNOWN,
			.now_ms = query.now_ms};
		struct page runs;

		fetch_session(id);
		page_init(&runs);
		reader_page(wire.stage.reader, &of_session, PAGE_FIRST, NULL, 1, &runs, NULL);
		if (runs.count == 1 && run_is_ready(page_row(&runs, run, 0)))
			with_boxes += check_session(id, page_row(&runs, run, 0)->run_id) > 0;
		page_release(&runs);
	}
	page_release(&sessions);
	cr_expect_geq(with_boxes, ENOUGH);
}
