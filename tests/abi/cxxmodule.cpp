// abiprobe_cxx: the groups in C++, each run by its name.
#include <Python.h>

#include <exception>
#include <sstream>
#include <typeinfo>

#include "groups.hpp"

static std::vector<Group> groups;

static PyObject *text(const std::string &content) {
  return PyUnicode_DecodeUTF8(content.data(), static_cast<Py_ssize_t>(content.size()), "replace");
}

// Takes the other module's functions, and gives the names of all groups.
static PyObject *names(PyObject *, PyObject *capsule) {
  const auto *thrower = static_cast<const Thrower *>(PyCapsule_GetPointer(capsule, "abiprobe.thrower"));
  if (!thrower) return nullptr;
  groups = exception_groups(*thrower);
  for (const auto &group : library_groups()) groups.push_back(group);
  PyObject *list = PyList_New(0);
  for (const auto &group : groups) {
    PyObject *name = text(group.name);
    if (!name || PyList_Append(list, name) < 0) return nullptr;
    Py_DECREF(name);
  }
  return list;
}

static PyObject *run(PyObject *, PyObject *name) {
  const char *wanted = PyUnicode_AsUTF8(name);
  if (!wanted) return nullptr;
  for (const auto &group : groups) {
    if (std::string(group.name) != wanted) continue;
    std::ostringstream out;
    try {
      group.run(out);
    } catch (const std::exception &error) {
      out << " LEFT BY " << typeid(error).name() << ' ' << error.what();
    }
    return text(out.str());
  }
  return PyErr_Format(PyExc_KeyError, "no group %s", wanted);
}

static PyMethodDef methods[] = {
    {"names", names, METH_O, nullptr}, {"run", run, METH_O, nullptr}, {nullptr, nullptr, 0, nullptr}};
static PyModuleDef module = {PyModuleDef_HEAD_INIT, "abiprobe_cxx", nullptr, -1, methods};
PyMODINIT_FUNC PyInit_abiprobe_cxx() { return PyModule_Create(&module); }
