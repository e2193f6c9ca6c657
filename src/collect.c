/* The pipe without a window. Owns nothing between calls; main thread. */
#include "collect.h"

#include "base/loop.h"
#include "pipe.h"

bool collect_run(const struct config *config, const char *path, struct err *err)
{
	struct loop loop;
	struct pipe_options pipe = {.config = config, .path = path};
	if (!loop_init(&loop, err))
		return false;
	struct pipe *collector = pipe_open(&pipe, err);
	if (!collector)
		return false;
	pipe_descriptors(collector, loop.descriptors);
	bool was_poller = false;
	do {
		pipe_tick(collector);
		pipe_changed(collector);
		struct err notice;
		if (pipe_notice(collector, &notice))
			fprintf(stderr, "opsglass: %s\n", notice.text);
		if (pipe_is_poller(collector) && !was_poller)
			fprintf(stderr, "opsglass: polling %zu sites into %s\n", config->site_count,
				path);
		was_poller = pipe_is_poller(collector);
		loop_wait(&loop, 1000);
	} while (!(loop.signals & LOOP_TERM));
	pipe_close(collector);
	return true;
}
