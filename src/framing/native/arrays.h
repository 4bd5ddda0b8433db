/* What the loops share: the arrays that Python hands over, and those that go back.
 *
 * Arrays come and go as buffers, so that nothing but Python's own headers is needed to build. What comes is checked for
 * its item size and length only: the callers own the meaning.
 */
#ifndef FRAMING_ARRAYS_H
#define FRAMING_ARRAYS_H

#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

typedef struct {
    Py_buffer view;
    Py_ssize_t n; /* items */
} Array;

static inline int borrow(PyObject *object, Array *array, Py_ssize_t itemsize, int flags, const char *name)
{
    if (PyObject_GetBuffer(object, &array->view, PyBUF_C_CONTIGUOUS | flags) < 0)
        return -1;
    if (itemsize && array->view.itemsize != itemsize) {
        PyErr_Format(PyExc_TypeError, "%s: items of %zd bytes expected, got %zd", name, itemsize,
                     array->view.itemsize);
        PyBuffer_Release(&array->view);
        return -1;
    }
    array->n = array->view.len / array->view.itemsize;
    return 0;
}

static inline void give_back(Array *arrays, int n)
{
    for (int i = 0; i < n; i++)
        PyBuffer_Release(&arrays[i].view);
}

/* Borrow several arrays, all or none. `sizes` are the bytes of an item, negative where the array is written to. */
static inline int borrow_all(PyObject *const *objects, Array *arrays, const int *sizes, int n, const char *name)
{
    for (int i = 0; i < n; i++) {
        int size = sizes[i] < 0 ? -sizes[i] : sizes[i];
        if (borrow(objects[i], &arrays[i], size, sizes[i] < 0 ? PyBUF_WRITABLE : 0, name) < 0) {
            give_back(arrays, i);
            return -1;
        }
    }
    return 0;
}

#define DATA(type, array) ((type *)(array).view.buf)

static inline int right_number(Py_ssize_t got, Py_ssize_t expected, const char *name)
{
    if (got == expected)
        return 1;
    PyErr_Format(PyExc_TypeError, "%s: %zd arguments expected, got %zd", name, expected, got);
    return 0;
}

static inline int same_length(Py_ssize_t got, Py_ssize_t expected, const char *name)
{
    if (got == expected)
        return 1;
    PyErr_Format(PyExc_ValueError, "%s: arrays of unequal length (%zd and %zd)", name, got, expected);
    return 0;
}

/* Make `n` byte arrays of `length` items of given sizes, as a tuple; `data` gets where each begins. */
static inline PyObject *make_arrays(const int *sizes, const Py_ssize_t *lengths, int n, char **data)
{
    PyObject *found = PyTuple_New(n);
    for (int i = 0; found && i < n; i++) {
        PyObject *array = PyByteArray_FromStringAndSize(NULL, lengths[i] * sizes[i]);
        if (!array) {
            Py_CLEAR(found);
            break;
        }
        data[i] = PyByteArray_AS_STRING(array);
        PyTuple_SET_ITEM(found, i, array);
    }
    return found;
}

#endif
