// abiprobe_thrower: throws for the other side module.
#include <Python.h>

#include <exception>
#include <map>
#include <new>
#include <system_error>
#include <vector>

#include "thrower.hpp"

static void raise(Kind kind) {
  switch (kind) {
    case Kind::runtime: throw std::runtime_error("a message that is longer than a string holds in itself");
    case Kind::own: throw Coded("coded", 7);
    case Kind::plain: throw Plain{5};
    case Kind::number: throw 42;
    case Kind::literal: throw "a literal";
    case Kind::index: std::vector<int>(3).at(9) = 1; break;
    case Kind::key: std::map<int, int>().at(3) = 1; break;
    case Kind::memory: throw std::bad_alloc();
    case Kind::system: throw std::system_error(ENOENT, std::generic_category(), "system");
    case Kind::conversion: (void)std::stoi("no number"); break;
    case Kind::substring: (void)std::string("abc").substr(10); break;
  }
}

static void raise_nested(Kind kind) {
  try {
    raise(kind);
  } catch (...) {
    std::throw_with_nested(std::logic_error("outer"));
  }
}

static void call(void (*function)(int), int argument) {
  std::string destroyed("while the exception passes");
  function(argument);
}

static Shape *make() { return new Square; }
static std::string *text(const char *content) { return new std::string(content); }

static Thrower thrower = {raise, raise_nested, call, make, text};

static PyObject *get(PyObject *, PyObject *) { return PyCapsule_New(&thrower, "abiprobe.thrower", nullptr); }

static PyMethodDef methods[] = {{"get", get, METH_NOARGS, nullptr}, {nullptr, nullptr, 0, nullptr}};
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "abiprobe_thrower", nullptr, -1, methods};
PyMODINIT_FUNC PyInit_abiprobe_thrower() { return PyModule_Create(&module); }
