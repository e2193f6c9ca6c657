/* JSON text for the answers of the simulated Pi. Owns nothing; any thread. */
#include "sim/emit.h"

#include "base/clock.h"
#include "sim/dice.h"
#include <stdio.h>
#include <string.h>
#include <time.h>

static void write_string(struct buf *out, const char *text)
{
	const char *rest = text;

	buf_append(out, "\"", 1);
	while (*rest) {
		size_t plain = 0;

		while ((unsigned char)rest[plain] >= 0x20 && rest[plain] != '"' &&
			rest[plain] != '\\')
			plain++;
		buf_append(out, rest, plain);
		rest += plain;
		if (!*rest)
			break;
		if (*rest == '"' || *rest == '\\')
			buf_printf(out, "\\%c", *rest);
		else
			buf_printf(out, "\\u%04x", (unsigned char)*rest);
		rest++;
	}
	buf_append(out, "\"", 1);
}

static void begin(struct emit *emit, const char *key)
{
	if (emit->needs_comma)
		buf_append(emit->out, ",", 1);
	emit->needs_comma = true;
	if (!key)
		return;
	buf_append(emit->out, "\"", 1);
	buf_text(emit->out, key);
	buf_append(emit->out, "\":", 2);
}

static void open_with(struct emit *emit, const char *key, char bracket)
{
	begin(emit, key);
	buf_append(emit->out, &bracket, 1);
	emit->needs_comma = false;
}

static void close_with(struct emit *emit, char bracket)
{
	buf_append(emit->out, &bracket, 1);
	emit->needs_comma = true;
}

void emit_object(struct emit *emit, const char *key)
{
	open_with(emit, key, '{');
}

void emit_object_end(struct emit *emit)
{
	close_with(emit, '}');
}

void emit_list(struct emit *emit, const char *key)
{
	open_with(emit, key, '[');
}

void emit_list_end(struct emit *emit)
{
	close_with(emit, ']');
}

void emit_records(struct emit *emit, const char *key)
{
	static const char bad[] =
		"{\"id\":null,\"session_id\":{},\"camera_id\":[],\"device_id\":{},"
		"\"run_id\":7.5,\"evidence_id\":false,\"mac_address\":{},"
		"\"status\":[3],\"started_at\":{\"no\":1}}";

	emit_list(emit, key);
	if (emit->has_bad_record)
		emit_raw(emit, NULL, bad, sizeof bad - 1);
}

void emit_text(struct emit *emit, const char *key, const char *value)
{
	begin(emit, key);
	if (value)
		write_string(emit->out, value);
	else
		buf_text(emit->out, "null");
}

void emit_int(struct emit *emit, const char *key, int64_t value)
{
	char digits[24];
	char *first = digits + sizeof digits;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	begin(emit, key);
	if (value == UNKNOWN) {
		buf_text(emit->out, "null");
		return;
	}
	do
		*--first = (char)('0' + rest % 10);
	while (rest /= 10);
	if (value < 0)
		*--first = '-';
	buf_append(emit->out, first, (size_t)(digits + sizeof digits - first));
}

void emit_number(struct emit *emit, const char *key, double value)
{
	begin(emit, key);
	buf_printf(emit->out, "%.3g", value);
}

void emit_fraction(struct emit *emit, const char *key, int part, int whole)
{
	begin(emit, key);
	buf_printf(emit->out, "%.6f", (double)part / whole);
}

void emit_bool(struct emit *emit, const char *key, bool value)
{
	begin(emit, key);
	buf_text(emit->out, value ? "true" : "false");
}

void emit_null(struct emit *emit, const char *key)
{
	begin(emit, key);
	buf_text(emit->out, "null");
}

void emit_raw(struct emit *emit, const char *key, const char *text, size_t bytes)
{
	begin(emit, key);
	buf_append(emit->out, text, bytes);
}

void emit_base64(struct emit *emit, const char *key, const unsigned char *data, size_t bytes)
{
	static const char digits[] =
		"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

	begin(emit, key);
	buf_append(emit->out, "\"", 1);
	for (size_t i = 0; i < bytes; i += 3) {
		size_t left = bytes - i;
		unsigned group = (unsigned)data[i] << 16 |
			(left > 1 ? (unsigned)data[i + 1] << 8 : 0) | (left > 2 ? data[i + 2] : 0);
		char text[4] = {digits[group >> 18], digits[group >> 12 & 63],
			left > 1 ? digits[group >> 6 & 63] : '=',
			left > 2 ? digits[group & 63] : '='};

		buf_append(emit->out, text, sizeof text);
	}
	buf_append(emit->out, "\"", 1);
}

static void write_time(struct emit *emit, const char *key, int64_t ms, int digits)
{
	time_t seconds = (time_t)(ms / 1000);
	struct tm utc;
	char text[40];
	unsigned milli = (unsigned)(ms % 1000);
	unsigned rest = (unsigned)(dice(9, DICE_ID, ms) % 1000000);
	size_t length;

	begin(emit, key);
	if (ms == UNKNOWN || ms < 0 || !gmtime_r(&seconds, &utc)) {
		buf_text(emit->out, "null");
		return;
	}
	length = strftime(text, sizeof text, "\"%Y-%m-%dT%H:%M:%S", &utc);
	if (digits > 3)
		snprintf(text + length, sizeof text - length, ".%03u%06uZ\"", milli, rest);
	else
		snprintf(text + length, sizeof text - length, ".%03uZ\"", milli);
	buf_text(emit->out, text);
}

void emit_time(struct emit *emit, const char *key, int64_t ms)
{
	write_time(emit, key, ms, emit->fraction_digits);
}

void emit_time_nano(struct emit *emit, const char *key, int64_t ms)
{
	write_time(emit, key, ms, 9);
}
