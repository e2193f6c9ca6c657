/* Finds actions by what was typed of their names, views by theirs. Pure; the tables are constant.
 */
#include "command.h"
#include "base/nearest.h"
#include "views/view.h"
#include <stdio.h>
#include <string.h>

enum { NAME_BYTES = 64, NAMES_BYTES = 160 };

/* What everybody types without thinking. */
static const struct {
	const char *name;
	enum action action;
} aliases[] = {
	{"q", ACTION_QUIT},
	{"quit!", ACTION_QUIT},
	{"q!", ACTION_QUIT},
	{"h", ACTION_HELP},
};

/* ---- all names: of the actions, then of the views ---- */

static size_t name_count(void)
{
	return action_def_count + view_tab_count;
}

static const char *name_at(size_t i)
{
	return i < action_def_count ? action_defs[i].name : view_tabs[i - action_def_count]->name;
}

static enum action action_at(size_t i)
{
	return i < action_def_count ? action_defs[i].action
				    : (enum action)(ACTION_VIEW_1 + (i - action_def_count));
}

/* ---- what was typed ---- */

/* Without the blanks around it, and without a colon before it. */
static void trim(char dst[NAME_BYTES], const char *text)
{
	size_t bytes;

	text += strspn(text, " :");
	bytes = strlen(text);
	while (bytes > 0 && text[bytes - 1] == ' ')
		bytes--;
	snprintf(dst, NAME_BYTES, "%.*s", (int)bytes, text);
}

static enum action find_exact(const char *name)
{
	for (size_t i = 0; i < name_count(); i++)
		if (strcmp(name_at(i), name) == 0)
			return action_at(i);
	for (size_t i = 0; i < sizeof(aliases) / sizeof(aliases[0]); i++)
		if (strcmp(aliases[i].name, name) == 0)
			return aliases[i].action;
	return ACTION_NONE;
}

static bool begins_with(size_t i, const char *name)
{
	return strncmp(name_at(i), name, strlen(name)) == 0;
}

/* How many names begin so, the first of them, and all of them as text. */
static size_t find_beginnings(const char *name, size_t *first, char names[NAMES_BYTES])
{
	size_t count = 0, used = 0;

	names[0] = '\0';
	for (size_t i = 0; i < name_count(); i++) {
		if (!begins_with(i, name))
			continue;
		if (count++ == 0)
			*first = i;
		if (used < NAMES_BYTES)
			used += (size_t)snprintf(names + used, NAMES_BYTES - used, "%s%s",
				count > 1 ? ", " : "", name_at(i));
	}
	return count;
}

static void refuse(const char *name, struct err *err)
{
	struct nearest nearest;

	nearest_init(&nearest, name);
	for (size_t i = 0; i < name_count(); i++)
		nearest_offer(&nearest, name_at(i));
	if (nearest.name)
		err_set(err, "no command '%.40s', did you mean ':%s'?", name, nearest.name);
	else
		err_set(err, "no command '%.40s'; ? shows them all", name);
}

enum action command_find(const char *text, struct err *err)
{
	char name[NAME_BYTES], names[NAMES_BYTES];
	enum action action;
	size_t count, first = 0;

	err_set(err, "%s", "");
	trim(name, text);
	if (!name[0])
		return ACTION_NONE;
	action = find_exact(name);
	if (action != ACTION_NONE)
		return action;
	count = find_beginnings(name, &first, names);
	if (count == 1)
		return action_at(first);
	if (count > 1)
		err_set(err, "':%.40s' could be %s", name, names);
	else
		refuse(name, err);
	return ACTION_NONE;
}

void command_complete(char *text, size_t text_bytes)
{
	char name[NAME_BYTES], names[NAMES_BYTES], common[NAME_BYTES];
	size_t first = 0;

	trim(name, text);
	if (find_beginnings(name, &first, names) == 0)
		return;
	snprintf(common, sizeof(common), "%s", name_at(first));
	for (size_t i = 0; i < name_count(); i++)
		while (begins_with(i, name) && !begins_with(i, common))
			common[strlen(common) - 1] = '\0';
	snprintf(text, text_bytes, "%s", common);
}
