/* What is typed after ":": the name of an action of ui/action.h or of a tab's view, or as much of
 * it as no other begins with. Pure. */
#ifndef COMMAND_H
#define COMMAND_H

#include "base/err.h"
#include "ui/action.h"
#include <stddef.h>

/* ACTION_NONE: err says what is wrong and the nearest right; "" when nothing was typed. */
enum action command_find(const char *text, struct err *err);
/* Tab: makes the text as long as all names that begin so agree. */
void command_complete(char *text, size_t text_bytes);

#endif
