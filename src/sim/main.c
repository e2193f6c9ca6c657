/* opsglass-sim: reads its arguments, and prints SQL or serves until it is told to stop. Main
 * thread. */
#include "sim/script.h"
#include "sim/server.h"

#include "base/clock.h"
#include "base/text.h"
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <unistd.h>

enum { EXIT_WRONG_USE = 2, COUNT_MAX = 1000000, SPEED_MAX = 100000, DAYS_MAX = 3650 };

#define DAY_MS INT64_C(86400000)

struct arguments {
	struct sim_options options;
	struct script_options script;
	int64_t days;
	bool has_help;
	bool has_version;
	bool is_with_parent;
};

struct row;
typedef bool (*set_fn)(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err);

static bool set_number(struct arguments *, const struct row *, const char *, struct err *);
static bool set_flag(struct arguments *, const struct row *, const char *, struct err *);
static bool set_dialect(struct arguments *, const struct row *, const char *, struct err *);
static bool set_scene(struct arguments *, const struct row *, const char *, struct err *);
static bool set_key(struct arguments *, const struct row *, const char *, struct err *);
static bool set_layout(struct arguments *, const struct row *, const char *, struct err *);
static bool set_span(struct arguments *, const struct row *, const char *, struct err *);
static bool set_thumbnails(struct arguments *, const struct row *, const char *, struct err *);
static bool set_age(struct arguments *, const struct row *, const char *, struct err *);
static bool set_latency(struct arguments *, const struct row *, const char *, struct err *);
static bool add_fault(struct arguments *, const struct row *, const char *, struct err *);

#define AT(member) offsetof(struct arguments, member)

/* --help and the man page's list are this table. */
static const struct row {
	const char *name;
	const char *value; /* NULL: a flag */
	set_fn set;
	size_t offset;
	int64_t low, high;
	const char *help;
} rows[] = {
	{"port", "N", set_number, AT(options.port), 0, 65535,
		"listen on port N of 127.0.0.1; 0 lets the kernel pick (default 8082)"},
	{"sites", "N", set_number, AT(options.sites), 1, 10000,
		"that many Pis, one loopback address each: 127.0.0.1, .2, ... (default 1)"},
	{"dialect", "NAME", set_dialect, 0, 0, 0,
		"dashboard, v1 or field: which Pi to be (default dashboard)"},
	{"scene", "NAME", set_scene, 0, 0, 0,
		"quiet, busy or incident: how much happens (default busy)"},
	{"sessions", "N", set_number, AT(options.sessions), 0, COUNT_MAX,
		"sessions that there are at the start (default 200)"},
	{"cameras", "N", set_number, AT(options.cameras), 0, 10000, "cameras (default 6)"},
	{"containers", "N", set_number, AT(options.containers), 0, 10000,
		"containers, of up to four cameras (default 3)"},
	{"seed", "N", set_number, AT(options.seed), 0, INT64_MAX,
		"the same seed gives the same world (default 1)"},
	{"age", "DURATION", set_age, 0, 0, 0,
		"start with a world that is that old already: 90s, 10m, 2h"},
	{"still", NULL, set_flag, AT(options.is_still), 0, 0, "the world does not move"},
	{"odd", NULL, set_flag, AT(options.has_odd_records), 0, 0,
		"add records that are hard to show: strange ids, texts, times, states, "
		"pictures"},
	{"captures-of-one", "N", set_number, AT(options.captures_of_one), 0, 100000,
		"the newest whole session of the start shows that many captures"},
	{"noise", NULL, set_flag, AT(options.has_noise), 0, 0,
		"pictures have sensor noise, and shake by a pixel or two"},
	{"url-ttl", "SECONDS", set_number, AT(options.url_ttl_seconds), 1, 3600,
		"signed URLs expire after that long at most (default 900)"},
	{"api-key", "K", set_key, 0, 0, 0, "ask for X-API-Key: K on every /api path"},
	{"etag", NULL, set_flag, AT(options.has_etags), 0, 0,
		"send ETags and honour If-None-Match"},
	{"latency", "MS[-MS]", set_latency, 0, 0, 0, "answer that much later"},
	{"fault", "FAULT", add_fault, 0, 0, 0,
		"PATH-GLOB=KIND[:ARG][@PROBABILITY], see below; may be given again"},
	{"log", NULL, set_flag, AT(options.is_logging), 0, 0,
		"a line for each request on stderr: ms, site, method, target, status"},
	{"sql", "LAYOUT", set_layout, 0, 0, 0,
		"print a recorder's world as SQL for psql: seed, prisma or sequelize"},
	{"days", "N", set_number, AT(days), 1, DAYS_MAX,
		"how many days of it there are (default 2)"},
	{"recordings", "N", set_number, AT(script.recordings), 1, COUNT_MAX,
		"about that many recordings instead of so many days"},
	{"now", "MS", set_number, AT(script.now_ms), DAY_MS, INT64_C(4102444800000),
		"that is the time, in milliseconds since 1970, and nothing waits for it"},
	{"live", NULL, set_flag, AT(script.is_live), 0, 0,
		"go on with statements about what happens as time passes"},
	{"speed", "N", set_number, AT(script.speed), 1, SPEED_MAX,
		"what happens happens that many times as fast (default 1)"},
	{"for", "DURATION", set_span, 0, 0, 0, "end the live statements after that long"},
	{"huge", NULL, set_flag, AT(script.is_huge), 0, 0,
		"statements by which the server makes millions of rows by itself"},
	{"thumbnails", "PORT", set_thumbnails, 0, 0, 65535,
		"be the HTTP side of a recorder on that port: /thumbnails/NAME.jpg, /health"},
	{"with-parent", NULL, set_flag, AT(is_with_parent), 0, 0,
		"end when the process that started this one ends"},
	{"help", NULL, set_flag, AT(has_help), 0, 0, "print this and exit"},
	{"version", NULL, set_flag, AT(has_version), 0, 0, "print the version and exit"},
};

enum { ROWS = sizeof rows / sizeof rows[0] };

/* Only for the signal handler. */
static struct server *running;

/* ---- values ---- */

static bool set_number(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	int64_t number;

	if (!text_to_int64(value, &number) || number < row->low || number > row->high)
		return err_set(err, "--%s must be a number from %lld to %lld", row->name,
			(long long)row->low, (long long)row->high);
	memcpy((char *)arguments + row->offset, &number, sizeof number);
	return true;
}

static bool set_flag(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	bool yes = true;

	(void)value;
	(void)err;
	memcpy((char *)arguments + row->offset, &yes, sizeof yes);
	return true;
}

static bool set_dialect(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	enum dialect *dialect = &arguments->options.dialect;

	(void)row;
	if (!strcmp(value, "dashboard"))
		*dialect = DIALECT_DASHBOARD;
	else if (!strcmp(value, "v1"))
		*dialect = DIALECT_V1;
	else if (!strcmp(value, "field"))
		*dialect = DIALECT_FIELD;
	else
		return err_set(err, "--dialect must be dashboard, v1 or field");
	return true;
}

static bool set_scene(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	enum scene *scene = &arguments->options.scene;

	(void)row;
	if (!strcmp(value, "quiet"))
		*scene = SCENE_QUIET;
	else if (!strcmp(value, "busy"))
		*scene = SCENE_BUSY;
	else if (!strcmp(value, "incident"))
		*scene = SCENE_INCIDENT;
	else
		return err_set(err, "--scene must be quiet, busy or incident");
	return true;
}

static bool set_key(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	(void)row;
	if (!*value)
		return err_set(err, "--api-key must not be empty");
	arguments->options.api_key = value;
	return true;
}

static bool set_age(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	if (!text_to_duration_ms(value, &arguments->options.age_ms) ||
		arguments->options.age_ms < 0)
		return err_set(err, "--%s must be a duration such as 90s or 10m", row->name);
	return true;
}

static bool set_layout(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	enum sql_layout *layout = &arguments->script.layout;

	(void)row;
	if (!strcmp(value, "seed"))
		*layout = LAYOUT_SEED;
	else if (!strcmp(value, "prisma"))
		*layout = LAYOUT_PRISMA;
	else if (!strcmp(value, "sequelize"))
		*layout = LAYOUT_SEQUELIZE;
	else
		return err_set(err, "--sql must be seed, prisma or sequelize");
	return true;
}

static bool set_span(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	if (!text_to_duration_ms(value, &arguments->script.live_ms) ||
		arguments->script.live_ms < 0)
		return err_set(err, "--%s must be a duration such as 90s or 10m", row->name);
	return true;
}

static bool set_thumbnails(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	struct sim_options *options = &arguments->options;

	options->dialect = DIALECT_RECORDER;
	if (!text_to_int64(value, &options->port) || options->port < row->low ||
		options->port > row->high)
		return err_set(
			err, "--%s must be a port from 0 to %lld", row->name, (long long)row->high);
	return true;
}

static bool set_latency(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	struct sim_options *options = &arguments->options;
	char low[32];
	const char *dash = strchr(value, '-');
	size_t length = dash ? (size_t)(dash - value) : strlen(value);

	if (length >= sizeof low)
		return err_set(err, "--%s is too long", row->name);
	memcpy(low, value, length);
	low[length] = '\0';
	if (!text_to_int64(low, &options->latency_min_ms) ||
		!text_to_int64(dash ? dash + 1 : low, &options->latency_max_ms) ||
		options->latency_min_ms < 0 || options->latency_max_ms < options->latency_min_ms)
		return err_set(err, "--%s must be milliseconds, such as 20 or 5-60", row->name);
	return true;
}

static bool add_fault(
	struct arguments *arguments, const struct row *row, const char *value, struct err *err)
{
	struct sim_options *options = &arguments->options;

	if (options->fault_count >= SIM_FAULTS)
		return err_set(err, "--%s: at most %d of them", row->name, SIM_FAULTS);
	return fault_parse(&options->faults[options->fault_count++], value, err);
}

/* ---- arguments ---- */

/* The row for "name" or "name=value"; *value is NULL without '='. */
static const struct row *find_row(const char *text, const char **value)
{
	size_t length = strcspn(text, "=");

	*value = text[length] ? text + length + 1 : NULL;
	for (int i = 0; i < ROWS; i++)
		if (strlen(rows[i].name) == length && !strncmp(rows[i].name, text, length))
			return &rows[i];
	return NULL;
}

static bool read_arguments(struct arguments *arguments, int argc, char **argv, struct err *err)
{
	for (int i = 1; i < argc; i++) {
		const char *value = NULL;
		const struct row *row =
			strncmp(argv[i], "--", 2) == 0 ? find_row(argv[i] + 2, &value) : NULL;

		if (!row)
			return err_set(err, "unknown argument (--help lists them all)");
		if (!row->value && value)
			return err_set(err, "--%s takes no value", row->name);
		if (row->value && !value && i + 1 < argc)
			value = argv[++i];
		if (row->value && !value)
			return err_set(err, "--%s needs a value", row->name);
		if (!row->set(arguments, row, value, err))
			return false;
	}
	return true;
}

static void print_help(void)
{
	printf("usage: opsglass-sim [options]\n\n"
	       "A simulated Pi for opsglass. Prints the URL of each site, then serves.\n"
	       "With --sql: a simulated recorder's database. Prints SQL, for psql.\n\n");
	for (int i = 0; i < ROWS; i++) {
		char left[48];

		snprintf(left, sizeof left, "--%s%s%s", rows[i].name, rows[i].value ? " " : "",
			rows[i].value ? rows[i].value : "");
		printf("  %-21s %s\n", left, rows[i].help);
	}
	printf("\nKinds of faults:\n");
	for (int i = 0; fault_kind_name(i); i++)
		printf("  %-21s %s\n", fault_kind_name(i), fault_kind_help(i));
}

/* ---- running ---- */

static void on_signal(int number)
{
	(void)number;
	server_stop(running);
}

static void follow_parent(void)
{
	pid_t parent = getppid();

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	/* It may have gone before the line above. */
	if (getppid() != parent)
		raise(SIGTERM);
}

static void catch_signals(void)
{
	struct sigaction action = {.sa_handler = on_signal};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGTERM, &action, NULL);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

static bool serve(const struct arguments *arguments, struct err *err)
{
	bool is_good;

	running = server_new(&arguments->options, err);
	if (!running)
		return false;
	catch_signals();
	if (arguments->is_with_parent)
		follow_parent();
	for (int i = 0; i < arguments->options.sites; i++)
		printf("%s\n", server_url(running, i));
	fflush(stdout);
	is_good = server_run(running, err);
	server_free(running);
	return is_good;
}

/* What both simulators are asked for in one option. */
static bool print_script(struct arguments *arguments, struct err *err)
{
	const struct sim_options *options = &arguments->options;
	struct script_options *script = &arguments->script;

	script->seed = options->seed;
	script->cameras = options->cameras;
	script->has_odd_records = options->has_odd_records;
	script->history_ms = arguments->days * DAY_MS;
	if (script->cameras < 1)
		return err_set(err, "a recorder has a camera");
	if (script->is_live && script->now_ms != UNKNOWN && script->live_ms == UNKNOWN)
		return err_set(err, "--live with --now needs --for, as nothing waits");
	signal(SIGPIPE, SIG_IGN);
	if (arguments->is_with_parent)
		follow_parent();
	return script_run(script, stdout, err);
}

int main(int argc, char **argv)
{
	struct arguments arguments = {
		.days = 2, .script = {.now_ms = UNKNOWN, .live_ms = UNKNOWN, .speed = 1}};
	struct err err = {""};

	text_init();
	sim_options_init(&arguments.options);
	if (!read_arguments(&arguments, argc, argv, &err)) {
		fprintf(stderr, "opsglass-sim: %s\n", err.text);
		return EXIT_WRONG_USE;
	}
	if (arguments.has_help) {
		print_help();
		return EXIT_SUCCESS;
	}
	if (arguments.has_version) {
		printf("opsglass-sim %s\n", OPSGLASS_VERSION);
		return EXIT_SUCCESS;
	}
	if (arguments.script.layout ? print_script(&arguments, &err) : serve(&arguments, &err))
		return EXIT_SUCCESS;
	fprintf(stderr, "opsglass-sim: %s\n", err.text);
	return EXIT_FAILURE;
}
