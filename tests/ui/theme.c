/* Tests of ui/theme.h, ui/color.h and of the files in themes/. */
#include "ui/theme.h"
#include "base/text.h"
#include "ui/color.h"
#include <criterion/criterion.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

static struct theme theme;

static void open_theme(void)
{
	text_init();
	theme_default(&theme);
}

TestSuite(theme, .init = open_theme);

static bool is_same_style(const struct style *a, const struct style *b)
{
	return a->foreground == b->foreground && a->background == b->background &&
		a->is_bold == b->is_bold && a->is_dim == b->is_dim &&
		a->is_underlined == b->is_underlined && a->is_reversed == b->is_reversed;
}

Test(theme, the_built_in_one_uses_the_users_palette_and_tells_every_status_apart)
{
	static const enum role statuses[] = {
		ROLE_TEXT, ROLE_OK, ROLE_INFO, ROLE_WARN, ROLE_BAD, ROLE_STALE, ROLE_DIM};
	enum { STATUSES = sizeof statuses / sizeof statuses[0] };

	for (size_t i = 0; i < ROLE_COUNT; i++) {
		cr_assert_lt(theme.styles[i].foreground, 16);
		cr_assert_lt(theme.styles[i].background, 16);
	}
	for (size_t i = 0; i < STATUSES; i++)
		for (size_t j = 0; j < i; j++)
			cr_assert_not(is_same_style(
				&theme.styles[statuses[i]], &theme.styles[statuses[j]]));
}

Test(theme, reads_what_a_theme_file_may_say)
{
	static const struct {
		const char *value;
		struct style style;
	} cases[] = {
		{"yellow bold", {3, COLOR_DEFAULT, true, false, false, false}},
		{"#ffaa00 on #202020", {COLOR_RGB | 0xffaa00, COLOR_RGB | 0x202020, 0, 0, 0, 0}},
		{"208 underline", {208, COLOR_DEFAULT, false, false, true, false}},
		{"bright-red on default dim", {9, COLOR_DEFAULT, false, true, false, false}},
		{"reverse", {COLOR_DEFAULT, COLOR_DEFAULT, false, false, false, true}},
		{"on blue", {COLOR_DEFAULT, 4, false, false, false, false}},
		{"  RED   BOLD\tDim ", {1, COLOR_DEFAULT, true, true, false, false}},
		{"0 on 255", {0, 255, false, false, false, false}},
		{"", {COLOR_DEFAULT, COLOR_DEFAULT, false, false, false, false}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct err err = {""};

		cr_assert(theme_set(&theme, "warn", cases[i].value, &err), "%s", err.text);
		cr_assert(is_same_style(&theme.styles[ROLE_WARN], &cases[i].style), "\"%s\"",
			cases[i].value);
	}
}

Test(theme, refuses_what_is_wrong_by_name_and_changes_nothing)
{
	static const struct {
		const char *role, *value, *error;
	} cases[] = {
		{"wrn", "red", "unknown role 'wrn', did you mean 'warn'?"},
		{"completely-else", "red", "unknown role 'completely-else'"},
		{"warn", "yelow",
			"warn: unknown colour or attribute 'yelow', did you mean 'yellow'?"},
		{"warn", "red underlined",
			"warn: unknown colour or attribute 'underlined', did you mean "
			"'underline'?"},
		{"warn", "#12345", "warn: '#12345' is no colour: write #rrggbb"},
		{"warn", "#12345g", "warn: '#12345g' is no colour: write #rrggbb"},
		{"warn", "256", "warn: '256' is no colour: numbers go from 0 to 255"},
		{"warn", "red on", "warn: a colour is missing after 'on'"},
		{"warn", "red green",
			"warn: unknown colour or attribute 'green', did you mean 'green'?"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct theme before = theme;
		struct err err = {""};

		cr_assert_not(theme_set(&theme, cases[i].role, cases[i].value, &err));
		cr_assert_str_eq(err.text, cases[i].error);
		cr_assert_eq(memcmp(&theme, &before, sizeof theme), 0);
	}
}

Test(theme, without_colour_what_matters_still_differs)
{
	static const enum role loud[] = {ROLE_WARN, ROLE_BAD, ROLE_STALE, ROLE_MATCH, ROLE_BANNER,
		ROLE_CURSOR, ROLE_TAB, ROLE_STRONG};

	theme_strip_color(&theme);
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		cr_assert_eq(theme.styles[i].foreground, COLOR_DEFAULT);
		cr_assert_eq(theme.styles[i].background, COLOR_DEFAULT);
	}
	for (size_t i = 0; i < sizeof loud / sizeof loud[0]; i++)
		cr_assert_not(is_same_style(&theme.styles[loud[i]], &theme.styles[ROLE_TEXT]));
	cr_assert_not(is_same_style(&theme.styles[ROLE_BAD], &theme.styles[ROLE_WARN]));
}

Test(theme, finds_the_nearest_colour_a_terminal_has)
{
	static const struct {
		int32_t color;
		int colors, nearest;
	} cases[] = {
		{COLOR_DEFAULT, 256, COLOR_DEFAULT},
		{COLOR_DEFAULT, 8, COLOR_DEFAULT},
		{3, 8, 3},
		{9, 16, 9},
		{9, 8, 1},
		{12, 8, 4},
		{208, 256, 208},
		{208, 16, 3},
		{208, 8, 3},
		{COLOR_RGB | 0xff0000, 256, 196},
		{COLOR_RGB | 0xff0000, 16, 9},
		{COLOR_RGB | 0xff0000, 8, 1},
		{COLOR_RGB | 0x5faf87, 256, 72},
		{COLOR_RGB | 0x808080, 256, 244},
		{COLOR_RGB | 0x808080, 16, 8},
		{COLOR_RGB | 0x000000, 8, 0},
		{COLOR_RGB | 0x101010, 16, 0},
		{5, 0, COLOR_DEFAULT},
		{5, 2, COLOR_DEFAULT},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		cr_assert_eq(theme_nearest(cases[i].color, cases[i].colors), cases[i].nearest,
			"case %zu: %d", i, theme_nearest(cases[i].color, cases[i].colors));
}

Test(theme, no_grey_becomes_black_on_eight_colours)
{
	for (int grey = 8; grey < 256; grey++)
		if (grey == 8 || grey >= 240)
			cr_assert_neq(theme_nearest(grey, 8), 0, "%d", grey);
}

Test(theme, soft_colours_keep_their_hue_where_there_are_few)
{
	static const struct {
		int32_t rgb;
		int of_8, of_16;
	} cases[] = {
		{0x87d787, 2, 10},
		{0x87afd7, 6, 14},
		{0xffd75f, 3, 11},
		{0xff5f5f, 1, 9},
		{0xd787d7, 5, 13},
		{0x006f00, 2, 2},
		{0x005faf, 4, 4},
		{0x870087, 5, 5},
		{0x875f00, 1, 1},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		cr_expect_eq(
			theme_nearest(COLOR_RGB | cases[i].rgb, 8), cases[i].of_8, "case %zu", i);
		cr_expect_eq(
			theme_nearest(COLOR_RGB | cases[i].rgb, 16), cases[i].of_16, "case %zu", i);
	}
}

Test(theme, greys_become_the_text_of_a_terminal_with_few_colours)
{
	struct err err;

	theme_default(&theme);
	cr_assert(theme_set(&theme, "text", "#303030", &err));
	cr_assert(theme_set(&theme, "dim", "#767676", &err));
	cr_assert(theme_set(&theme, "ok", "#006f00", &err));
	cr_assert(theme_set(&theme, "banner", "#1c1c1c on #ffd75f", &err));
	theme_reduce(&theme, 256);
	cr_assert_eq(theme.styles[ROLE_TEXT].foreground, COLOR_RGB | 0x303030);
	theme_reduce(&theme, 8);
	cr_assert_eq(theme.styles[ROLE_TEXT].foreground, COLOR_DEFAULT);
	cr_assert_not(theme.styles[ROLE_TEXT].is_dim);
	cr_assert_eq(theme.styles[ROLE_DIM].foreground, COLOR_DEFAULT);
	cr_assert(theme.styles[ROLE_DIM].is_dim);
	cr_assert_eq(theme.styles[ROLE_OK].foreground, COLOR_RGB | 0x006f00);
	cr_assert_eq(theme.styles[ROLE_BANNER].foreground, COLOR_RGB | 0x1c1c1c);
}

Test(theme, colours_of_xterm_are_known)
{
	cr_assert_eq(color_rgb(16), 0x000000);
	cr_assert_eq(color_rgb(21), 0x0000ff);
	cr_assert_eq(color_rgb(208), 0xff8700);
	cr_assert_eq(color_rgb(231), 0xffffff);
	cr_assert_eq(color_rgb(232), 0x080808);
	cr_assert_eq(color_rgb(255), 0xeeeeee);
}

/* ---- the files ---- */

static const char *const files[] = {"dark", "light", "16-colour", "mono", "high-contrast"};

enum { FILES = sizeof files / sizeof files[0] };

/* Reads "role = value" lines behind [roles]; counts how often each role was set. */
static void load(const char *name, int counts[ROLE_COUNT])
{
	char path[128], line[256];
	bool is_in_roles = false;
	FILE *file;

	snprintf(path, sizeof path, "themes/%s.theme", name);
	file = fopen(path, "r");
	cr_assert_not_null(file, "%s: tests run in the top folder", path);
	memset(counts, 0, ROLE_COUNT * sizeof counts[0]);
	while (fgets(line, sizeof line, file)) {
		char role[64], value[128];
		struct err err;

		if (line[0] == ';' || line[0] == '\n')
			continue;
		if (!is_in_roles) {
			cr_assert_str_eq(line, "[roles]\n");
			is_in_roles = true;
			continue;
		}
		cr_assert_eq(
			sscanf(line, "%63s = %127[^\n]", role, value), 2, "%s: %s", path, line);
		cr_assert(theme_set(&theme, role, value, &err), "%s: %s", path, err.text);
		for (int i = 0; i < ROLE_COUNT; i++)
			counts[i] += strcmp(role_names[i], role) == 0;
	}
	fclose(file);
}

Test(theme, every_file_sets_every_role_once)
{
	for (size_t i = 0; i < FILES; i++) {
		int counts[ROLE_COUNT];

		load(files[i], counts);
		for (size_t role = 0; role < ROLE_COUNT; role++)
			cr_assert_eq(counts[role], 1, "%s: %s", files[i], role_names[role]);
	}
}

Test(theme, the_16_colour_file_is_the_built_in_theme)
{
	struct theme built_in = theme;
	int counts[ROLE_COUNT];

	load("16-colour", counts);
	for (size_t i = 0; i < ROLE_COUNT; i++)
		cr_assert(
			is_same_style(&theme.styles[i], &built_in.styles[i]), "%s", role_names[i]);
}

Test(theme, mono_has_no_colour)
{
	int counts[ROLE_COUNT];

	load("mono", counts);
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		cr_assert_eq(theme.styles[i].foreground, COLOR_DEFAULT);
		cr_assert_eq(theme.styles[i].background, COLOR_DEFAULT);
	}
}

static bool has_same_attributes(enum role a, enum role b)
{
	struct style left = theme.styles[a], right = theme.styles[b];

	left.foreground = right.foreground = left.background = right.background = COLOR_DEFAULT;
	return is_same_style(&left, &right);
}

Test(theme, mono_and_high_contrast_tell_nothing_by_colour_alone)
{
	static const char *const names[] = {"mono", "high-contrast"};
	static const enum role loud[] = {ROLE_STRONG, ROLE_TAB, ROLE_WARN, ROLE_BAD, ROLE_STALE,
		ROLE_CURSOR, ROLE_MATCH, ROLE_BANNER};
	static const enum role statuses[] = {ROLE_OK, ROLE_STALE, ROLE_WARN, ROLE_BAD};

	for (size_t n = 0; n < 2; n++) {
		int counts[ROLE_COUNT];

		load(names[n], counts);
		for (size_t i = 0; i < sizeof loud / sizeof loud[0]; i++)
			cr_assert_not(has_same_attributes(loud[i], ROLE_TEXT), "%s: %s", names[n],
				role_names[loud[i]]);
		for (size_t i = 0; i < sizeof statuses / sizeof statuses[0]; i++)
			for (size_t j = 0; j < i; j++)
				cr_assert_not(has_same_attributes(statuses[i], statuses[j]),
					"%s: %s and %s", names[n], role_names[statuses[i]],
					role_names[statuses[j]]);
	}
}

Test(theme, high_contrast_dims_nothing)
{
	int counts[ROLE_COUNT];

	load("high-contrast", counts);
	for (size_t i = 0; i < ROLE_COUNT; i++)
		cr_assert_not(theme.styles[i].is_dim);
}

/* Relative luminance and contrast by WCAG 2. */
static double luminance(uint32_t rgb)
{
	static const double weights[] = {0.0722, 0.7152, 0.2126};
	double sum = 0;

	for (int i = 0; i < 3; i++) {
		double part = (rgb >> 8 * i & 0xff) / 255.0;

		sum += weights[i] *
			(part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4));
	}
	return sum;
}

static double contrast(uint32_t a, uint32_t b)
{
	double light = luminance(a), dark = luminance(b);

	if (light < dark) {
		double swap = light;

		light = dark;
		dark = swap;
	}
	return (light + 0.05) / (dark + 0.05);
}

static uint32_t shown(int32_t color, uint32_t ground)
{
	if (color == COLOR_DEFAULT)
		return ground;
	return color & COLOR_RGB ? (uint32_t)color & 0xffffff : color_rgb(color);
}

Test(theme, dark_and_light_can_be_read_on_their_backgrounds_also_with_256_colours)
{
	static const struct {
		const char *name;
		uint32_t ground, opposite;
	} cases[] = {{"dark", 0x1c1c1c, 0xffffff}, {"light", 0xffffff, 0x000000}};

	for (size_t n = 0; n < 2; n++) {
		int counts[ROLE_COUNT];

		load(cases[n].name, counts);
		for (size_t i = 0; i < ROLE_COUNT; i++) {
			const struct style *style = &theme.styles[i];
			uint32_t ground = shown(style->background, cases[n].ground);
			int near = theme_nearest(style->foreground, 256);

			cr_assert_geq(contrast(shown(style->foreground, cases[n].opposite), ground),
				4.5, "%s: %s", cases[n].name, role_names[i]);
			cr_assert_geq(contrast(shown(near, cases[n].opposite), ground), 4.5,
				"%s: %s with 256 colours", cases[n].name, role_names[i]);
		}
	}
}
