/* Ids seen so far in one answer, each with the number of its row. Borrows the ids. */
#ifndef SOURCE_ID_SET_H
#define SOURCE_ID_SET_H

#include <stdbool.h>
#include <stddef.h>

struct id_set;

struct id_set *id_set_new(void);
void id_set_free(struct id_set *set);

/* true: it was not there and now stands for row. false: it is there, *row says where; or out of
 * memory, *row is untouched. */
bool id_set_add(struct id_set *set, const char *id, size_t *row);

#endif
