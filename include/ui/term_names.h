/* What a terminal may be called when terminfo does not know its own name. Pure. */
#ifndef UI_TERM_NAMES_H
#define UI_TERM_NAMES_H

#include <stddef.h>

/* The attempt-th other name to try for a terminal (from 0 on); NULL when there is no more. Within
 * tmux and screen only names of that family. */
const char *term_other_name(const char *name, size_t attempt);

#endif
