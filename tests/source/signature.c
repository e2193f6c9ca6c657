/* Tests of source/signature.h. */
#include "source/signature.h"
#include <criterion/criterion.h>
#include <stdio.h>
#include <string.h>

Test(signature, is_hidden_and_nothing_else)
{
	static const struct {
		const char *text, *expected;
	} cases[] = {
		{"see http://a/b?x=1", "see http://a/b?x=1"},
		{"a = b, 100 %", "a = b, 100 %"},
		{"get http://a/b?X-Amz-Date=1&X-Amz-Signature=2 failed",
			"get http://a/b?... failed"},
		{"\"http://a/b?k=1&x-amz-signature=2\": refused", "\"http://a/b?...\": refused"},
		{"/b/a.jpg?Signature=2", "/b/a.jpg?..."},
		{"X-Amz-Signature=2", "..."},
		{"(X-Amz-Credential=1/2/s3) and X-Amz-Signature=2", "(...) and ..."},
		{"proxy?key=a%3FX-Amz-Signature%3D2", "proxy?..."},
		{"http://a/?sig=2", "http://a/?..."},
		{"what? Signature=2", "what? ..."},
		{"", ""},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		char text[128];

		snprintf(text, sizeof text, "%s", cases[i].text);
		signature_hide(text);
		cr_expect_str_eq(text, cases[i].expected);
		cr_expect_eq(signature_is_in(cases[i].text),
			strcmp(cases[i].text, cases[i].expected) != 0);
	}
}
