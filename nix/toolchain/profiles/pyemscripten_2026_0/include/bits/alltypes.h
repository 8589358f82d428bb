/* The runtime was compiled when a sigset_t had 128 bytes, as musl has it. Emscripten 5.0.5 made 8 of it, and with it 20
   bytes of the 140 of a struct sigaction: the runtime would read and write beyond what is there.

   No include guard: the header is meant to be included again for each type that is asked for. */
#if defined(__NEED_sigset_t) && !defined(__DEFINED_sigset_t)
typedef struct __sigset_t { unsigned long __bits[128 / sizeof(long)]; } sigset_t;
#define __DEFINED_sigset_t
#endif

#include_next <bits/alltypes.h>
