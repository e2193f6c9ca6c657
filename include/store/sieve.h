/* Which rows the words of a filter let through, of the nouns there are many of: a view asks for its
 * page, its count and a place of the same query, and each would look at all rows. What is typed on
 * is only looked for in what was found before. Reader's thread. Internal to the store. */
#ifndef STORE_SIEVE_H
#define STORE_SIEVE_H

#include "store/reading.h"

struct sieve;

struct sieve *sieve_new(void);
void sieve_free(struct sieve *sieve);

/* Whether the words of such a query are looked for in this way. */
bool sieve_is_for(const struct query *query);
/* Looks at the rows unless the last look answers the same query; false: err says why. */
bool sieve_run(struct reader *reader, const struct query *query, struct err *err);
bool sieve_has(const struct sieve *sieve, int64_t rowid);
size_t sieve_matching(const struct sieve *sieve);
/* All that matching counts, ascending; borrowed until the next run. */
const int64_t *sieve_rowids(const struct sieve *sieve);

#endif
