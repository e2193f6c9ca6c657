/* Tests of model/picture.h: what a drawn picture is known by. */
#include "model/picture.h"
#include <criterion/criterion.h>
#include <string.h>

static uint64_t hash(const char *bytes, size_t count)
{
	char copy[64];

	memcpy(copy, bytes, count);
	return drawn_hash(&(struct drawn){.bytes = copy, .count = count});
}

Test(picture, is_known_by_each_of_its_bytes_and_their_number)
{
	char bytes[64] = "\033Pq\"1;1;20;40#0;2;10;20;30#0!20~-!20~-\033\\";
	uint64_t whole = hash(bytes, 37);

	cr_assert_eq(hash(bytes, 37), whole);
	for (size_t i = 0; i < 37; i++) {
		bytes[i] ^= 1;
		cr_assert_neq(hash(bytes, 37), whole, "byte %zu makes no difference", i);
		bytes[i] ^= 1;
	}
	cr_assert_neq(hash("\0\0\0\0", 3), hash("\0\0\0\0", 4));
	cr_assert_neq(hash("", 0), 0, "0 means that it was not taken");
}
