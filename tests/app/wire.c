/* Wires the server, the net lane, the store and a view for the tests of this folder. */
#include "app/wire.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { PATIENCE_MS = 20000, STEP_MS = 5, ARENA_BYTES = 1 << 16 };

static struct arena *arena;

void wire_open(struct wire *wire)
{
	stage_open(&wire->stage);
	wire->stage.context.now_ms = clock_now_ms();
	wire->tiny = NULL;
	wire->source = NULL;
	arena = arena_new(ARENA_BYTES);
}

void wire_serve(struct wire *wire, const struct tiny_route *routes, size_t count)
{
	wire->tiny = tiny_start(routes, count);
}

static void into_store(void *arg, struct batch *batch)
{
	store_put(arg, batch);
}

void wire_poll(struct wire *wire, const char *url, struct source_site site)
{
	struct err err = {""};

	site.name = SITE;
	site.url = url;
	const struct source_options options = {.sites = &site,
		.site_count = 1,
		.session_limit = 100,
		.deliver = into_store,
		.deliver_arg = wire->stage.store};
	wire->source = source_start(&options, &err);
	cr_assert(wire->source, "%s", err.text);
}

void wire_start(struct wire *wire, const struct tiny_route *routes, size_t count)
{
	wire_serve(wire, routes, count);
	wire_poll(wire, tiny_url(wire->tiny), (struct source_site){.dialect = "v1"});
}

void wire_close(struct wire *wire)
{
	source_stop(wire->source);
	if (wire->tiny)
		tiny_stop(wire->tiny);
	stage_close(&wire->stage);
	arena_free(arena);
}

void wire_refresh(struct wire *wire, const char *feed, const char *subject)
{
	const struct demand demands[] = {{.site = SITE,
		.feed = feed,
		.subject = subject,
		.until = clock_now_ms() + 60000,
		.asked_at = INT64_MAX}};

	source_demand(wire->source, demands, 1);
}

bool wire_feed(struct wire *wire, const char *name, const char *subject, struct feed *feed)
{
	store_flush(wire->stage.store);
	arena_reset(arena);
	return reader_one(wire->stage.reader, NOUN_FEED, SITE, name, subject, arena, feed, NULL);
}

void wire_await_state(struct wire *wire, const char *name, const char *subject, const char *state)
{
	struct feed feed = {.state = NULL};

	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		if (wire_feed(wire, name, subject, &feed) && strcmp(feed.state, state) == 0)
			return;
		usleep(STEP_MS * 1000);
	}
	cr_assert_fail("%s is never %s, but %s", name, state, feed.state ? feed.state : "-");
}

void wire_await_requests(struct wire *wire, const char *path, int count)
{
	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		if (tiny_count(wire->tiny, path) >= count)
			return;
		usleep(STEP_MS * 1000);
	}
	cr_assert_fail("%s is asked %d times", path, tiny_count(wire->tiny, path));
}

static void print_screen(const struct canvas *canvas)
{
	for (int row = 0; row < canvas->rows; row++) {
		char line[1024];

		canvas_row_text(canvas, row, line, sizeof(line));
		if (line[0])
			fprintf(stderr, "# %s\n", line);
	}
}

void wire_await(struct wire *wire, const char *text)
{
	for (int ms = 0; ms < PATIENCE_MS; ms += STEP_MS) {
		store_flush(wire->stage.store);
		wire->stage.context.now_ms = clock_now_ms();
		stage_refresh(&wire->stage);
		if (stage_sees(&wire->stage, text))
			return;
		usleep(STEP_MS * 1000);
	}
	print_screen(&wire->stage.canvas);
	cr_assert_fail("the screen never shows %s", text);
}

bool wire_line(const struct wire *wire, const char *text, const char *other)
{
	int row = stage_row(&wire->stage, text);
	char line[1024] = "";

	if (row >= 0)
		canvas_row_text(&wire->stage.canvas, row, line, sizeof(line));
	return strstr(line, other) != NULL;
}

void wire_show(struct wire *wire, const struct view_ops *ops, const char *id, int rows, int columns)
{
	store_flush(wire->stage.store);
	wire->stage.context.now_ms = clock_now_ms();
	stage_show(&wire->stage, ops, id, rows, columns);
}
