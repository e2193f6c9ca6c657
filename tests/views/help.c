/* The help screen. */
#include "ui/action.h"
#include "views/stage.h"
#include <criterion/criterion.h>

static struct stage stage;

static void open_stage(void)
{
	stage_open(&stage);
}

static void close_stage(void)
{
	stage_close(&stage);
}

TestSuite(help, .init = open_stage, .fini = close_stage);

Test(help, begins_with_what_was_asked_about)
{
	static const char *const with_pictures[] = {"picture", "wall", "session", "camera"};

	stage_show(&stage, &view_help, "sessions", 24, 80);
	cr_assert_eq(stage_row(&stage, "Moving about"), 2);
	for (size_t i = 0; i < sizeof(with_pictures) / sizeof(with_pictures[0]); i++) {
		stage_show(&stage, &view_help, with_pictures[i], 24, 80);
		cr_assert_eq(stage_row(&stage, "Pictures"), 2);
		cr_assert(stage_sees(&stage, "Flip between before and after"));
		cr_assert_gt(stage_row(&stage, "Moving about"), 2, "all else follows");
	}
}

Test(help, fits_a_large_screen_whole)
{
	static const char *const views[] = {"sessions", "picture"};

	for (size_t i = 0; i < 2; i++) {
		stage_show(&stage, &view_help, views[i], 50, 160);
		cr_assert_not(stage_sees(&stage, "▼"));
		for (size_t j = 0; j < action_def_count; j++)
			cr_expect_eq(stage_sees(&stage, action_defs[j].help),
				action_defs[j].action < ACTION_VIEW_6 ||
					action_defs[j].action > ACTION_VIEW_11,
				"without a recorder all but its views: %s", action_defs[j].name);
		cr_expect(stage_sees(&stage, "Select text, in most terminals"));
		cr_expect(stage_sees(&stage, "Medium"));
	}
}
