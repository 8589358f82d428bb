// abiprobe_c: the groups in C, each run by its name.
#include <Python.h>

#include "report.h"

#define G(name) {#name, tell_##name}

static const struct {
  const char *name;
  Group *run;
} groups[] = {
    G(sizes), G(signal_sizes), G(files), G(new_files), G(folders), G(times), G(terminals), G(sockets), G(descriptors),
    G(queued_bytes), G(machine), G(actions), G(masks), G(sets), G(spawn_attributes), G(waiting), G(old_signals),
    G(jumps), G(jumps_through_sort), G(sorting), G(allocation), G(threads), G(loading), G(printing), G(long_doubles),
    G(reading), G(integers), G(mathematics), G(wide_text), G(patterns), G(messages),
};
enum { COUNT = sizeof groups / sizeof *groups };

static PyObject *names(PyObject *self, PyObject *unused) {
  PyObject *list = PyList_New(0);
  for (int i = 0; list && i < COUNT; i++) {
    PyObject *name = PyUnicode_FromString(groups[i].name);
    if (!name || PyList_Append(list, name) < 0) Py_CLEAR(list);
    Py_XDECREF(name);
  }
  return list;
}

static PyObject *run(PyObject *self, PyObject *name) {
  static Report report;
  const char *wanted = PyUnicode_AsUTF8(name);
  if (!wanted) return NULL;
  for (int i = 0; i < COUNT; i++) {
    if (strcmp(groups[i].name, wanted) != 0) continue;
    memset(&report, 0, sizeof report);
    groups[i].run(&report);
    return PyUnicode_DecodeUTF8(report.text, (Py_ssize_t)report.used, "replace");
  }
  return PyErr_Format(PyExc_KeyError, "no group %s", wanted);
}

static PyMethodDef methods[] = {{"names", names, METH_NOARGS, NULL}, {"run", run, METH_O, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "abiprobe_c", NULL, -1, methods};
PyMODINIT_FUNC PyInit_abiprobe_c(void) { return PyModule_Create(&module); }
