/* Who polls: the process that holds the lock beside the store file. Freed by the kernel however the
 * process ends. */
#ifndef STORE_LOCK_H
#define STORE_LOCK_H

#include "base/err.h"

/* Tries to take PATH.lock: its descriptor; -1 when another process holds it (err empty) or it
 * cannot be made (err says why). Never waits. */
int store_lock_try(const char *store_path, struct err *err);
void store_lock_release(int descriptor);

#endif
