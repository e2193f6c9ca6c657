/* Tests of pipe.h: what is told when nobody can poll. */
#include "pipe.h"
#include "base/clock.h"
#include "files.h"
#include "store/reader.h"
#include <criterion/criterion.h>
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
