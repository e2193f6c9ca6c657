/* The words of a filter. Pure; any thread. */
#include "store/filter.h"
#include "base/text.h"
#include "store/needle.h"

void filter_parse(struct filter *filter, const char *text)
{
	char *at = filter->text;

	filter->count = 0;
	text_fold(filter->text, sizeof filter->text, text ? text : "");
	while (filter->count < FILTER_WORDS) {
		struct filter_word *word = &filter->words[filter->count];

		while (*at == ' ')
			at++;
		if (!*at)
			break;
		word->text = at;
		while (*at && *at != ' ')
			at++;
		word->bytes = (size_t)(at - word->text);
		filter->count++;
	}
}

bool filter_matches(const struct filter *filter, const char *folded, size_t bytes)
{
	for (size_t i = 0; i < filter->count; i++)
		if (!needle_find(folded, bytes, filter->words[i].text, filter->words[i].bytes))
			return false;
	return true;
}
