/* The help beside a recorder. */
#include "views/office.h"
#include <criterion/criterion.h>

Test(recorder_help, says_what_a_recorder_s_signs_mean_only_beside_one)
{
	static const char *const signs[] = {"events", "● person", "! intrusion", "· other",
		"streams", "· inactive", "notifications", "! warning", "● unread", "! tied",
		"■ secret"};
	struct stage stage;

	office_open(&stage);
	stage_show(&stage, &view_help, "streams", 70, 160);
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		cr_expect(stage_sees(&stage, signs[i]), "%s", signs[i]);
	stage.context.has_recorders = false;
	stage_show(&stage, &view_help, "streams", 70, 160);
	cr_expect_not(stage_sees(&stage, "● unread"));
	cr_expect_not(stage_sees(&stage, "! intrusion"));
	cr_expect(stage_sees(&stage, "● Active"));
	stage_close(&stage);
}
