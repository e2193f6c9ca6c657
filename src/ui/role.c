/* Names of roles, and which role a tone is. Pure. */
#include "ui/role.h"

const char *const role_names[ROLE_COUNT] = {
	[ROLE_TEXT] = "text",
	[ROLE_DIM] = "dim",
	[ROLE_STRONG] = "strong",
	[ROLE_HEADER] = "header",
	[ROLE_TAB] = "tab",
	[ROLE_KEY] = "key",
	[ROLE_OK] = "ok",
	[ROLE_INFO] = "info",
	[ROLE_WARN] = "warn",
	[ROLE_BAD] = "bad",
	[ROLE_STALE] = "stale",
	[ROLE_CURSOR] = "cursor",
	[ROLE_MATCH] = "match",
	[ROLE_BANNER] = "banner",
	[ROLE_CODE] = "code",
};

static const enum role roles_of_tones[] = {
	[TONE_PLAIN] = ROLE_TEXT,
	[TONE_OK] = ROLE_OK,
	[TONE_INFO] = ROLE_INFO,
	[TONE_WARN] = ROLE_WARN,
	[TONE_BAD] = ROLE_BAD,
	[TONE_STALE] = ROLE_STALE,
	[TONE_DIM] = ROLE_DIM,
};

enum role role_of_tone(enum tone tone)
{
	return roles_of_tones[tone];
}
