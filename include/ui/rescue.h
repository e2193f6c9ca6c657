/* Gives the terminal back when the program dies of a fatal signal. One terminal a process; main
 * thread, but the handlers may run on any. */
#ifndef UI_RESCUE_H
#define UI_RESCUE_H

#include <stddef.h>
#include <termios.h>

/* Remembers how the terminal was and handles crashes and signals that nobody else here does (QUIT,
 * USR1, ALRM ...): the bytes of rescue_screen are written, the modes are set back, stderr goes to
 * its old place, and the signal does what it did before. stderr_descriptor: -1 = leave it. */
void rescue_arm(int terminal, const struct termios *before, int stderr_descriptor);

/* What makes the screen as it was; copied (at most 512 bytes). NULL while the screen is not ours.
 */
void rescue_screen(const char *bytes);

/* The handlers are as before rescue_arm. */
void rescue_disarm(void);

#endif
