/* What a site's keys must have to do with each other. No word of a dsn ever gets into an error.
 * Owns nothing; main thread. */
#include "config_file.h"
#include <string.h>

/* "password = x", also at the end of "sslpassword" and in the query of a URI. */
static bool names_password(const char *dsn)
{
	for (const char *at = dsn; (at = strstr(at, "password"));) {
		at += strlen("password");
		if (at[strspn(at, " \t")] == '=')
			return true;
	}
	return false;
}

/* Rather too careful: in a URI all up to the last @ may be the user and the password, and a name
 * may be percent-encoded. */
bool config_has_password(const char *dsn)
{
	const char *user = strstr(dsn, "://"), *host = strrchr(dsn, '@');
	const char *query = strchr(dsn, '?');

	if (names_password(dsn))
		return true;
	if (!user)
		return false;
	user += strlen("://");
	return (host && host > user && memchr(user, ':', (size_t)(host - user))) ||
		(query && strchr(query, '%'));
}

bool config_check_site(const struct config_site *site, struct err *err)
{
	const struct {
		const char *kind, *name, *value;
	} only[] = {
		{"pi", "url", site->url},
		{"pi", "api_key_file", site->api_key_file},
		{"pi", "bucket", site->bucket},
		{"omnisight", "dsn", site->dsn},
		{"omnisight", "thumbnails_url", site->thumbnails_url},
		{"omnisight", "health_url", site->health_url},
	};

	for (size_t i = 0; i < sizeof(only) / sizeof(only[0]); i++) {
		if (only[i].value[0] && strcmp(only[i].kind, site->kind) != 0)
			return err_set(err, "site '%s': %s is only for kind = %s", site->name,
				only[i].name, only[i].kind);
	}
	if (strcmp(site->kind, "pi") == 0 && !site->url[0])
		return err_set(err, "site '%s' has no url = http://...", site->name);
	return true;
}
