/* ASCII stand-ins for the signs opsglass draws, for terminals without UTF-8. Pure. */
#ifndef UI_ASCII_H
#define UI_ASCII_H

#include <stdint.h>

/* One character; '?' for what has no stand-in. */
char ascii_of(uint32_t code_point);

#endif
