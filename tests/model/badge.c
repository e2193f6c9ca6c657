/* Tests of model/badge.h: a word and a sign for every status, so that colour is never alone. */
#include "model/badge.h"
#include "model/feed.h"
#include <criterion/criterion.h>

typedef const struct badge *(*badge_fn)(const char *word);

static const struct expected {
	badge_fn find;
	const char *word;
	const char *sign;
	const char *ascii;
	enum tone tone;
} table[] = {
	{badge_session, "Active", "●", "*", TONE_INFO},
	{badge_session, "Completed", "✓", "+", TONE_OK},
	{badge_session, "Failed", "✗", "x", TONE_BAD},
	{badge_session, "Stale", "!", "!", TONE_STALE},
	{badge_session, "Partial", "~", "~", TONE_WARN},
	{badge_camera, "online", "●", "*", TONE_OK},
	{badge_camera, "offline", "✗", "x", TONE_BAD},
	{badge_camera, "error", "✗", "x", TONE_BAD},
	{badge_camera, "stale", "!", "!", TONE_STALE},
	{badge_camera, "rebooting", "~", "~", TONE_WARN},
	{badge_camera, "idle", "~", "~", TONE_WARN},
	{badge_camera, "discovered", "~", "~", TONE_INFO},
	{badge_camera, "pairing", "~", "~", TONE_INFO},
	{badge_camera, "connecting", "~", "~", TONE_INFO},
	{badge_run, "Queued", "·", ".", TONE_DIM},
	{badge_run, "Running", "●", "*", TONE_INFO},
	{badge_run, "Completed", "✓", "+", TONE_OK},
	{badge_run, "Reviewed", "✓", "+", TONE_OK},
	{badge_run, "Needs Review", "!", "!", TONE_WARN},
	{badge_run, "Failed", "✗", "x", TONE_BAD},
	{badge_capture, "captured", "✓", "+", TONE_OK},
	{badge_capture, "failed", "✗", "x", TONE_BAD},
	{badge_capture, "timeout", "✗", "x", TONE_BAD},
	{badge_capture, "pending", "·", ".", TONE_DIM},
	{badge_service, "healthy", "✓", "+", TONE_OK},
	{badge_service, "degraded", "~", "~", TONE_WARN},
	{badge_service, "unhealthy", "✗", "x", TONE_BAD},
	{badge_service, "timeout", "✗", "x", TONE_BAD},
	{badge_service, "error", "✗", "x", TONE_BAD},
	{badge_service, "unknown", "?", "?", TONE_DIM},
	{badge_service, "All Systems Healthy", "✓", "+", TONE_OK},
	{badge_service, "Issues Detected", "✗", "x", TONE_BAD},
	{badge_service, "Checking...", "?", "?", TONE_DIM},
	{badge_feed, "ok", "✓", "+", TONE_OK},
	{badge_feed, "failing", "✗", "x", TONE_BAD},
	{badge_feed, "rate_limited", "!", "!", TONE_WARN},
	{badge_feed, "unauthorized", "!", "!", TONE_WARN},
	{badge_feed, "not_offered", "·", ".", TONE_DIM},
	{badge_confidence, "High", "✓", "+", TONE_OK},
	{badge_confidence, "Medium", "~", "~", TONE_WARN},
	{badge_confidence, "Low", "!", "!", TONE_BAD},
	{badge_stream, "active", "●", "*", TONE_OK},
	{badge_stream, "inactive", "·", ".", TONE_DIM},
	{badge_stream, "stopped", "·", ".", TONE_DIM},
	{badge_stream, "error", "✗", "x", TONE_BAD},
	{badge_event, "motion", "~", "~", TONE_WARN},
	{badge_event, "person", "●", "*", TONE_INFO},
	{badge_event, "tamper", "!", "!", TONE_BAD},
	{badge_event, "object_detected", "●", "*", TONE_PLAIN},
	{badge_notification, "info", "·", ".", TONE_INFO},
	{badge_notification, "warning", "!", "!", TONE_WARN},
	{badge_notification, "error", "✗", "x", TONE_BAD},
	{badge_notification, "read", "✓", "+", TONE_DIM},
	{badge_notification, "failed", "✗", "x", TONE_BAD},
	{badge_quality, "excellent", "█", "4", TONE_OK},
	{badge_quality, "good", "▆", "3", TONE_INFO},
	{badge_quality, "fair", "▄", "2", TONE_WARN},
	{badge_quality, "poor", "▂", "1", TONE_BAD},
};

enum { ROWS = sizeof(table) / sizeof(table[0]) };

Test(badge, every_status_has_a_word_a_sign_and_a_tone)
{
	for (size_t i = 0; i < ROWS; i++) {
		const struct badge *badge = table[i].find(table[i].word);

		cr_expect_str_eq(badge->word, table[i].word);
		cr_expect_str_eq(badge->sign, table[i].sign, "%s", table[i].word);
		cr_expect_str_eq(badge->ascii, table[i].ascii, "%s", table[i].word);
		cr_expect_eq(badge->tone, table[i].tone, "%s", table[i].word);
	}
}

Test(badge, words_are_compared_without_case)
{
	cr_expect_eq(badge_camera("ONLINE"), badge_camera("online"));
	cr_expect_eq(badge_run("needs review"), badge_run("Needs Review"));
	cr_expect_eq(badge_stream("ACTIVE"), badge_stream("active"));
	cr_expect_eq(badge_event("OBJECT_DETECTED"), badge_event("object_detected"));
	cr_expect_eq(badge_notification("READ"), badge_notification("read"));
}

Test(badge, the_tables_do_not_mix)
{
	cr_expect_eq(badge_session("online")->tone, TONE_PLAIN);
	cr_expect_eq(badge_camera("Active")->tone, TONE_PLAIN);
}

Test(badge, no_word_and_unknown_words_get_a_plain_question_mark)
{
	for (size_t i = 0; i < ROWS; i++) {
		const char *const odd[] = {NULL, "", "no such word"};

		for (size_t w = 0; w < 3; w++) {
			const struct badge *badge = table[i].find(odd[w]);

			cr_assert_not_null(badge);
			/* An open vocabulary: tests/model/recorder.c. */
			if (table[i].find == badge_event && w == 2)
				continue;
			cr_expect_str_eq(badge->sign, "?");
			cr_expect_str_eq(badge->ascii, "?");
			cr_expect_eq(badge->tone, TONE_PLAIN);
			cr_expect_not_null(badge->word);
		}
	}
}

Test(badge, every_state_of_a_feed_has_one)
{
	for (size_t i = 0; feed_states[i]; i++)
		cr_expect_str_eq(badge_feed(feed_states[i])->word, feed_states[i]);
}

Test(edge, case_27_an_unknown_session_status_has_a_neutral_badge)
{
	cr_expect_eq(badge_session("paused")->tone, TONE_PLAIN);
	cr_expect_str_eq(badge_session("paused")->sign, "?");
}

Test(edge, case_65_an_initializing_camera_is_neutral_and_an_idle_one_is_not_online)
{
	cr_expect_eq(badge_camera("initializing")->tone, TONE_PLAIN);
	cr_expect_eq(badge_camera("idle")->tone, TONE_WARN);
	cr_expect_neq(badge_camera("idle"), badge_camera("online"));
}

Test(edge, case_41_each_capture_status_stands_for_itself)
{
	cr_expect_eq(badge_capture("failed")->tone, TONE_BAD);
	cr_expect_eq(badge_capture("captured")->tone, TONE_OK);
	cr_expect_eq(badge_capture("queued")->tone, TONE_PLAIN);
}
