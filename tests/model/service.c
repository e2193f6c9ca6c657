/* Tests of model/service.h. */
#include "model/service.h"
#include <criterion/criterion.h>

enum { MOST = 4 };

static const struct {
	const char *statuses[MOST];
	size_t count;
	const char *overall;
} table[] = {
	{{"healthy", "healthy", "healthy"}, 3, "All Systems Healthy"},
	{{"healthy", "degraded", "healthy"}, 3, "Degraded"},
	{{"degraded", "unknown", "healthy"}, 3, "Degraded"},
	{{"healthy", "unknown"}, 2, "Checking..."},
	{{"healthy", "on fire"}, 2, "Checking..."},
	{{"healthy", NULL}, 2, "Checking..."},
	{{"unknown", "degraded", "unhealthy"}, 3, "Issues Detected"},
	{{"timeout", "healthy"}, 2, "Issues Detected"},
	{{"Healthy", "UNHEALTHY"}, 2, "Issues Detected"},
	{{NULL}, 0, "Checking..."},
};

Test(service, the_gravest_status_speaks_for_all)
{
	for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++) {
		struct service services[MOST];

		for (size_t s = 0; s < MOST; s++) {
			noun_clear(&nouns[NOUN_SERVICE], &services[s]);
			services[s].status = table[i].statuses[s];
		}
		cr_expect_str_eq(
			service_overall(services, table[i].count), table[i].overall, "row %zu", i);
	}
}
