/* Spacing of requests to one host. Owns nothing; net lane. */
#include "source/host.h"

void host_init(struct host *host)
{
	*host = (struct host){INT64_MIN, INT64_MIN, INT64_MIN};
}

static int64_t later(int64_t a, int64_t b)
{
	return a > b ? a : b;
}

int64_t host_start_at(const struct host *host, bool is_spaced, int64_t due)
{
	return later(due, later(host->next_any, is_spaced ? host->next_spaced : INT64_MIN));
}

void host_note_start(struct host *host, bool is_spaced, int64_t now)
{
	if (is_spaced)
		host->next_spaced = now + HOST_SPACING_MS;
	if (now < host->wary_until)
		host->next_any = now + HOST_SPACING_MS;
}

void host_note_limited(struct host *host, bool is_spaced, int64_t wait_ms, int64_t now)
{
	host->wary_until = now + HOST_WARY_MS;
	host->next_any = later(host->next_any, now + HOST_SPACING_MS);
	if (is_spaced)
		host->next_spaced = later(host->next_spaced, now + later(wait_ms, HOST_SPACING_MS));
}
