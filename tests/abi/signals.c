// Signals: sigset_t, and what holds one, changed its size between two Emscriptens.
#define _GNU_SOURCE

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <sys/select.h>
#include <time.h>

#include "report.h"

static volatile sig_atomic_t seen, sender;

static void handle(int number) { seen = number; }

static void handle_with_information(int number, siginfo_t *information, void *context) {
  seen = number;
  sender = information->si_signo;
}

void tell_signal_sizes(Report *report) {
  say(report, "sigset_t %zu sigaction %zu posix_spawnattr_t %zu", sizeof(sigset_t), sizeof(struct sigaction),
      sizeof(posix_spawnattr_t));
}

void tell_actions(Report *report) {
  GUARDED(struct sigaction, new);
  GUARDED(struct sigaction, old);
  memset(&new.value, 0, sizeof new.value);
  new.value.sa_handler = handle;
  sigemptyset(&new.value.sa_mask);
  sigaddset(&new.value.sa_mask, SIGUSR2);
  say(report, "sigaction %d", sigaction(SIGUSR1, &new.value, &old.value));
  SAY_GUARDS(report, old);
  say(report, "; before %s", old.value.sa_handler == SIG_DFL ? "default" : "other");
  seen = 0;
  int raised = raise(SIGUSR1);
  say(report, "; raise %d handled %d", raised, seen);
  memset(&old.value, 0x5a, sizeof old.value);
  say(report, "; read back %d %s flags %d", sigaction(SIGUSR1, NULL, &old.value),
      old.value.sa_handler == handle ? "ours" : "other", old.value.sa_flags);
  say(report, " mask %d%d", sigismember(&old.value.sa_mask, SIGUSR2), sigismember(&old.value.sa_mask, SIGHUP));
  SAY_GUARDS(report, old);
  new.value.sa_sigaction = handle_with_information;
  new.value.sa_flags = SA_SIGINFO | SA_RESTART;
  say(report, "; with information %d", sigaction(SIGUSR2, &new.value, NULL));
  raised = raise(SIGUSR2);
  say(report, " raise %d handled %d sent %d", raised, seen, sender == SIGUSR2);
  say(report, "; wrong %d %d", sigaction(4711, &new.value, NULL), errno == EINVAL);
  signal(SIGUSR1, SIG_DFL);
  signal(SIGUSR2, SIG_DFL);
  SAY_GUARDS(report, new);
}

void tell_masks(Report *report) {
  GUARDED(sigset_t, new);
  GUARDED(sigset_t, old);
  sigemptyset(&new.value);
  sigaddset(&new.value, SIGUSR1);
  say(report, "block %d", sigprocmask(SIG_BLOCK, &new.value, &old.value));
  SAY_GUARDS(report, old);
  say(report, " was %d", sigismember(&old.value, SIGUSR1));
  signal(SIGUSR1, handle);
  seen = 0;
  raise(SIGUSR1);
  say(report, "; handled while blocked %d", seen);
  GUARDED(sigset_t, pending);
  say(report, "; pending %d %d", sigpending(&pending.value), sigismember(&pending.value, SIGUSR1));
  SAY_GUARDS(report, pending);
  say(report, "; unblock %d", pthread_sigmask(SIG_UNBLOCK, &new.value, &old.value));
  SAY_GUARDS(report, old);
  say(report, " was %d handled %d", sigismember(&old.value, SIGUSR1), seen);
  say(report, "; set %d", sigprocmask(SIG_SETMASK, NULL, &old.value));
  SAY_GUARDS(report, old);
  signal(SIGUSR1, SIG_DFL);
}

void tell_sets(Report *report) {
  GUARDED(sigset_t, one);
  GUARDED(sigset_t, other);
  GUARDED(sigset_t, both);
  sigfillset(&one.value);
  sigemptyset(&other.value);
  say(report, "%d %d", sigismember(&one.value, SIGTERM), sigismember(&other.value, SIGTERM));
  sigdelset(&one.value, SIGTERM);
  sigaddset(&other.value, SIGTERM);
  say(report, " %d %d", sigismember(&one.value, SIGTERM), sigismember(&other.value, SIGTERM));
  sigorset(&both.value, &one.value, &other.value);
  sigandset(&other.value, &one.value, &other.value);
  say(report, " or %d and empty %d", sigismember(&both.value, SIGTERM), sigisemptyset(&other.value));
  SAY_GUARDS(report, one);
  SAY_GUARDS(report, other);
  SAY_GUARDS(report, both);
}

void tell_spawn_attributes(Report *report) {
  GUARDED(posix_spawnattr_t, attributes);
  GUARDED(sigset_t, mask);
  sigemptyset(&mask.value);
  sigaddset(&mask.value, SIGINT);
  say(report, "init %d set %d", posix_spawnattr_init(&attributes.value),
      posix_spawnattr_setsigmask(&attributes.value, &mask.value));
  sigemptyset(&mask.value);
  say(report, " get %d member %d", posix_spawnattr_getsigmask(&attributes.value, &mask.value),
      sigismember(&mask.value, SIGINT));
  SAY_GUARDS(report, attributes);
  SAY_GUARDS(report, mask);
}

void tell_waiting(Report *report) {
  struct timespec soon = {0, 1000};
  sigset_t mask;
  sigemptyset(&mask);
  fd_set none;
  FD_ZERO(&none);
  say(report, "pselect %d ppoll %d", pselect(0, &none, NULL, NULL, &soon, &mask), ppoll(NULL, 0, &soon, &mask));
  siginfo_t information;
  say(report, " sigtimedwait %d", sigtimedwait(&mask, &information, &soon));
}

void tell_old_signals(Report *report) {
  say(report, "before %d", signal(SIGUSR1, handle) == SIG_DFL);
  seen = 0;
  int raised = raise(SIGUSR1);
  say(report, " raise %d handled %d", raised, seen);
  say(report, " again %d", signal(SIGUSR1, SIG_IGN) == handle);
  raised = raise(SIGUSR1);
  say(report, " ignored %d", raised);
  signal(SIGUSR1, SIG_DFL);
  say(report, " kill %d", kill(4711, 0));
  say(report, " %s", strsignal(SIGSEGV));
}
