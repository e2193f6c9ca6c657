/* What a panel says when it is empty, failing or old: one table from the state of the feed that
 * fills it to a sentence (contracts 4.13). Reads feeds in query, makes words when drawn. */
#ifndef VIEWS_SITUATION_H
#define VIEWS_SITUATION_H

#include "views/view.h"

/* What a panel is about; filled by one feed, or by several that are alternatives of each other. */
enum matter {
	MATTER_SESSIONS,
	MATTER_SESSION,
	MATTER_EVIDENCE,
	MATTER_CAMERAS,
	MATTER_CAMERA,
	MATTER_RUNS,
	MATTER_DELTA,
	MATTER_HEALTH,
	MATTER_RECORDINGS, /* of recorders, from here on */
	MATTER_RECORDING,
	MATTER_EVENTS,
	MATTER_EVENT,
	MATTER_RECORDED, /* the events of one recording */
	MATTER_HOUR,     /* those of one hour */
	MATTER_HISTOGRAM,
	MATTER_STREAMS,
	MATTER_NOTIFICATIONS,
	MATTER_RETENTION,
	MATTER_SETTINGS,
	MATTER_USERS,
	MATTER_TOTALS,
	MATTER_COUNT
};

enum { MATTER_FEEDS_MAX = 6, SITUATION_BYTES = VIEW_MESSAGE_BYTES };

/* The feeds of one matter, as last read. Owns its pages. */
struct feeds {
	enum matter matter;
	struct page pages[MATTER_FEEDS_MAX];
	size_t count;
	struct page basis;
	const struct feed **order; /* all rows of pages by site, the best of each site first */
	size_t order_count;
};

void feeds_init(struct feeds *feeds, enum matter matter);
void feeds_release(struct feeds *feeds);
/* site NULL = of all sites; subject "" = those of the whole site. */
bool feeds_read(struct feeds *feeds, struct reader *reader, const char *site, const char *subject,
	struct err *err);
/* The one that speaks for a site: the best of its alternatives; NULL when it was never asked. */
const struct feed *feeds_of(const struct feeds *feeds, const char *site);

/* The feed that names what the feeds of a matter are asked for, and so speaks for them while there
 * are none; NULL = they stand by themselves. */
const char *matter_basis(enum matter matter);

/* All of a site, the best first; *count of them. */
const struct feed *const *feeds_at(const struct feeds *feeds, const char *site, size_t *count);

/* Adds them, of all sites, to the demands of a view; gives how many there are then. */
size_t matter_wants(enum matter matter, struct demand demands[VIEW_DEMANDS_MAX], size_t count);
/* Adds what brings one thing of a site: its first feed, for that subject. */
size_t matter_wants_one(enum matter matter, const char *site, const char *subject,
	struct demand demands[VIEW_DEMANDS_MAX], size_t count);

/* Whether the feed is in trouble, or its data is old: worth a sentence beside the data. */
bool situation_is_notable(const struct feed *feed, int64_t now_ms);
/* The sentence for a panel without data. feed NULL = never asked. */
void situation_empty(char dst[SITUATION_BYTES], enum matter matter, const char *site,
	const struct feed *feed, int64_t now_ms);
/* The sentence beside data that is there but not fresh. */
void situation_old(
	char dst[SITUATION_BYTES], enum matter matter, const struct feed *feed, int64_t now_ms);

/* One line about cut lists and skipped records, and with_trouble about all sites whose feed is
 * notable; false when there is nothing to say. */
bool situation_note(const struct feeds *feeds, const struct view_context *context,
	const char *only_site, bool with_trouble, char dst[SITUATION_BYTES], bool *is_bad);

#endif
