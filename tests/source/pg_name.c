/* Tests of source/pg_name.h: when there is a question, and that nobody has to wait for its answer.
 */
#include "source/pg_name.h"
#include "base/clock.h"
#include <criterion/criterion.h>
#include <sys/eventfd.h>
#include <unistd.h>

Test(pg_name, sockets_and_addresses_need_no_question)
{
	static const char *const hosts[] = {
		"", "/run/postgresql", "@hidden", "127.0.0.1", "::1", "fe80::1%1"};
	struct pg_name *name = pg_name_new();
	int wake = eventfd(1, EFD_CLOEXEC);

	for (size_t i = 0; i < sizeof hosts / sizeof hosts[0]; i++)
		cr_expect_eq(
			pg_name_ask(name, hosts[i], wake, 0), PG_NAME_ANSWERED, "%s", hosts[i]);
	pg_name_free(name);
	close(wake);
}

Test(pg_name, a_host_of_the_machine_itself_is_answered)
{
	struct pg_name *name = pg_name_new();
	int wake = eventfd(0, EFD_CLOEXEC);

	cr_expect_eq(pg_name_ask(name, "localhost", wake, clock_monotonic_ms() + 10000),
		PG_NAME_ANSWERED);
	pg_name_free(name);
	close(wake);
}

Test(pg_name, whoever_is_woken_does_not_wait_for_the_answer)
{
	struct pg_name *name = pg_name_new();
	int wake = eventfd(1, EFD_CLOEXEC);

	cr_expect_eq(pg_name_ask(name, "db.example.invalid", wake, clock_monotonic_ms() + 10000),
		PG_NAME_INTERRUPTED);
	pg_name_free(name);
	close(wake);
}
