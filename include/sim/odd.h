/* Records that are hard to show, for --odd: strange ids, texts, times, states (contracts 6). */
#ifndef SIM_ODD_H
#define SIM_ODD_H

#include "sim/answer.h"

enum odd_list { ODD_SESSIONS_A, ODD_SESSIONS_B, ODD_CAMERAS, ODD_LISTS };

/* Writes the odd records of a list where they were asked for. */
void odd_emit(struct emit *emit, const struct request *request, enum odd_list list);

/* The odd session record that request->id names; false when there is none. */
bool odd_find_session(const struct request *request, enum odd_list list, struct span *record);
/* The odd run of the session that request->id names. */
bool odd_find_run(const struct request *request, struct span *record);

#endif
