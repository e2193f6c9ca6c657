/* Lends the captures of many sessions to one. Owns nothing; any thread. */
#include "sim/many.h"

#include "sim/session.h"

int64_t many_slot(const struct site *site)
{
	const struct world *world = &site->world;

	if (site->options->captures_of_one == 0)
		return INT64_MAX;
	for (int64_t slot = -1; slot >= -world->history; slot--)
		if (world_fate(world, slot) == FATE_COMPLETE)
			return slot;
	return INT64_MAX;
}

void many_begin(struct many *many, const struct site *site, int64_t now_ms)
{
	*many = (struct many){
		.site = site,
		.now_ms = now_ms,
		.slot = many_slot(site),
		.left = site->options->captures_of_one,
	};
	if (many->slot == INT64_MAX)
		many->left = 0;
	else
		sim_session_at(&site->world, many->slot, now_ms, &many->session);
}

const struct sim_capture *many_next(struct many *many)
{
	while (many->left > 0) {
		if (many->next < many->session.capture_count) {
			const struct sim_capture *capture = &many->session.captures[many->next++];

			if (capture->status != CAPTURE_DONE)
				continue;
			many->left--;
			return capture;
		}
		if (--many->slot < -many->site->world.history)
			break;
		many->next = 0;
		sim_session_at(&many->site->world, many->slot, many->now_ms, &many->session);
	}
	return NULL;
}

int many_count(const struct site *site, const struct sim_session *session)
{
	struct many many;
	int count = 0;

	if (session->slot != many_slot(site))
		return session->capture_count;
	many_begin(&many, site, site->born_ms);
	while (many_next(&many))
		count++;
	return count;
}
