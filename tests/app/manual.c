/* The manual pages against the tables of the code, both ways. */
#include "config.h"
#include "config_file.h"
#include "options.h"
#include "ui/action.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static char page[65536];

static void read_page(const char *path)
{
	FILE *file = fopen(path, "r");

	cr_assert_not_null(file, "%s: run from the top folder", path);
	page[fread(page, 1, sizeof(page) - 1, file)] = '\0';
	fclose(file);
}

/* How many lines of the page begin so. */
static size_t count_lines(const char *from, const char *end, const char *beginning)
{
	size_t count = 0;

	for (const char *line = from; line < end; line = strchrnul(line, '\n') + 1)
		count += strncmp(line, beginning, strlen(beginning)) == 0;
	return count;
}

Test(manual, has_every_option_with_its_argument_and_no_other)
{
	read_page("man/opsglass.1");
	for (size_t i = 0; i < option_def_count; i++) {
		const struct option_def *def = &option_defs[i];
		char line[80];

		snprintf(line, sizeof(line), "\n.It Fl %s%s%s\n", def->name + 1,
			def->argument ? " Ar " : "", def->argument ? def->argument : "");
		cr_expect_not_null(strstr(page, line), "%s", line);
	}
	cr_expect_eq(count_lines(page, page + strlen(page), ".It Fl "), option_def_count);
}

/* The same without the \& before characters that mdoc would take for its own. */
static void unescape(char *text)
{
	for (char *at; (at = strstr(text, "\\&"));)
		memmove(at, at + 2, strlen(at + 2) + 1);
}

Test(manual, has_every_action_with_its_default_keys_and_help_and_no_other)
{
	read_page("man/opsglass.1");
	unescape(page);
	for (size_t i = 0; i < action_def_count; i++) {
		const struct action_def *def = &action_defs[i];
		char line[256];

		snprintf(line, sizeof(line), "\n.It Cm %s Ta Li %s Ta %s\n", def->name, def->keys,
			def->help);
		cr_expect_not_null(strstr(page, line), "%s", line);
	}
	char *keys = strstr(page, "\n.Sh KEYS\n");
	cr_assert_not_null(keys);
	cr_expect_eq(count_lines(keys + 1, strstr(keys, "\n.El\n"), ".It Cm "), action_def_count);
}

/* How the manual names the value and its default. */
static void expected_lines(char *dst, size_t dst_bytes, const struct config_key *key)
{
	static const char *const words[] = {
		[CONFIG_TEXT] = "text",
		[CONFIG_PATH] = "path",
		[CONFIG_URL] = "URL",
		[CONFIG_BOOL] = "yes | no",
		[CONFIG_INT] = "number",
		[CONFIG_BYTES] = "bytes",
		[CONFIG_DURATION] = "duration",
	};
	char value[64] = "", fallback[128], low[32], high[32];

	for (const char *at = key->choices; at && *at; at++)
		snprintf(value + strlen(value), sizeof(value) - strlen(value),
			*at == ' ' ? " | " : "%c", *at);
	config_key_range(key, low, high);
	if (!key->fallback)
		snprintf(fallback, sizeof(fallback), "Must be given.");
	else if (!*key->fallback)
		snprintf(fallback, sizeof(fallback), "Not set by default.");
	else if (key->high > 0)
		snprintf(fallback, sizeof(fallback), "Default\n.Li %s ,\nfrom %s to %s.",
			key->fallback, low, high);
	else
		snprintf(fallback, sizeof(fallback), "Default\n.Li %s .", key->fallback);
	snprintf(dst, dst_bytes, "\n.It Cm %s Ar %s\n%s\n", key->name,
		key->choices ? value : words[key->type], fallback);
}

Test(manual, has_every_configuration_key_with_type_default_and_range_and_no_other)
{
	static const char *const sections[] = {"site NAME", "ui", "cache", "poll"};

	read_page("man/opsglass.conf.5");
	for (size_t s = 0; s < sizeof(sections) / sizeof(sections[0]); s++) {
		char heading[64], lines[512];
		size_t keys = 0;

		snprintf(heading, sizeof(heading), "\n.Ss The %s section", sections[s]);
		char *from = strstr(page, heading);
		cr_assert_not_null(from, "%s", heading);
		char *end = strstr(from, "\n.El\n");
		for (size_t i = 0; i < config_key_count; i++) {
			size_t bytes = strlen(config_keys[i].section);

			if (strncmp(config_keys[i].section, sections[s], bytes) != 0)
				continue;
			keys++;
			expected_lines(lines, sizeof(lines), &config_keys[i]);
			char *found = strstr(from, lines);
			cr_expect(found && found < end, "%s", lines);
		}
		cr_expect_eq(count_lines(from + 1, end, ".It "), keys, "%s", sections[s]);
	}
}

Test(manual, names_every_role_of_a_theme)
{
	read_page("man/opsglass.conf.5");
	char *themes = strstr(page, "\n.Sh THEMES\n");
	cr_assert_not_null(themes);
	for (int i = 0; i < ROLE_COUNT; i++) {
		char line[64];

		snprintf(line, sizeof(line), "\n.Cm %s\n", role_names[i]);
		size_t bytes = strlen(line) - 1;
		bool is_there = strstr(themes, line) != NULL;
		line[bytes] = ' ';
		cr_expect(is_there || strstr(themes, line), "%s", line);
	}
}
