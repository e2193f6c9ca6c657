/* The loop over all sites: one epoll over libmicrohttpd's own. Owns sites, desks, gallery; one
 * thread. */
#include "sim/server.h"

#include "base/clock.h"
#include "sim/http.h"
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <unistd.h>

enum { EVENTS = 64, DESK_NOTES = 512, URL_BYTES = HOST_BYTES + 8, DEFAULT_PORT = 8082 };

static const uint32_t first_address = 0x7f000001; /* 127.0.0.1 */

struct place {
	struct site site;
	struct http *http;
	char url[URL_BYTES];
};

struct server {
	const struct sim_options *options;
	struct place *places;
	struct gallery *gallery;
	struct waiting waiting;
	int epoll;
	int stop;
};

void sim_options_init(struct sim_options *options)
{
	memset(options, 0, sizeof *options);
	options->port = DEFAULT_PORT;
	options->sites = 1;
	options->dialect = DIALECT_DASHBOARD;
	options->scene = SCENE_BUSY;
	options->sessions = 200;
	options->cameras = 6;
	options->containers = 3;
	options->seed = 1;
	options->now_ms = clock_now_ms;
}

static bool place_init(struct server *server, int index, struct err *err)
{
	const struct sim_options *options = server->options;
	struct place *place = &server->places[index];
	struct site *site = &place->site;

	site->options = options;
	site->gallery = server->gallery;
	site->born_ms = options->now_ms();
	site->last_session_call_ms = INT64_MIN / 2;
	site->world = (struct world){
		.seed = (uint64_t)options->seed + (uint64_t)index,
		.dialect = options->dialect,
		.scene = options->scene,
		.start_ms = site->born_ms - options->age_ms,
		.history = options->sessions,
		.cameras = (int)options->cameras,
		.containers = (int)options->containers,
		.has_noise = options->has_noise,
	};
	site->desk = desk_new(DESK_NOTES);
	return site->desk ? true : err_set(err, "out of memory");
}

/* The same port on each address where that is free, else what the kernel gives. */
static bool place_listen(struct server *server, int index, struct err *err)
{
	struct place *place = &server->places[index];
	uint32_t address = first_address + (uint32_t)index;
	uint16_t port =
		index == 0 ? (uint16_t)server->options->port : http_port(server->places[0].http);
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = place};

	place->http = http_new(&place->site, address, port, &server->waiting, err);
	if (!place->http && index > 0)
		place->http = http_new(&place->site, address, 0, &server->waiting, err);
	if (!place->http)
		return false;
	snprintf(place->url, sizeof place->url, "http://%s", place->site.address);
	if (epoll_ctl(server->epoll, EPOLL_CTL_ADD, http_descriptor(place->http), &event) != 0)
		return err_set(err, "epoll: %s", strerror(errno));
	return true;
}

static void allow_many_descriptors(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return;
	limit.rlim_cur = limit.rlim_max;
	setrlimit(RLIMIT_NOFILE, &limit);
}

static bool server_open(struct server *server, struct err *err)
{
	struct epoll_event event = {.events = EPOLLIN, .data.ptr = NULL};

	server->epoll = epoll_create1(EPOLL_CLOEXEC);
	server->stop = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
	if (server->epoll < 0 || server->stop < 0 ||
		epoll_ctl(server->epoll, EPOLL_CTL_ADD, server->stop, &event) != 0)
		return err_set(err, "epoll: %s", strerror(errno));
	for (int i = 0; i < server->options->sites; i++)
		if (!place_init(server, i, err) || !place_listen(server, i, err))
			return false;
	return true;
}

struct server *server_new(const struct sim_options *options, struct err *err)
{
	struct server *server = calloc(1, sizeof *server);

	if (!server) {
		err_set(err, "out of memory");
		return NULL;
	}
	allow_many_descriptors();
	server->options = options;
	server->epoll = server->stop = -1;
	server->gallery = gallery_new();
	server->places = calloc((size_t)options->sites, sizeof *server->places);
	if (!server->gallery || !server->places) {
		err_set(err, "out of memory");
	} else if (server_open(server, err)) {
		return server;
	}
	server_free(server);
	return NULL;
}

void server_free(struct server *server)
{
	if (!server)
		return;
	for (int i = 0; server->places && i < server->options->sites; i++) {
		http_free(server->places[i].http);
		desk_free(server->places[i].site.desk);
	}
	if (server->epoll >= 0)
		close(server->epoll);
	if (server->stop >= 0)
		close(server->stop);
	gallery_free(server->gallery);
	free(server->places);
	free(server);
}

const char *server_url(const struct server *server, int site)
{
	return server->places[site].url;
}

void server_stop(struct server *server)
{
	uint64_t one = 1;
	ssize_t written = write(server->stop, &one, sizeof one);

	(void)written; /* a full counter is a stop already asked for */
}

/* How long to sleep: not at all while a site is hot. */
static int pause_ms(const struct server *server, bool is_hot)
{
	int64_t next = waiting_next_ms(&server->waiting, clock_monotonic_ms());

	if (is_hot)
		return 0;
	return next > 60000 ? 60000 : (int)next;
}

static bool run_hot_places(struct server *server)
{
	bool is_hot = false;

	for (int i = 0; i < server->options->sites; i++) {
		is_hot |= http_run(server->places[i].http);
	}
	return is_hot;
}

bool server_run(struct server *server, struct err *err)
{
	struct epoll_event events[EVENTS];
	bool is_hot = false;

	for (;;) {
		int count = epoll_wait(server->epoll, events, EVENTS, pause_ms(server, is_hot));

		if (count < 0 && errno != EINTR)
			return err_set(err, "epoll: %s", strerror(errno));
		for (int i = 0; i < count; i++) {
			struct place *place = events[i].data.ptr;

			if (!place)
				return true;
			http_wake(place->http);
		}
		waiting_resume(&server->waiting, clock_monotonic_ms());
		is_hot = run_hot_places(server);
	}
}
