/* The loops, one for each function of the module; what they take and give stands above each. */
#ifndef FRAMING_LOOPS_H
#define FRAMING_LOOPS_H

#include <Python.h>

extern PyType_Spec numbers_spec;

PyObject *paragraphs_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *joined_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *words_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *names_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *by_type_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *counts_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *windows_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *add_up_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *passes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *cue_codes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *segment_codes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *sources_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);
PyObject *spots_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args);

#endif
