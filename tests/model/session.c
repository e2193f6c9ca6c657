/* Tests of model/session.h. */
#include "model/session.h"
#include <criterion/criterion.h>
#include <string.h>

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static const int64_t NOW = INT64_C(1771406100000);

/* Of dialect A, started and captured so long before NOW; UNKNOWN = no capture. */
static struct session session_a(const char *status, int64_t started_ago, int64_t captured_ago)
{
	struct session session;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.id = "sess-7f31";
	session.dialect = "A";
	session.status = status;
	session.started_at = NOW - started_ago;
	session.capture_count = captured_ago == UNKNOWN ? 0 : 1;
	if (captured_ago != UNKNOWN)
		session.last_capture_at = NOW - captured_ago;
	session_settle(&session, UNKNOWN, NOW);
	return session;
}

/* Of dialect B, fetched at NOW. */
static struct session session_b(const char *status, int64_t started_ago, int64_t elapsed_seconds)
{
	struct session session;

	noun_clear(&nouns[NOUN_SESSION], &session);
	session.id = "live-ops-1771406042";
	session.dialect = "B";
	session.status = status;
	if (started_ago != UNKNOWN)
		session.started_at = NOW - started_ago;
	session_settle(&session, elapsed_seconds, NOW);
	return session;
}

static void expect_reason(const struct session *session, int64_t now_ms, const char *expected)
{
	char reason[SESSION_REASON_BYTES];

	session_reason(reason, session, now_ms);
	cr_expect_str_eq(reason, expected, "got \"%s\", expected \"%s\"", reason, expected);
}

static const struct {
	const char *status;
	const char *badge;
} words[] = {
	{"active", "Active"},
	{"completed", "Completed"},
	{"complete", "Completed"},
	{"cancelled", "Failed"},
	{"failed", "Failed"},
	{"partial", "Partial"},
	{"ACTIVE", "Active"},
	{"Complete", "Completed"},
	{"paused", "paused"},
	{"completely", "completely"},
	{"", "unknown"},
	{NULL, "unknown"},
};

Test(session, the_words_of_both_dialects_become_the_same_badges)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		struct session session = session_a(words[i].status, MINUTE, MINUTE);

		cr_expect_str_eq(session.badge, words[i].badge);
		cr_expect_str_eq(session_badge(&session, NOW), words[i].badge);
	}
}

Test(session, a_raw_word_is_the_sessions_own_text)
{
	const char *status = "paused";
	struct session session = session_a(status, MINUTE, MINUTE);

	cr_expect_eq(session.badge, status);
}

Test(session, settling_again_forgets_an_earlier_staleness)
{
	struct session session = session_a("active", 9 * MINUTE, 6 * MINUTE);

	cr_assert_neq(session.stale_after, UNKNOWN);
	session.status = "completed";
	session_settle(&session, UNKNOWN, NOW);
	cr_expect_eq(session.stale_after, UNKNOWN);
	cr_expect_str_eq(session.badge, "Completed");
}

Test(session, an_elapsed_of_exactly_300_seconds_is_not_stale_yet)
{
	struct session session = session_b("active", UNKNOWN, 300);

	cr_expect_str_eq(session_badge(&session, NOW), "Active");
	cr_expect_str_eq(session_badge(&session, NOW + 1), "Stale");
}

Test(session, an_elapsed_of_301_seconds_is_stale)
{
	struct session session = session_b("active", UNKNOWN, 301);

	cr_expect_str_eq(session_badge(&session, NOW), "Stale");
}

Test(session, stale_after_is_the_same_whichever_second_the_answer_was_asked_in)
{
	struct session first = session_b("active", 60 * SECOND + 120, 60);
	struct session later = session_b("active", 61 * SECOND + 980, 60);

	cr_expect_eq(first.stale_after, first.started_at + SESSION_STALE_MS);
	cr_expect_eq(later.stale_after, later.started_at + SESSION_STALE_MS);
}

Test(session, the_pis_elapsed_wins_where_its_clock_is_not_ours)
{
	struct session ahead = session_b("active", 60 * SECOND - 2001, 60);
	struct session behind = session_b("active", 60 * SECOND + 2001, 60);

	cr_expect_eq(ahead.stale_after, NOW - 60 * SECOND + SESSION_STALE_MS);
	cr_expect_eq(behind.stale_after, NOW - 60 * SECOND + SESSION_STALE_MS);
}

Test(session, two_seconds_of_difference_are_no_difference)
{
	struct session earlier = session_b("active", 62 * SECOND, 60);
	struct session later = session_b("active", 58 * SECOND, 60);

	cr_expect_eq(earlier.stale_after, earlier.started_at + SESSION_STALE_MS);
	cr_expect_eq(later.stale_after, later.started_at + SESSION_STALE_MS);
}

Test(session, numbers_no_clock_could_show_do_not_overflow)
{
	struct session session = session_b("active", UNKNOWN, INT64_MAX);

	cr_expect_str_eq(session_badge(&session, NOW), "Stale");
	session.last_capture_at = INT64_MAX;
	session_settle(&session, UNKNOWN, NOW);
	cr_expect_str_eq(session_badge(&session, NOW), "Active");
	session.last_capture_at = INT64_MIN + 1;
	session_settle(&session, -5, NOW);
	cr_expect_str_eq(session_badge(&session, NOW), "Stale");
}

Test(session, a_completed_session_needs_nobody)
{
	struct session session = session_a("completed", 9 * MINUTE, 8 * MINUTE);

	session.error_phase = "BEFORE_OPEN";
	session.error_reason = "camera timeout";
	session.vanished_at = NOW;
	expect_reason(&session, NOW, "");
}

Test(session, an_active_session_that_captures_needs_nobody)
{
	struct session session = session_a("active", 9 * MINUTE, MINUTE);

	expect_reason(&session, NOW, "");
}

Test(session, the_reason_of_a_failure_names_phase_reason_and_device)
{
	struct session session = session_b("failed", 7 * MINUTE, 420);

	session.error_phase = "AFTER_CLOSE";
	session.error_reason = "camera timeout";
	session.error_device_id = "espcam-0a1b2c";
	expect_reason(&session, NOW, "AFTER_CLOSE camera timeout · espcam-0a1b2c");
	session.error_phase = NULL;
	expect_reason(&session, NOW, "camera timeout · espcam-0a1b2c");
	session.error_device_id = "";
	expect_reason(&session, NOW, "camera timeout");
}

Test(session, a_failure_with_a_phase_but_no_reason_says_both)
{
	struct session session = session_b("failed", 7 * MINUTE, 420);

	session.error_phase = "AFTER_CLOSE";
	session.error_device_id = "esp-0a1b2c3d4e5f";
	expect_reason(&session, NOW, "AFTER_CLOSE · esp-0a1b2c3d4e5f · the Pi gave no reason");
}

Test(session, an_active_session_already_tells_of_its_error)
{
	struct session session = session_b("active", MINUTE, 60);

	session.error_phase = "BEFORE_OPEN";
	session.error_reason = "camera offline";
	expect_reason(&session, NOW, "BEFORE_OPEN camera offline");
}

Test(session, a_partial_session_names_the_half_it_lacks)
{
	struct session session = session_b("partial", 7 * MINUTE, 420);

	session.has_before_open = 1;
	session.has_after_close = 0;
	session.error_reason = "camera timeout";
	expect_reason(&session, NOW, "camera timeout · no AFTER_CLOSE capture");
	session.has_before_open = 0;
	session.has_after_close = 1;
	expect_reason(&session, NOW, "camera timeout · no BEFORE_OPEN capture");
	session.error_reason = NULL;
	session.has_before_open = session.has_after_close = UNKNOWN;
	expect_reason(&session, NOW, "the Pi gave no reason");
}

Test(session, a_failed_session_does_not_list_halves)
{
	struct session session = session_b("failed", 7 * MINUTE, 420);

	session.error_reason = "door jammed";
	session.has_after_close = 0;
	expect_reason(&session, NOW, "door jammed");
}

Test(session, a_stale_session_says_since_when_there_was_no_capture)
{
	struct session session = session_a("active", 9 * MINUTE, 6 * MINUTE);

	expect_reason(&session, NOW, "no capture for 6m");
	expect_reason(&session, NOW + 54 * MINUTE, "no capture for 1h");
}

Test(session, a_stale_session_without_a_known_capture_says_when_it_started)
{
	struct session session = session_b("active", 6 * MINUTE, 360);

	expect_reason(&session, NOW, "started 6m ago, still active");
	session = session_b("active", UNKNOWN, 360);
	expect_reason(&session, NOW, "started 6m ago, still active");
}

Test(session, a_long_session_with_a_fresh_capture_is_not_called_silent)
{
	struct session session = session_b("active", 8 * MINUTE, 480);

	session.last_capture_at = NOW - MINUTE;
	expect_reason(&session, NOW, "started 8m ago, still active");
	session.last_capture_at = NOW - 7 * MINUTE;
	expect_reason(&session, NOW, "no capture for 7m");
}

Test(session, a_reason_that_is_too_long_is_cut_at_a_character_and_hides_nothing_else)
{
	struct session session = session_a("active", 9 * MINUTE, 6 * MINUTE);
	char reason[SESSION_REASON_BYTES], outside[1200];

	for (size_t i = 0; i < 399; i++)
		memcpy(outside + 3 * i, "界", 3);
	outside[3 * 399] = '\0';
	session.error_phase = outside;
	session.error_reason = outside + 3;
	session.error_device_id = outside + 6;
	session.vanished_at = NOW;
	session_reason(reason, &session, NOW);
	cr_expect_not_null(strstr(reason, "界 · no capture for 6m · no longer reported by the Pi"));
	cr_expect_not_null(strstr(reason, "界 界"));
	cr_expect_lt(strlen(reason), SESSION_REASON_BYTES);
}

Test(edge, case_27_an_unknown_status_is_shown_raw_and_is_never_stale)
{
	struct session paused = session_a("paused", 60 * MINUTE, 50 * MINUTE);
	struct session empty = session_a("", 60 * MINUTE, 50 * MINUTE);

	cr_expect_str_eq(session_badge(&paused, NOW), "paused");
	cr_expect_str_eq(session_badge(&empty, NOW), "unknown");
	expect_reason(&paused, NOW, "");
}

Test(edge, case_28_active_with_last_capture_exactly_five_minutes_ago_is_not_stale)
{
	struct session session = session_a("active", 9 * MINUTE, 5 * MINUTE);

	cr_expect_not(session_is_stale(&session, NOW));
	cr_expect_str_eq(session_badge(&session, NOW), "Active");
}

Test(edge, case_28_a_millisecond_beyond_five_minutes_is_stale)
{
	struct session session = session_a("active", 9 * MINUTE, 5 * MINUTE + 1);

	cr_expect(session_is_stale(&session, NOW));
	cr_expect_str_eq(session_badge(&session, NOW), "Stale");
}

Test(edge, case_29_active_without_any_capture_is_not_stale_but_has_a_hint_after_five_minutes)
{
	struct session session = session_a("active", 7 * MINUTE, UNKNOWN);

	cr_expect_str_eq(session_badge(&session, NOW), "Active");
	expect_reason(&session, NOW, "no capture yet, started 7m ago");
	expect_reason(&session, NOW - 2 * MINUTE, "");
	expect_reason(&session, NOW - 2 * MINUTE + 1, "no capture yet, started 5m ago");
}

Test(session, captures_without_a_known_time_are_not_called_missing)
{
	struct session session = session_a("active", 7 * MINUTE, UNKNOWN);

	session.capture_count = 2;
	expect_reason(&session, NOW, "");
	session.capture_count = UNKNOWN;
	expect_reason(&session, NOW, "no capture yet, started 7m ago");
}

Test(edge, case_30_a_last_capture_in_the_future_is_not_stale_until_really_past)
{
	struct session session = session_a("active", MINUTE, -10 * MINUTE);

	cr_expect_not(session_is_stale(&session, NOW));
	cr_expect_not(session_is_stale(&session, NOW + 15 * MINUTE));
	cr_expect(session_is_stale(&session, NOW + 15 * MINUTE + 1));
}

Test(edge, case_30_a_last_capture_that_is_no_time_is_neither_stale_nor_missing)
{
	struct session session = session_a("active", 9 * MINUTE, UNKNOWN);

	session.last_capture_raw = "yesterday-ish";
	cr_expect_not(session_is_stale(&session, NOW));
	expect_reason(&session, NOW, "");
}

Test(edge, case_31_finished_sessions_with_an_old_last_capture_are_not_stale)
{
	const char *const statuses[] = {"completed", "cancelled", "complete", "partial", "failed"};

	for (size_t i = 0; i < 5; i++) {
		struct session session = session_a(statuses[i], 60 * MINUTE, 50 * MINUTE);

		cr_expect_not(session_is_stale(&session, NOW), "%s", statuses[i]);
	}
}

Test(edge, case_32_a_session_becomes_stale_by_the_clock_alone)
{
	struct session a = session_a("active", 4 * MINUTE, 3 * MINUTE);
	struct session b = session_b("active", 3 * MINUTE, 180);

	cr_expect_str_eq(session_badge(&a, NOW), "Active");
	cr_expect_str_eq(session_badge(&b, NOW), "Active");
	cr_expect_str_eq(session_badge(&a, NOW + 2 * MINUTE + 1), "Stale");
	cr_expect_str_eq(session_badge(&b, NOW + 2 * MINUTE + 1), "Stale");
}

Test(edge, case_34_a_vanished_session_that_was_not_finished_says_so)
{
	struct session active = session_a("active", 4 * MINUTE, 3 * MINUTE);
	struct session failed = session_a("cancelled", 4 * MINUTE, 3 * MINUTE);

	active.vanished_at = failed.vanished_at = NOW - MINUTE;
	expect_reason(&active, NOW, "no longer reported by the Pi");
	expect_reason(
		&active, NOW + 3 * MINUTE, "no capture for 6m · no longer reported by the Pi");
	expect_reason(&failed, NOW, "the Pi gave no reason");
}

Test(edge, case_37_an_unparsable_start_breaks_no_rule)
{
	struct session session = session_a("active", MINUTE, UNKNOWN);

	session.started_at = UNKNOWN;
	session.started_raw = "soon";
	session_settle(&session, UNKNOWN, NOW);
	cr_expect_str_eq(session_badge(&session, NOW), "Active");
	expect_reason(&session, NOW, "");
	session_settle(&session, 60, NOW);
	cr_expect_eq(session.stale_after, NOW - 60 * SECOND + SESSION_STALE_MS);
}

Test(edge, case_38_an_elapsed_that_grows_on_a_finished_session_changes_nothing)
{
	struct session early = session_b("complete", 14 * MINUTE, 7);
	struct session late = session_b("complete", 14 * MINUTE, 840);

	cr_expect_str_eq(session_badge(&late, NOW), "Completed");
	cr_expect_eq(late.stale_after, UNKNOWN);
	cr_expect_eq(late.completed_at, UNKNOWN);
	cr_expect_eq(early.stale_after, late.stale_after);
	expect_reason(&late, NOW, "");
}

Test(edge, case_40_a_failed_session_without_a_reason_says_that_none_was_given)
{
	struct session a = session_a("cancelled", 9 * MINUTE, 8 * MINUTE);
	struct session b = session_b("failed", 9 * MINUTE, 540);

	expect_reason(&a, NOW, "the Pi gave no reason");
	expect_reason(&b, NOW, "the Pi gave no reason");
}
