// A group is a function that tells in words what one part of the C library does, for texts of two runtimes to be compared.
#pragma once

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

typedef struct {
  char text[32768];
  size_t used;
} Report;

// Named tell_..., as the runtime has a function of nearly every other name.
typedef void Group(Report *);

__attribute__((format(printf, 2, 3))) static inline void say(Report *report, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  size_t left = sizeof report->text - report->used;
  int length = vsnprintf(report->text + report->used, left, format, arguments);
  va_end(arguments);
  if (length > 0) report->used += (size_t)length < left ? (size_t)length : left - 1;
}

// What a function writes beyond a structure of its caller's would go unnoticed, or kill the runtime later.
#define GUARD 256
#define GUARDED(type, name) \
  struct { unsigned char before[GUARD]; type value; unsigned char after[GUARD]; } name; \
  memset(&name, 0x5a, sizeof name)
#define SAY_GUARDS(report, name) say(report, " %s", is_intact(name.before) && is_intact(name.after) ? "intact" : "OVERWRITTEN")

static inline int is_intact(const unsigned char *guard) {
  for (int i = 0; i < GUARD; i++)
    if (guard[i] != 0x5a) return 0;
  return 1;
}

Group tell_sizes, tell_signal_sizes, tell_files, tell_new_files, tell_folders, tell_times, tell_terminals,
    tell_sockets, tell_descriptors, tell_queued_bytes, tell_machine, tell_actions, tell_masks, tell_sets,
    tell_spawn_attributes, tell_waiting, tell_old_signals, tell_jumps, tell_jumps_through_sort, tell_sorting,
    tell_allocation, tell_threads, tell_loading, tell_printing, tell_long_doubles, tell_reading, tell_integers,
    tell_mathematics, tell_wide_text, tell_patterns, tell_messages;
