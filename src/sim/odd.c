/* A fixed collection of records that real servers have sent or could. Owns nothing; any thread. */
#include "sim/odd.h"

#include "sim/odd_picture.h"
#include <string.h>

#define SESSION_B_REST                                                                         \
	"\"container_id\":\"019c0000-0000-7000-8000-0000000000ff\",\"successful_captures\":1," \
	"\"failed_captures\":0,\"has_before_open\":true,\"has_after_close\":false,"            \
	"\"pair_complete\":false,"

static const char *const sessions_a[] = {
	/* 35: a path that must be encoded */
	"{\"id\":\"odd/slash %41?q=1 x\",\"started_at\":\"2026-02-18T09:14:02Z\","
	"\"status\":\"completed\",\"capture_count\":2}",
	/* 27: states nobody knows */
	"{\"id\":\"odd-paused\",\"started_at\":\"2026-02-18T09:13:02Z\",\"status\":\"paused\","
	"\"capture_count\":0}",
	"{\"id\":\"odd-stateless\",\"started_at\":\"2026-02-18T09:12:02Z\",\"status\":\"\","
	"\"capture_count\":0}",
	/* 36: twice the same */
	"{\"id\":\"odd-twin\",\"started_at\":\"2026-02-18T09:11:02Z\",\"status\":\"completed\","
	"\"capture_count\":1}",
	"{\"id\":\"odd-twin\",\"started_at\":\"2026-02-18T09:11:02Z\",\"status\":\"completed\","
	"\"capture_count\":2}",
	/* 30, 37: times that are none */
	"{\"id\":\"odd-start\",\"started_at\":\"yesterday-ish\",\"status\":\"completed\","
	"\"capture_count\":1}",
	"{\"id\":\"odd-last\",\"started_at\":\"2026-02-18T09:10:02Z\",\"status\":\"active\","
	"\"capture_count\":1,\"last_capture_at\":\"soon\"}",
	"{\"id\":\"odd-zero\",\"started_at\":\"2026-02-18T09:09:02Z\",\"status\":\"active\","
	"\"capture_count\":0,\"last_capture_at\":\"0001-01-01T00:00:00Z\"}",
	"{\"id\":\"odd-future\",\"started_at\":\"2026-02-18T09:08:02Z\",\"status\":\"active\","
	"\"capture_count\":1,\"last_capture_at\":\"2199-01-01T00:00:00Z\"}",
	/* 12, 13: null for absent, numbers as text */
	"{\"id\":\"odd-numbers\",\"delivery_id\":null,\"started_at\":\"2026-02-18T09:07:02Z\","
	"\"status\":\"completed\",\"capture_count\":\"3\",\"last_capture_at\":null}",
	"{\"id\":\"odd-float\",\"started_at\":1771405562,\"status\":\"completed\","
	"\"capture_count\":4.0,\"is_stale\":true,\"new_field\":{\"a\":[1]}}",
	/* 24: texts that want to leave their column */
	"{\"id\":\"odd-\\u001b[31mred\\u0007\\u202eevil\",\"started_at\":"
	"\"2026-02-18 09:06:02.123456789+0530\",\"status\":\"completed\",\"capture_count\":1,"
	"\"delivery_id\":\"日本語 e\\u0301\\u0301\\r\\nnext\"}",
	"{\"id\":\"odd-\xff\xfe-bytes\",\"started_at\":\"2026-02-18t09:05:02z\","
	"\"status\":\"cancelled\",\"capture_count\":1}",
	/* 8, 43: captures that cannot be had, analyses of strange form */
	"{\"id\":\"odd-object-delta\",\"started_at\":\"2026-02-18T09:04:02Z\","
	"\"status\":\"completed\",\"capture_count\":2}",
	"{\"id\":\"odd-short-delta\",\"started_at\":\"2026-02-18T09:03:02Z\","
	"\"status\":\"completed\",\"capture_count\":2}",
	"{\"id\":\"odd-wrong-sum\",\"started_at\":\"2026-02-18T09:02:02Z\","
	"\"status\":\"completed\",\"capture_count\":2}",
	/* 48 to 57: pictures that are hard to fetch or to draw */
	"{\"id\":\"" ODD_PICTURES_SESSION "\",\"started_at\":\"2026-02-18T09:14:03Z\","
	"\"status\":\"completed\",\"capture_count\":17}",
	NULL,
};

static const char *const sessions_b[] = {
	"{\"session_id\":\"odd/slash %41?q=1 x\",\"started_at\":\"2026-02-18T09:14:02Z\","
	"\"status\":\"complete\",\"total_captures\":1," SESSION_B_REST "\"elapsed_seconds\":900}",
	"{\"session_id\":\"odd-paused\",\"started_at\":\"2026-02-18T09:13:02Z\","
	"\"status\":\"paused\",\"total_captures\":1," SESSION_B_REST "\"elapsed_seconds\":900}",
	"{\"session_id\":\"odd-start\",\"started_at\":\"yesterday-ish\",\"status\":\"failed\","
	"\"total_captures\":\"1\"," SESSION_B_REST "\"elapsed_seconds\":12.0,"
	"\"last_error\":{\"phase\":null,\"failure_reason\":\"\"}}",
	"{\"session_id\":\"odd-object-delta\",\"started_at\":\"2026-02-18T09:04:02Z\","
	"\"status\":\"complete\",\"total_captures\":1," SESSION_B_REST "\"elapsed_seconds\":900}",
	"{\"session_id\":\"" ODD_PICTURES_SESSION "\",\"started_at\":\"2026-02-18T09:14:03Z\","
	"\"status\":\"complete\",\"total_captures\":15," SESSION_B_REST "\"elapsed_seconds\":900}",
	NULL,
};

static const char *const cameras[] = {
	/* 64, 65, 70, 71 */
	"{\"device_id\":\"odd-loud\",\"name\":\"\",\"status\":\"initializing\",\"last_seen\":"
	"\"0001-01-01T00:00:00Z\",\"rssi\":12,\"health\":{\"wifi_rssi\":12,\"heap\":\"4096\","
	"\"uptime\":null},\"capture_success_rate\":0,\"total_captures\":0,\"failed_captures\":0}",
	"{\"device_id\":\"odd-edge\",\"name\":\"Kamera 緑 \\u001b[2J\",\"status\":\"online\","
	"\"last_seen\":\"2026-02-18T09:14:58.123456789+01:00\",\"rssi\":-60.5,"
	"\"health\":null,\"container_id\":null,\"total_captures\":null}",
	NULL,
};

static const struct odd_run {
	const char *session;
	const char *record;
} runs[] = {
	{"odd-object-delta",
		"{\"run_id\":\"run-odd-1\",\"session_id\":\"odd-object-delta\","
		"\"container_id\":\"c-odd\",\"status\":\"done\",\"delta\":{\"what\":1},"
		"\"metadata\":{\"provider\":\"vision-x\"}}"},
	{"odd-short-delta",
		"{\"run_id\":\"run-odd-2\",\"session_id\":\"odd-short-delta\","
		"\"container_id\":\"c-odd\",\"status\":\"approved\",\"delta\":{\"added\":[{"
		"\"name\":"
		"\"Water\",\"qty\":1,\"confidence\":0.5}],\"removed\":null},"
		"\"metadata\":{\"created_at\":\"2026-02-18T09:04:00Z\"}}"},
	{"odd-wrong-sum",
		"{\"run_id\":\"run-odd-3\",\"session_id\":\"odd-wrong-sum\","
		"\"container_id\":\"c-odd\",\"status\":\"failed\",\"delta\":[{\"name\":\"Water\","
		"\"before_count\":3,\"after_count\":1,\"change\":5,\"confidence\":1.5}],"
		"\"metadata\":null}"},
};

static const char *const *const lists[ODD_LISTS] = {sessions_a, sessions_b, cameras};

void odd_emit(struct emit *emit, const struct request *request, enum odd_list list)
{
	if (!request->site->options->has_odd_records)
		return;
	for (const char *const *record = lists[list]; *record; record++)
		emit_raw(emit, NULL, *record, strlen(*record));
}

static bool is_named(struct span record, const char *key, const char *id)
{
	struct span name;

	return scan_member(record, key, &name) && name.bytes == strlen(id) + 2 &&
		!memcmp(name.text + 1, id, name.bytes - 2);
}

bool odd_find_session(const struct request *request, enum odd_list list, struct span *record)
{
	if (!request->site->options->has_odd_records)
		return false;
	for (const char *const *text = lists[list]; *text; text++) {
		*record = (struct span){*text, strlen(*text)};
		if (is_named(*record, list == ODD_SESSIONS_A ? "id" : "session_id", request->id))
			return true;
	}
	return false;
}

bool odd_find_run(const struct request *request, struct span *record)
{
	if (!request->site->options->has_odd_records)
		return false;
	for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
		*record = (struct span){runs[i].record, strlen(runs[i].record)};
		if (!strcmp(runs[i].session, request->id))
			return true;
	}
	return false;
}
