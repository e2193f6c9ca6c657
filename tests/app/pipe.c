/* Tests of pipe.h: what is told when nobody can poll. */
#include "pipe.h"
#include "base/clock.h"
#include "files.h"
#include "source/tiny.h"
#include "store/reader.h"
#include "store/store.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config config;

/* With a lock that cannot be taken, by root neither. */
static struct pipe *open_unlockable(void)
{
	struct err err = {""};
	struct pipe_options options = {.config = &config, .path = test_path("pipe.db")};
	struct pipe *pipe;

	config_init(&config);
	cr_assert(config_add_url(&config, "http://127.0.0.1:9", &err), "%s", err.text);
	cr_assert_eq(mkdir(test_path("pipe.db.lock"), 0700), 0);
	pipe = pipe_open(&options, &err);
	cr_assert(pipe, "%s", err.text);
	return pipe;
}

static void close_it(struct pipe *pipe)
{
	pipe_close(pipe);
	config_release(&config);
	rmdir(test_path("pipe.db.lock"));
}

Test(pipe, says_once_that_it_cannot_lock_the_cache)
{
	struct pipe *pipe = open_unlockable();
	struct err notice = {""};

	cr_expect_not(pipe_notice(pipe, &notice), "%s", notice.text);
	pipe_tick(pipe);
	cr_expect(pipe_notice(pipe, &notice));
	cr_expect(strstr(notice.text, "cannot lock"), "%s", notice.text);
	cr_expect_not(pipe_is_poller(pipe));
	pipe_tick(pipe);
	cr_expect_not(pipe_notice(pipe, &notice));
	close_it(pipe);
}

Test(pipe, one_request_does_not_wait_for_what_nobody_will_ask, .timeout = 30)
{
	struct pipe *pipe = open_unlockable();
	struct err err = {""};

	cr_expect_not(pipe_wait_once(pipe, NULL, 0, 100000, &err));
	cr_expect(strstr(err.text, "cannot lock"), "%s", err.text);
	close_it(pipe);
}

/* ---- what consoles want ---- */

static struct pipe *open_for(const char *url)
{
	struct err err = {""};
	struct pipe_options options = {.config = &config, .path = test_path("pipe.db")};
	struct pipe *pipe;

	config_init(&config);
	cr_assert(config_add_url(&config, url, &err), "%s", err.text);
	snprintf(config.sites[0].name, sizeof(config.sites[0].name), "door");
	snprintf(config.sites[0].dialect, sizeof(config.sites[0].dialect), "dashboard");
	pipe = pipe_open(&options, &err);
	cr_assert(pipe, "%s", err.text);
	return pipe;
}

static bool is_asked_in_time(struct pipe *pipe, struct tiny *tiny, const char *beginning)
{
	int64_t until = clock_monotonic_ms() + 4000; /* then old ones go */

	while (tiny_requests(tiny, beginning) == 0 && clock_monotonic_ms() < until) {
		pipe_tick(pipe);
		pipe_changed(pipe);
		usleep(2000);
	}
	return tiny_requests(tiny, beginning) > 0;
}

static void keep_demand(struct store *store, const char *subject, int64_t until)
{
	struct demand demand = {.site = "door",
		.feed = "evidence",
		.subject = subject,
		.until = until,
		.asked_at = UNKNOWN};

	store_put_demand(store, &demand);
	store_flush(store);
}

Test(pipe, what_nobody_wants_any_more_leaves_room_for_what_somebody_wants, .timeout = 60)
{
	struct store_options options = {.path = test_path("pipe.db")};
	struct store *store = store_open(&options, NULL);
	struct tiny *tiny = tiny_start(NULL, 0);
	struct pipe *pipe;

	for (int i = 0; i < 100; i++) {
		char id[8];

		snprintf(id, sizeof(id), "a-%02d", i);
		keep_demand(store, id, clock_now_ms() - 1000);
	}
	keep_demand(store, "z-1", clock_now_ms() + 60000);
	store_close(store);
	pipe = open_for(tiny_url(tiny));
	cr_expect(is_asked_in_time(
		pipe, tiny, "GET /api/dashboard/diagnostics/sessions/z-1/evidence"));
	cr_expect_eq(tiny_requests(tiny, "GET /api/dashboard/diagnostics/sessions/a-"), 0);
	pipe_close(pipe);
	config_release(&config);
	tiny_stop(tiny);
}
