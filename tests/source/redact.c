/* Tests of source/redact.h: planted secrets must not come out, whatever they stand in. */
#include "source/redact.h"
#include "base/text.h"
#include <criterion/criterion.h>
#include <string.h>

/* In each of these stands HUNTER2, which must not stay, and KEEP, which must. */
static const char *const texts[] = {
	"KEEP rtsp://admin:HUNTER2@10.0.0.5:554/stream",
	"rtsp://admin:HUNTER2@10.0.0.5/KEEP?x=1",
	"rtsp://HUNTER2@10.0.0.5/KEEP",
	"rtsp://admin:p@HUNTER2@10.0.0.5/KEEP",
	"rtsp://admin:pa/HUNTER2@10.0.0.5/KEEP",
	"rtsp://admin:pa?HUNTER2#@10.0.0.5/KEEP",
	"rtsp://:HUNTER2@10.0.0.5/KEEP",
	"(rtsp://admin:HUNTER2@10.0.0.5/KEEP)",
	"a KEEP,rtsp://a:HUNTER2@b,rtsp://c:HUNTER2@d",
	"rtsp:\\/\\/admin:HUNTER2@10.0.0.5\\/KEEP",
	"u=rtsp%3A%2F%2Fadmin%3AHUNTER2%40host%2FKEEP",
	"admin:HUNTER2@10.0.0.5:554 KEEP",
	"http://h/x?password=HUNTER2&KEEP=1",
	"http://h/x?KEEP=1&access_token=HUNTER2",
	"http://h/x?apiKey=HUNTER2 KEEP",
	"http://h/x?u=KEEP&pwd=HUNTER2",
	"password%3DHUNTER2%26KEEP",
	"KEEP password=HUNTER2",
	"KEEP Password : HUNTER2",
	"KEEP password: \"HUNTER2 HUNTER2\"",
	"KEEP pass='a HUNTER2'",
	"{\"password\":\"HUNTER2\",\"KEEP\":1",
	"{\\\"password\\\":\\\"HUNTER2\\\",\\\"KEEP\\\":1",
	"KEEP Authorization: Bearer HUNTER2",
	"KEEP authorization=Basic HUNTER2",
	"KEEP bearer HUNTER2",
	"KEEP $2b$10$HUNTER2HUNTER2HUNTER2",
	"KEEP eyJhbGci.HUNTER2.sig",
	"KEEP smtp.pass=HUNTER2",
	"KEEP client_secret=HUNTER2",
	"http://h/x?X-Amz-Signature=HUNTER2 KEEP",
	"secret=//HUNTER2 KEEP",
	"KEEP rtsp://admin:a'HUNTER2\"b<c>@10.0.0.5/",
	"KEEP rtsp://admin:a@token:HUNTER2\":b@10.0.0.5/",
	"admin:a//HUNTER2@10.0.0.5 KEEP",
	"rtsp://admin:HUNTER2@[fe80::1%25eth0]:554/KEEP",
	"rtsp://admin:%40HUNTER2%3A%2F@10.0.0.5/KEEP",
	"rtsp://a%20b:HUNTER2:80@10.0.0.5/KEEP",
};

Test(redact, takes_secrets_out_of_text_and_leaves_the_rest)
{
	struct arena *arena = arena_new(1 << 20);

	for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
		const char *copy = redact_copy(texts[i], TEXT_FIELD_BYTES, arena);

		cr_expect(!strstr(copy, "HUNTER2"), "%s: %s", texts[i], copy);
		cr_expect(strstr(copy, "KEEP") != NULL, "%s: %s", texts[i], copy);
		cr_expect(strlen(copy) <= strlen(texts[i]));
	}
	arena_free(arena);
}

Test(redact, leaves_ordinary_text_as_it_is)
{
	static const char *const plain[] = {"", "Front door", "10.0.0.5",
		"http://10.0.0.5:80/x?y=1", "./data/thumbnails/2026-02-18T09-14-02-120Z-4.jpg",
		"motion at 12:30:05", "joe@example.org", "Gate // left", "a = b",
		"C:\\thumbs\\x.jpg", "50 % of 3"};
	struct arena *arena = arena_new(1 << 20);

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		cr_expect_str_eq(redact_copy(plain[i], TEXT_FIELD_BYTES, arena), plain[i]);
	arena_free(arena);
}

static const char *const objects[][2] = {
	{"{\"password\":\"HUNTER2\",\"a\":1}", "{\"password\":\"***\",\"a\":1}"},
	{"{\"a\":{\"b\":[{\"apiKey\":\"HUNTER2\"}]}}", "{\"a\":{\"b\":[{\"apiKey\":\"***\"}]}}"},
	{"{\"secrets\":{\"x\":\"HUNTER2\"}}", "{\"secrets\":\"***\"}"},
	{"{\"tokens\":[\"HUNTER2\"]}", "{\"tokens\":\"***\"}"},
	{"{\"url\":\"rtsp://a:HUNTER2@h/s\"}", "{\"url\":\"rtsp://***@h/s\"}"},
	{"{\"cfg\":\"{\\\"password\\\":\\\"HUNTER2\\\"}\"}",
		"{\"cfg\":\"{\\\"password\\\":\\\"***\\\"}\"}"},
	{"{\"name\":\"smtpPassword\",\"value\":\"HUNTER2\"}",
		"{\"name\":\"smtpPassword\",\"value\":\"***\"}"},
	{"[\"x\",\"token=HUNTER2\",null,true,1.5]", "[\"x\",\"token=***\",null,true,1.5]"},
	{"{\"pin\":1234,\"PASSWORD\":null}", "{\"pin\":\"***\",\"PASSWORD\":null}"},
	{"\"password=HUNTER2\"", "\"password=***\""},
	{"{\"rtsp://a:HUNTER2@h\":1}", "{\"rtsp://***@h\":1}"},
};

Test(edge, case_99_secrets_in_json_are_hidden_at_any_depth)
{
	struct arena *arena = arena_new(1 << 20);

	for (size_t i = 0; i < sizeof objects / sizeof objects[0]; i++)
		cr_expect_str_eq(redact_json(objects[i][0], arena), objects[i][1]);
	arena_free(arena);
}

Test(redact, hides_what_is_no_json_as_text)
{
	struct arena *arena = arena_new(1 << 20);

	cr_expect_str_eq(redact_json("{\"password\":\"HUNTER2", arena), "{\"password\":\"***");
	cr_expect(redact_json(NULL, arena) == NULL);
	arena_free(arena);
}

Test(redact, does_not_keep_half_of_a_secret_that_was_cut)
{
	static char text[40000];
	struct arena *arena = arena_new(1 << 20);

	memset(text, 'a', sizeof text - 1);
	memcpy(text + 490, " rtsp://admin:HUNTER2", 21);
	memcpy(text + 700, "@host ", 6);
	cr_expect(!strstr(redact_copy(text, TEXT_FIELD_BYTES, arena), "HUNT"));
	/* the @ is beyond what is looked at */
	memset(text, ' ', sizeof text - 1);
	memcpy(text, "rtsp://admin:HUNTER2", 20);
	memset(text + 20, 'a', 30000);
	memcpy(text + 30020, "@host", 5);
	cr_expect(!strstr(redact_copy(text, TEXT_FIELD_BYTES, arena), "HUNT"));
	arena_free(arena);
}

Test(redact, survives_depth_and_size)
{
	static char deep[4000], many[60000];
	struct arena *arena = arena_new(1 << 22);

	memset(deep, '[', 900);
	memset(deep + 900, ']', 900);
	cr_expect(redact_json(deep, arena) != NULL);
	many[0] = '[';
	for (size_t i = 1; i + 10 < sizeof many; i += 8)
		memcpy(many + i, "\"abcde\",", 8);
	memcpy(many + strlen(many) - 1, "]", 2);
	cr_expect(strstr(redact_json(many, arena), "too large") != NULL);
	arena_free(arena);
}

Test(redact, knows_secrets_by_their_names)
{
	static const char *const secret[] = {"password", "smtpPassword", "api_key", "JWT_SECRET",
		"detection.token", "db.pass", "credentials", "apiKeyFile", "rtsp_pw", "Cookie"};
	static const char *const plain[] = {
		"detection.settings", "compass", "bypass", "spinning", "author", "maxUsage", ""};

	for (size_t i = 0; i < sizeof secret / sizeof secret[0]; i++)
		cr_expect(redact_is_secret(secret[i]), "%s", secret[i]);
	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++)
		cr_expect(!redact_is_secret(plain[i]), "%s", plain[i]);
	cr_expect(!redact_is_secret(NULL));
}
