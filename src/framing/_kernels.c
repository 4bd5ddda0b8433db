/* The loops that numpy cannot fuse: each does in one pass what its twin in Python does in several, with the same
 * result to the last bit. The package works without this file's module; see framing/kernels.py.
 *
 * Arrays come and go as buffers, so that nothing but Python's own headers is needed to build it. What Python hands
 * over is checked for its item size and length only: the callers own the meaning.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <stdint.h>
#include <string.h>

/* ---- buffers ---------------------------------------------------------------------------------------------------- */

typedef struct {
    Py_buffer view;
    Py_ssize_t n; /* items */
} Array;

static int borrow(PyObject *object, Array *array, Py_ssize_t itemsize, int flags, const char *name)
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

static void give_back(Array *arrays, int n)
{
    for (int i = 0; i < n; i++)
        PyBuffer_Release(&arrays[i].view);
}

/* Borrow several arrays, all or none. `sizes` are the bytes of an item, negative where the array is written to. */
static int borrow_all(PyObject *const *objects, Array *arrays, const int *sizes, int n, const char *name)
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

static int right_number(Py_ssize_t got, Py_ssize_t expected, const char *name)
{
    if (got == expected)
        return 1;
    PyErr_Format(PyExc_TypeError, "%s: %zd arguments expected, got %zd", name, expected, got);
    return 0;
}

static int same_length(Py_ssize_t got, Py_ssize_t expected, const char *name)
{
    if (got == expected)
        return 1;
    PyErr_Format(PyExc_ValueError, "%s: arrays of unequal length (%zd and %zd)", name, got, expected);
    return 0;
}

/* Make `n` byte arrays of `length` items of given sizes, as a tuple; `data` gets where each begins. */
static PyObject *make_arrays(const int *sizes, const Py_ssize_t *lengths, int n, char **data)
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

/* ---- chunks ----------------------------------------------------------------------------------------------------- */

enum { SPACE = 1, LINE_END = 2, COUNTED_END = 4, PARAGRAPH_END = 8 };

typedef struct {
    uint64_t hash;
    int64_t number; /* -1: a free place */
} Place;

typedef struct {
    PyObject_HEAD
    PyObject *strings; /* the list of all strings, by number */
    PyObject *classes; /* bytes: what each code point up to the last white space is */
    Place *places;
    size_t n_places; /* a power of two */
} Numbers;

static uint64_t mixed(uint64_t hash)
{
    hash ^= hash >> 32;
    hash *= 0x9E3779B97F4A7C15u;
    return hash ^ hash >> 29;
}

static inline uint64_t with_code(uint64_t hash, uint32_t code) { return (hash ^ code) * 0x100000001B3u; }

#define HASH_BEGIN 0xCBF29CE484222325u

static uint64_t hash_of(int kind, const void *data, Py_ssize_t begin, Py_ssize_t end)
{
    uint64_t hash = HASH_BEGIN;
    for (Py_ssize_t i = begin; i < end; i++)
        hash = with_code(hash, PyUnicode_READ(kind, data, i));
    return mixed(hash);
}

static int same_string(PyObject *string, int kind, const void *data, Py_ssize_t begin, Py_ssize_t length)
{
    if (PyUnicode_GET_LENGTH(string) != length)
        return 0;
    int own_kind = PyUnicode_KIND(string);
    const void *own = PyUnicode_DATA(string);
    if (own_kind == kind)
        return !memcmp(own, (const char *)data + begin * kind, (size_t)(length * kind));
    for (Py_ssize_t i = 0; i < length; i++)
        if (PyUnicode_READ(own_kind, own, i) != PyUnicode_READ(kind, data, begin + i))
            return 0;
    return 1;
}

static int enlarge(Numbers *self)
{
    size_t n = self->n_places ? self->n_places * 2 : 1024;
    Place *places = PyMem_Malloc(n * sizeof(Place));
    if (!places) {
        PyErr_NoMemory();
        return -1;
    }
    for (size_t i = 0; i < n; i++)
        places[i].number = -1;
    for (size_t i = 0; i < self->n_places; i++) {
        if (self->places[i].number < 0)
            continue;
        size_t at = self->places[i].hash & (n - 1);
        while (places[at].number >= 0)
            at = (at + 1) & (n - 1);
        places[at] = self->places[i];
    }
    PyMem_Free(self->places);
    self->places = places;
    self->n_places = n;
    return 0;
}

/* Return the number of a stretch of a string, which is added where it is new; -1 is an error. */
static int64_t number_of(Numbers *self, PyObject *text, int kind, const void *data, Py_ssize_t begin, Py_ssize_t end,
                         uint64_t hash)
{
    size_t at = hash & (self->n_places - 1);
    while (self->places[at].number >= 0) {
        if (self->places[at].hash == hash
            && same_string(PyList_GET_ITEM(self->strings, self->places[at].number), kind, data, begin, end - begin))
            return self->places[at].number;
        at = (at + 1) & (self->n_places - 1);
    }
    int64_t number = PyList_GET_SIZE(self->strings);
    PyObject *string = PyUnicode_Substring(text, begin, end);
    if (!string || PyList_Append(self->strings, string) < 0) {
        Py_XDECREF(string);
        return -1;
    }
    Py_DECREF(string);
    self->places[at].hash = hash;
    self->places[at].number = number;
    if ((size_t)number * 2 >= self->n_places && enlarge(self) < 0)
        return -1;
    return number;
}

static void numbers_dealloc(Numbers *self)
{
    PyTypeObject *type = Py_TYPE(self);
    Py_XDECREF(self->strings);
    Py_XDECREF(self->classes);
    PyMem_Free(self->places);
    type->tp_free((PyObject *)self);
    Py_DECREF(type);
}

static PyObject *numbers_new(PyTypeObject *type, PyObject *args, PyObject *keywords)
{
    PyObject *strings, *classes;
    if (!PyArg_ParseTuple(args, "O!S", &PyList_Type, &strings, &classes))
        return NULL;
    Numbers *self = (Numbers *)type->tp_alloc(type, 0);
    if (!self)
        return NULL;
    Py_INCREF(classes);
    self->classes = classes;
    Py_ssize_t n = PyList_GET_SIZE(strings);
    self->strings = PyList_New(0);
    while (self->strings && (self->n_places == 0 || (size_t)n * 2 >= self->n_places))
        if (enlarge(self) < 0)
            goto failed;
    for (Py_ssize_t i = 0; i < n; i++) {
        PyObject *string = PyList_GET_ITEM(strings, i);
        Py_ssize_t length = PyUnicode_GET_LENGTH(string);
        int kind = PyUnicode_KIND(string);
        const void *data = PyUnicode_DATA(string);
        if (number_of(self, string, kind, data, 0, length, hash_of(kind, data, 0, length)) < 0)
            goto failed;
    }
    Py_XDECREF(self->strings);
    Py_INCREF(strings);
    self->strings = strings; /* shared with the caller: both see what is added */
    return (PyObject *)self;
failed:
    Py_DECREF(self);
    return NULL;
}

/* cut(text, base) -> ids, start, end, owner, gap; see ChunkTable.cut. */
static PyObject *numbers_cut(Numbers *self, PyObject *const *args, Py_ssize_t n_args)
{
    if (!right_number(n_args, 2, "cut"))
        return NULL;
    PyObject *text = args[0];
    if (!PyUnicode_Check(text)) {
        PyErr_SetString(PyExc_TypeError, "cut: a string expected");
        return NULL;
    }
    Array base;
    if (borrow(args[1], &base, 8, 0, "base") < 0)
        return NULL;
    const int64_t *bases = DATA(int64_t, base);
    const int kind = PyUnicode_KIND(text);
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text), n_texts = base.n;
    const uint8_t *classes = (const uint8_t *)PyBytes_AS_STRING(self->classes);
    const uint32_t n_classes = (uint32_t)PyBytes_GET_SIZE(self->classes);
    Py_ssize_t n = 0;
    int inside = 0;
    for (Py_ssize_t i = 0; i < length; i++) {
        uint32_t code = PyUnicode_READ(kind, data, i);
        int space = code < n_classes && classes[code];
        n += !space && !inside;
        inside = !space;
    }
    char *out[5];
    const int sizes[5] = {4, 8, 8, 8, 1};
    const Py_ssize_t lengths[5] = {n, n, n, n, n};
    PyObject *found = make_arrays(sizes, lengths, 5, out);
    if (!found)
        goto done;
    int32_t *ids = (int32_t *)out[0];
    int64_t *starts = (int64_t *)out[1], *ends = (int64_t *)out[2], *owners = (int64_t *)out[3];
    uint8_t *gaps = (uint8_t *)out[4];
    Py_ssize_t i = 0, k = 0, owner = 0;
    while (k < n) {
        int any = 0, counted = 0, paragraph = 0;
        uint32_t code = 0, last = 0;
        for (; i < length; i++) {
            code = PyUnicode_READ(kind, data, i);
            int class = code < n_classes ? classes[code] : 0;
            if (!class)
                break;
            any |= class & LINE_END;
            paragraph |= class & PARAGRAPH_END;
            counted += (class & COUNTED_END) && !(code == '\n' && last == '\r');
            last = code;
        }
        Py_ssize_t begin = i;
        uint64_t hash = HASH_BEGIN;
        while (i < length && !(code < n_classes && classes[code])) {
            hash = with_code(hash, code);
            if (++i < length)
                code = PyUnicode_READ(kind, data, i);
        }
        int64_t number = number_of(self, text, kind, data, begin, i, mixed(hash));
        if (number < 0) {
            Py_CLEAR(found);
            break;
        }
        while (owner + 1 < n_texts && bases[owner + 1] <= begin)
            owner++;
        ids[k] = (int32_t)number;
        starts[k] = begin;
        ends[k] = i;
        owners[k] = owner;
        gaps[k++] = paragraph || counted > 1 ? 2 : any ? 1 : 0;
    }
done:
    PyBuffer_Release(&base.view);
    return found;
}

static PyMethodDef numbers_methods[] = {
    {"cut", (PyCFunction)(void (*)(void))numbers_cut, METH_FASTCALL, "Cut a text at white space and number its chunks."},
    {NULL, NULL, 0, NULL},
};

static PyType_Slot numbers_slots[] = {
    {Py_tp_new, numbers_new},
    {Py_tp_dealloc, numbers_dealloc},
    {Py_tp_methods, numbers_methods},
    {Py_tp_doc, "Numbers of the distinct chunks of texts, over a list of strings that it shares."},
    {0, NULL},
};

static PyType_Spec numbers_spec = {"framing._kernels.Numbers", sizeof(Numbers), 0, Py_TPFLAGS_DEFAULT, numbers_slots};

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* words(ids, start, owner, opens, base, first, inner_bounds, inner, is_word, length, marks, quote_bounds, quotes,
 *       fence, hyphen) -> word, start, end, glued, before, fenced, paragraph, mark_word, mark_kind, mark_paragraph,
 *       sentence; see framing.tokens._placed. */
static PyObject *words(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { IDS, START, OWNER, OPENS, BASE, FIRST, BOUNDS, INNER, IS_WORD, LENGTH, MARKS, Q_BOUNDS, QUOTES, N };
    static const int sizes[N] = {4, 8, 8, 1, 8, 8, 8, 4, 1, 4, 2, 8, 4};
    Array a[N];
    if (!right_number(n_args, N + 2, "words"))
        return NULL;
    const int fence = (int)PyLong_AsLong(args[N]), hyphen = (int)PyLong_AsLong(args[N + 1]);
    if (PyErr_Occurred() || borrow_all(args, a, sizes, N, "words") < 0)
        return NULL;
    PyObject *found = NULL;
    const Py_ssize_t n = a[IDS].n, n_types = a[IS_WORD].n;
    const int32_t *ids = DATA(int32_t, a[IDS]), *inner = DATA(int32_t, a[INNER]), *quotes = DATA(int32_t, a[QUOTES]);
    const int32_t *length = DATA(int32_t, a[LENGTH]);
    const int64_t *start = DATA(int64_t, a[START]), *owner = DATA(int64_t, a[OWNER]), *base = DATA(int64_t, a[BASE]);
    const int64_t *first = DATA(int64_t, a[FIRST]), *bounds = DATA(int64_t, a[BOUNDS]);
    const int64_t *q_bounds = DATA(int64_t, a[Q_BOUNDS]);
    const uint8_t *opens = DATA(uint8_t, a[OPENS]), *is_word = DATA(uint8_t, a[IS_WORD]);
    const int16_t *marks = DATA(int16_t, a[MARKS]);
    if (!same_length(a[START].n, n, "words") || !same_length(a[OWNER].n, n, "words")
        || !same_length(a[OPENS].n, n, "words") || !same_length(a[LENGTH].n, n_types, "words")
        || !same_length(a[MARKS].n, n_types, "words"))
        goto done;
    Py_ssize_t n_words = 0, n_marks = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        int32_t id = ids[i];
        for (int64_t j = bounds[id]; j < bounds[id + 1]; j++)
            n_words += is_word[inner[2 * j]];
        n_marks += q_bounds[id + 1] - q_bounds[id];
    }
    enum { O_WORD, O_START, O_END, O_GLUED, O_BEFORE, O_FENCED, O_PARAGRAPH, M_WORD, M_KIND, M_PARA, O_SENTENCE, O_N };
    char *out[O_N];
    const int out_sizes[O_N] = {4, 4, 4, 1, 2, 1, 4, 8, 4, 4, 4};
    const Py_ssize_t lengths[O_N] = {n_words, n_words, n_words, n_words, n_words, n_words,
                                     n_words, n_marks, n_marks, n_marks, n_words};
    found = make_arrays(out_sizes, lengths, O_N, out);
    if (!found)
        goto done;
    int32_t *o_word = (int32_t *)out[O_WORD], *o_start = (int32_t *)out[O_START], *o_end = (int32_t *)out[O_END];
    int32_t *o_paragraph = (int32_t *)out[O_PARAGRAPH], *o_sentence = (int32_t *)out[O_SENTENCE];
    int32_t *m_kind = (int32_t *)out[M_KIND], *m_paragraph = (int32_t *)out[M_PARA];
    int16_t *o_before = (int16_t *)out[O_BEFORE];
    uint8_t *o_glued = (uint8_t *)out[O_GLUED], *o_fenced = (uint8_t *)out[O_FENCED];
    int64_t *m_word = (int64_t *)out[M_WORD];
    Py_ssize_t k = 0, m = 0, next_first = 0, n_first = a[FIRST].n;
    int64_t paragraph = -1, last_end = -1, last_owner = -1;
    int32_t sentence = -1, last_sentence = -1;
    int before = 0, n_between = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        const int32_t id = ids[i];
        const Py_ssize_t k_here = k;
        paragraph += opens[i];
        if (next_first < n_first && first[next_first] == i) {
            sentence++;
            next_first++;
        }
        if (owner[i] != last_owner) { /* what stood before the end of another text is nothing to a word of this one */
            before = 0;
            last_owner = owner[i];
        }
        for (int64_t j = bounds[id]; j < bounds[id + 1]; j++) {
            const int32_t type = inner[2 * j];
            if (!is_word[type]) {
                before |= marks[type];
                n_between++;
                continue;
            }
            const int64_t begin = start[i] + inner[2 * j + 1];
            const int same = k > 0 && sentence == last_sentence;
            o_word[k] = type;
            o_start[k] = (int32_t)(begin - base[owner[i]]);
            o_end[k] = o_start[k] + length[type];
            o_glued[k] = same && n_between == 1 && begin - last_end == 1 && (before & hyphen);
            o_before[k] = (int16_t)before;
            o_fenced[k] = (before & fence) || !same;
            o_paragraph[k] = (int32_t)(paragraph + owner[i]);
            o_sentence[k++] = sentence;
            last_end = begin + length[type];
            last_sentence = sentence;
            before = n_between = 0;
        }
        for (int64_t j = q_bounds[id]; j < q_bounds[id + 1]; j++) {
            Py_ssize_t ahead = k_here;
            while (ahead < k && o_start[ahead] + base[owner[i]] < start[i] + quotes[2 * j + 1])
                ahead++;
            m_word[m] = ahead;
            m_kind[m] = quotes[2 * j];
            m_paragraph[m++] = (int32_t)(paragraph + owner[i]);
        }
    }
done:
    give_back(a, N);
    return found;
}

/* names(word, start, end, sentence, article, capital, gap, found): mark the words that are names; see
 * framing.names.names. */
static PyObject *names(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { WORD, START, END, SENTENCE, ARTICLE, CAPITAL, FOUND, N };
    static const int sizes[N] = {4, 4, 4, 4, 4, 1, -1};
    Array a[N];
    if (!right_number(n_args, N + 1, "names"))
        return NULL;
    const int gap = (int)PyLong_AsLong(args[N]);
    if (PyErr_Occurred() || borrow_all(args, a, sizes, N, "names") < 0)
        return NULL;
    const Py_ssize_t n = a[WORD].n;
    const int32_t *word = DATA(int32_t, a[WORD]), *start = DATA(int32_t, a[START]), *end = DATA(int32_t, a[END]);
    const int32_t *sentence = DATA(int32_t, a[SENTENCE]), *article = DATA(int32_t, a[ARTICLE]);
    const uint8_t *capital = DATA(uint8_t, a[CAPITAL]);
    uint8_t *found = DATA(uint8_t, a[FOUND]);
    int32_t *named_in = NULL; /* the last article, counted from 1, in which a type was surely a name */
    int ok = 1;
    for (int i = START; ok && i < N; i++)
        ok = i == CAPITAL || same_length(a[i].n, n, "names");
    if (ok && !(named_in = PyMem_Calloc((size_t)a[CAPITAL].n + 1, sizeof(int32_t)))) {
        PyErr_NoMemory();
        ok = 0;
    }
    Py_ssize_t next = 0;
    for (Py_ssize_t i = 0; ok && i < n; i = next) {
        for (next = i; next < n && article[next] == article[i]; next++) {
            const int opens = next == 0 || sentence[next] != sentence[next - 1] || start[next] - end[next - 1] >= gap;
            found[next] = capital[word[next]] && !opens;
            if (found[next])
                named_in[word[next]] = article[i] + 1;
        }
        for (Py_ssize_t j = i; j < next; j++)
            found[j] = capital[word[j]] && named_in[word[j]] == article[i] + 1;
    }
    PyMem_Free(named_in);
    give_back(a, N);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- counts ----------------------------------------------------------------------------------------------------- */

/* counts(word, glued, sentence, article, name, syllables, letters, familiar, listed, hard, polysyllable, long, mini,
 *        sample, found): count whole words by sentence; see framing.counts.published. */
static PyObject *counts(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { WORD, GLUED, SENTENCE, ARTICLE, NAME, SYLLABLES, LETTERS, FAMILIAR, LISTED, HARD, FOUND, N };
    enum { WORDS, C_SYLLABLES, C_LETTERS, POLYSYLLABLES, UNFAMILIAR, COMPLEX, LONG, MINI, POINTS, SAMPLED, N_COUNTS };
    static const int sizes[N] = {4, 1, 4, 4, 1, 8, 8, 1, 1, 1, -8};
    Array a[N];
    if (!right_number(n_args, N + 4, "counts"))
        return NULL;
    const long polysyllable = PyLong_AsLong(args[N]), long_word = PyLong_AsLong(args[N + 1]);
    const long mini_word = PyLong_AsLong(args[N + 2]), sample = PyLong_AsLong(args[N + 3]);
    if (PyErr_Occurred() || borrow_all(args, a, sizes, N, "counts") < 0)
        return NULL;
    const Py_ssize_t n = a[WORD].n, n_sentences = a[FOUND].n / N_COUNTS;
    const int32_t *word = DATA(int32_t, a[WORD]), *sentence = DATA(int32_t, a[SENTENCE]);
    const int32_t *article = DATA(int32_t, a[ARTICLE]);
    const uint8_t *glued = DATA(uint8_t, a[GLUED]), *name = DATA(uint8_t, a[NAME]);
    const int64_t *syllables = DATA(int64_t, a[SYLLABLES]), *letters = DATA(int64_t, a[LETTERS]);
    const uint8_t *familiar = DATA(uint8_t, a[FAMILIAR]), *listed = DATA(uint8_t, a[LISTED]);
    const uint8_t *hard = DATA(uint8_t, a[HARD]);
    double *found = DATA(double, a[FOUND]);
    int ok = 1;
    for (int i = GLUED; ok && i <= NAME; i++)
        ok = same_length(a[i].n, n, "counts");
    Py_ssize_t place = 0;
    int32_t last_article = -1;
    for (Py_ssize_t i = 0, next; ok && i < n; i = next) {
        long n_syllables = 0, n_letters = 0;
        int unfamiliar = 0, complex = 0;
        for (next = i; next == i || (next < n && glued[next]); next++) {
            const int32_t type = word[next];
            n_syllables += syllables[type];
            n_letters += letters[type];
            unfamiliar |= !familiar[type] || (name[next] && !listed[type]);
            complex |= hard[type] && !name[next];
        }
        place = article[i] == last_article ? place + 1 : 0;
        last_article = article[i];
        const int many = n_syllables >= polysyllable, sampled = place < sample;
        const int64_t of_word[N_COUNTS] = {1, n_syllables, n_letters, many, unfamiliar, complex,
                                           n_letters >= long_word, n_letters <= mini_word,
                                           sampled ? 1 + 2 * many : 0, sampled};
        for (int k = 0; k < N_COUNTS; k++)
            found[k * n_sentences + sentence[i]] += (double)of_word[k];
    }
    give_back(a, N);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

/* windows(norm, sentence, bounds, n_norms, window, types, windows): count the types of all windows of so many words
 * by the sentence in which they end; see framing.extractors.style.windows_by_sentence. */
static PyObject *windows(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { NORM, SENTENCE, BOUNDS, TYPES, WINDOWS, N };
    static const int sizes[N] = {4, 4, 8, -8, -8};
    Array a[N];
    if (!right_number(n_args, N + 2, "windows"))
        return NULL;
    const Py_ssize_t n_norms = PyLong_AsSsize_t(args[N]), window = PyLong_AsSsize_t(args[N + 1]);
    if (PyErr_Occurred() || borrow_all(args, a, sizes, N, "windows") < 0)
        return NULL;
    const int32_t *norm = DATA(int32_t, a[NORM]), *sentence = DATA(int32_t, a[SENTENCE]);
    const int64_t *bounds = DATA(int64_t, a[BOUNDS]);
    double *types = DATA(double, a[TYPES]), *n_windows = DATA(double, a[WINDOWS]);
    int ok = same_length(a[SENTENCE].n, a[NORM].n, "windows") && same_length(a[WINDOWS].n, a[TYPES].n, "windows");
    int64_t *last = NULL; /* where a word stood last, plus one */
    if (ok && !(last = PyMem_Calloc((size_t)n_norms + 1, sizeof(int64_t)))) {
        PyErr_NoMemory();
        ok = 0;
    }
    for (Py_ssize_t k = 0; ok && k + 1 < a[BOUNDS].n; k++) {
        const int64_t begin = bounds[k], end = bounds[k + 1];
        int64_t distinct = 0;
        for (int64_t i = begin; i < end; i++) {
            const int64_t out = i - window; /* the word that the window leaves behind */
            const int64_t opens = out + 1 > begin ? out + 1 : begin;
            if (out >= begin && last[norm[out]] == out + 1 && norm[out] != norm[i])
                distinct--;
            distinct += last[norm[i]] - 1 < opens && !(out >= begin && norm[out] == norm[i] && last[norm[i]] == out + 1);
            last[norm[i]] = i + 1;
            if (i - begin + 1 >= window) {
                types[sentence[i]] += (double)distinct;
                n_windows[sentence[i]] += 1.0;
            }
        }
    }
    PyMem_Free(last);
    give_back(a, N);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

/* ---- models ----------------------------------------------------------------------------------------------------- */

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

static inline void add_rows(float *total, Py_ssize_t k, const float *table, Py_ssize_t n_rows, const void *codes,
                            Py_ssize_t itemsize, Py_ssize_t begin, Py_ssize_t end)
{
    for (Py_ssize_t i = begin; i < end; i++) {
        int64_t code = code_at(codes, itemsize, i);
        code = code < 0 ? 0 : code >= n_rows ? n_rows - 1 : code;
        for (Py_ssize_t j = 0; j < k; j++)
            total[i * k + j] += table[code * k + j];
    }
}

/* add_up(total, codes, tables): add the rows of tables that codes point at; see framing.voice.context.score. */
static PyObject *add_up(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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
    }
    float *sums = DATA(float, total);
    for (Py_ssize_t begin = 0; ok && begin < n_rows; begin += BLOCK) {
        const Py_ssize_t end = begin + BLOCK < n_rows ? begin + BLOCK : n_rows;
        for (int i = 0; i < n; i++) {
            const Array *codes = &a[2 * i], *table = &a[2 * i + 1];
            const Py_ssize_t rows = table->n / k, size = codes->view.itemsize;
            if (k == 6 && size == 8)
                add_rows(sums, 6, table->view.buf, rows, codes->view.buf, 8, begin, end);
            else if (k == 6 && size == 4)
                add_rows(sums, 6, table->view.buf, rows, codes->view.buf, 4, begin, end);
            else if (k == 4 && size == 8)
                add_rows(sums, 4, table->view.buf, rows, codes->view.buf, 8, begin, end);
            else if (k == 4 && size == 4)
                add_rows(sums, 4, table->view.buf, rows, codes->view.buf, 4, begin, end);
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

/* passes(here, junctions, moves, bounds, forward, backward, scale): the messages of a chain; see
 * framing.voice.chain.passes. */
static PyObject *passes(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { HERE, JUNCTIONS, MOVES, BOUNDS, FORWARD, BACKWARD, SCALE, N, MOST = 16 };
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
    if (ok && k > MOST) {
        PyErr_SetString(PyExc_ValueError, "passes: too many states");
        ok = 0;
    }
    for (Py_ssize_t c = 0; ok && c + 1 < a[BOUNDS].n; c++) {
        for (int64_t t = bounds[c]; t < bounds[c + 1]; t++) {
            float message[MOST], came[MOST], total = 0;
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
            float coming[MOST];
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
    give_back(a, N);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
}

static PyMethodDef methods[] = {
    {"words", (PyCFunction)(void (*)(void))words, METH_FASTCALL, "Place the words of chunks."},
    {"names", (PyCFunction)(void (*)(void))names, METH_FASTCALL, "Mark names."},
    {"counts", (PyCFunction)(void (*)(void))counts, METH_FASTCALL, "Count whole words by sentence."},
    {"windows", (PyCFunction)(void (*)(void))windows, METH_FASTCALL, "Count types in windows by sentence."},
    {"add_up", (PyCFunction)(void (*)(void))add_up, METH_FASTCALL, "Add up rows of tables."},
    {"passes", (PyCFunction)(void (*)(void))passes, METH_FASTCALL, "Pass messages along chains."},
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
