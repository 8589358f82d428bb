// Groups in C++: functions that write what one part of the C++ library does, run by their names.
#pragma once

#include <ostream>
#include <string>
#include <vector>

#include "thrower.hpp"

struct Group {
  const char *name;
  void (*run)(std::ostream &);
};

// Exceptions and types that come from another side module.
std::vector<Group> exception_groups(const Thrower &thrower);
std::vector<Group> library_groups();
