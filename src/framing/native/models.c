/* Models: sums of weights, and the messages of a chain. */
#include "arrays.h"
#include "loops.h"

static inline int64_t code_at(const void *data, Py_ssize_t itemsize, Py_ssize_t i)
{
    switch (itemsize) {
    case 1:
        return ((const int8_t *)data)[i];
    case 2:
        return ((const int16_t *)data)[i];
    case 4:
        return ((const int32_t *)data)[i];
    default:
        return ((const int64_t *)data)[i];
    }
}

/* Where `k` is a constant, its first four classes and the rest are one instruction each. */
static inline void add_rows(float *restrict total, Py_ssize_t k, const float *restrict table, Py_ssize_t n_rows,
                            const void *codes, Py_ssize_t itemsize, Py_ssize_t begin, Py_ssize_t end)
{
    const Py_ssize_t fours = k < 4 ? 0 : 4;
    for (Py_ssize_t i = begin; i < end; i++) {
        int64_t code = code_at(codes, itemsize, i);
        code = code < 0 ? 0 : code >= n_rows ? n_rows - 1 : code;
        const float *row = table + code * k;
        float *sums = total + i * k;
        for (Py_ssize_t j = 0; j < fours; j++)
            sums[j] += row[j];
        for (Py_ssize_t j = fours; j < k; j++)
            sums[j] += row[j];
    }
}

/* add_up(total, codes, tables): add the rows of tables that codes point at; see framing.voice.context.score. */
PyObject *add_up_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { BLOCK = 512, MOST = 64 };
    if (!right_number(n_args, 3, "add_up"))
        return NULL;
    if (!PyTuple_Check(args[1]) || !PyTuple_Check(args[2]) || PyTuple_GET_SIZE(args[1]) != PyTuple_GET_SIZE(args[2])
        || PyTuple_GET_SIZE(args[1]) > MOST) {
        PyErr_SetString(PyExc_TypeError, "add_up: two tuples of the same length, at most 64, expected");
        return NULL;
    }
    const int n = (int)PyTuple_GET_SIZE(args[1]);
    Array total, a[2 * MOST];
    if (borrow(args[0], &total, 4, PyBUF_WRITABLE | PyBUF_ND, "total") < 0)
        return NULL;
    int held = 0, ok = total.view.ndim == 2;
    if (!ok)
        PyErr_SetString(PyExc_TypeError, "add_up: a total of two dimensions expected");
    const Py_ssize_t n_rows = ok ? total.view.shape[0] : 0, k = ok ? total.view.shape[1] : 1;
    for (int i = 0; ok && i < n; i++) {
        ok = borrow(PyTuple_GET_ITEM(args[1], i), &a[held], 0, 0, "codes") == 0 && ++held
             && borrow(PyTuple_GET_ITEM(args[2], i), &a[held], 4, 0, "table") == 0 && ++held
             && same_length(a[2 * i].n, n_rows, "add_up");
        if (ok && (k < 1 || a[2 * i + 1].n < k)) {
            PyErr_SetString(PyExc_ValueError, "add_up: a table without rows");
            ok = 0;
        }
    }
    float *sums = DATA(float, total);
    for (Py_ssize_t begin = 0; ok && begin < n_rows; begin += BLOCK) {
        const Py_ssize_t end = begin + BLOCK < n_rows ? begin + BLOCK : n_rows;
        for (int i = 0; i < n; i++) {
            const Array *codes = &a[2 * i], *table = &a[2 * i + 1];
            const Py_ssize_t rows = table->n / k, size = codes->view.itemsize;
            if (k == 6 && size == 2) /* segments */
                add_rows(sums, 6, table->view.buf, rows, codes->view.buf, 2, begin, end);
            else if (k == 4 && size == 2) /* cue candidates */
                add_rows(sums, 4, table->view.buf, rows, codes->view.buf, 2, begin, end);
            else
                add_rows(sums, k, table->view.buf, rows, codes->view.buf, size, begin, end);
        }
    }
    give_back(a, held);
    PyBuffer_Release(&total.view);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

enum { MOST_STATES = 16 };

typedef struct {
    const float *here, *moves;
    const int64_t *junctions, *bounds;
    Py_ssize_t n_chains;
    float *forward, *backward, *scale;
} Chain;

/* The messages of all chains, forward, then back; unrolled where `k`, the number of states, is a constant. */
static inline void pass_along(const Chain *chain, const Py_ssize_t k)
{
    const float *restrict here = chain->here, *restrict moves = chain->moves;
    const int64_t *junctions = chain->junctions, *bounds = chain->bounds;
    float *restrict forward = chain->forward, *restrict backward = chain->backward, *restrict scale = chain->scale;
    for (Py_ssize_t c = 0; c < chain->n_chains; c++) {
        for (int64_t t = bounds[c]; t < bounds[c + 1]; t++) {
            float message[MOST_STATES], came[MOST_STATES], total = 0;
            for (Py_ssize_t j = 0; j < k; j++)
                message[j] = here[t * k + j];
            if (t > bounds[c]) {
                const float *last = forward + (t - 1) * k, *move = moves + junctions[t] * k * k;
                for (Py_ssize_t j = 0; j < k; j++)
                    came[j] = last[0] * move[j];
                for (Py_ssize_t i = 1; i < k; i++)
                    for (Py_ssize_t j = 0; j < k; j++)
                        came[j] += last[i] * move[i * k + j];
                for (Py_ssize_t j = 0; j < k; j++)
                    message[j] *= came[j];
            }
            total = message[0];
            for (Py_ssize_t j = 1; j < k; j++)
                total += message[j];
            for (Py_ssize_t j = 0; j < k; j++)
                forward[t * k + j] = message[j] / total;
            scale[t] = total;
        }
        for (int64_t t = bounds[c + 1] - 1; t >= bounds[c]; t--) {
            if (t == bounds[c + 1] - 1) {
                for (Py_ssize_t i = 0; i < k; i++)
                    backward[t * k + i] = 1;
                continue;
            }
            const float *move = moves + junctions[t + 1] * k * k;
            float coming[MOST_STATES];
            for (Py_ssize_t j = 0; j < k; j++)
                coming[j] = here[(t + 1) * k + j] / scale[t + 1] * backward[(t + 1) * k + j];
            for (Py_ssize_t i = 0; i < k; i++) {
                float went = coming[0] * move[i * k];
                for (Py_ssize_t j = 1; j < k; j++)
                    went += coming[j] * move[i * k + j];
                backward[t * k + i] = went;
            }
        }
    }
}

/* passes(here, junctions, moves, bounds, forward, backward, scale): the messages of a chain; see
 * framing.voice.chain.passes. */
PyObject *passes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { HERE, JUNCTIONS, MOVES, BOUNDS, FORWARD, BACKWARD, SCALE, N };
    static const int sizes[N] = {4, 8, 4, 8, -4, -4, -4};
    Array a[N];
    if (!right_number(n_args, N, "passes") || borrow_all(args, a, sizes, N, "passes") < 0)
        return NULL;
    const Py_ssize_t n = a[JUNCTIONS].n, k = n ? a[HERE].n / n : 1;
    const float *here = DATA(float, a[HERE]), *moves = DATA(float, a[MOVES]);
    const int64_t *junctions = DATA(int64_t, a[JUNCTIONS]), *bounds = DATA(int64_t, a[BOUNDS]);
    float *forward = DATA(float, a[FORWARD]), *backward = DATA(float, a[BACKWARD]), *scale = DATA(float, a[SCALE]);
    int ok = same_length(a[HERE].n, n * k, "passes") && same_length(a[FORWARD].n, n * k, "passes")
             && same_length(a[BACKWARD].n, n * k, "passes") && same_length(a[SCALE].n, n, "passes");
    if (ok && k > MOST_STATES) {
        PyErr_SetString(PyExc_ValueError, "passes: too many states");
        ok = 0;
    }
    const Chain chain = {here, moves, junctions, bounds, a[BOUNDS].n - 1, forward, backward, scale};
    if (ok && k == 6) /* segments */
        pass_along(&chain, 6);
    else if (ok)
        pass_along(&chain, k);
    give_back(a, N);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}
