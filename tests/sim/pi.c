/* Starts the real server in a thread of its own and asks it with curl. */
#include "pi.h"

#include "base/clock.h"
#include <criterion/criterion.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static _Atomic int64_t now_ms = PI_T0;

int64_t pi_now_ms(void)
{
	return now_ms;
}

void pi_advance_ms(int64_t ms)
{
	now_ms += ms;
}

void pi_init(struct pi *pi, enum dialect dialect)
{
	memset(pi, 0, sizeof *pi);
	sim_options_init(&pi->options);
	pi->options.port = 0;
	pi->options.dialect = dialect;
	pi->options.now_ms = pi_now_ms;
}

void pi_fault(struct pi *pi, const char *text)
{
	struct err err;

	cr_assert(fault_parse(&pi->options.faults[pi->options.fault_count++], text, &err), "%s",
		err.text);
}

static void *serve(void *arg)
{
	struct err err;

	return server_run(arg, &err) ? arg : NULL;
}

void pi_start(struct pi *pi)
{
	struct err err = {""};

	pi->server = server_new(&pi->options, &err);
	cr_assert_not_null(pi->server, "%s", err.text);
	cr_assert_eq(pthread_create(&pi->thread, NULL, serve, pi->server), 0);
}

void pi_stop(struct pi *pi)
{
	void *result = NULL;

	server_stop(pi->server);
	pthread_join(pi->thread, &result);
	cr_assert_not_null(result, "the server ended with an error");
	server_free(pi->server);
}

static size_t take_body(char *data, size_t size, size_t count, void *arg)
{
	struct reply *reply = arg;
	char *grown = realloc(reply->body, reply->bytes + size * count + 1);

	if (!grown)
		return 0;
	reply->body = grown;
	memcpy(reply->body + reply->bytes, data, size * count);
	reply->bytes += size * count;
	reply->body[reply->bytes] = '\0';
	return size * count;
}

static size_t take_header(char *data, size_t size, size_t count, void *arg)
{
	struct reply *reply = arg;
	char line[256];

	snprintf(line, sizeof line, "%.*s", (int)(size * count), data);
	line[strcspn(line, "\r\n")] = '\0';
	if (!strncasecmp(line, "Content-Type: ", 14))
		snprintf(reply->type, sizeof reply->type, "%.60s", line + 14);
	if (!strncasecmp(line, "ETag: ", 6))
		snprintf(reply->etag, sizeof reply->etag, "%.60s", line + 6);
	return size * count;
}

struct reply pi_call(const char *url, const char *header, const char *body)
{
	struct reply reply = {.code = CURLE_OK};
	struct curl_slist *headers = header ? curl_slist_append(NULL, header) : NULL;
	int64_t before_ms = clock_monotonic_ms();
	CURL *curl = curl_easy_init();

	cr_assert_not_null(curl);
	curl_easy_setopt(curl, CURLOPT_URL, url);
	curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, 30000L);
	curl_easy_setopt(curl, CURLOPT_PATH_AS_IS, 1L);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (body)
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, body);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, &reply);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, &reply);
	reply.code = curl_easy_perform(curl);
	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &reply.status);
	curl_easy_cleanup(curl);
	curl_slist_free_all(headers);
	reply.took_ms = clock_monotonic_ms() - before_ms;
	return reply;
}

struct reply pi_get(const struct pi *pi, const char *path)
{
	char url[2048];

	snprintf(url, sizeof url, "%s%s", server_url(pi->server, 0), path);
	return pi_call(url, NULL, NULL);
}

void reply_free(struct reply *reply)
{
	free(reply->body);
	reply->body = NULL;
}

cJSON *pi_json(const struct pi *pi, const char *path, long status)
{
	struct reply reply = pi_get(pi, path);
	cJSON *json;

	cr_assert_eq(reply.code, CURLE_OK, "%s: %s", path, curl_easy_strerror(reply.code));
	cr_assert_eq(reply.status, status, "%s: %ld %s", path, reply.status,
		reply.body ? reply.body : "");
	cr_assert_str_eq(reply.type, "application/json", "%s", path);
	json = cJSON_ParseWithOpts(reply.body, NULL, 1);
	cr_assert_not_null(json, "%s: %s", path, reply.body);
	reply_free(&reply);
	return json;
}

const cJSON *pi_data(const cJSON *json, const char *name)
{
	const cJSON *data = cJSON_GetObjectItem(json, "data");

	cr_assert_not_null(data);
	return name ? cJSON_GetObjectItem(data, name) : data;
}

const char *pi_text(const cJSON *object, const char *name)
{
	const cJSON *member = cJSON_GetObjectItem(object, name);

	cr_assert(cJSON_IsString(member), "%s is no text", name);
	return member->valuestring;
}

double pi_number(const cJSON *object, const char *name)
{
	const cJSON *member = cJSON_GetObjectItem(object, name);

	cr_assert(cJSON_IsNumber(member), "%s is no number", name);
	return member->valuedouble;
}
