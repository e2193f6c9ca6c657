/* From the socket to the screen: a server of canned answers (source/tiny.h), the real net lane, the
 * real store file and a view on the canvas (views/stage.h), at the time of the machine. */
#ifndef TESTS_APP_WIRE_H
#define TESTS_APP_WIRE_H

#include "source/source.h"
#include "source/tiny.h"
#include "views/stage.h"

struct wire {
	struct stage stage; /* its site is the server's, its time is now once it draws */
	struct tiny *tiny;
	struct source *source;
};

/* Opens the stage: rows for the store that were there before can be added and committed now. */
void wire_open(struct wire *wire);
/* The server starts; routes are borrowed. */
void wire_serve(struct wire *wire, const struct tiny_route *routes, size_t count);
/* Polling of a URL starts. */
void wire_poll(struct wire *wire, const char *url, struct source_site site);
/* Both: polling of the server, dialect v1 alone and no key. */
void wire_start(struct wire *wire, const struct tiny_route *routes, size_t count);
void wire_close(struct wire *wire);

/* Asks a feed now, as r does; subject "" for those of the whole site. */
void wire_refresh(struct wire *wire, const char *feed, const char *subject);
/* Waits until the view that is open shows the text; the test fails when it never does. */
void wire_await(struct wire *wire, const char *text);
/* Waits until the newest answer of a feed was in this state. */
void wire_await_state(struct wire *wire, const char *feed, const char *subject, const char *state);
/* Waits until the server was asked for the path so often. */
void wire_await_requests(struct wire *wire, const char *path, int count);
/* What the store has of a feed; texts live until the next call. False: nothing yet. */
bool wire_feed(struct wire *wire, const char *name, const char *subject, struct feed *feed);
/* Whether the first row with the text has the other in it, too. */
bool wire_line(const struct wire *wire, const char *text, const char *other);
/* Opens a view at the time of the machine. */
void wire_show(
	struct wire *wire, const struct view_ops *ops, const char *id, int rows, int columns);

#endif
