/* --help, printed from the tables of commands, options and nouns. Owns nothing; main thread. */
#include "cli/cli.h"
#include "options.h"
#include <stdio.h>
#include <string.h>

enum { HELP_COLUMNS = 79 };

static void print_options(const char *title, const char *of)
{
	char left[40];

	printf("\n%s:\n", title);
	for (size_t i = 0; i < option_def_count; i++) {
		const struct option_def *def = &option_defs[i];

		if (strcmp(def->commands, of) != 0)
			continue;
		snprintf(
			left, sizeof(left), "%s %s", def->name, def->argument ? def->argument : "");
		printf("  %-21s %s\n", left, def->help);
	}
}

static void print_nouns(const char *command, const char *const *names)
{
	int indent = printf("  %s:", command), column = indent;

	for (size_t i = 0; names[i]; i++) {
		if (column + 1 + (int)strlen(names[i]) > HELP_COLUMNS)
			column = printf("\n%*s", indent, "") - 1;
		column += printf(" %s", names[i]);
	}
	putchar('\n');
}

void options_print_help(void)
{
	char left[40];

	puts("usage: opsglass [OPTION...]            the console\n"
	     "       opsglass COMMAND [OPTION...]\n\nCommands:");
	for (size_t i = 0; i < command_def_count; i++) {
		snprintf(left, sizeof(left), "%s %s", command_defs[i].name,
			command_defs[i].arguments);
		printf("  %-21s %s\n", left, command_defs[i].help);
	}
	puts("\nNouns:");
	print_nouns("list", cli_list_nouns);
	print_nouns("show", cli_show_nouns);
	print_options("Options", "");
	print_options("Options of list, show and thumb", "list show thumb");
	print_options("Options of list and show", "list show");
	print_options("Options of list", "list");
	print_options("Options of thumb", "thumb");
	puts("\nFiles:\n"
	     "  ~/.config/opsglass/opsglass.conf   sites, look, periods, keys\n"
	     "  ~/.cache/opsglass/                 what was polled\n\n"
	     "Look around without a Pi: opsglass --demo\n"
	     "Exit codes: 0 fine, 1 failed, 2 wrong use. More: man opsglass");
}
