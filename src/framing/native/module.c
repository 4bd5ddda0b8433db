/* The loops that numpy cannot fuse: each does in one pass what its twin in Python does in several, with the same result
 * to the last bit. The package works without this module; see framing/kernels.py.
 */
#include "arrays.h"
#include "loops.h"

static PyMethodDef methods[] = {
    {"paragraphs", (PyCFunction)(void (*)(void))paragraphs_loop, METH_FASTCALL, "Find paragraphs."},
    {"joined", (PyCFunction)(void (*)(void))joined_loop, METH_FASTCALL, "Join wrapped lines."},
    {"words", (PyCFunction)(void (*)(void))words_loop, METH_FASTCALL, "Place the words of chunks."},
    {"names", (PyCFunction)(void (*)(void))names_loop, METH_FASTCALL, "Mark names."},
    {"by_type", (PyCFunction)(void (*)(void))by_type_loop, METH_FASTCALL, "Sort places by type."},
    {"counts", (PyCFunction)(void (*)(void))counts_loop, METH_FASTCALL, "Count whole words by sentence."},
    {"windows", (PyCFunction)(void (*)(void))windows_loop, METH_FASTCALL, "Count types in windows by sentence."},
    {"add_up", (PyCFunction)(void (*)(void))add_up_loop, METH_FASTCALL, "Add up rows of tables."},
    {"cue_codes", (PyCFunction)(void (*)(void))cue_codes_loop, METH_FASTCALL, "Fill in the features of cue candidates."},
    {"segment_codes", (PyCFunction)(void (*)(void))segment_codes_loop, METH_FASTCALL, "Fill in the features of segments."},
    {"sources", (PyCFunction)(void (*)(void))sources_loop, METH_FASTCALL, "Choose the heads of sources."},
    {"spots", (PyCFunction)(void (*)(void))spots_loop, METH_FASTCALL, "Find terms of one word and pairs that begin longer ones."},
    {"passes", (PyCFunction)(void (*)(void))passes_loop, METH_FASTCALL, "Pass messages along chains."},
    {NULL, NULL, 0, NULL},
};

static int fill(PyObject *module)
{
    PyObject *type = PyType_FromModuleAndSpec(module, &numbers_spec, NULL);
    if (!type)
        return -1;
    int failed = PyModule_AddObjectRef(module, "Numbers", type);
    Py_DECREF(type);
    return failed;
}

static PyModuleDef_Slot slots[] = {{Py_mod_exec, fill}, {0, NULL}};

static PyModuleDef definition = {
    PyModuleDef_HEAD_INIT, "_kernels", "Loops over arrays that numpy cannot fuse.", 0, methods, slots, NULL, NULL, NULL,
};

PyMODINIT_FUNC PyInit__kernels(void) { return PyModuleDef_Init(&definition); }
