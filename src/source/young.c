/* The list of young requests. Owns nothing; net lane. */
#include "source/young.h"

void young_add(struct young *young, struct slot *slot, bool is_extra)
{
	slot->is_young = true;
	slot->is_extra = is_extra;
	slot->older = young->newest;
	slot->younger = NULL;
	if (young->newest)
		young->newest->younger = slot;
	else
		young->oldest = slot;
	young->newest = slot;
	young->extras += is_extra;
}

void young_remove(struct young *young, struct slot *slot)
{
	if (slot->older)
		slot->older->younger = slot->younger;
	else
		young->oldest = slot->younger;
	if (slot->younger)
		slot->younger->older = slot->older;
	else
		young->newest = slot->older;
	young->extras -= slot->is_extra;
	slot->older = slot->younger = NULL;
	slot->is_young = slot->is_extra = false;
}

struct slot *young_expired(const struct young *young, int64_t now)
{
	return now >= young_next_expiry(young) ? young->oldest : NULL;
}

int64_t young_next_expiry(const struct young *young)
{
	return young->oldest ? young->oldest->started_at + YOUNG_MS : SLOT_NEVER;
}
