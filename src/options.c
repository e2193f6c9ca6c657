/* The command line: one table of options, from which they are parsed, and --help is printed
 * (options_help.c). Owns nothing: texts stay argv's. Main thread, before any lane. */
#include "options.h"
#include "base/clock.h"
#include "base/nearest.h"
#include "base/text.h"
#include "cli/cli.h"
#include <stdio.h>
#include <string.h>

#define AT(member) offsetof(struct options, member)

const struct option_def option_defs[] = {
	{"--url", "URL", "", OPTION_TEXT, AT(url), "poll this Pi; needs no configuration"},
	{"--api-key-file", "FILE", "", OPTION_TEXT, AT(api_key_file),
		"file of mode 0600 with the Pi's API key"},
	{"--config", "FILE", "", OPTION_TEXT, AT(config), "another configuration file"},
	{"--cache", "FILE", "", OPTION_TEXT, AT(cache), "another cache file"},
	{"--offline", NULL, "", OPTION_FLAG, AT(is_offline), "show the cache, ask nothing"},
	{"--theme", "NAME", "", OPTION_TEXT, AT(theme), "colours: a theme's name or its file"},
	{"--ascii", NULL, "", OPTION_FLAG, AT(is_ascii), "draw with ASCII only"},
	{"--color", "WHEN", "", OPTION_WHEN, AT(color), "auto, always or never"},
	{"--images", "HOW", "", OPTION_IMAGES, AT(images),
		"draw pictures as auto, sixel, blocks, ascii or off"},
	{"--low-bandwidth", NULL, "", OPTION_FLAG, AT(is_low_bandwidth),
		"few colours, and no picture before it is asked for (i)"},
	{"--read-only", NULL, "", OPTION_FLAG, AT(is_read_only), "never send a change to a Pi"},
	{"--demo", NULL, "", OPTION_FLAG, AT(is_demo), "start a simulated Pi and poll it"},
	{"--help", NULL, "", OPTION_FLAG, SIZE_MAX, "print this"},
	{"--version", NULL, "", OPTION_FLAG, SIZE_MAX, "print the version"},
	{"--site", "NAME", "list show thumb", OPTION_TEXT, AT(site), "only this site"},
	{"--json", NULL, "list show", OPTION_FLAG, AT(is_json), "print JSON"},
	{"--csv", NULL, "list", OPTION_FLAG, AT(is_csv), "print CSV (RFC 4180)"},
	{"--status", "WORD", "list", OPTION_TEXT, AT(status), "only with this badge or status"},
	{"--since", "TIME", "list", OPTION_DURATION, AT(since_ms),
		"only of the last 90s, 15m, 2h, 7d"},
	{"--session", "ID", "list", OPTION_TEXT, AT(session),
		"captures of this session, segments of this recording"},
	{"--limit", "N", "list", OPTION_COUNT, AT(limit), "at most N rows"},
	{"--size", "WxH", "thumb", OPTION_SIZE, AT(size),
		"at most so many pixels (blocks, ascii: cells)"},
	{"--colors", "N", "thumb", OPTION_COUNT, AT(colors), "at most N colours"},
	{"--format", "HOW", "thumb", OPTION_IMAGES, AT(format), "sixel, blocks or ascii"},
};
const size_t option_def_count = sizeof(option_defs) / sizeof(option_defs[0]);

const struct command_def command_defs[] = {
	{"list", COMMAND_LIST, "NOUN", "print what is known, one row each"},
	{"show", COMMAND_SHOW, "NOUN ID", "print all about one"},
	{"thumb", COMMAND_THUMB, "FILE|ID", "print a picture: a file's, or a capture's"},
	{"doctor", COMMAND_DOCTOR, "", "print what this terminal can do, and why"},
	{"collect", COMMAND_COLLECT, "", "poll without a screen, for systemd"},
	{"help", COMMAND_HELP, "", "print this"},
	{"version", COMMAND_VERSION, "", "print the version"},
};
const size_t command_def_count = sizeof(command_defs) / sizeof(command_defs[0]);

enum { WORD_BYTES = 64, SIZE_LONGEST = 4096 };

/* What the user typed, fit to be shown: harmless, short, and without what follows "=". */
static const char *shown(char dst[WORD_BYTES], const char *word)
{
	text_clean(dst, WORD_BYTES, word, strcspn(word, "="));
	return dst;
}

/* err: "unknown THING 'word', did you mean 'near'?", or where to look. */
static bool refuse(struct err *err, const char *thing, const char *word, struct nearest nearest)
{
	char text[WORD_BYTES];

	if (nearest.name)
		return err_set(err, "unknown %s '%s', did you mean '%s'?", thing, shown(text, word),
			nearest.name);
	return err_set(err, "unknown %s '%s'; see 'opsglass help'", thing, shown(text, word));
}

/* ---- options ---- */

static const struct option_def *find_option(const char *word)
{
	size_t bytes = strcspn(word, "=");

	for (size_t i = 0; i < option_def_count; i++) {
		const char *name = option_defs[i].name;

		if (strlen(name) == bytes && strncmp(name, word, bytes) == 0)
			return &option_defs[i];
	}
	return NULL;
}

static bool refuse_option(struct err *err, const char *word)
{
	static const char bare_key[] = "--api-key";
	char text[WORD_BYTES];
	struct nearest nearest;

	nearest_init(&nearest, shown(text, word));
	nearest_offer(&nearest, bare_key);
	for (size_t i = 0; i < option_def_count; i++)
		nearest_offer(&nearest, option_defs[i].name);
	if (nearest.name == bare_key)
		return err_set(err,
			"a key does not belong on a command line, where others can "
			"read it: use --api-key-file FILE or $OPSGLASS_API_KEY");
	return refuse(err, "option", word, nearest);
}

static bool set_choice(const char **member, const char *const *choices, const char *value)
{
	for (; *choices; choices++) {
		if (strcmp(value, *choices) != 0)
			continue;
		*member = *choices;
		return true;
	}
	return false;
}

static bool set_when(const char **member, const char *value, struct err *err)
{
	static const char *const choices[] = {"auto", "always", "never", NULL};

	return set_choice(member, choices, value) ||
		err_set(err, "--color is auto, always or never");
}

/* --images has two more than --format. */
static bool set_images(
	const struct option_def *def, const char **member, const char *value, struct err *err)
{
	static const char *const choices[] = {"sixel", "blocks", "ascii", NULL};
	static const char *const more[] = {"auto", "off", NULL};
	bool is_format = def->offset == AT(format);

	return set_choice(member, choices, value) ||
		(!is_format && set_choice(member, more, value)) ||
		err_set(err, "%s is %ssixel, blocks%s", def->name, is_format ? "" : "auto, ",
			is_format ? " or ascii" : ", ascii or off");
}

/* "320x240" */
static bool set_size(struct size_option *size, const char *value, struct err *err)
{
	char width[16];
	size_t bytes = strcspn(value, "x");

	snprintf(width, sizeof(width), "%.*s", (int)bytes, value);
	return (value[bytes] == 'x' && text_to_int64(width, &size->width) &&
		       text_to_int64(value + bytes + 1, &size->height) && size->width > 0 &&
		       size->height > 0 && size->width <= SIZE_LONGEST &&
		       size->height <= SIZE_LONGEST) ||
		err_set(err, "--size needs a width and a height, such as 320x240");
}

static bool set_option(
	struct options *options, const struct option_def *def, const char *value, struct err *err)
{
	void *member = (char *)options + def->offset;

	switch (def->type) {
	case OPTION_FLAG:
		*(bool *)member = true;
		return true;
	case OPTION_TEXT:
		*(const char **)member = value;
		return true;
	case OPTION_WHEN:
		return set_when(member, value, err);
	case OPTION_IMAGES:
		return set_images(def, member, value, err);
	case OPTION_SIZE:
		return set_size(member, value, err);
	case OPTION_DURATION:
		return text_to_duration_ms(value, member) ||
			err_set(err, "%s needs a time such as 90s, 15m, 2h or 7d", def->name);
	case OPTION_COUNT:
		return (text_to_int64(value, member) && *(int64_t *)member > 0) ||
			err_set(err, "%s needs a number from 1 on", def->name);
	}
	return false;
}

static bool is_asking(struct options *options, const struct option_def *def)
{
	if (strcmp(def->name, "--help") == 0)
		options->command = COMMAND_HELP;
	else if (strcmp(def->name, "--version") == 0)
		options->command = COMMAND_VERSION;
	else
		return false;
	return true;
}

/* ---- the words that are no options ---- */

struct words {
	const char *text[3]; /* command, noun, id */
	int count;
};

static bool find_command(struct options *options, const char *word, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, word);
	for (size_t i = 0; i < command_def_count; i++) {
		if (strcmp(word, command_defs[i].name) == 0) {
			options->command = command_defs[i].command;
			return true;
		}
		nearest_offer(&nearest, command_defs[i].name);
	}
	return refuse(err, "command", word, nearest);
}

static bool find_noun(const char *const *names, const char *word, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, word);
	for (size_t i = 0; names[i]; i++) {
		if (strcmp(word, names[i]) == 0)
			return true;
		nearest_offer(&nearest, names[i]);
	}
	return refuse(err, "noun", word, nearest);
}

static bool take_words(struct options *options, const struct words *words, struct err *err)
{
	bool is_list, is_show;
	int wanted;

	if (words->count > 0 && !find_command(options, words->text[0], err))
		return false;
	is_list = options->command == COMMAND_LIST;
	is_show = options->command == COMMAND_SHOW;
	options->what = words->text[1];
	options->id = words->text[2];
	if (is_list && !options->what)
		return err_set(err,
			"list what? sessions, captures, cameras, containers, runs, feeds, "
			"events, recordings, segments, notifications, policies, settings, "
			"users or streams");
	if (is_show && !options->what)
		return err_set(
			err, "show what? session, camera, run, event or recording, and its ID");
	if ((is_list && !find_noun(cli_list_nouns, options->what, err)) ||
		(is_show && !find_noun(cli_show_nouns, options->what, err)))
		return false;
	if (is_show && !options->id)
		return err_set(err, "show %s needs an id; 'opsglass list %ss' names them",
			options->what, options->what);
	if (options->command == COMMAND_THUMB && !options->what)
		return err_set(err, "thumb what? a file, or the id of a capture");
	wanted = is_show ? 3 : is_list || options->command == COMMAND_THUMB ? 2 : 1;
	if (words->count > wanted)
		return err_set(err, "%s takes no more words; see 'opsglass help'", words->text[0]);
	return true;
}

static bool add_word(struct words *words, const char *word, struct err *err)
{
	if (words->count == 3)
		return err_set(err, "too many words; see 'opsglass help'");
	words->text[words->count++] = word;
	return true;
}

/* ---- what does not go together ---- */

static bool has_word(const char *words, const char *word)
{
	size_t bytes = strlen(word);
	const char *at = strstr(words, word);

	return at && (at == words || at[-1] == ' ') && (at[bytes] == ' ' || at[bytes] == '\0');
}

static bool is_for(const struct option_def *def, enum command command)
{
	if (!*def->commands || command == COMMAND_HELP || command == COMMAND_VERSION)
		return true;
	for (size_t i = 0; i < command_def_count; i++) {
		if (command_defs[i].command == command)
			return has_word(def->commands, command_defs[i].name);
	}
	return false;
}

/* "list show thumb" -> "list, show and thumb" */
static const char *name_commands(char dst[WORD_BYTES], const char *words)
{
	size_t used = 0;

	dst[0] = '\0';
	while (*words && used < WORD_BYTES) {
		size_t bytes = strcspn(words, " ");
		const char *rest = words + bytes + (words[bytes] == ' ');
		const char *joint = !*rest ? "" : strchr(rest, ' ') ? ", " : " and ";

		used += (size_t)snprintf(
			dst + used, WORD_BYTES - used, "%.*s%s", (int)bytes, words, joint);
		words = rest;
	}
	return dst;
}

static bool check_session(const struct options *options, struct err *err)
{
	bool is_list = options->command == COMMAND_LIST;
	bool lists_segments = is_list && strcmp(options->what, "segments") == 0;

	if (lists_segments && !options->session)
		return err_set(err, "list segments of what? --session RECORDING-ID");
	if (options->session && is_list && !lists_segments &&
		strcmp(options->what, "captures") != 0)
		return err_set(err, "--session goes with 'list captures' and 'list segments'");
	return true;
}

static bool check(const struct options *options, const bool *given, struct err *err)
{
	char words[WORD_BYTES];

	for (size_t i = 0; i < option_def_count; i++) {
		const struct option_def *def = &option_defs[i];

		if (given[i] && !is_for(def, options->command))
			return err_set(err, "%s is for %s only; see 'opsglass help'", def->name,
				name_commands(words, def->commands));
	}
	if (options->is_json && options->is_csv)
		return err_set(err, "--json or --csv, not both");
	if (options->is_demo && options->url)
		return err_set(err, "--demo brings its own Pi: leave out --url");
	return check_session(options, err);
}

/* The value of the option at argv[*at]: behind its "=", or the next word. NULL, with err, when
 * there is none. */
static const char *take_value(
	const struct option_def *def, int argc, char *const *argv, int *at, struct err *err)
{
	const char *equals = strchr(argv[*at], '=');
	const char *value = equals ? equals + 1 : NULL;

	if (!value && *at + 1 < argc && strncmp(argv[*at + 1], "--", 2) != 0)
		value = argv[++*at];
	if (value && *value)
		return value;
	err_set(err, "%s needs a value: %s %s", def->name, def->name, def->argument);
	return NULL;
}

static bool take_option(
	struct options *options, int argc, char *const *argv, int *at, bool *given, struct err *err)
{
	const char *word = argv[*at];
	const struct option_def *def = find_option(word);
	const char *value = NULL;

	if (!def)
		return refuse_option(err, word);
	if (!def->argument && strchr(word, '='))
		return err_set(err, "%s takes no value", def->name);
	if (def->argument && !(value = take_value(def, argc, argv, at, err)))
		return false;
	given[def - option_defs] = true;
	return def->offset == SIZE_MAX || set_option(options, def, value, err);
}

bool options_parse(struct options *options, int argc, char *const *argv, struct err *err)
{
	bool given[sizeof(option_defs) / sizeof(option_defs[0])] = {false};
	struct words words = {{NULL}, 0};
	bool has_ended = false;

	*options = (struct options){.command = COMMAND_CONSOLE, .since_ms = UNKNOWN};
	for (int at = 1; at < argc; at++) {
		const char *word = argv[at];

		if (!has_ended && strcmp(word, "--") == 0) {
			has_ended = true;
		} else if (has_ended || word[0] != '-' || word[1] == '\0') {
			if (!add_word(&words, word, err))
				return false;
		} else if (!take_option(options, argc, argv, &at, given, err)) {
			return false;
		}
	}
	for (size_t i = 0; i < option_def_count; i++) {
		if (given[i] && is_asking(options, &option_defs[i]))
			return true;
	}
	return take_words(options, &words, err) && check(options, given, err);
}
