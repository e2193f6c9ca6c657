/* "did you mean". Owns nothing; any thread. */
#include "base/nearest.h"
#include "base/text.h"
#include <string.h>

/* Beyond this many slips nobody meant that name. */
enum { SLIPS_MAX = 3 };

void nearest_init(struct nearest *nearest, const char *word)
{
	size_t half = (strlen(word) + 1) / 2;

	*nearest = (struct nearest){word, NULL, (half < SLIPS_MAX ? half : SLIPS_MAX) + 1};
}

void nearest_offer(struct nearest *nearest, const char *name)
{
	size_t bytes = strlen(nearest->word);
	bool is_beginning = bytes > 1 && strncmp(name, nearest->word, bytes) == 0;
	size_t distance = is_beginning ? 1 : text_distance(nearest->word, name);

	if (distance >= nearest->distance)
		return;
	nearest->distance = distance;
	nearest->name = name;
}
