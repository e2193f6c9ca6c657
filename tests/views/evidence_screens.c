/* Whole screens with places for pictures, at the sizes people use. */
#include "views/kitchen.h"
#include "views/larder.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

static const struct {
	const char *name;
	const struct view_ops *ops;
	const char *id;
	enum action keys[4]; /* pressed before; the first ACTION_NONE ends them */
	bool hides_pictures;
} screens[] = {
	{"session-pair", &view_session, "sess-7f2d", {ACTION_BOXES}, false},
	{"session-alone", &view_session, "sess-7f2d", {ACTION_FLIP}, false},
	{"session-captions", &view_session, "sess-7f2d", {ACTION_NONE}, true},
	{"session-debug", &view_session, "sess-7f2d", {ACTION_LAST}, false},
	{"camera-picture", &view_camera, "espcam-0a1b2c", {ACTION_NONE}, false},
	{"picture", &view_picture,
		"sess-7f2d\x1f"
		"ev-13\x1f"
		"b",
		{ACTION_ZOOM_IN}, false},
	{"wall", &view_wall, "", {ACTION_DOWN}, false},
	{"wall-captions", &view_wall, "", {ACTION_NONE}, true},
	{"session-grid", &view_session, "sess-many", {ACTION_NEXT_CAPTURE}, false},
	{"wall-pages", &view_wall, "", {ACTION_PAGE_DOWN}, false},
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

static void compare(struct stage *stage, size_t size, size_t screen)
{
	char name[64];

	stage->context.is_ascii = sizes[size].is_ascii;
	stage->context.shows_pictures = !screens[screen].hides_pictures;
	stage_show(stage, screens[screen].ops, screens[screen].id, sizes[size].rows,
		sizes[size].columns);
	for (size_t i = 0; screens[screen].keys[i] != ACTION_NONE; i++)
		stage_press(stage, screens[screen].keys[i]);
	stage_draw_at(stage, NOW);
	snprintf(name, sizeof(name), "%s-%s", screens[screen].name, sizes[size].name);
	expect_screen(stage, name);
}

static void compare_all(size_t size)
{
	struct stage stage;

	stage_open(&stage);
	kitchen_fill(&stage);
	larder_pair(&stage);
	for (size_t i = 0; i < sizeof(screens) / sizeof(screens[0]); i++) {
		if (strcmp(screens[i].id, "sess-many") == 0)
			larder_many(&stage, 40);
		compare(&stage, size, i);
	}
	stage_close(&stage);
}

Test(evidence_screens, are_composed_at_80x24)
{
	compare_all(0);
}

Test(evidence_screens, are_composed_at_200x50)
{
	compare_all(1);
}

Test(evidence_screens, are_usable_at_40x10)
{
	compare_all(2);
}

Test(evidence_screens, are_readable_without_unicode)
{
	compare_all(3);
}
