/* opsglass: reads the arguments and the configuration and starts what they ask for. */
#include "app.h"
#include "base/log.h"
#include "base/text.h"
#include "collect.h"
#include "config.h"
#include "demo.h"
#include "doctor.h"
#include "oneshot.h"
#include "options.h"
#include "store/store.h"
#include "thumb.h"

#include <ctype.h>
#include <fcntl.h>
#include <limits.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>

enum { EXIT_FINE = 0, EXIT_FAILED = 1, EXIT_WRONG_USE = 2, EXIT_UNREAD = 128 + SIGPIPE };

struct program {
	struct options options;
	struct config config;
	struct demo *demo;
	char path[PATH_MAX];
	char hint[1024];
	bool is_utf8;
};

static int complain(const struct err *err, int code)
{
	fprintf(stderr, "opsglass: %s\n", err->text);
	return code;
}

/* A cache of its own for --url, so that it does not fight with the configured sites for the lock.
 */
static bool choose_cache(struct program *program, struct err *err)
{
	const struct options *options = &program->options;
	const char *given = options->cache ? options->cache
		: program->demo            ? demo_cache(program->demo)
					   : program->config.cache_path;
	if (given[0]) {
		int wanted = snprintf(program->path, sizeof(program->path), "%s", given);
		return wanted < (int)sizeof(program->path) ||
			err_set(err, "cache path is too long");
	}
	char name[CONFIG_TEXT_BYTES] = "opsglass";
	if (options->url) {
		snprintf(name, sizeof(name), "url-%s", program->config.sites[0].name);
		for (char *c = name; *c; c++)
			if (!isalnum((unsigned char)*c) && *c != '.' && *c != '-')
				*c = '_';
	}
	return store_default_path(program->path, sizeof(program->path), name, err);
}

static bool read_configuration(struct program *program, struct err *err)
{
	const struct options *options = &program->options;
	char path[PATH_MAX] = "";
	bool found = false;
	if (options->config)
		snprintf(path, sizeof(path), "%s", options->config);
	else if (!config_default_path(path, sizeof(path), err))
		return false;
	if (!config_read(&program->config, path, &found, err))
		return false;
	if (options->config && !found)
		return err_set(err, "%.200s: no such file", options->config);
	if (options->url || program->demo) {
		/* --url stands for itself: the look stays configured, the sites are not asked. */
		program->config.site_count = 0;
		const char *url = options->url ? options->url : demo_url(program->demo);
		if (!config_add_url(&program->config, url, err))
			return false;
		if (program->demo)
			snprintf(program->config.sites[0].name,
				sizeof(program->config.sites[0].name), "demo");
	}
	snprintf(program->hint, sizeof(program->hint),
		"No site is configured yet.\n\nWrite %.400s:\n\n  [site kitchen]\n"
		"  url = http://kitchen-pi:8082\n\nor look around first:  opsglass --demo\n"
		"or name one:           opsglass --url http://kitchen-pi:8082",
		path);
	return config_load_keys(&program->config, options->api_key_file, err);
}

static bool is_ascii(const struct program *program)
{
	return program->options.is_ascii || program->config.is_ascii == 1 || !program->is_utf8;
}

/* Beside the cache. */
static void open_log(const struct program *program)
{
	char path[PATH_MAX + 8];
	snprintf(path, sizeof(path), "%s.log", program->path);
	log_open(path, NULL);
}

static int run_collect(struct program *program)
{
	struct err err = {0};
	if (program->config.site_count == 0) {
		err_set(&err, "no site to poll: write the configuration file, or give --url");
		return complain(&err, EXIT_WRONG_USE);
	}
	open_log(program);
	bool is_fine = collect_run(&program->config, program->path, &err);
	log_close();
	return is_fine ? EXIT_FINE : complain(&err, EXIT_FAILED);
}

static int run_console(struct program *program)
{
	struct err err = {0};
	struct theme theme;
	const char *name =
		program->options.theme ? program->options.theme : program->config.theme_name;
	if (!config_theme(name, &theme, &err))
		return complain(&err, EXIT_WRONG_USE);
	struct app_options options = {
		.config = &program->config,
		.path = program->path,
		.setup_hint = program->config.site_count ? NULL : program->hint,
		.is_offline = program->options.is_offline,
		.is_read_only = program->options.is_read_only,
		.is_ascii = is_ascii(program),
		.is_utf8 = program->is_utf8,
		.theme = &theme,
	};
	if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) {
		err_set(&err, "the console needs a terminal; try 'opsglass list sessions'");
		return complain(&err, EXIT_WRONG_USE);
	}
	open_log(program);
	bool is_fine = app_run(&options, &err);
	log_close();
	return is_fine ? EXIT_FINE : complain(&err, EXIT_FAILED);
}

/* Whoever reads us, as head does, has seen enough: that is no failure to tell. */
static bool is_unread(void)
{
	struct pollfd output = {.fd = STDOUT_FILENO};
	return poll(&output, 1, 0) == 1 && (output.revents & POLLERR);
}

static int finish_output(void)
{
	struct err err;
	if (fflush(stdout) == 0 && !ferror(stdout))
		return EXIT_FINE;
	if (is_unread())
		return EXIT_UNREAD;
	err_set(&err, "cannot write to standard output");
	return complain(&err, EXIT_FAILED);
}

static bool may_color(const struct program *program)
{
	const char *no_color = getenv("NO_COLOR");
	if (strcmp(program->config.color, "auto") != 0)
		return strcmp(program->config.color, "always") == 0;
	return !(no_color && no_color[0]);
}

static bool wants_color(const struct program *program)
{
	return may_color(program) &&
		(strcmp(program->config.color, "always") == 0 || isatty(STDOUT_FILENO));
}

static int run_request(struct program *program)
{
	struct err err = {0};
	struct oneshot oneshot = {
		.options = &program->options,
		.config = &program->config,
		.path = program->path,
		.is_ascii = is_ascii(program),
		.has_color = wants_color(program),
	};
	if (oneshot_run(&oneshot, &err))
		return EXIT_FINE;
	return ferror(stdout) && is_unread() ? EXIT_UNREAD : complain(&err, EXIT_FAILED);
}

static int run_doctor(struct program *program)
{
	struct err err = {0};
	struct doctor doctor = {
		.options = &program->options,
		.config = &program->config,
		.path = program->path,
		.is_utf8 = program->is_utf8,
		.is_ascii = program->options.is_ascii || program->config.is_ascii == 1,
	};
	return doctor_run(&doctor, &err) ? finish_output() : complain(&err, EXIT_FAILED);
}

static int run_thumb(struct program *program)
{
	struct err err = {0};
	if (thumb_run(&program->options, &program->config, program->path, is_ascii(program),
		    may_color(program), &err))
		return EXIT_FINE;
	return ferror(stdout) && is_unread() ? EXIT_UNREAD : complain(&err, EXIT_FAILED);
}

/* The command line has the last word. */
static void take_options(struct program *program)
{
	const struct options *options = &program->options;
	struct config *config = &program->config;
	if (options->images)
		snprintf(config->images, sizeof(config->images), "%s", options->images);
	if (options->is_low_bandwidth)
		snprintf(config->low_bandwidth, sizeof(config->low_bandwidth), "yes");
	if (options->color)
		snprintf(config->color, sizeof(config->color), "%s", options->color);
}

static int run(struct program *program)
{
	struct err err = {0};
	const struct options *options = &program->options;
	if (options->command == COMMAND_THUMB && thumb_is_file(options)) {
		take_options(program);
		return run_thumb(program);
	}
	if (options->is_demo && !(program->demo = demo_start(&err)))
		return complain(&err, EXIT_FAILED);
	if (!read_configuration(program, &err) || !choose_cache(program, &err))
		return complain(&err, EXIT_WRONG_USE);
	take_options(program);
	if (options->command == COMMAND_COLLECT)
		return run_collect(program);
	if (options->command == COMMAND_DOCTOR)
		return run_doctor(program);
	if (options->command == COMMAND_THUMB)
		return run_thumb(program);
	return options->command == COMMAND_CONSOLE ? run_console(program) : run_request(program);
}

/* A file or socket opened later must not get the number of a standard one that was closed, and with
 * it what is printed. Writing to it fails, as it should. */
static void fill_standard_descriptors(void)
{
	int descriptor;
	do
		descriptor = open("/dev/null", O_RDONLY);
	while (descriptor >= 0 && descriptor <= STDERR_FILENO);
	if (descriptor >= 0)
		close(descriptor);
}

/* Passwords and keys are in our memory: it is not left in a file when we crash. */
static void leave_no_core(void)
{
	const struct rlimit none = {0, 0};

	setrlimit(RLIMIT_CORE, &none);
}

int main(int argc, char **argv)
{
	static struct program program;
	struct err err = {0};
	leave_no_core();
	fill_standard_descriptors();
	program.is_utf8 = text_init();
	signal(SIGPIPE, SIG_IGN);
	if (!options_parse(&program.options, argc, argv, &err))
		return complain(&err, EXIT_WRONG_USE);
	if (program.options.command == COMMAND_HELP) {
		options_print_help();
		return finish_output();
	}
	if (program.options.command == COMMAND_VERSION) {
		puts("opsglass " OPSGLASS_VERSION);
		return finish_output();
	}
	config_init(&program.config);
	int code = run(&program);
	demo_stop(program.demo);
	config_release(&program.config);
	return code;
}
