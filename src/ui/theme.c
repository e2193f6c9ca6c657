/* Built-in colours of roles and the reading of "yellow on black bold". Pure; colour arithmetic is
 * in color.c. */
#include "ui/theme.h"
#include "base/nearest.h"
#include "ui/color.h"
#include <stdio.h>
#include <string.h>
#include <strings.h>

enum { WORD_BYTES = 32 };

#define PLAIN .foreground = COLOR_DEFAULT, .background = COLOR_DEFAULT

/* The palette is the user's own, so only colours that are readable on light and dark are used, and
 * "dim" instead of a grey that may be the background's. */
static const struct style default_styles[ROLE_COUNT] = {
	[ROLE_TEXT] = {PLAIN},
	[ROLE_DIM] = {PLAIN, .is_dim = true},
	[ROLE_STRONG] = {PLAIN, .is_bold = true},
	[ROLE_HEADER] = {PLAIN, .is_dim = true},
	[ROLE_TAB] = {PLAIN, .is_bold = true, .is_underlined = true},
	[ROLE_KEY] = {.foreground = 6, .background = COLOR_DEFAULT},
	[ROLE_OK] = {.foreground = 2, .background = COLOR_DEFAULT},
	[ROLE_INFO] = {.foreground = 6, .background = COLOR_DEFAULT},
	[ROLE_WARN] = {.foreground = 3, .background = COLOR_DEFAULT},
	[ROLE_BAD] = {.foreground = 1, .background = COLOR_DEFAULT, .is_bold = true},
	[ROLE_STALE] = {.foreground = 5, .background = COLOR_DEFAULT},
	[ROLE_CURSOR] = {.foreground = 6, .background = COLOR_DEFAULT, .is_bold = true},
	[ROLE_MATCH] = {PLAIN, .is_underlined = true},
	[ROLE_BANNER] = {.foreground = 0, .background = 3},
	[ROLE_CODE] = {.foreground = 0, .background = 15},
};

/* What remains of a role when colour is taken away, beside the attributes the theme gave it. */
static const struct style colorless_styles[ROLE_COUNT] = {
	[ROLE_STRONG] = {.is_bold = true},
	[ROLE_TAB] = {.is_bold = true, .is_underlined = true},
	[ROLE_KEY] = {.is_bold = true},
	[ROLE_WARN] = {.is_bold = true},
	[ROLE_BAD] = {.is_bold = true, .is_reversed = true},
	[ROLE_STALE] = {.is_underlined = true},
	[ROLE_CURSOR] = {.is_bold = true},
	[ROLE_MATCH] = {.is_underlined = true},
	[ROLE_BANNER] = {.is_bold = true, .is_reversed = true},
	[ROLE_CODE] = {.is_reversed = true}, /* most grounds are dark */
};

void theme_default(struct theme *theme)
{
	memset(theme, 0, sizeof *theme);
	snprintf(theme->name, sizeof theme->name, "default");
	memcpy(theme->styles, default_styles, sizeof default_styles);
}

void theme_strip_color(struct theme *theme)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		struct style *style = &theme->styles[i];
		const struct style *extra = &colorless_styles[i];

		style->foreground = COLOR_DEFAULT;
		style->background = COLOR_DEFAULT;
		style->is_bold |= extra->is_bold;
		style->is_underlined |= extra->is_underlined;
		style->is_reversed |= extra->is_reversed;
	}
}

/* Refuses word, which is none of names; place says where it stands. */
static bool refuse(const char *place, const char *kind, const char *word, const char *const *names,
	size_t count, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, word);
	for (size_t i = 0; i < count; i++)
		nearest_offer(&nearest, names[i]);
	if (nearest.name)
		return err_set(err, "%sunknown %s '%.40s', did you mean '%s'?", place, kind, word,
			nearest.name);
	return err_set(err, "%sunknown %s '%.40s'", place, kind, word);
}

static bool set_attribute(struct style *style, const char *word)
{
	struct {
		const char *name;
		bool *flag;
	} attributes[] = {
		{"bold", &style->is_bold},
		{"dim", &style->is_dim},
		{"underline", &style->is_underlined},
		{"reverse", &style->is_reversed},
	};

	for (size_t i = 0; i < sizeof attributes / sizeof attributes[0]; i++) {
		if (strcasecmp(attributes[i].name, word) == 0) {
			*attributes[i].flag = true;
			return true;
		}
	}
	return false;
}

static bool refuse_word(const char *role, const char *word, struct err *err)
{
	static const char *const words[] = {"black", "red", "green", "yellow", "blue", "magenta",
		"cyan", "white", "bright-black", "bright-red", "bright-green", "bright-yellow",
		"bright-blue", "bright-magenta", "bright-cyan", "bright-white", "default", "bold",
		"dim", "underline", "reverse", "on"};
	char place[WORD_BYTES];

	if (word[0] == '#')
		return err_set(err, "%s: '%s' is no colour: write #rrggbb", role, word);
	if (word[0] >= '0' && word[0] <= '9')
		return err_set(err, "%s: '%s' is no colour: numbers go from 0 to 255", role, word);
	snprintf(place, sizeof place, "%s: ", role);
	return refuse(
		place, "colour or attribute", word, words, sizeof words / sizeof words[0], err);
}

/* Reads words into style; every word says one thing. */
static bool parse_style(struct style *style, const char *role, const char *value, struct err *err)
{
	bool is_background = false;
	bool has_foreground = false;

	*style = (struct style){PLAIN};
	for (;;) {
		char word[WORD_BYTES];
		size_t bytes;
		int32_t color;

		value += strspn(value, " \t");
		bytes = strcspn(value, " \t");
		if (bytes == 0)
			break;
		snprintf(word, sizeof word, "%.*s", (int)bytes, value);
		value += bytes;
		if (strcasecmp(word, "on") == 0 && !is_background) {
			is_background = true;
		} else if (color_parse(word, &color) && is_background) {
			style->background = color;
			is_background = false;
		} else if (color_parse(word, &color) && !has_foreground) {
			style->foreground = color;
			has_foreground = true;
		} else if (!set_attribute(style, word)) {
			return refuse_word(role, word, err);
		}
	}
	if (is_background)
		return err_set(err, "%s: a colour is missing after 'on'", role);
	return true;
}

bool theme_set(struct theme *theme, const char *role, const char *value, struct err *err)
{
	for (size_t i = 0; i < ROLE_COUNT; i++) {
		struct style style;

		if (strcasecmp(role_names[i], role) != 0)
			continue;
		if (!parse_style(&style, role_names[i], value, err))
			return false;
		theme->styles[i] = style;
		return true;
	}
	return refuse("", "role", role, role_names, ROLE_COUNT, err);
}
