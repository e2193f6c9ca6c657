/* Fuzzes the configuration file and theme files. Input: the file. */
#include "base/text.h"
#include "config.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void claim(bool is_true, const char *what)
{
	if (is_true)
		return;
	fprintf(stderr, "not so: %s\n", what);
	abort();
}

static bool is_harmless(const char *text)
{
	char copy[CONFIG_TEXT_BYTES];

	return strlen(text) < sizeof(copy) &&
		text_clean(copy, sizeof(copy), text, strlen(text)) == strlen(text) &&
		strcmp(copy, text) == 0;
}

static void check_site(const struct config *config, size_t index)
{
	const struct config_site *site = &config->sites[index];

	claim(site->name[0] && is_harmless(site->name), "a site has a harmless name");
	bool is_pi = strcmp(site->kind, "pi") == 0;

	claim(is_pi || strcmp(site->kind, "omnisight") == 0, "a site is of a kind");
	claim(is_pi == (strncmp(site->url, "http", 4) == 0), "a Pi has an URL, a recorder none");
	claim(is_harmless(site->url) && is_harmless(site->dsn), "an URL and a dsn are harmless");
	claim(!is_pi || !site->dsn[0], "only a recorder has a dsn");
	claim(!site->api_key[0], "no key comes from the file");
	for (size_t i = 0; i < index; i++)
		claim(strcmp(config->sites[i].name, site->name) != 0, "names are one site's");
}

static void check_numbers(const struct config *config)
{
	for (size_t i = 0; i < config_key_count; i++) {
		const struct config_key *key = &config_keys[i];
		int64_t value;

		if (key->type != CONFIG_INT && key->type != CONFIG_BYTES &&
			key->type != CONFIG_DURATION)
			continue;
		memcpy(&value, (const char *)config + key->offset, sizeof(value));
		claim(value >= key->low && value <= key->high, "a number is in its range");
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int descriptor = memfd_create("config", MFD_CLOEXEC);
	struct config config;
	struct theme theme;
	struct err err = {""};
	char path[64];
	bool found = false;
	bool is_fine;

	if (descriptor < 0 || write(descriptor, data, size) != (ssize_t)size)
		abort();
	snprintf(path, sizeof(path), "/proc/self/fd/%d", descriptor);
	config_init(&config);
	is_fine = config_read(&config, path, &found, &err);
	claim(found && is_fine == !err.text[0], "a refusal has words");
	claim(is_harmless(err.text) || strstr(err.text, "\xef\xbf\xbd"), "and they are harmless");
	for (size_t i = 0; is_fine && i < config.site_count; i++)
		check_site(&config, i);
	if (is_fine)
		check_numbers(&config);
	config_release(&config);
	err.text[0] = '\0';
	claim(config_theme(path, &theme, &err) == !err.text[0], "a theme is refused with words");
	close(descriptor);
	return 0;
}
