/* Tests of base/buf.h. */
#include "base/buf.h"
#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

Test(buf, grows_and_stays_terminated)
{
	struct buf buf;

	buf_init(&buf, 1 << 20);
	for (int i = 0; i < 10000; i++) {
		cr_assert(buf_printf(&buf, "%d,", i));
		cr_assert_eq(buf.data[buf.len], '\0');
	}
	cr_assert_eq(buf.len, 10 * 2 + 90 * 3 + 900 * 4 + 9000 * 5);
	cr_assert_eq(strlen(buf.data), buf.len);
	cr_assert_str_eq(buf.data + buf.len - 10, "9998,9999,");
	buf_release(&buf);
	cr_assert_null(buf.data);
}

Test(buf, takes_exactly_its_maximum)
{
	struct buf buf;

	buf_init(&buf, 5);
	cr_assert(buf_append(&buf, "abcde", 5));
	cr_assert(!buf.is_overflowed);
	cr_assert_leq(buf.cap, 6);
	cr_assert(!buf_text(&buf, "f"));
	cr_assert(buf.is_overflowed);
	cr_assert_str_eq(buf.data, "abcde");
	buf_release(&buf);
}

Test(buf, a_printf_that_does_not_fit_leaves_no_trace)
{
	struct buf buf;

	buf_init(&buf, 8);
	cr_assert(buf_text(&buf, "abc"));
	cr_assert(!buf_printf(&buf, "%s", "too long"));
	cr_assert_eq(buf.len, 3);
	cr_assert_str_eq(buf.data, "abc");
	buf_release(&buf);
}

Test(buf, nothing_follows_what_did_not_fit_until_it_is_cleared)
{
	struct buf buf;

	buf_init(&buf, 4);
	cr_assert(!buf_text(&buf, "12345"));
	cr_assert(!buf_text(&buf, "1"));
	cr_assert(!buf_printf(&buf, "1"));
	cr_assert_eq(buf.len, 0);
	buf_clear(&buf);
	cr_assert(!buf.is_overflowed);
	cr_assert(buf_text(&buf, "1234"));
	cr_assert_str_eq(buf.data, "1234");
	buf_release(&buf);
}

Test(buf, holds_bytes_with_nul)
{
	struct buf buf;

	buf_init(&buf, 100);
	cr_assert(buf_append(&buf, "a\0b", 3));
	cr_assert(buf_append(&buf, NULL, 0));
	cr_assert_eq(buf.len, 3);
	cr_assert_arr_eq(buf.data, "a\0b", 4);
	buf_release(&buf);
}

Test(buf, printf_fits_at_every_boundary_of_growth)
{
	char expected[2049];

	memset(expected, 'x', sizeof expected - 1);
	expected[sizeof expected - 1] = '\0';
	for (int bytes = 250; bytes < 260; bytes++) {
		struct buf buf;

		buf_init(&buf, 2048);
		cr_assert(buf_printf(&buf, "%.*s", bytes, expected));
		cr_assert_eq(buf.len, (size_t)bytes);
		cr_assert(buf_printf(&buf, "%.*s", 2048 - bytes, expected));
		cr_assert_str_eq(buf.data, expected);
		buf_release(&buf);
	}
}

Test(buf, detach_gives_the_memory_and_leaves_an_empty_buffer)
{
	struct buf buf;
	char *text;

	buf_init(&buf, 100);
	cr_assert(buf_text(&buf, "mine"));
	text = buf_detach(&buf);
	cr_assert_str_eq(text, "mine");
	cr_assert_null(buf.data);
	cr_assert(buf_text(&buf, "next"));
	cr_assert_str_eq(text, "mine");
	free(text);
	buf_release(&buf);
}
