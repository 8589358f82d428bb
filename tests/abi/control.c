// Where control goes: jumps, comparators that the runtime calls, memory, threads that cannot be.
#define _GNU_SOURCE

#include <dlfcn.h>
#include <errno.h>
#include <malloc.h>
#include <pthread.h>
#include <sched.h>
#include <search.h>
#include <semaphore.h>
#include <setjmp.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>

#include "report.h"

static jmp_buf place;
static int calls;

static void dive(int depth) {
  if (depth == 0) longjmp(place, 5);
  dive(depth - 1);
}

static int ascending(const void *left, const void *right) {
  double a = *(const double *)left, b = *(const double *)right;
  return (a > b) - (a < b);
}

static int leaving(const void *left, const void *right) {
  if (++calls == 5) longjmp(place, 77);
  return ascending(left, right);
}

static int descending(const void *left, const void *right, void *count) {
  ++*(int *)count;
  return *(const int *)right - *(const int *)left;
}

void tell_jumps(Report *report) {
  volatile int state = 1;
  int came = setjmp(place);
  if (came == 0) {
    state = 2;
    dive(20);
  }
  say(report, "came %d state %d", came, state);
  GUARDED(sigjmp_buf, buffer);
  came = sigsetjmp(buffer.value, 1);
  if (came == 0) siglongjmp(buffer.value, 9);
  say(report, "; with signals %d", came);
  SAY_GUARDS(report, buffer);
}

void tell_jumps_through_sort(Report *report) {
  double values[20];
  for (int i = 0; i < 20; i++) values[i] = (i * 7) % 20;
  calls = 0;
  int came = setjmp(place);
  if (came == 0) qsort(values, 20, sizeof *values, leaving);
  say(report, "came %d after %d calls", came, calls);
}

void tell_sorting(Report *report) {
  double values[] = {3, 1, 2, -5, 1e9}, wanted = 2;
  qsort(values, 5, sizeof *values, ascending);
  double *found = bsearch(&wanted, values, 5, sizeof *values, ascending);
  say(report, "%g %g %g at %td", values[0], values[1], values[4], found - values);
  int numbers[] = {5, 9, 1, 7}, count = 0;
  qsort_r(numbers, 4, sizeof *numbers, descending, &count);
  say(report, "; %d %d %d %d, compared %s", numbers[0], numbers[1], numbers[2], numbers[3], count ? "yes" : "no");
  size_t length = 5;
  double missing = 11;
  found = lfind(&missing, values, &length, sizeof *values, ascending);
  say(report, "; %s", found ? "found" : "missing");
  div_t divided = div(17, 5);
  lldiv_t longer = lldiv(-17000000000LL, 4);
  say(report, "; %d %d %lld %lld", divided.quot, divided.rem, longer.quot, longer.rem);
}

void tell_allocation(Report *report) {
  char *text = malloc(100), *zeros = calloc(10, 10), *grown = realloc(text, 10000);
  say(report, "%d %d %d", grown != NULL, zeros[99], (int)((uintptr_t)grown % 8));
  void *aligned = NULL;
  int code = posix_memalign(&aligned, 256, 1000);
  void *other = aligned_alloc(64, 640);
  say(report, "; %d %zu %zu usable %d", code, (uintptr_t)aligned % 256, (uintptr_t)other % 64,
      malloc_usable_size(grown) >= 10000);
  free(zeros), free(grown), free(aligned), free(other);
  errno = 0;
  // The compiler would take it for granted.
  void *volatile huge = malloc((size_t)4294900000u);
  say(report, "; too much %d %d", huge == NULL, errno == ENOMEM);
  void *mapped = mmap(NULL, 65536, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  say(report, "; mmap %d %d", mapped != MAP_FAILED, mapped != MAP_FAILED && munmap(mapped, 65536) == 0);
}

static int made;
static void once(void) { made++; }
static void *start(void *given) { return given; }

void tell_threads(Report *report) {
  pthread_mutexattr_t attributes;
  GUARDED(pthread_mutex_t, mutex);
  pthread_mutexattr_init(&attributes);
  pthread_mutexattr_settype(&attributes, PTHREAD_MUTEX_RECURSIVE);
  say(report, "init %d", pthread_mutex_init(&mutex.value, &attributes));
  say(report, " lock %d", pthread_mutex_lock(&mutex.value));
  say(report, " again %d", pthread_mutex_lock(&mutex.value));
  say(report, " unlock %d %d", pthread_mutex_unlock(&mutex.value), pthread_mutex_unlock(&mutex.value));
  SAY_GUARDS(report, mutex);
  pthread_key_t key;
  int code = pthread_key_create(&key, NULL);
  pthread_setspecific(key, &made);
  say(report, "; key %d %d", code, pthread_getspecific(key) == &made);
  static pthread_once_t control = PTHREAD_ONCE_INIT;
  made = 0;
  pthread_once(&control, once);
  pthread_once(&control, once);
  say(report, "; once %d", made);
  pthread_t thread;
  say(report, "; create %d", pthread_create(&thread, NULL, start, NULL));
  GUARDED(pthread_cond_t, condition);
  GUARDED(pthread_rwlock_t, lock);
  GUARDED(sem_t, semaphore);
  GUARDED(pthread_attr_t, thread_attributes);
  say(report, "; condition %d lock %d %d semaphore %d %d attributes %d", pthread_cond_init(&condition.value, NULL),
      pthread_rwlock_init(&lock.value, NULL), pthread_rwlock_rdlock(&lock.value), sem_init(&semaphore.value, 0, 1),
      sem_trywait(&semaphore.value), pthread_attr_init(&thread_attributes.value));
  SAY_GUARDS(report, condition);
  SAY_GUARDS(report, lock);
  SAY_GUARDS(report, semaphore);
  SAY_GUARDS(report, thread_attributes);
  say(report, "; equal %d yield %d", pthread_equal(pthread_self(), pthread_self()) != 0, sched_yield());
}

void tell_loading(Report *report) {
  void *program = dlopen(NULL, RTLD_NOW);
  double (*root)(double) = (double (*)(double))dlsym(program, "sqrt");
  say(report, "%d %g %d", program != NULL, root ? root(9) : -1, dlsym(program, "no_such_function") == NULL);
  say(report, " %d", dlopen("/nowhere/lib.so", RTLD_NOW) == NULL);
}
