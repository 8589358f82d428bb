// abiprobe_constants: what the compiler's headers say, to be compared with what Python says in the runtime.
#include <Python.h>

#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <limits.h>
#include <locale.h>
#include <net/if.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/select.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <termios.h>
#include <time.h>
#include <unistd.h>

#define C(name) {#name, (long long)(name)},

static PyObject *all(PyObject *self, PyObject *unused) {
  // Some are calls of functions, such as SIGRTMAX.
  const struct {
    const char *name;
    long long value;
  } constants[] = {
#include "constants.h"
  };
  PyObject *found = PyDict_New();
  for (size_t i = 0; found && i < sizeof constants / sizeof *constants; i++) {
    PyObject *value = PyLong_FromLongLong(constants[i].value);
    if (!value || PyDict_SetItemString(found, constants[i].name, value) < 0) Py_CLEAR(found);
    Py_XDECREF(value);
  }
  return found;
}

static PyMethodDef methods[] = {{"all", all, METH_NOARGS, NULL}, {NULL}};
static struct PyModuleDef module = {PyModuleDef_HEAD_INIT, "abiprobe_constants", NULL, -1, methods};
PyMODINIT_FUNC PyInit_abiprobe_constants(void) { return PyModule_Create(&module); }
