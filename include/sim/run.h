/* The inventory analysis of a session as it stands at a moment. Plain data, pure. */
#ifndef SIM_RUN_H
#define SIM_RUN_H

#include "sim/desk.h"
#include "sim/session.h"
#include "sim/shelf.h"

enum run_status { RUN_PENDING, RUN_PROCESSING, RUN_DONE, RUN_NEEDS_REVIEW, RUN_ERROR };
enum delta_form { DELTA_NULL, DELTA_FLAT, DELTA_CATEGORIZED };

struct sim_run {
	struct sim_session session;
	struct shelf shelf;
	int attempt;
	enum run_status status;
	enum delta_form form;
	bool has_rows;      /* lanes as rows; else the delta is there but empty */
	bool has_unchanged; /* rows also for lanes without change */
	bool has_notes;     /* remarks about what could not be told */
	int64_t created_ms;
	int64_t completed_ms;      /* UNKNOWN while it runs */
	const char *error_message; /* NULL unless status is error */
	const char *error_code;
	const char *review_action; /* NULL: not reviewed */
	int64_t reviewed_ms;
	const struct desk_note *desk_note; /* borrowed: a review given here; may be NULL */
};

/* false when the session has no run at now_ms. desk may be NULL. */
bool sim_run_at(const struct world *world, const struct desk *desk, int64_t slot, int64_t now_ms,
	struct sim_run *run);
const char *sim_run_status_text(enum run_status status);
bool sim_run_is_reviewable(const struct sim_run *run);
bool sim_run_is_busy(const struct sim_run *run);

/* The shelf in front of the cameras during a session, run or not. */
void sim_run_shelf(const struct world *world, int64_t slot, struct shelf *shelf);

#endif
