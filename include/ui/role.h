/* What a colour means. Views name roles; themes/NAME.theme gives each its colours. */
#ifndef UI_ROLE_H
#define UI_ROLE_H

#include "model/badge.h"

enum role {
	ROLE_TEXT,   /* ordinary */
	ROLE_DIM,    /* unimportant, or old data */
	ROLE_STRONG, /* what the eye should find in calm text: ids, titles */
	ROLE_HEADER, /* column titles */
	ROLE_TAB,    /* the view shown */
	ROLE_KEY,    /* a key's name in hints and help */
	ROLE_OK,
	ROLE_INFO,
	ROLE_WARN,
	ROLE_BAD,
	ROLE_STALE,
	ROLE_CURSOR, /* the marker of the selected row, and its row's id */
	ROLE_MATCH,  /* filter words */
	ROLE_BANNER, /* paused, offline: must not be overlooked */
	ROLE_CODE,   /* a QR code: black on white whatever the ground */
	ROLE_COUNT
};

extern const char *const role_names[ROLE_COUNT];

enum role role_of_tone(enum tone tone);

#endif
