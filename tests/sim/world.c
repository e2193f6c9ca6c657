/* The world by itself: no server, only functions of (seed, slot, now). */
#include "base/clock.h"
#include "sim/camera.h"
#include "sim/ident.h"
#include "sim/run.h"
#include <criterion/criterion.h>
#include <string.h>

#define T0 INT64_C(1771406042000)

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE };

static struct world new_world(enum dialect dialect, enum scene scene, int64_t sessions)
{
	struct world world = {.seed = 1,
		.dialect = dialect,
		.scene = scene,
		.start_ms = T0,
		.history = sessions,
		.cameras = 6,
		.containers = 3};

	return world;
}

static bool is_stale_in_a(const struct sim_session *session, int64_t now)
{
	int64_t last = sim_session_last_capture_ms(session);

	return session->state == SESSION_ACTIVE && last != UNKNOWN && now - last > 300000;
}

static bool is_stale_in_b(const struct sim_session *session, int64_t now)
{
	return session->state == SESSION_ACTIVE && (now - session->started_ms) / 1000 > 300;
}

Test(world, starts_sessions_in_the_order_of_their_slots)
{
	for (enum scene scene = SCENE_QUIET; scene <= SCENE_INCIDENT; scene++) {
		struct world world = new_world(DIALECT_V1, scene, 5000);

		for (int64_t slot = -4999; slot < 500; slot++)
			cr_assert_gt(world_slot_start_ms(&world, slot),
				world_slot_start_ms(&world, slot - 1) + 2 * SECOND);
	}
}

Test(world, has_as_many_sessions_at_its_start_as_were_asked_for)
{
	static const int64_t counts[] = {0, 1, 7, 200, 100000};

	for (size_t i = 0; i < sizeof counts / sizeof counts[0]; i++) {
		struct world world = new_world(DIALECT_V1, SCENE_BUSY, counts[i]);

		cr_assert_leq(world_session_count(&world, T0) - counts[i], 1);
		cr_assert_geq(world_session_count(&world, T0), counts[i]);
	}
}

Test(world, is_the_same_for_the_same_seed_and_another_for_another)
{
	struct world a = new_world(DIALECT_DASHBOARD, SCENE_BUSY, 200);
	struct world b = a;
	struct world c = a;
	int differences = 0;

	b.start_ms += 123456789;
	c.seed = 2;
	for (int64_t slot = -200; slot < 20; slot++) {
		struct sim_session x, y, z;

		sim_session_at(&a, slot, a.start_ms + HOUR, &x);
		sim_session_at(&b, slot, b.start_ms + HOUR, &y);
		sim_session_at(&c, slot, c.start_ms + HOUR, &z);
		cr_assert_eq(x.started_ms - a.start_ms, y.started_ms - b.start_ms);
		cr_assert_eq(x.state, y.state);
		cr_assert_eq(x.capture_count, y.capture_count);
		cr_assert_eq(x.container, y.container);
		cr_assert_eq(x.mishap, y.mishap);
		differences += x.started_ms != z.started_ms;
	}
	cr_assert_gt(differences, 200);
}

Test(world, calls_the_same_sessions_stale_in_both_dialects_at_every_second_of_two_hours)
{
	struct world world = new_world(DIALECT_V1, SCENE_INCIDENT, 60);
	int stale = 0;

	for (int64_t now = T0; now < T0 + 2 * HOUR; now += 997) {
		int64_t newest = world_newest_slot(&world, now);

		for (int64_t slot = newest; slot > newest - 60; slot--) {
			struct sim_session session;

			sim_session_at(&world, slot, now, &session);
			cr_assert_eq(is_stale_in_a(&session, now), is_stale_in_b(&session, now));
			stale += is_stale_in_a(&session, now);
		}
	}
	cr_assert_gt(stale, 1000);
}

Test(world, lets_a_session_start_capture_and_end_in_every_way)
{
	struct world world = new_world(DIALECT_V1, SCENE_BUSY, 0);
	bool has_ended[4] = {false};
	bool has_been_stale = false;

	for (int64_t slot = 0; slot < 60; slot++) {
		int64_t start = world_slot_start_ms(&world, slot);
		struct sim_session session;
		int captures = 0;

		sim_session_at(&world, slot, start, &session);
		cr_assert_eq(session.state, SESSION_ACTIVE);
		cr_assert_eq(session.capture_count, 0);
		for (int64_t now = start; now < start + 20 * MINUTE; now += SECOND) {
			sim_session_at(&world, slot, now, &session);
			cr_assert_geq(session.capture_count, captures, "captures never vanish");
			captures = session.capture_count;
			has_been_stale |= is_stale_in_a(&session, now);
		}
		cr_assert_neq(session.state, SESSION_ACTIVE);
		has_ended[session.state] = true;
	}
	cr_assert(has_ended[SESSION_COMPLETE] && has_ended[SESSION_FAILED] &&
		has_ended[SESSION_PARTIAL] && has_been_stale);
}

Test(world, has_mostly_complete_sessions_in_its_history_and_some_of_each_other_kind)
{
	struct world world = new_world(DIALECT_V1, SCENE_BUSY, 200);
	int counts[4] = {0};
	int stale = 0;

	for (int64_t slot = -200; slot < 0; slot++) {
		struct sim_session session;

		sim_session_at(&world, slot, T0, &session);
		counts[session.state]++;
		stale += is_stale_in_a(&session, T0);
	}
	cr_assert_gt(counts[SESSION_COMPLETE], 140);
	cr_assert_gt(counts[SESSION_FAILED], 5);
	cr_assert_gt(counts[SESSION_PARTIAL], 5);
	cr_assert_gt(counts[SESSION_ACTIVE], stale);
	cr_assert_gt(stale, 0);
}

Test(world, gives_every_failed_pair_a_reason_in_words_but_one_in_some)
{
	struct world world = new_world(DIALECT_V1, SCENE_INCIDENT, 2000);
	int with_reason = 0;
	int without = 0;

	for (int64_t slot = -2000; slot < -100; slot++) {
		struct sim_session session;

		sim_session_at(&world, slot, T0, &session);
		if (session.state != SESSION_FAILED)
			continue;
		if (session.mishap)
			with_reason++;
		else
			without++;
	}
	cr_assert_gt(without, 20);
	cr_assert_gt(with_reason, 2 * without);
}

Test(world, takes_runs_through_pending_and_processing_to_each_end)
{
	struct world world = new_world(DIALECT_DASHBOARD, SCENE_BUSY, 0);
	bool has_seen[5] = {false};
	bool was_stuck = false;

	for (int64_t slot = 0; slot < 120; slot++) {
		int64_t start = world_slot_start_ms(&world, slot);
		enum run_status last = RUN_PENDING;

		for (int64_t now = start; now < start + 20 * MINUTE; now += SECOND) {
			struct sim_run run;

			if (!sim_run_at(&world, NULL, slot, now, &run))
				continue;
			cr_assert_geq(run.status, last, "a run never goes back");
			last = run.status;
			has_seen[run.status] = true;
			was_stuck |=
				run.status == RUN_PROCESSING && now - run.created_ms > 5 * MINUTE;
		}
	}
	for (int i = 0; i < 5; i++)
		cr_assert(has_seen[i], "no run was ever %s", sim_run_status_text(i));
	cr_assert(was_stuck);
}

Test(world, lets_a_camera_drop_and_return)
{
	struct world world = new_world(DIALECT_DASHBOARD, SCENE_BUSY, 0);
	bool was_offline = false;
	bool was_rebooting = false;
	int returns = 0;
	bool is_up = true;

	for (int64_t now = T0; now < T0 + 30 * MINUTE; now += SECOND) {
		struct sim_camera camera;

		sim_camera_at(&world, 1, now, &camera);
		was_offline |= !strcmp(camera.status, "offline");
		was_rebooting |= !strcmp(camera.status, "rebooting");
		returns += !is_up && sim_camera_is_online(&camera);
		is_up = sim_camera_is_online(&camera);
		cr_assert_leq(camera.last_seen_ms, now);
		cr_assert_geq(camera.uptime_seconds, 0);
	}
	cr_assert(was_offline && was_rebooting);
	cr_assert_gt(returns, 2);
}

Test(world, has_a_camera_of_each_kind_in_a_small_busy_shop)
{
	struct world world = new_world(DIALECT_DASHBOARD, SCENE_BUSY, 0);
	struct sim_camera c[6];

	for (int i = 0; i < 6; i++)
		sim_camera_at(&world, i, T0, &c[i]);
	cr_assert(sim_camera_is_online(&c[0]));
	cr_assert(sim_camera_is_online(&c[2]) && T0 - c[2].last_seen_ms > 5 * MINUTE);
	cr_assert_str_empty(c[3].name);
	cr_assert_eq(c[3].health, HEALTH_SIGNAL_ONLY);
	cr_assert_eq(c[4].health, HEALTH_MISSING);
	cr_assert_eq(c[4].total_captures, 0);
	cr_assert_str_eq(c[5].status, "offline");
}

Test(world, finds_every_name_it_gives_and_no_other)
{
	static const enum dialect dialects[] = {DIALECT_DASHBOARD, DIALECT_V1, DIALECT_FIELD};
	static const char *const strangers[] = {"", "sess-", "sess-zzzz", "sess-7f30x", "sess-ffff",
		"sess-07f30", "live-ops-1", "live-ops-", "live-ops-99999999999999999999",
		"019c0000-0000-7000-8000-000000000001", "run-007f2f-", "run-7f2f", "-", "%"};

	for (size_t d = 0; d < 3; d++) {
		struct world world = new_world(dialects[d], SCENE_BUSY, 3000);
		char id[IDENT_BYTES];
		int64_t slot;
		int number;

		for (int64_t i = -3000; i < 0; i++) {
			ident_session(&world, i, id);
			cr_assert(ident_find_session(&world, id, T0, &slot), "%s", id);
			cr_assert_eq(slot, i);
			ident_run(&world, i, i % 2 ? 1 : 3, id);
			cr_assert(ident_find_run(&world, id, T0, &slot, &number), "%s", id);
			cr_assert_eq(slot, i);
			cr_assert_eq(number, i % 2 ? 1 : 3);
		}
		ident_session(&world, 5, id);
		cr_assert_not(ident_find_session(&world, id, T0, &slot), "not yet begun");
		for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
			cr_assert_not(ident_find_session(&world, strangers[i], T0, &slot));
			cr_assert_not(ident_find_run(&world, strangers[i], T0, &slot, &number));
			cr_assert_not(ident_find_camera(&world, strangers[i], &number));
			cr_assert_not(ident_find_container(&world, strangers[i], &number));
		}
	}
}
