/* Health of a recorder's gateway, or of one of its services: every block may be missing (contracts
 * 5.10, edge case 108). Pure; any thread. */
#include "base/text.h"
#include "model/service.h"
#include "source/decode.h"
#include "source/json.h"
#include "source/redact.h"
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

static const char *status_of(const char *word)
{
	static const char *const table[][2] = {{"ok", "healthy"}, {"healthy", "healthy"},
		{"up", "healthy"}, {"connected", "healthy"}, {"degraded", "degraded"},
		{"error", "unhealthy"}, {"unhealthy", "unhealthy"}, {"down", "unhealthy"},
		{"disconnected", "unhealthy"}};

	for (size_t i = 0; word && i < sizeof table / sizeof table[0]; i++)
		if (strcasecmp(word, table[i][0]) == 0)
			return table[i][1];
	return "unknown";
}

static const char *text(const struct json *object, const char *name, struct batch *batch)
{
	const char *value = redact_copy(json_raw(object, name), TEXT_FIELD_BYTES, batch->arena);

	return value && value[0] ? value : NULL;
}

struct line {
	char text[TEXT_FIELD_BYTES];
	size_t bytes;
};

/* A part that does not fit is left out whole. */
static void line_add(struct line *line, const char *part)
{
	const char *joint = line->bytes > 0 ? " · " : "";

	if (line->bytes + strlen(joint) + strlen(part) + 1 > sizeof line->text)
		return;
	line->bytes += (size_t)snprintf(
		line->text + line->bytes, sizeof line->text - line->bytes, "%s%s", joint, part);
}

static void line_add_percent(struct line *line, const char *label, double percent)
{
	char part[64];

	if (!(percent >= 0 && percent <= 1000))
		return;
	snprintf(part, sizeof part, "%s %.0f %%", label, percent);
	line_add(line, part);
}

/* Coarse, so that the row does not change with each answer. */
static void line_add_uptime(struct line *line, double seconds)
{
	double hours = seconds / 3600;
	char part[64];

	if (!(hours >= 0 && hours < 1e6))
		return;
	snprintf(part, sizeof part, hours >= 48 ? "up %.0f d" : "up %.0f h",
		floor(hours >= 48 ? hours / 24 : hours));
	line_add(line, part);
}

/* Of the first of three averages, by core. */
static double load_of(const struct json *cpu)
{
	const struct json *loads = json_value(cpu, "loadAvg");
	double cores = json_real(cpu, "cores"), load = json_real_of(json_first(loads));

	return json_is_array(loads) && cores >= 1 ? load / cores * 100 : NAN;
}

static const char *detail(const struct json *body, struct batch *batch)
{
	struct line line = {.bytes = 0};
	const char *service = text(body, "service", batch), *version = text(body, "version", batch);
	char part[TEXT_FIELD_BYTES];

	if (service) {
		snprintf(part, sizeof part, "%.100s%s%.60s", service, version ? " " : "",
			version ? version : "");
		line_add(&line, part);
	}
	line_add_percent(&line, "load", load_of(json_value(body, "cpu")));
	line_add_percent(&line, "memory", json_real(json_value(body, "memory"), "usagePercent"));
	line_add_uptime(&line, json_real(body, "uptime"));
	if (line.bytes == 0)
		return NULL;
	/* a part may have been cut inside a character */
	text_clean(part, sizeof part, line.text, line.bytes);
	return arena_text(batch->arena, part);
}

static void add_dependency(const struct decode_context *context, const struct json *json,
	struct line *failing, struct batch *batch)
{
	const char *name = redact_copy(json_name(json), TEXT_FIELD_BYTES, batch->arena);
	const char *said = json_is_object(json)
		? text(json, "status", batch)
		: redact_copy(json_raw_of(json), TEXT_FIELD_BYTES, batch->arena);
	const char *message = json_is_object(json) ? text(json, "message", batch) : NULL;
	struct service_check *check = name && name[0] ? batch_add(batch, NOUN_SERVICE_CHECK) : NULL;
	char part[TEXT_FIELD_BYTES];

	if (!check)
		return;
	if (!message && json_is_object(json))
		message = text(json, "error", batch);
	check->site = context->site;
	check->service = context->source;
	check->name = name;
	check->status = said ? said : "unknown";
	check->message = message;
	if (strcmp(status_of(said), "unhealthy") != 0)
		return;
	snprintf(part, sizeof part, "%.100s: %.200s", name, message ? message : said);
	line_add(failing, part);
}

bool decode_gateway(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *dependencies = json_value(body, "dependencies");
	const char *status = text(body, "status", batch);
	struct line failing = {.bytes = 0};
	struct service *service;

	if (!status)
		return err_set(err, "answer has no status");
	service = batch_add(batch, NOUN_SERVICE);
	if (!service)
		return err_set(err, "out of memory");
	batch->feed->records = 1;
	batch->feed->skipped = 0;
	service->site = context->site;
	service->name = context->source;
	service->status = status_of(status);
	service->detail = detail(body, batch);
	for (const struct json *child = json_is_object(dependencies) ? json_first(dependencies)
								     : NULL;
		child; child = json_next(child))
		add_dependency(context, child, &failing, batch);
	service->error = text(body, "error", batch);
	if (!service->error && failing.bytes > 0) {
		char clean[TEXT_FIELD_BYTES];

		text_clean(clean, sizeof clean, failing.text, failing.bytes);
		service->error = arena_text(batch->arena, clean);
	}
	return true;
}
