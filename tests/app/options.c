/* Tests of options.h: the command line. */
#include "options.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { WORDS_MAX = 40 };

/* Parses "list sessions --json"; words are cut at blanks. */
static bool parse(struct options *options, const char *line, struct err *err)
{
	static char text[512];
	char *words[WORDS_MAX] = {(char[]){"opsglass"}};
	int count = 1;
	char *rest = text;

	snprintf(text, sizeof(text), "%s", line);
	for (char *word; (word = strsep(&rest, " ")) && count < WORDS_MAX;) {
		if (*word)
			words[count++] = word;
	}
	err->text[0] = '\0';
	return options_parse(options, count, words, err);
}

static struct options parsed(const char *line)
{
	struct options options;
	struct err err;

	cr_assert(parse(&options, line, &err), "%s: %s", line, err.text);
	return options;
}

Test(options, without_words_it_is_the_console)
{
	struct options options = parsed("");

	cr_assert_eq(options.command, COMMAND_CONSOLE);
	cr_assert_eq(options.since_ms, UNKNOWN);
	cr_assert_eq(options.limit, 0);
	cr_assert_null(options.url);
	cr_assert(!options.is_offline && !options.is_json && !options.is_demo);
}

Test(options, words_name_the_command)
{
	static const struct {
		const char *line;
		enum command command;
	} cases[] = {
		{"list sessions", COMMAND_LIST},
		{"show session s-1", COMMAND_SHOW},
		{"collect", COMMAND_COLLECT},
		{"help", COMMAND_HELP},
		{"version", COMMAND_VERSION},
		{"--help", COMMAND_HELP},
		{"--version", COMMAND_VERSION},
		{"list sessions --help", COMMAND_HELP},
		{"list --help", COMMAND_HELP},
		{"--demo", COMMAND_CONSOLE},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
		cr_expect_eq(parsed(cases[i].line).command, cases[i].command, "%s", cases[i].line);
}

Test(options, every_option_reaches_its_member)
{
	struct options options = parsed(
		"--url http://pi --api-key-file k --config c --cache d --offline --theme t --ascii "
		"--color always --read-only list captures --site s --csv --status w --since 2h "
		"--session e --limit 7");

	cr_expect_str_eq(options.url, "http://pi");
	cr_expect_str_eq(options.api_key_file, "k");
	cr_expect_str_eq(options.config, "c");
	cr_expect_str_eq(options.cache, "d");
	cr_expect_str_eq(options.theme, "t");
	cr_expect_str_eq(options.color, "always");
	cr_expect_str_eq(options.site, "s");
	cr_expect_str_eq(options.status, "w");
	cr_expect_str_eq(options.session, "e");
	cr_expect_str_eq(options.what, "captures");
	cr_expect_eq(options.since_ms, 7200000);
	cr_expect_eq(options.limit, 7);
	cr_expect(options.is_offline && options.is_ascii && options.is_read_only && options.is_csv);
	cr_expect(!options.is_json && !options.is_demo && !options.is_low_bandwidth);
	options = parsed("thumb a.jpg --images blocks --low-bandwidth --size 320x240 --colors 16 "
			 "--format sixel");
	cr_expect_eq(options.command, COMMAND_THUMB);
	cr_expect_str_eq(options.what, "a.jpg");
	cr_expect_str_eq(options.images, "blocks");
	cr_expect_str_eq(options.format, "sixel");
	cr_expect(options.is_low_bandwidth);
	cr_expect_eq(options.size.width, 320);
	cr_expect_eq(options.size.height, 240);
	cr_expect_eq(options.colors, 16);
}

Test(options, an_option_may_stand_anywhere_and_have_its_value_behind_an_equals_sign)
{
	static const char *const lines[] = {
		"--site kitchen list sessions --json",
		"list --site kitchen sessions --json",
		"list sessions --json --site kitchen",
		"--json list sessions --site=kitchen",
	};

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		struct options options = parsed(lines[i]);

		cr_expect_eq(options.command, COMMAND_LIST);
		cr_expect_str_eq(options.what, "sessions");
		cr_expect_str_eq(options.site, "kitchen");
		cr_expect(options.is_json);
	}
	cr_expect_str_eq(parsed("--url=http://pi/?a=b").url, "http://pi/?a=b");
}

Test(options, what_follows_two_dashes_is_no_option)
{
	struct options options = parsed("show session -- --odd-id");

	cr_assert_str_eq(options.id, "--odd-id");
}

Test(options, wrong_use_is_refused_in_words_that_say_what_to_do)
{
	static const struct {
		const char *line;
		const char *words;
	} cases[] = {
		{"lst sessions", "unknown command 'lst', did you mean 'list'?"},
		{"frobnicate", "unknown command 'frobnicate'; see 'opsglass help'"},
		{"list",
			"list what? sessions, captures, cameras, containers, runs, feeds, events, "
			"recordings, segments, notifications, policies, settings, users or "
			"streams"},
		{"list sesions", "unknown noun 'sesions', did you mean 'sessions'?"},
		{"list cameras extra", "list takes no more words; see 'opsglass help'"},
		{"list a b", "unknown noun 'a'; see 'opsglass help'"},
		{"list a b c d", "too many words; see 'opsglass help'"},
		{"show", "show what? session, camera, run, event or recording, and its ID"},
		{"show sessions x", "unknown noun 'sessions', did you mean 'session'?"},
		{"show session", "show session needs an id; 'opsglass list sessions' names them"},
		{"collect all", "collect takes no more words; see 'opsglass help'"},
		{"--ofline", "unknown option '--ofline', did you mean '--offline'?"},
		{"-x", "unknown option '-x'; see 'opsglass help'"},
		{"--jsn=1 list feeds", "unknown option '--jsn', did you mean '--json'?"},
		{"--url", "--url needs a value: --url URL"},
		{"--url=", "--url needs a value: --url URL"},
		{"--url --offline", "--url needs a value: --url URL"},
		{"--offline=yes", "--offline takes no value"},
		{"--color sometimes", "--color is auto, always or never"},
		{"list feeds --limit 0", "--limit needs a number from 1 on"},
		{"list feeds --limit -3", "--limit needs a number from 1 on"},
		{"list feeds --limit 3x", "--limit needs a number from 1 on"},
		{"list feeds --since soon", "--since needs a time such as 90s, 15m, 2h or 7d"},
		{"list feeds --json --csv", "--json or --csv, not both"},
		{"--json", "--json is for list and show only; see 'opsglass help'"},
		{"collect --site x",
			"--site is for list, show and thumb only; see 'opsglass help'"},
		{"--size 3x4", "--size is for thumb only; see 'opsglass help'"},
		{"thumb", "thumb what? a file, or the id of a capture"},
		{"thumb a.jpg --size 3", "--size needs a width and a height, such as 320x240"},
		{"thumb a.jpg --size 0x4", "--size needs a width and a height, such as 320x240"},
		{"thumb a.jpg --size 3x4x5", "--size needs a width and a height, such as 320x240"},
		{"thumb a.jpg --format off", "--format is sixel, blocks or ascii"},
		{"--images none", "--images is auto, sixel, blocks, ascii or off"},
		{"thumb a.jpg b.jpg", "thumb takes no more words; see 'opsglass help'"},
		{"collect --limit 3", "--limit is for list only; see 'opsglass help'"},
		{"show run r-1 --csv", "--csv is for list only; see 'opsglass help'"},
		{"list runs --session s",
			"--session goes with 'list captures' and 'list segments'"},
		{"list segments", "list segments of what? --session RECORDING-ID"},
		{"--demo --url http://pi", "--demo brings its own Pi: leave out --url"},
	};

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct options options;
		struct err err;

		cr_expect(!parse(&options, cases[i].line, &err), "%s", cases[i].line);
		cr_expect_str_eq(err.text, cases[i].words, "%s: %s", cases[i].line, err.text);
	}
}

Test(options, a_key_on_the_command_line_is_refused_and_not_repeated)
{
	static const char *const lines[] = {
		"--api-key hunter2hunter2", "--api-key=hunter2hunter2", "--apikey=hunter2hunter2"};
	struct options options;
	struct err err;

	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		cr_expect(!parse(&options, lines[i], &err));
		cr_expect_null(strstr(err.text, "hunter2"), "%s", err.text);
		cr_expect_not_null(strstr(err.text, "--api-key-file"), "%s", err.text);
	}
}

Test(options, what_was_typed_is_harmless_when_repeated)
{
	struct options options;
	struct err err;

	cr_assert(!parse(&options, "\033[2Jlist", &err));
	cr_assert_null(strchr(err.text, '\033'), "%s", err.text);
}

Test(options, help_names_every_option_with_its_argument_and_words)
{
	char text[8192] = "";
	FILE *capture = tmpfile();
	int terminal = dup(STDOUT_FILENO);

	fflush(stdout);
	dup2(fileno(capture), STDOUT_FILENO);
	options_print_help();
	fflush(stdout);
	dup2(terminal, STDOUT_FILENO);
	close(terminal);
	rewind(capture);
	text[fread(text, 1, sizeof(text) - 1, capture)] = '\0';
	fclose(capture);
	for (size_t i = 0; i < option_def_count; i++) {
		const struct option_def *def = &option_defs[i];
		char left[64];

		snprintf(left, sizeof(left), "  %s%s%s ", def->name, def->argument ? " " : "",
			def->argument ? def->argument : "");
		cr_expect_not_null(strstr(text, left), "%s", left);
		cr_expect_not_null(strstr(text, def->help), "%s", def->help);
	}
	cr_expect_not_null(strstr(text, "opsglass.conf"));
	cr_expect_not_null(strstr(text, "opsglass --demo"));
	for (char *line = text, *next; *line; line = next) {
		next = strchrnul(line, '\n');
		cr_expect(next - line < 80, "%.*s", (int)(next - line), line);
		next += *next == '\n';
	}
}
