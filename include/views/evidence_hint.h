/* The keys that do something with the pictures on screen, for the status line while nothing else is
 * said there. Pure. */
#ifndef VIEWS_EVIDENCE_HINT_H
#define VIEWS_EVIDENCE_HINT_H

#include "views/evidence.h"

/* "z large  f flip  d difference  w save", as many as there is room for; false when there is no
 * picture. */
bool evidence_hint(
	const struct evidence *evidence, const struct view_context *context, struct note *note);

#endif
