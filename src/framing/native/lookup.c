/* Terms of a codebook: where they may stand. */
#include "arrays.h"
#include "loops.h"

/* spots(word, single, wanted, offered, fenced, where, reach) -> places, begin, end: the words that are terms, and the
 * pairs of words that may begin phrases; see framing.lookup.Matcher._spots. `single`, `wanted` and `offered` are those
 * of the types, `where` is None or tells at which words a hit may begin. */
PyObject *spots_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { WORD, SINGLE, WANTED, OFFERED, FENCED, WHERE, N };
    static const int sizes[N] = {4, 1, 8, 8, 1, 1};
    Array a[N];
    if (!right_number(n_args, N + 1, "spots"))
        return NULL;
    const int n_arrays = args[WHERE] == Py_None ? WHERE : N;
    const int64_t reach = PyLong_AsLongLong(args[N]);
    if (PyErr_Occurred() || borrow_all(args, a, sizes, n_arrays, "spots") < 0)
        return NULL;
    PyObject *found = NULL;
    const int32_t *word = DATA(int32_t, a[WORD]);
    const uint8_t *single = DATA(uint8_t, a[SINGLE]), *fenced = DATA(uint8_t, a[FENCED]);
    const int64_t *wanted = DATA(int64_t, a[WANTED]), *offered = DATA(int64_t, a[OFFERED]);
    const uint8_t *where = n_arrays == N ? DATA(uint8_t, a[WHERE]) : NULL;
    const int64_t n = a[WORD].n;
    if (!same_length(a[FENCED].n, n, "spots") || (where && !same_length(a[WHERE].n, n, "spots"))
        || !same_length(a[WANTED].n, a[SINGLE].n, "spots") || !same_length(a[OFFERED].n, a[SINGLE].n, "spots"))
        goto done;
    int64_t n_single = 0, n_pairs = 0, room = 0;
    int64_t *places = PyMem_Malloc((size_t)(n + 1) * sizeof(int64_t)), *pairs = NULL;
    int ok = places != NULL;
    for (int64_t i = 0; ok && i < n; i++) {
        if (where && !where[i])
            continue;
        if (single[word[i]])
            places[n_single++] = i;
        const int64_t wants = wanted[word[i]];
        if (!wants)
            continue;
        for (int64_t j = i + 1; j < n && j <= i + reach && !fenced[j]; j++) {
            if (!(wants & offered[word[j]]))
                continue;
            if (n_pairs == room) {
                room = 2 * room + 256;
                int64_t *more = PyMem_Realloc(pairs, (size_t)room * 2 * sizeof(int64_t));
                if (!(ok = more != NULL))
                    break;
                pairs = more;
            }
            pairs[2 * n_pairs] = i;
            pairs[2 * n_pairs++ + 1] = j;
        }
    }
    char *out[3];
    const int out_sizes[3] = {8, 8, 8};
    const Py_ssize_t lengths[3] = {n_single, n_pairs, n_pairs};
    if (!ok)
        PyErr_NoMemory();
    else if ((found = make_arrays(out_sizes, lengths, 3, out))) {
        memcpy(out[0], places, (size_t)n_single * sizeof(int64_t));
        for (int64_t k = 0; k < n_pairs; k++) {
            ((int64_t *)out[1])[k] = pairs[2 * k];
            ((int64_t *)out[2])[k] = pairs[2 * k + 1];
        }
    }
    PyMem_Free(places);
    PyMem_Free(pairs);
done:
    give_back(a, n_arrays);
    return found;
}
