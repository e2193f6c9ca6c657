/* The command line: every option is a row of one table (options.c), from which --help is printed
 * and with which the manual page is compared. */
#ifndef OPTIONS_H
#define OPTIONS_H

#include "base/err.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum command {
	COMMAND_CONSOLE,
	COMMAND_LIST,
	COMMAND_SHOW,
	COMMAND_THUMB,
	COMMAND_DOCTOR,
	COMMAND_COLLECT,
	COMMAND_HELP,
	COMMAND_VERSION
};

struct options {
	enum command command;
	const char *what; /* list sessions, show session ... */
	const char *id;
	const char *url;
	const char *api_key_file;
	const char *config;
	const char *cache;
	const char *theme;
	const char *color; /* auto always never */
	const char *site;
	const char *session;
	const char *status;
	int64_t since_ms; /* a duration; UNKNOWN = none */
	int64_t limit;    /* 0 = all */
	int64_t colors;   /* thumb; 0 = the format's own */
	struct size_option {
		int64_t width, height; /* thumb; 0 = not given */
	} size;
	const char *images; /* auto sixel blocks ascii off */
	const char *format; /* sixel blocks ascii; NULL = what the terminal can */
	bool is_low_bandwidth;
	bool is_offline;
	bool is_ascii;
	bool is_read_only;
	bool is_demo;
	bool is_json;
	bool is_csv;
};

enum option_type {
	OPTION_FLAG,
	OPTION_TEXT,
	OPTION_WHEN,
	OPTION_DURATION,
	OPTION_COUNT,
	OPTION_IMAGES,
	OPTION_SIZE
};

struct option_def {
	const char *name;     /* "--url" */
	const char *argument; /* "URL", NULL = none */
	const char *commands; /* "" = global, else "list show" */
	enum option_type type;
	size_t offset; /* in struct options */
	const char *help;
};

extern const struct option_def option_defs[];
extern const size_t option_def_count;

struct command_def {
	const char *name;
	enum command command;
	const char *arguments;
	const char *help;
};

extern const struct command_def command_defs[];
extern const size_t command_def_count;

/* Texts are borrowed from argv. false: wrong use, one line that says what to do (exit 2). */
bool options_parse(struct options *options, int argc, char *const *argv, struct err *err);

/* --help, to standard output. */
void options_print_help(void);

#endif
