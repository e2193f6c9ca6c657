/* The services of all sites and the totals of recorders, as a few lines above the feeds. Main
 * thread. */
#ifndef VIEWS_SERVICES_H
#define VIEWS_SERVICES_H

#include "ui/doc.h"
#include "views/view.h"

/* Services with their checks and recorders, as last read. Owns them. */
struct services {
	struct page page;
	struct page checks;
	struct page recorders;
	struct doc *doc;
};

bool services_init(struct services *services);
void services_release(struct services *services);
/* Reads them and writes the lines; at most lines. Returns how many there are. */
int services_read(
	struct services *services, const struct view_context *context, int lines, struct err *err);
void services_draw(struct services *services, struct canvas *canvas, struct area area);

#endif
