/* Asks for the address of a host without being at the mercy of a name server that is silent: libpq
 * has its own look after that, which then is answered. */
#ifndef SOURCE_PG_NAME_H
#define SOURCE_PG_NAME_H

#include <stdint.h>

enum pg_name_answer {
	PG_NAME_ANSWERED, /* it has an address, or has none: that is known */
	PG_NAME_SILENT,
	PG_NAME_INTERRUPTED
};

struct pg_name; /* a question; one at a time */

/* NULL when out of memory. */
struct pg_name *pg_name_new(void);
void pg_name_free(struct pg_name *name);
/* Until deadline (monotonic), or until wake is readable (it stays so). Names of sockets and
 * addresses need no question. Lane of its site. */
enum pg_name_answer pg_name_ask(struct pg_name *name, const char *host, int wake, int64_t deadline);

#endif
