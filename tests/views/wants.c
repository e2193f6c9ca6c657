/* What each screen asks to be fetched in full: what it shows, and nothing else. */
#include "stage.h"
#include <criterion/criterion.h>
#include <string.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

static bool wants(const char *site, const char *feed, const char *subject)
{
	struct demand demands[VIEW_DEMANDS_MAX];
	size_t count = view_wants(stage.view, &stage.context, demands);

	for (size_t i = 0; i < count; i++)
		if (strcmp(demands[i].site, site) == 0 && strcmp(demands[i].feed, feed) == 0 &&
			strcmp(demands[i].subject, subject) == 0)
			return true;
	return false;
}

Test(wants, a_list_of_all_sites_has_its_feeds_polled_in_full_at_all_of_them, .init = open_stage,
	.fini = close_stage)
{
	static const struct {
		const struct view_ops *ops;
		const char *feed;
		bool is_wanted;
	} cases[] = {
		{&view_cameras, "cameras.diagnostics", true},
		{&view_cameras, "cameras.statistics", true},
		{&view_cameras, "cameras.list", true},
		{&view_cameras, "cameras.paired", true},
		{&view_cameras, "runs", false},
		{&view_inventory, "runs", true},
		{&view_inventory, "cameras.list", false},
		{&view_health, DEMAND_ALL, true},
		{&view_sessions, DEMAND_ALL, false},
		{&view_sessions, "cameras.diagnostics", false},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		stage_show(&stage, cases[i].ops, "", 24, 80);
		cr_assert_eq(wants(DEMAND_ALL, cases[i].feed, ""), cases[i].is_wanted, "%s of %s",
			cases[i].feed, cases[i].ops->name);
	}
}

Test(wants, a_camera_is_polled_with_the_lists_that_tell_of_it, .init = open_stage,
	.fini = close_stage)
{
	stage_camera(&stage, "cam-1", "online");
	stage_commit(&stage);
	stage_show(&stage, &view_camera, "cam-1", 24, 80);
	cr_assert(wants(SITE, "camera", "cam-1"));
	cr_assert(wants(DEMAND_ALL, "cameras.diagnostics", ""));
	cr_assert(wants(DEMAND_ALL, "cameras.list", ""));
}
