/* A server of canned answers on a loopback port that the kernel picks. Answers are given byte for
 * byte, so that it can misbehave in any way. */
#ifndef TESTS_SOURCE_TINY_H
#define TESTS_SOURCE_TINY_H

#include <stdbool.h>
#include <stddef.h>

/* answer is all of it, status line first; NULL = none comes and the connection stays open. */
struct tiny_route {
	const char *path;  /* with query; "*" = any */
	const char *needs; /* text in the head of the request; NULL = none */
	const char *answer;
	size_t bytes; /* of the answer; 0 = it is a text */
	bool closes;  /* after the answer */
	bool hangs;   /* after the answer nothing more comes on this connection */
};

struct tiny;

/* Routes are borrowed; the first that fits is taken; without one the answer is 404 JSON. */
struct tiny *tiny_start(const struct tiny_route *routes, size_t count);
/* The same on a port that is known: one that was stopped comes back. */
struct tiny *tiny_start_at(int port, const struct tiny_route *routes, size_t count);
void tiny_stop(struct tiny *tiny);
/* Other routes from the next request on; borrowed. */
void tiny_use(struct tiny *tiny, const struct tiny_route *routes, size_t count);

/* "http://127.0.0.1:PORT" */
const char *tiny_url(const struct tiny *tiny);
int tiny_port(const struct tiny *tiny);
/* How many requests for this path came so far. */
int tiny_count(struct tiny *tiny, const char *path);
/* How many requests so far began so. */
int tiny_requests(struct tiny *tiny, const char *beginning);
/* How many connections were made so far. */
int tiny_connections(struct tiny *tiny);
/* Whether the newest request for this path had this text in its head. */
bool tiny_had(struct tiny *tiny, const char *path, const char *text);

/* A good JSON answer around a body literal. */
#define TINY_JSON(length, body)                                                        \
	"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " length \
	"\r\n\r\n" body

#endif
