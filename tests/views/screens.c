/* Whole screens as a person sees them, at the sizes people use. */
#include "views/kitchen.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	const struct view_ops *ops;
	const char *id;
} screens[] = {
	{"sessions", &view_sessions, ""},
	{"session-failed", &view_session, "sess-7f30"},
	{"session-review", &view_session, "sess-7f2d"},
	{"cameras", &view_cameras, ""},
	{"camera", &view_camera, "espcam-0a1b2c"},
	{"inventory", &view_inventory, ""},
	{"run", &view_run, "run-203"},
	{"run-failed", &view_run, "run-202"},
	{"health", &view_health, ""},
	{"help", &view_help, ""},
};

static const struct {
	int rows, columns;
	bool is_ascii;
	const char *name;
} sizes[] = {
	{24, 80, false, "80x24"},
	{50, 200, false, "200x50"},
	{10, 40, false, "40x10"},
	{24, 80, true, "ascii"},
};

static void compare_all(const char *size)
{
	struct stage stage;

	stage_open(&stage);
	kitchen_fill(&stage);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		for (size_t j = 0; j < sizeof(screens) / sizeof(screens[0]); j++) {
			char name[64];

			if (strcmp(sizes[i].name, size) != 0)
				continue;
			stage.context.is_ascii = sizes[i].is_ascii;
			stage_show(&stage, screens[j].ops, screens[j].id, sizes[i].rows,
				sizes[i].columns);
			snprintf(name, sizeof(name), "%s-%s", screens[j].name, size);
			expect_screen(&stage, name);
		}
	stage_close(&stage);
}

Test(screens, are_composed_at_80x24)
{
	compare_all("80x24");
}

Test(screens, are_composed_at_200x50)
{
	compare_all("200x50");
}

Test(screens, are_usable_at_40x10)
{
	compare_all("40x10");
}

Test(screens, are_readable_without_unicode)
{
	compare_all("ascii");
}
