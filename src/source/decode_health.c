/* Services the Pi depends on: seven answers become one row each, and their checks (contracts
 * 1.8.10). Nothing that changes by itself (times, latencies) goes in. Pure; any thread. */
#include "base/text.h"
#include "model/service.h"
#include "source/decode.h"
#include "source/envelope.h"
#include "source/member.h"
#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <strings.h>

/* One line that grows; what does not fit is cut. */
struct line {
	char text[TEXT_FIELD_BYTES];
	size_t len;
};

static void line_add(struct line *line, const char *format, ...)
	__attribute__((format(printf, 2, 3)));

static void line_add(struct line *line, const char *format, ...)
{
	const char *separator = line->len > 0 ? " · " : "";
	size_t room = sizeof line->text - line->len;
	char part[TEXT_FIELD_BYTES];
	va_list arguments;
	int bytes;

	va_start(arguments, format);
	bytes = vsnprintf(part, sizeof part, format, arguments);
	va_end(arguments);
	if (bytes < 0 || strlen(separator) + strlen(part) >= room)
		return;
	memcpy(line->text + line->len, separator, strlen(separator));
	line->len += strlen(separator);
	memcpy(line->text + line->len, part, strlen(part) + 1);
	line->len += strlen(part);
}

static const char *line_text(const struct line *line, struct arena *arena)
{
	char clean[TEXT_FIELD_BYTES];

	/* a part may have been cut inside a character */
	return line->len > 0
		? arena_text_n(arena, clean, text_clean(clean, sizeof clean, line->text, line->len))
		: NULL;
}

static const char *text(const struct json *object, const char *name, struct batch *batch)
{
	const char *value = json_text(object, name, TEXT_FIELD_BYTES, batch->arena);

	return value && value[0] ? value : NULL;
}

/* The one row of an answer; NULL at the maximum. */
static struct service *add_service(const struct decode_context *context, struct batch *batch)
{
	struct service *service = batch_add(batch, NOUN_SERVICE);

	batch->feed->records = service ? 1 : 0;
	batch->feed->skipped = 0;
	if (!service)
		return NULL;
	service->site = context->site;
	service->name = context->source;
	service->status = "unknown";
	return service;
}

static void add_check(const struct decode_context *context, struct batch *batch, const char *name,
	const char *status, const char *message)
{
	struct service_check *check = name && name[0] ? batch_add(batch, NOUN_SERVICE_CHECK) : NULL;

	if (!check) {
		batch->feed->skipped++;
		return;
	}
	check->site = context->site;
	check->service = context->source;
	check->name = name;
	check->status = status;
	check->message = message;
}

static const char *status_of(const char *word)
{
	static const char *const table[][2] = {
		{"healthy", "healthy"},
		{"ok", "healthy"},
		{"not_ready", "degraded"},
		{"degraded", "degraded"},
		{"unhealthy", "unhealthy"},
		{"error", "unhealthy"},
	};

	for (size_t i = 0; word && i < sizeof table / sizeof table[0]; i++)
		if (strcasecmp(word, table[i][0]) == 0)
			return table[i][1];
	return "unknown";
}

/* ---- bridgeserver ---- */

static void add_named_check(const struct decode_context *context, const struct json *json,
	struct line *failing, struct batch *batch)
{
	char name[TEXT_FIELD_BYTES];
	const char *raw = json_name(json) ? json_name(json) : "";
	const char *status = text(json, "status", batch);
	const char *message = text(json, "message", batch);
	size_t bytes = text_clean(name, sizeof name, raw, strlen(raw));

	if (strcmp(status_of(status), "healthy") != 0)
		line_add(failing, "%.100s%s%.200s", name, message ? ": " : "",
			message ? message : "");
	add_check(context, batch, arena_text_n(batch->arena, name, bytes),
		status ? status : "unknown", message);
}

bool decode_bridge_health(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);
	const struct json *checks = json_value(item, "checks");
	struct line failing = {.len = 0};
	struct service *service;

	if (!json_is_text(json_member(item, "status")))
		return err_set(err, "answer has no status");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	service->status = status_of(text(item, "status", batch));
	for (const struct json *check = json_is_object(checks) ? json_first(checks) : NULL; check;
		check = json_next(check))
		add_named_check(context, check, &failing, batch);
	service->error = text(item, "error", batch);
	if (!service->error)
		service->error = line_text(&failing, batch->arena);
	return true;
}

/* ---- minio ---- */

static void add_bucket(const struct decode_context *context, const struct json *bucket,
	struct line *failing, struct batch *batch)
{
	const char *name = text(bucket, "name", batch);
	bool is_accessible = json_bool(bucket, "accessible") == 1;

	if (!is_accessible && name)
		line_add(failing, "bucket %.200s not accessible", name);
	add_check(context, batch, name, is_accessible ? "healthy" : "error",
		is_accessible ? NULL : "not accessible");
}

bool decode_storage_health(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);
	const struct json *buckets = json_value(item, "buckets");
	struct line failing = {.len = 0};
	struct service *service;

	if (!json_is_text(json_member(item, "status")))
		return err_set(err, "answer has no status");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	service->status = status_of(text(item, "status", batch));
	for (const struct json *bucket = json_is_array(buckets) ? json_first(buckets) : NULL;
		bucket; bucket = json_next(bucket))
		add_bucket(context, bucket, &failing, batch);
	service->error = text(item, "error", batch);
	if (!service->error)
		service->error = line_text(&failing, batch->arena);
	return true;
}

/* ---- piorchestrator ---- */

static double first_real(double a, double b)
{
	return isnan(a) ? b : a;
}

static void add_percent(struct line *line, const char *label, const struct json *item,
	const char *group, const char *name, const char *flat_name)
{
	double percent =
		first_real(json_real(json_member(item, group), name), json_real(item, flat_name));

	if (percent >= 0 && percent <= 1000)
		line_add(line, "%s %.0f %%", label, percent);
}

/* The Pi counts nanoseconds. Coarse, so that the row does not change with each answer. */
static void add_uptime(struct line *line, double nanoseconds)
{
	double hours = nanoseconds / 3.6e12;

	if (hours >= 48 && hours < 1e6)
		line_add(line, "up %.0f d", floor(hours / 24));
	else if (hours >= 0 && hours < 48)
		line_add(line, "up %.0f h", floor(hours));
}

bool decode_system(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);
	struct service *service;
	struct line line = {.len = 0};
	double degrees = json_real(item, "temperature_celsius");

	if (!item)
		return err_set(err, "answer describes no system");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	service->status = "healthy";
	add_percent(&line, "cpu", item, "cpu", "usage_percent", "cpu_percent");
	add_percent(&line, "memory", item, "memory", "used_percent", "memory_percent");
	add_percent(&line, "disk", item, "disk", "used_percent", "disk_percent");
	if (degrees > -100 && degrees < 1000)
		line_add(&line, "%.0f °C", degrees);
	add_uptime(&line, json_real(item, "uptime"));
	service->detail = line_text(&line, batch->arena);
	return true;
}

/* ---- mqtt, bridge, tailscale, door ---- */

bool decode_mqtt(const struct decode_context *context, const struct json *body, struct batch *batch,
	struct err *err)
{
	const struct json *item = envelope_item(body);
	int64_t is_connected = json_bool(item, "connected"), port = json_int(item, "port");
	const char *broker = text(item, "broker", batch);
	struct service *service;
	struct line line = {.len = 0};

	if (is_connected == UNKNOWN)
		return err_set(err, "answer does not say whether MQTT is connected");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	service->status = is_connected == 1 ? "healthy" : "unhealthy";
	service->error = is_connected == 1 ? NULL : "not connected";
	if (broker && port > 0)
		line_add(&line, "%.300s:%lld", broker, (long long)port);
	else if (broker)
		line_add(&line, "%.400s", broker);
	service->detail = line_text(&line, batch->arena);
	return true;
}

/* The link may be configured as an URL with credentials: only what is before ? and after @. */
static const char *plain_url(const char *url, struct batch *batch)
{
	const char *scheme = url ? strstr(url, "://") : NULL;
	const char *start = scheme ? scheme + 3 : url;
	const char *at = start ? memrchr(start, '@', strcspn(start, "/?#")) : NULL;

	if (!url)
		return NULL;
	start = at ? at + 1 : start;
	return arena_text_n(batch->arena, start, strcspn(start, "?#"));
}

bool decode_bridge_link(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);
	const struct json *status = json_member(item, "status");
	struct service *service;

	if (!status)
		return err_set(err, "answer has no status");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	if (json_bool(status, "connected") == 1) {
		service->status = "healthy";
	} else if (json_is_null(status) || json_bool(status, "configured") == 0) {
		service->error = "not configured";
	} else {
		service->status = "unhealthy";
		service->error = "not connected";
	}
	service->detail = plain_url(text(status, "url", batch), batch);
	return true;
}

bool decode_tailscale(const struct decode_context *context, const struct json *body,
	struct batch *batch, struct err *err)
{
	const struct json *item = envelope_item(body);
	const struct json *peers = json_value(item, "peers");
	const char *state = text(item, "backend_state", batch);
	struct service *service;
	struct line line = {.len = 0};
	int total = 0, online = 0;

	if (!state)
		return err_set(err, "answer has no backend_state");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	service->status = strcmp(state, "Running") == 0 ? "healthy" : "unhealthy";
	if (json_bool(item, "needs_login") == 1)
		service->error = "needs login";
	else if (strcmp(state, "Running") != 0)
		service->error = state;
	for (const struct json *peer = json_is_array(peers) ? json_first(peers) : NULL; peer;
		peer = json_next(peer), total++)
		online += json_bool(peer, "online") == 1;
	if (text(item, "hostname", batch))
		line_add(&line, "%.200s", text(item, "hostname", batch));
	if (text(item, "tailscale_ip", batch))
		line_add(&line, "%.100s", text(item, "tailscale_ip", batch));
	if (total > 0)
		line_add(&line, "%d of %d peers online", online, total);
	service->detail = line_text(&line, batch->arena);
	return true;
}

bool decode_door(const struct decode_context *context, const struct json *body, struct batch *batch,
	struct err *err)
{
	const struct json *item = envelope_item(body);
	const char *state = text(item, "state", batch), *lock = text(item, "lock_state", batch);
	struct service *service;
	struct line line = {.len = 0};

	if (!state)
		return err_set(err, "answer has no door state");
	service = add_service(context, batch);
	if (!service)
		return err_set(err, "out of memory");
	if (strcmp(state, "open") == 0 || strcmp(state, "closed") == 0)
		service->status = "healthy";
	else if (strcmp(state, "error") == 0)
		service->status = "unhealthy";
	line_add(&line, "door %.200s", state);
	if (lock)
		line_add(&line, "lock %.200s", lock);
	service->detail = line_text(&line, batch->arena);
	return true;
}
