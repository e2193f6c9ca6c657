/* Tests of base/arena.h. */
#include "base/arena.h"
#include <criterion/criterion.h>
#include <stdint.h>
#include <string.h>

Test(arena, gives_zeroed_memory_aligned_to_16)
{
	struct arena *arena = arena_new(1 << 20);

	for (size_t bytes = 0; bytes < 300; bytes += 7) {
		unsigned char *data = arena_alloc(arena, bytes);

		cr_assert_not_null(data);
		cr_assert_eq((uintptr_t)data % 16, 0);
		for (size_t i = 0; i < bytes; i++)
			cr_assert_eq(data[i], 0);
		memset(data, 0xAA, bytes);
		cr_assert_not_null(arena_text(arena, "odd"));
	}
	arena_free(arena);
}

Test(arena, allocations_do_not_overlap_whatever_their_sizes)
{
	enum { COUNT = 400 };
	struct arena *arena = arena_new(64 << 20);
	unsigned char *data[COUNT];
	size_t bytes[COUNT];

	for (size_t i = 0; i < COUNT; i++) {
		bytes[i] = i % 50 == 49 ? 300000 : i * 37 % 5000 + 1;
		data[i] = arena_alloc(arena, bytes[i]);
		cr_assert_not_null(data[i]);
		memset(data[i], (int)(i % 251 + 1), bytes[i]);
	}
	for (size_t i = 0; i < COUNT; i++)
		for (size_t j = 0; j < bytes[i]; j++)
			cr_assert_eq(data[i][j], i % 251 + 1);
	arena_free(arena);
}

Test(arena, hands_out_its_maximum_and_not_a_byte_more)
{
	struct arena *arena = arena_new(100);

	cr_assert_not_null(arena_alloc(arena, 100));
	cr_assert_eq(arena_used_bytes(arena), 100);
	cr_assert_null(arena_alloc(arena, 1));
	cr_assert_null(arena_text(arena, ""));
	cr_assert_eq(arena_used_bytes(arena), 100);
	arena_free(arena);
}

Test(arena, refuses_absurd_sizes)
{
	struct arena *arena = arena_new(SIZE_MAX);

	cr_assert_null(arena_alloc(arena, SIZE_MAX));
	cr_assert_null(arena_alloc(arena, SIZE_MAX - 16));
	cr_assert_null(arena_text_n(arena, "x", SIZE_MAX));
	cr_assert_eq(arena_used_bytes(arena), 0);
	arena_free(arena);
}

Test(arena, text_is_copied_and_terminated)
{
	struct arena *arena = arena_new(1000);
	char source[] = "shelf camera";
	char *whole = arena_text(arena, source);
	char *part = arena_text_n(arena, source, 5);

	memset(source, 'x', sizeof source - 1);
	cr_assert_str_eq(whole, "shelf camera");
	cr_assert_str_eq(part, "shelf");
	cr_assert_str_eq(arena_text(arena, ""), "");
	cr_assert_null(arena_text(arena, NULL));
	cr_assert_null(arena_text_n(arena, NULL, 3));
	arena_free(arena);
}

Test(arena, reset_gives_the_same_memory_again_zeroed)
{
	struct arena *arena = arena_new(1 << 20);
	unsigned char *first = arena_alloc(arena, 64);

	memset(first, 0xFF, 64);
	for (int i = 0; i < 100; i++)
		memset(arena_alloc(arena, 5000), 0xFF, 5000);
	arena_reset(arena);
	cr_assert_eq(arena_used_bytes(arena), 0);
	cr_assert_eq(arena_alloc(arena, 64), first);
	for (size_t i = 0; i < 64; i++)
		cr_assert_eq(first[i], 0);
	arena_free(arena);
}

Test(arena, reset_after_a_huge_first_allocation_starts_clean)
{
	struct arena *arena = arena_new(1 << 20);
	unsigned char *data = arena_alloc(arena, 400000);

	memset(data, 0xFF, 400000);
	cr_assert_not_null(arena_alloc(arena, 400000));
	arena_reset(arena);
	data = arena_alloc(arena, 400000);
	cr_assert_not_null(data);
	for (size_t i = 0; i < 400000; i++)
		cr_assert_eq(data[i], 0);
	arena_free(arena);
}

Test(arena, an_unused_one_can_be_reset_and_freed)
{
	struct arena *arena = arena_new(10);

	arena_reset(arena);
	arena_free(arena);
	arena_free(NULL);
}
