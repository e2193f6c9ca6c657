/* Names that do not compile here. Forced into every file by the Makefile (-include), after the
 * system headers that still use some of them in macros. */
#ifndef BASE_POISON_H
#define BASE_POISON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#undef alloca
#pragma GCC poison strcpy strcat sprintf vsprintf strtok gets system popen tmpnam mktemp
#pragma GCC poison atoi atol atof asctime ctime localtime gmtime alloca

#endif
