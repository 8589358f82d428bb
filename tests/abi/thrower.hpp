// What one side module offers to another, through a capsule: functions that throw, and objects of types that both know.
#pragma once

#include <stdexcept>
#include <string>

struct Coded : std::runtime_error {
  int code;
  Coded(const char *message, int code) : std::runtime_error(message), code(code) {}
};

struct Plain {
  int value;
};

struct Shape {
  virtual ~Shape() = default;
  virtual int corners() const { return 0; }
};

struct Square : Shape {
  std::string text = "a text that is longer than a string holds in itself";
  int corners() const override { return 4; }
};

enum class Kind { runtime, own, plain, number, literal, index, key, memory, system, conversion, substring };

struct Thrower {
  void (*raise)(Kind);
  void (*raise_nested)(Kind);
  void (*call)(void (*function)(int), int argument);
  Shape *(*make)();
  std::string *(*text)(const char *);
};
