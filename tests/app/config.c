/* Tests of config.h: the file, its words when something is wrong, keys and themes. */
#include "config.h"
#include "app/files.h"
#include "ui/key.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct config config;

static void release(void)
{
	config_release(&config);
}

TestSuite(config, .fini = release);

/* Reads text as a file; the words of err without the folder. */
static const char *read_text(const char *text)
{
	static struct err err;
	const char *path = test_file("t.conf", text, 0644);
	bool found = false;
	size_t folder = strlen(test_folder()) + 1;

	err.text[0] = '\0';
	config_release(&config);
	config_init(&config);
	if (config_read(&config, path, &found, &err)) {
		cr_expect(found);
		return "";
	}
	cr_expect_eq(strncmp(err.text, path, folder), 0, "%s", err.text);
	return err.text + folder;
}

Test(config, has_the_defaults_of_its_table)
{
	config_init(&config);
	cr_expect_eq(config.site_count, 0);
	cr_expect_str_eq(config.theme_name, "default");
	cr_expect_str_eq(config.color, "auto");
	cr_expect_str_eq(config.cache_path, "");
	cr_expect_eq(config.is_ascii, 0);
	cr_expect_eq(config.retention_ms, INT64_C(30) * 86400000);
	cr_expect_eq(config.max_bytes, INT64_C(512) << 20);
	cr_expect_eq(config.sessions_period_ms, 5000);
	cr_expect_eq(config.cameras_period_ms, 10000);
	cr_expect_eq(config.inventory_period_ms, 15000);
	cr_expect_eq(config.health_period_ms, 10000);
	cr_expect_eq(config.session_limit, 500);
	cr_expect_eq(keymap_action(&config.keymap, 'q'), ACTION_QUIT);
}

Test(config, every_key_has_help_and_a_default_it_accepts)
{
	for (size_t i = 0; i < config_key_count; i++) {
		char text[256];
		const struct config_key *key = &config_keys[i];
		bool is_site = strcmp(key->section, "site") == 0;

		cr_expect(key->help && *key->help);
		if (!key->fallback)
			continue;
		snprintf(text, sizeof(text), "[%s%s]\n%s = %s\n%s", key->section,
			is_site ? " x" : "", key->name, key->fallback,
			is_site ? "url = http://x\n" : "");
		cr_expect_str_eq(read_text(text), "", "%s", text);
	}
}

Test(config, reads_sites_in_order)
{
	cr_assert_str_eq(read_text("# two Pis\n"
				   "[site kitchen pi]\r\n"
				   "url = http://kitchen:8082/api/ ; the dashboard\r\n"
				   "  api_key_file = /etc/k\n"
				   "dialect: v1\n"
				   "bucket = b\n"
				   "\n"
				   "[site Küche]\n"
				   "kind = pi\n"
				   "url = https://[::1]:8443\n"),
		"");
	cr_assert_eq(config.site_count, 2);
	cr_expect_str_eq(config.sites[0].name, "kitchen pi");
	cr_expect_str_eq(config.sites[0].url, "http://kitchen:8082");
	cr_expect_str_eq(config.sites[0].api_key_file, "/etc/k");
	cr_expect_str_eq(config.sites[0].dialect, "v1");
	cr_expect_str_eq(config.sites[0].bucket, "b");
	cr_expect_str_eq(config.sites[1].name, "Küche");
	cr_expect_str_eq(config.sites[1].url, "https://[::1]:8443");
	cr_expect_str_eq(config.sites[1].kind, "pi");
	cr_expect_str_eq(config.sites[1].dialect, "auto");
	cr_expect_str_eq(config.sites[1].api_key_file, "");
}

Test(config, reads_texts_words_and_paths)
{
	setenv("HOME", "/home/op", 1);
	cr_assert_str_eq(read_text("[ui]\ntheme = dark\nascii = Yes\ncolor = never\n"
				   "[cache]\npath = ~/c.db\n"),
		"");
	cr_expect_str_eq(config.theme_name, "dark");
	cr_expect_eq(config.is_ascii, 1);
	cr_expect_str_eq(config.color, "never");
	cr_expect_str_eq(config.cache_path, "/home/op/c.db");
	cr_expect_str_eq(read_text("[cache]\npath = ~op/c.db\n"), "");
	cr_expect_str_eq(config.cache_path, "~op/c.db");
}

Test(config, reads_numbers_of_every_type)
{
	cr_assert_str_eq(read_text("[cache]\nretention = 12h\nsize = 2G\n"
				   "[poll]\nsessions = 20\ncameras = 2500ms\nsession_limit = 9\n"),
		"");
	cr_expect_eq(config.retention_ms, 12 * 3600000);
	cr_expect_eq(config.max_bytes, INT64_C(2) << 30);
	cr_expect_eq(config.sessions_period_ms, 20000);
	cr_expect_eq(config.cameras_period_ms, 2500);
	cr_expect_eq(config.session_limit, 9);
}

Test(config, keys_of_an_action_are_replaced)
{
	cr_assert_str_eq(read_text("[keys]\npause = p f5\nquit=;\n"), "");
	cr_expect_eq(keymap_action(&config.keymap, 'p'), ACTION_PAUSE);
	cr_expect_eq(keymap_action(&config.keymap, KEY_CODE_F1 + 4), ACTION_PAUSE);
	cr_expect_eq(keymap_action(&config.keymap, ' '), ACTION_NONE);
	cr_expect_eq(keymap_action(&config.keymap, ';'), ACTION_QUIT);
}

Test(config, an_empty_value_is_the_default)
{
	cr_assert_str_eq(read_text("[ui]\ntheme =\n[poll]\nsessions = 9\nsessions =\n"), "");
	cr_expect_str_eq(config.theme_name, "default");
	cr_expect_eq(config.sessions_period_ms, 5000);
}

Test(config, takes_the_ends_of_a_range_and_nothing_beyond)
{
	cr_expect_str_eq(read_text("[poll]\nsessions = 2s\n"), "");
	cr_expect_str_eq(read_text("[poll]\nsessions = 1m\n"), "");
	cr_expect_str_eq(read_text("[poll]\nsessions = 1999ms\n"),
		"t.conf:2: sessions cannot be '1999ms': it is from 2s to 1m");
	cr_expect_str_eq(read_text("[poll]\nsessions = 61s\n"),
		"t.conf:2: sessions cannot be '61s': it is from 2s to 1m");
	cr_expect_str_eq(read_text("[cache]\nsize = 16M\n"), "");
	cr_expect_str_eq(read_text("[cache]\nsize = 1T\n"), "");
	cr_expect_str_eq(read_text("[cache]\nsize = 9999999999T\n"),
		"t.conf:2: size cannot be '9999999999T': it is from 16M to 1T");
}

Test(config, names_file_line_and_the_nearest_right_name)
{
	static const struct {
		const char *text;
		const char *words;
	} cases[] = {
		{"[ui]\n\ntheem = dark\n",
			"t.conf:3: unknown key 'theem' in [ui], did you mean 'theme'?"},
		{"[ui]\nfrobnicate = 1\n",
			"t.conf:2: unknown key 'frobnicate' in [ui]; see opsglass.conf(5)"},
		{"[pol]\n", "t.conf:1: unknown section [pol], did you mean [poll]?"},
		{"[frobnicate]\n",
			"t.conf:1: unknown section [frobnicate]: site NAME, ui, cache, poll or "
			"keys"},
		{"[sit kitchen]\n",
			"t.conf:1: unknown section [sit kitchen], did you mean [site NAME]?"},
		{"[sites]\n", "t.conf:1: unknown section [sites], did you mean [site NAME]?"},
		{"[site]\nurl = http://x\n", "t.conf:1: a site needs a name: [site kitchen]"},
		{"[site x\n", "t.conf:1: a section needs its ] and a short name"},
		{"theme = dark\n", "t.conf:1: 'theme' stands before the first [section]"},
		{"[ui]\nascii\n", "t.conf:2: expected [section] or name = value"},
		{"[ui]\nascii = maybe\n", "t.conf:2: ascii cannot be 'maybe': it is yes or no"},
		{"[site x]\nkind = toaster\n",
			"t.conf:2: kind cannot be 'toaster': it is one of: pi omnisight"},
		{"[site x]\nurl = http://x\ndialect = v\n",
			"t.conf:3: dialect cannot be 'v': it is one of: auto dashboard v1"},
		{"[site x]\nurl = http://x\n[site x]\n", "t.conf:3: there is another site 'x'"},
		{"\n[site x]\nkind = pi\n", "t.conf:2: site 'x' has no url = http://..."},
		{"[site x]\n[ui]\n", "t.conf:1: site 'x' has no url = http://..."},
		{"[ui]\ntheme = a\033[31m\n",
			"t.conf:2: not UTF-8 text, or control characters in it"},
		{"[ui]\ntheme = \xff\n", "t.conf:2: not UTF-8 text, or control characters in it"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_str_eq(read_text(cases[i].text), cases[i].words, "%s\n%s",
			read_text(cases[i].text), cases[i].words);
}

Test(config, names_the_nearest_action_and_a_wrong_url_with_their_line)
{
	const char *words = read_text("[keys]\nquti = q\n");

	cr_expect_eq(strncmp(words, "t.conf:2: ", 10), 0, "%s", words);
	cr_expect_not_null(strstr(words, "quit"), "%s", words);
	words = read_text("[site x]\nurl = ftp://x\n");
	cr_expect_eq(strncmp(words, "t.conf:2: ", 10), 0, "%s", words);
}

Test(config, a_line_is_bounded)
{
	char text[512] = "[ui]\n";

	memset(text + 5, 'x', 198);
	memcpy(text + 5, "theme = ", 8);
	text[5 + 198] = '\n';
	cr_expect_str_eq(read_text(text), "t.conf:2: theme is longer than 63 bytes");
	memset(text + 5 + 198, 'x', 1);
	text[5 + 199] = '\n';
	cr_expect_str_eq(read_text(text), "t.conf:2: the line is too long");
}

Test(config, a_key_in_the_file_is_refused_and_not_repeated)
{
	const char *words = read_text("[site x]\nurl = http://x\napi_key = hunter2hunter2\n");

	cr_expect_eq(strncmp(words, "t.conf:3: ", 10), 0, "%s", words);
	cr_expect_not_null(strstr(words, "api_key_file"), "%s", words);
	cr_expect_null(strstr(words, "hunter2"), "%s", words);
}

Test(config, an_absent_file_is_no_error_a_folder_and_a_binary_one_are)
{
	struct err err = {""};
	bool found = true;

	config_init(&config);
	cr_expect(config_read(&config, test_path("nowhere"), &found, &err));
	cr_expect(!found);
	cr_expect(!config_read(&config, test_folder(), &found, &err));
	cr_expect_not_null(strstr(err.text, "not a file"), "%s", err.text);
	FILE *file = fopen(test_path("binary"), "w");
	fwrite("[ui]\0x", 1, 6, file);
	fclose(file);
	cr_expect(!config_read(&config, test_path("binary"), &found, &err));
	cr_expect_not_null(strstr(err.text, "not a text file"), "%s", err.text);
}

Test(config, is_found_in_the_xdg_folder_or_at_home)
{
	char path[256];
	struct err err;

	setenv("HOME", "/home/op", 1);
	setenv("XDG_CONFIG_HOME", "/cfg", 1);
	cr_assert(config_default_path(path, sizeof(path), &err));
	cr_expect_str_eq(path, "/cfg/opsglass/opsglass.conf");
	setenv("XDG_CONFIG_HOME", "relative", 1);
	cr_assert(config_default_path(path, sizeof(path), &err));
	cr_expect_str_eq(path, "/home/op/.config/opsglass/opsglass.conf");
	unsetenv("XDG_CONFIG_HOME");
	cr_assert(config_default_path(path, sizeof(path), &err));
	cr_expect_str_eq(path, "/home/op/.config/opsglass/opsglass.conf");
	cr_expect(!config_default_path(path, 10, &err));
	unsetenv("HOME");
	cr_expect(!config_default_path(path, sizeof(path), &err));
	cr_expect_not_null(strstr(err.text, "--config"), "%s", err.text);
}

Test(config, a_site_from_an_url_is_named_by_host_and_port)
{
	struct err err = {""};

	config_init(&config);
	cr_assert(config_add_url(&config, "http://kitchen-pi:8082/api/", &err), "%s", err.text);
	cr_assert_eq(config.site_count, 1);
	cr_expect_str_eq(config.sites[0].name, "kitchen-pi:8082");
	cr_expect_str_eq(config.sites[0].url, "http://kitchen-pi:8082");
	cr_expect_str_eq(config.sites[0].kind, "pi");
	cr_expect_str_eq(config.sites[0].dialect, "auto");
	cr_expect(!config_add_url(&config, "kitchen-pi", &err));
	cr_expect(!config_add_url(&config, "http://u:hunter2@pi", &err));
	cr_expect_null(strstr(err.text, "hunter2"), "%s", err.text);
	cr_expect_eq(config.site_count, 1);
}

/* ---- recorders ---- */

Test(config, a_recorder_is_read_with_its_dsn_and_urls)
{
	cr_assert_str_eq(read_text("[site nvr]\n"
				   "kind = omnisight\n"
				   "dsn = host=/run/postgresql user=ops dbname=omnisight\n"
				   "thumbnails_url = http://nvr:3004/thumbnails/\n"
				   "health_url = http://nvr:3000\n"
				   "[site bare]\n"
				   "kind = omnisight\n"),
		"");
	cr_assert_eq(config.site_count, 2);
	cr_expect_str_eq(config.sites[0].kind, "omnisight");
	cr_expect_str_eq(config.sites[0].dsn, "host=/run/postgresql user=ops dbname=omnisight");
	cr_expect_str_eq(config.sites[0].thumbnails_url, "http://nvr:3004/thumbnails");
	cr_expect_str_eq(config.sites[0].health_url, "http://nvr:3000");
	cr_expect_str_eq(config.sites[1].dsn, "");
	cr_expect_str_eq(config.sites[1].thumbnails_url, "");
}

Test(config, keys_of_the_other_kind_of_site_are_refused_without_their_values)
{
	static const char *const cases[][2] = {
		{"url = http://x\ndsn = host=hunter2", "dsn is only for kind = omnisight"},
		{"url = http://x\nthumbnails_url = http://hunter2",
			"thumbnails_url is only for kind = omnisight"},
		{"url = http://x\nhealth_url = http://hunter2",
			"health_url is only for kind = omnisight"},
		{"kind = omnisight\nurl = http://hunter2", "url is only for kind = pi"},
		{"kind = omnisight\napi_key_file = hunter2", "api_key_file is only for kind = pi"},
		{"bucket = hunter2\nkind = omnisight", "bucket is only for kind = pi"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		char text[256], expected[256];

		snprintf(text, sizeof(text), "[site x]\n%s\n", cases[i][0]);
		snprintf(expected, sizeof(expected), "t.conf:1: site 'x': %s", cases[i][1]);
		cr_expect_str_eq(read_text(text), expected);
	}
	cr_expect_str_eq(
		read_text("[site x]\nkind = pi\n"), "t.conf:1: site 'x' has no url = http://...");
}

Test(config, urls_of_a_recorder_are_checked_like_that_of_a_pi)
{
	cr_expect_str_eq(read_text("[site x]\nkind = omnisight\nthumbnails_url = nvr\n"),
		"t.conf:3: the URL must begin with http:// or https://");
	cr_expect_str_eq(read_text("[site x]\nkind = omnisight\nhealth_url = http://a?b\n"),
		"t.conf:3: the URL must not hold a query");
}

/* The words about a file of this mode with this dsn. */
static const char *read_dsn(const char *dsn, unsigned mode)
{
	static struct err err;
	char text[256];
	bool found = false;

	snprintf(text, sizeof(text), "[site x]\nkind = omnisight\ndsn = %s\n", dsn);
	err.text[0] = '\0';
	config_release(&config);
	config_init(&config);
	if (config_read(&config, test_file("dsn.conf", text, mode), &found, &err))
		cr_expect_str_eq(config.sites[0].dsn, dsn);
	return err.text;
}

Test(config, a_dsn_with_a_password_needs_a_file_that_nobody_else_can_read)
{
	static const char *const dsns[] = {
		"postgresql://ops:hunter2@nvr/omnisight",
		"postgres://ops:hunter2@nvr:5432/omnisight?sslmode=require",
		"postgres://ops:hun/ter2@nvr/omnisight",
		"postgres://ops@nvr/omnisight?password=hunter2",
		"postgres://ops@nvr/omnisight?pass%77ord=hunter2",
		"host=nvr password=hunter2",
		"host=nvr password = 'hunter2'",
		"host=nvr sslkey=k sslpassword=hunter2",
	};

	for (size_t i = 0; i < sizeof(dsns) / sizeof(dsns[0]); i++) {
		const char *words = read_dsn(dsns[i], 0640);

		cr_expect(strstr(words,
				  "dsn.conf:3: a dsn with a password in it, and others can "
				  "read this file: chmod 600"),
			"%s: %s", dsns[i], words);
		cr_expect_null(strstr(words, "hunter2"));
		cr_expect(read_dsn(dsns[i], 0604)[0], "%s", dsns[i]);
		cr_expect_str_eq(read_dsn(dsns[i], 0600), "", "%s", dsns[i]);
		cr_expect_str_eq(read_dsn(dsns[i], 0400), "", "%s", dsns[i]);
	}
}

Test(config, a_dsn_without_a_password_may_be_in_any_file)
{
	static const char *const dsns[] = {
		"postgresql://ops@nvr/omnisight",
		"postgresql://ops@[fd00::17]:5432/omnisight?sslmode=verify-full",
		"postgresql://nvr:5433/omnisight",
		"host=nvr user=ops dbname=password passfile=/etc/opsglass.pgpass",
		"service=omnisight",
	};

	for (size_t i = 0; i < sizeof(dsns) / sizeof(dsns[0]); i++)
		cr_expect_str_eq(read_dsn(dsns[i], 0644), "", "%s", dsns[i]);
}

Test(config, no_wrong_line_repeats_a_dsn)
{
	static const char *const lines[] = {
		"dns = postgres://ops:hunter2@nvr/db",
		"DSN = postgres://ops:hunter2@nvr/db",
		"url = postgres://ops:hunter2@nvr/db",
		"thumbnails_url = http://ops:hunter2@nvr",
		"dsn = postgres://ops:hunter2@nvr/db\x01",
		"dsn postgres://ops/hunter2@nvr/db",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		char text[256];
		const char *words;

		snprintf(text, sizeof(text), "[site x]\nkind = omnisight\n%s\n", lines[i]);
		words = read_text(text);
		cr_expect(words[0], "%s", lines[i]);
		cr_expect_null(strstr(words, "hunter2"), "%s", words);
	}
}

Test(config, a_recorder_gets_no_api_key)
{
	struct err err;

	setenv("OPSGLASS_API_KEY", "hunter2hunter2", 1);
	cr_assert_str_eq(read_text("[site x]\nkind = omnisight\n[site y]\nurl = http://y\n"), "");
	cr_assert(config_load_keys(&config, NULL, &err));
	cr_expect_str_eq(config.sites[0].api_key, "");
	cr_expect_str_eq(config.sites[1].api_key, "hunter2hunter2");
}

/* ---- keys ---- */

static void with_site(const char *key_file)
{
	struct err err;

	config_release(&config);
	config_init(&config);
	cr_assert(config_add_url(&config, "http://pi", &err));
	snprintf(
		config.sites[0].api_key_file, sizeof(config.sites[0].api_key_file), "%s", key_file);
}

Test(config, a_key_comes_from_the_sites_file_then_the_options_then_the_environment)
{
	const char *own = test_file("own", "  own-key-1\r\n", 0600);
	const char *given = test_file("given", "given-key", 0400);
	struct err err = {""};

	setenv("OPSGLASS_API_KEY", " env-key-1\n", 1);
	with_site(own);
	cr_assert(config_load_keys(&config, given, &err), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, "own-key-1");
	with_site("");
	cr_assert(config_load_keys(&config, given, &err), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, "given-key");
	with_site("");
	cr_assert(config_load_keys(&config, NULL, &err), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, "env-key-1");
	setenv("OPSGLASS_API_KEY", "", 1);
	with_site("");
	cr_assert(config_load_keys(&config, NULL, &err), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, "");
}

static void expect_refused_key(const char *path, const char *words)
{
	struct err err = {""};

	with_site(path);
	cr_expect(!config_load_keys(&config, NULL, &err), "%s", words);
	cr_expect_not_null(strstr(err.text, words), "%s", err.text);
	cr_expect_null(strstr(err.text, "hunter2"), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, "");
}

Test(config, a_key_file_that_others_can_read_is_refused)
{
	static const unsigned modes[] = {0640, 0604, 0660, 0644, 0610};

	for (size_t i = 0; i < sizeof(modes) / sizeof(modes[0]); i++)
		expect_refused_key(test_file("key", "hunter2hunter2\n", modes[i]), "chmod 600");
}

Test(config, a_key_file_of_another_user_is_refused)
{
	const char *path = test_file("key", "hunter2hunter2\n", 0600);

	if (geteuid() != 0)
		cr_skip_test("only root can give a file away");
	cr_assert_eq(chown(path, 1, 1), 0);
	expect_refused_key(path, "belongs to another user");
}

Test(config, a_key_file_must_be_a_file_with_one_key)
{
	static const char *const contents[] = {"", "short-7", "hunter2 hunter2", "hunter2\nhunter2",
		"hunter2hunter2\x01", "hunter2hunter2\xc3\xa9"};
	char text[1100];

	for (size_t i = 0; i < sizeof(contents) / sizeof(contents[0]); i++)
		expect_refused_key(test_file("key", contents[i], 0600), "8 to 256 printable");
	memset(text, 'x', sizeof(text));
	text[257] = '\0';
	expect_refused_key(test_file("key", text, 0600), "8 to 256 printable");
	text[257] = 'x';
	text[1025] = '\0';
	expect_refused_key(test_file("key", text, 0600), "larger than 1 KiB");
	expect_refused_key(test_path("nowhere"), "No such file");
	expect_refused_key("/dev/null", "not a file");
	cr_assert_eq(mkfifo(test_path("pipe"), 0600), 0);
	expect_refused_key(test_path("pipe"), "not a file");
}

Test(config, a_key_of_8_and_one_of_256_characters_are_taken)
{
	char text[257];
	struct err err = {""};

	with_site(test_file("key", "12345678", 0600));
	cr_expect(config_load_keys(&config, NULL, &err), "%s", err.text);
	memset(text, 'k', 256);
	text[256] = '\0';
	with_site(test_file("key", text, 0600));
	cr_expect(config_load_keys(&config, NULL, &err), "%s", err.text);
	cr_expect_str_eq(config.sites[0].api_key, text);
}

Test(config, a_bad_key_in_the_environment_is_named_but_not_shown)
{
	struct err err = {""};

	setenv("OPSGLASS_API_KEY", "hunter2 hunter2", 1);
	with_site("");
	cr_expect(!config_load_keys(&config, NULL, &err));
	cr_expect_not_null(strstr(err.text, "OPSGLASS_API_KEY"));
	cr_expect_null(strstr(err.text, "hunter2"));
}

/* ---- themes ---- */

Test(config, the_default_theme_needs_no_file)
{
	struct theme theme, built_in;
	struct err err = {""};

	theme_default(&built_in);
	cr_assert(config_theme("default", &theme, &err));
	cr_expect_eq(memcmp(&theme, &built_in, sizeof(theme)), 0);
}

Test(config, a_theme_is_read_from_the_users_folder_by_name_and_from_anywhere_by_path)
{
	struct theme theme;
	struct err err = {""};

	setenv("XDG_CONFIG_HOME", test_folder(), 1);
	cr_assert_eq(mkdir(test_path("opsglass"), 0700), 0);
	cr_assert_eq(mkdir(test_path("opsglass/themes"), 0700), 0);
	const char *path =
		test_file("opsglass/themes/mine.theme", "[roles]\nok = #112233 on 7 bold\n", 0600);
	for (int i = 0; i < 2; i++) {
		cr_assert(config_theme(i ? path : "mine", &theme, &err), "%s", err.text);
		cr_expect_str_eq(theme.name, "mine");
		cr_expect_eq(theme.styles[ROLE_OK].foreground, COLOR_RGB | 0x112233);
		cr_expect_eq(theme.styles[ROLE_OK].background, 7);
		cr_expect(theme.styles[ROLE_OK].is_bold);
	}
	cr_expect(!config_theme("mnie", &theme, &err));
	cr_expect_str_eq(err.text, "no theme 'mnie', did you mean 'mine'?");
	cr_expect(!config_theme("frobnicate", &theme, &err));
	cr_expect_not_null(strstr(err.text, " default"), "%s", err.text);
	cr_expect_not_null(strstr(err.text, " mine"), "%s", err.text);
	cr_expect(!config_theme(test_path("none.theme"), &theme, &err));
	cr_expect_not_null(strstr(err.text, "no theme file"), "%s", err.text);
}

Test(config, a_wrong_theme_names_its_line)
{
	struct theme theme;
	struct err err = {""};

	cr_assert(!config_theme(test_file("x.theme", "[roles]\nokk = red\n", 0600), &theme, &err));
	cr_expect_not_null(strstr(err.text, "x.theme:2: "), "%s", err.text);
	cr_assert(!config_theme(test_file("x.theme", "[colors]\n", 0600), &theme, &err));
	cr_expect_not_null(strstr(err.text, "x.theme:1: unknown section [colors]"), "%s", err.text);
}

Test(config, every_theme_that_comes_along_names_every_role)
{
	static const char *const names[] = {"dark", "light", "16-colour", "mono", "high-contrast"};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		char path[64], line[32];
		static char text[16384];
		struct theme theme;
		struct err err = {""};

		snprintf(path, sizeof(path), "themes/%s.theme", names[i]);
		cr_expect(config_theme(path, &theme, &err), "%s", err.text);
		cr_expect_str_eq(theme.name, names[i]);
		FILE *file = fopen(path, "r");
		cr_assert_not_null(file, "%s", path);
		text[fread(text, 1, sizeof(text) - 1, file)] = '\0';
		fclose(file);
		for (int role = 0; role < ROLE_COUNT; role++) {
			snprintf(line, sizeof(line), "\n%s = ", role_names[role]);
			cr_expect_not_null(strstr(text, line), "%s: %s", path, role_names[role]);
		}
	}
}

Test(config, knows_whether_some_or_all_sites_are_recorders)
{
	static const struct {
		const char *text;
		bool has_some, has_only;
	} cases[] = {
		{"", false, false},
		{"[site a]\nurl = http://x\n", false, false},
		{"[site a]\nurl = http://x\n[site b]\nkind = omnisight\n", true, false},
		{"[site b]\nkind = omnisight\n[site c]\nkind = omnisight\n", true, true},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		cr_assert_str_eq(read_text(cases[i].text), "");
		cr_expect_eq(config_has_recorders(&config), cases[i].has_some, "%zu", i);
		cr_expect_eq(config_has_only_recorders(&config), cases[i].has_only, "%zu", i);
	}
}
