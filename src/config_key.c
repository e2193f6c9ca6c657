/* The table of configuration keys, and how a value of each type is read. Owns nothing; main
 * thread. */
#include "base/nearest.h"
#include "base/text.h"
#include "config_file.h"
#include "source/source.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#define SECOND INT64_C(1000)
#define MINUTE (60 * SECOND)
#define HOUR (60 * MINUTE)
#define DAY (24 * HOUR)
#define MEBIBYTE (INT64_C(1) << 20)

/* offset, bytes */
#define TEXT_AT(owner, member) offsetof(struct owner, member), sizeof(((struct owner *)0)->member)
#define NUMBER_AT(member) offsetof(struct config, member), 0

const struct config_key config_keys[] = {
	{"site", "kind", CONFIG_CHOICE, "pi", "pi omnisight", 0, 0, TEXT_AT(config_site, kind),
		"what it is: a Pi, or a recorder's database"},
	{"site", "url", CONFIG_URL, NULL, NULL, 0, 0, TEXT_AT(config_site, url),
		"where the Pi listens: http://kitchen-pi:8082"},
	{"site", "api_key_file", CONFIG_PATH, "", NULL, 0, 0, TEXT_AT(config_site, api_key_file),
		"file of mode 0600 with the Pi's API key"},
	{"site", "dialect", CONFIG_CHOICE, "auto", "auto dashboard v1", 0, 0,
		TEXT_AT(config_site, dialect), "which endpoints to ask"},
	{"site", "bucket", CONFIG_TEXT, "", NULL, 0, 0, TEXT_AT(config_site, bucket),
		"the evidence bucket, left out of object keys"},
	{"site", "dsn", CONFIG_TEXT, "", NULL, 0, 0, TEXT_AT(config_site, dsn),
		"the recorder's database: postgresql://USER@HOST/NAME; empty: as libpq finds it"},
	{"site", "thumbnails_url", CONFIG_URL, "", NULL, 0, 0, TEXT_AT(config_site, thumbnails_url),
		"where the recorder's thumbnails are: http://recorder:3004/thumbnails"},
	{"site", "health_url", CONFIG_URL, "", NULL, 0, 0, TEXT_AT(config_site, health_url),
		"the recorder's gateway or a service: http://recorder:3000"},
	{"ui", "theme", CONFIG_TEXT, "default", NULL, 0, 0, TEXT_AT(config, theme_name),
		"colours: a theme's name"},
	{"ui", "ascii", CONFIG_BOOL, "no", NULL, 0, 0, NUMBER_AT(is_ascii), "draw with ASCII only"},
	{"ui", "color", CONFIG_CHOICE, "auto", "auto always never", 0, 0, TEXT_AT(config, color),
		"auto: where the terminal has colours and NO_COLOR is not set"},
	{"ui", "images", CONFIG_CHOICE, "auto", "auto sixel blocks ascii off", 0, 0,
		TEXT_AT(config, images), "how pictures are drawn"},
	{"ui", "low_bandwidth", CONFIG_CHOICE, "auto", "auto yes no", 0, 0,
		TEXT_AT(config, low_bandwidth),
		"few colours, pictures only when asked for; auto: "
		"where the terminal answers slowly"},
	{"ui", "mouse", CONFIG_BOOL, "yes", NULL, 0, 0, NUMBER_AT(has_mouse),
		"clicks copy, sort and select; the wheel scrolls"},
	{"cache", "path", CONFIG_PATH, "", NULL, 0, 0, TEXT_AT(config, cache_path),
		"the cache file; empty: $XDG_CACHE_HOME/opsglass/opsglass.db"},
	{"cache", "retention", CONFIG_DURATION, "30d", NULL, HOUR, 3650 * DAY,
		NUMBER_AT(retention_ms), "older history goes"},
	{"cache", "size", CONFIG_BYTES, "512M", NULL, 16 * MEBIBYTE, MEBIBYTE << 20,
		NUMBER_AT(max_bytes), "a larger file loses its oldest rows"},
	{"cache", "pictures", CONFIG_BYTES, "256M", NULL, MEBIBYTE, MEBIBYTE << 20,
		NUMBER_AT(picture_bytes), "pictures beyond it go, longest unseen first"},
	{"poll", "sessions", CONFIG_DURATION, "5s", NULL, 2 * SECOND, MINUTE,
		NUMBER_AT(sessions_period_ms), "from one question for sessions to the next"},
	{"poll", "cameras", CONFIG_DURATION, "10s", NULL, 2 * SECOND, 10 * MINUTE,
		NUMBER_AT(cameras_period_ms), "the same for cameras"},
	{"poll", "inventory", CONFIG_DURATION, "15s", NULL, 2 * SECOND, 10 * MINUTE,
		NUMBER_AT(inventory_period_ms), "the same for inventory runs"},
	{"poll", "health", CONFIG_DURATION, "10s", NULL, 2 * SECOND, 10 * MINUTE,
		NUMBER_AT(health_period_ms), "the same for services"},
	{"poll", "session_limit", CONFIG_INT, "500", NULL, 1, 100000, NUMBER_AT(session_limit),
		"how many sessions to ask for, where the Pi takes a limit"},
};
const size_t config_key_count = sizeof(config_keys) / sizeof(config_keys[0]);

const struct config_key *config_key_find(const char *section, const char *name, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < config_key_count; i++) {
		if (strcmp(config_keys[i].section, section) != 0)
			continue;
		if (strcmp(config_keys[i].name, name) == 0)
			return &config_keys[i];
		nearest_offer(&nearest, config_keys[i].name);
	}
	if (nearest.name)
		err_set(err, "unknown key '%.60s' in [%s], did you mean '%s'?", name, section,
			nearest.name);
	else
		err_set(err, "unknown key '%.60s' in [%s]; see opsglass.conf(5)", name, section);
	return NULL;
}

/* ---- values by type ---- */

static bool set_text(const struct config_key *key, char *dst, const char *value, struct err *err)
{
	if (strlen(value) >= key->bytes)
		return err_set(err, "%s is longer than %zu bytes", key->name, key->bytes - 1);
	snprintf(dst, key->bytes, "%s", value);
	return true;
}

static bool set_choice(const struct config_key *key, char *dst, const char *value, struct err *err)
{
	size_t wanted = strlen(value);

	for (const char *at = key->choices; *at;) {
		size_t bytes = strcspn(at, " ");

		if (bytes == wanted && strncmp(at, value, bytes) == 0)
			return set_text(key, dst, value, err);
		at += bytes + (at[bytes] == ' ');
	}
	return err_set(
		err, "%s cannot be '%.60s': it is one of: %s", key->name, value, key->choices);
}

static bool set_bool(const struct config_key *key, int64_t *dst, const char *value, struct err *err)
{
	static const char *const words[] = {"no", "yes", "false", "true", "off", "on", "0", "1"};

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(value, words[i]) != 0)
			continue;
		*dst = i % 2;
		return true;
	}
	return err_set(err, "%s cannot be '%.60s': it is yes or no", key->name, value);
}

/* "512M": bytes, or K M G T of 1024. */
static bool parse_bytes(const char *text, int64_t *bytes)
{
	static const char units[] = "KMGT";
	char digits[24];
	size_t length = strlen(text);
	const char *unit = length > 0 ? strchr(units, text[length - 1]) : NULL;
	int shift = unit ? 10 * (int)(unit - units + 1) : 0;

	snprintf(digits, sizeof(digits), "%.*s", (int)(length - (unit != NULL)), text);
	if (length >= sizeof(digits) || !text_to_int64(digits, bytes) || *bytes < 0 ||
		*bytes > INT64_MAX >> shift)
		return false;
	*bytes *= INT64_C(1) << shift;
	return true;
}

/* The largest unit that says it exactly. */
static void number_text(char dst[32], enum config_type type, int64_t value)
{
	static const struct {
		enum config_type type;
		int64_t size;
		const char *name;
	} units[] = {
		{CONFIG_DURATION, DAY, "d"},
		{CONFIG_DURATION, HOUR, "h"},
		{CONFIG_DURATION, MINUTE, "m"},
		{CONFIG_DURATION, SECOND, "s"},
		{CONFIG_BYTES, MEBIBYTE << 20, "T"},
		{CONFIG_BYTES, MEBIBYTE << 10, "G"},
		{CONFIG_BYTES, MEBIBYTE, "M"},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++) {
		if (units[i].type != type || value % units[i].size != 0)
			continue;
		snprintf(dst, 32, "%" PRId64 "%s", value / units[i].size, units[i].name);
		return;
	}
	snprintf(dst, 32, "%" PRId64, value);
}

void config_key_range(const struct config_key *key, char low[32], char high[32])
{
	number_text(low, key->type, key->low);
	number_text(high, key->type, key->high);
}

static bool set_number(
	const struct config_key *key, int64_t *dst, const char *value, struct err *err)
{
	char low[32], high[32];
	int64_t number;
	bool is_number = key->type == CONFIG_DURATION ? text_to_duration_ms(value, &number)
		: key->type == CONFIG_BYTES           ? parse_bytes(value, &number)
						      : text_to_int64(value, &number);

	if (is_number && number >= key->low && number <= key->high) {
		*dst = number;
		return true;
	}
	config_key_range(key, low, high);
	return err_set(
		err, "%s cannot be '%.60s': it is from %s to %s", key->name, value, low, high);
}

static bool set_path(const struct config_key *key, char *dst, const char *value, struct err *err)
{
	return config_expand_home(dst, key->bytes, value) ||
		err_set(err, "%s is longer than %zu bytes", key->name, key->bytes - 1);
}

static bool set_url(const struct config_key *key, char *dst, const char *value, struct err *err)
{
	if (!*value && key->fallback)
		return set_text(key, dst, value, err);
	return source_check_url(dst, key->bytes, value, err);
}

bool config_key_set(const struct config_key *key, void *base, const char *value, struct err *err)
{
	void *dst = (char *)base + key->offset;

	if (!*value && key->fallback)
		value = key->fallback;
	switch (key->type) {
	case CONFIG_TEXT:
		return set_text(key, dst, value, err);
	case CONFIG_PATH:
		return set_path(key, dst, value, err);
	case CONFIG_URL:
		return set_url(key, dst, value, err);
	case CONFIG_CHOICE:
		return set_choice(key, dst, value, err);
	case CONFIG_BOOL:
		return set_bool(key, dst, value, err);
	case CONFIG_INT:
	case CONFIG_BYTES:
	case CONFIG_DURATION:
		return set_number(key, dst, value, err);
	}
	return false;
}

void config_key_defaults(const char *section, void *base)
{
	for (size_t i = 0; i < config_key_count; i++) {
		const struct config_key *key = &config_keys[i];

		if (strcmp(key->section, section) == 0 && key->fallback)
			config_key_set(key, base, key->fallback, NULL);
	}
}
