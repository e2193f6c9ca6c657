/* Tests of source/http.h with a name server that does not answer: getaddrinfo is ours. */
#include "base/clock.h"
#include "source/http.h"
#include <criterion/criterion.h>
#include <dlfcn.h>
#include <netdb.h>
#include <pthread.h>
#include <string.h>

static const char silent_name[] = "silent.invalid";

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t change = PTHREAD_COND_INITIALIZER;
static int asked, answered;
static bool may_answer;

static void wait_for_leave(void)
{
	pthread_mutex_lock(&lock);
	asked++;
	while (!may_answer)
		pthread_cond_wait(&change, &lock);
	answered++;
	pthread_cond_signal(&change);
	pthread_mutex_unlock(&lock);
}

int getaddrinfo(const char *name, const char *service, const struct addrinfo *hints,
	struct addrinfo **result)
{
	int (*real)(const char *, const char *, const struct addrinfo *, struct addrinfo **);

	if (name && strcmp(name, silent_name) == 0) {
		wait_for_leave();
		return EAI_AGAIN;
	}
	*(void **)&real = dlsym(RTLD_NEXT, "getaddrinfo");
	return real(name, service, hints, result);
}

static int count(const int *counter)
{
	pthread_mutex_lock(&lock);
	int value = *counter;
	pthread_mutex_unlock(&lock);
	return value;
}

static void let_answer(void)
{
	pthread_mutex_lock(&lock);
	may_answer = true;
	pthread_cond_broadcast(&change);
	while (answered < asked)
		pthread_cond_wait(&change, &lock);
	pthread_mutex_unlock(&lock);
}

static struct http_client *ask_silent(int64_t timeout_ms)
{
	struct err err = {""};
	struct http_client *http = http_client_new(8, &err);
	struct http_request request = {.url = "http://silent.invalid:8082/",
		.etag = "",
		.timeout_ms = timeout_ms,
		.max_bytes = 1024};

	cr_assert(http != NULL, "%s", err.text);
	cr_assert(http_client_start(http, &request, &err), "%s", err.text);
	return http;
}

Test(names, a_request_whose_name_nobody_resolves_ends_in_its_time, .timeout = 20)
{
	struct http_client *http = ask_silent(100);
	struct response response;
	void *tag;

	while (!http_client_take(http, &response, &tag))
		http_client_run(http, 1000);
	cr_expect_eq(response.exchange, EXCHANGE_UNREACHABLE);
	cr_expect_eq(count(&answered), 0, "it waited for the name");
	response_release(&response);
	http_client_free(http);
	let_answer();
}

Test(names, leaving_does_not_wait_for_a_name, .timeout = 20)
{
	struct http_client *http = ask_silent(60000);

	while (count(&asked) == 0)
		http_client_run(http, 10);
	http_client_free(http);
	cr_expect_eq(count(&answered), 0);
	let_answer();
}
