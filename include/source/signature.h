/* Signatures of URLs in text from outside: credentials, which are neither kept nor shown. Pure. */
#ifndef SOURCE_SIGNATURE_H
#define SOURCE_SIGNATURE_H

#include <stdbool.h>

/* Whether text holds what stores sign URLs with, encoded or not. */
bool signature_is_in(const char *text);
/* Takes signed queries out of text: "http://host/key?...". It gets no longer. */
void signature_hide(char *text);

#endif
