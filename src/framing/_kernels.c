/* The loops that numpy cannot fuse: each does in one pass what its twin in Python does in several, with the same
 * result to the last bit. The package works without this file's module; see framing/kernels.py.
 *
 * Arrays come and go as buffers, so that nothing but Python's own headers is needed to build it. What Python hands
 * over is checked for its item size and length only: the callers own the meaning.
 */
#define PY_SSIZE_T_CLEAN
#include <Python.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Loops over the characters of a string are compiled once for each width of them. */
#if defined(__GNUC__)
#define FOR_EACH_WIDTH static inline __attribute__((always_inline))
#elif defined(_MSC_VER)
#define FOR_EACH_WIDTH static __forceinline
#else
#define FOR_EACH_WIDTH static inline
#endif

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

/* A short chunk of narrow characters is known by its characters, which fit the key; any other by a hash of them, and
 * is compared with its string. */
typedef struct {
    uint64_t key;
    int32_t number; /* -1: a free place */
    int32_t length; /* of a short chunk, else 0 */
} Place;

enum { SHORT = 8 };

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

/* The key of a chunk, taken in character by character. */
typedef struct {
    uint64_t packed, hash;
    uint32_t wide;
} Key;

#define NEW_KEY ((Key){0, 0xCBF29CE484222325u, 0})

static inline void take_in(Key *key, uint32_t code)
{
    key->packed = key->packed << 8 | (code & 0xFF);
    key->hash = (key->hash ^ code) * 0x100000001B3u;
    key->wide |= code;
}

static inline Place place_of(const Key *key, Py_ssize_t length)
{
    if (length <= SHORT && key->wide < 0x100)
        return (Place){key->packed, -1, (int32_t)length};
    return (Place){key->hash, -1, 0};
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
        size_t at = mixed(self->places[i].key) & (n - 1);
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
FOR_EACH_WIDTH int32_t number_of(Numbers *self, PyObject *text, int kind, const void *data, Py_ssize_t begin,
                                Py_ssize_t end, const Key *key)
{
    Place place = place_of(key, end - begin);
    size_t at = mixed(place.key) & (self->n_places - 1);
    for (const Place *met; (met = &self->places[at])->number >= 0; at = (at + 1) & (self->n_places - 1)) {
        if (met->key == place.key && met->length == place.length
            && (place.length
                || same_string(PyList_GET_ITEM(self->strings, met->number), kind, data, begin, end - begin)))
            return met->number;
    }
    place.number = (int32_t)PyList_GET_SIZE(self->strings);
    PyObject *string = PyUnicode_Substring(text, begin, end);
    if (!string || PyList_Append(self->strings, string) < 0) {
        Py_XDECREF(string);
        return -1;
    }
    Py_DECREF(string);
    self->places[at] = place;
    if ((size_t)place.number * 2 >= self->n_places && enlarge(self) < 0)
        return -1;
    return place.number;
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
        const int kind = PyUnicode_KIND(string);
        const void *data = PyUnicode_DATA(string);
        Key key = NEW_KEY;
        for (Py_ssize_t k = 0; k < length; k++)
            take_in(&key, PyUnicode_READ(kind, data, k));
        if (number_of(self, string, kind, data, 0, length, &key) < 0)
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

typedef struct {
    int32_t *ids, *start, *end, *owner;
    uint8_t *gap;
} Cut;

/* Cut a text of which the characters have a known width, and return the number of chunks, or -1. */
FOR_EACH_WIDTH Py_ssize_t cut_text(Numbers *self, PyObject *text, const int kind, const Array *base, Cut *out)
{
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text), n_texts = base->n;
    const int64_t *bases = DATA(int64_t, *base);
    const uint8_t *classes = (const uint8_t *)PyBytes_AS_STRING(self->classes);
    const uint32_t n_classes = (uint32_t)PyBytes_GET_SIZE(self->classes);
    Py_ssize_t i = 0, owner = 0, k = 0;
    for (;; k++) {
        int any = 0, counted = 0, paragraph = 0;
        uint32_t last = 0;
        if (i + 1 < length && PyUnicode_READ(kind, data, i) == ' ' && PyUnicode_READ(kind, data, i + 1) > ' ')
            i++; /* most often */
        for (; i < length; i++) {
            const uint32_t code = PyUnicode_READ(kind, data, i);
            const int class = code < n_classes ? classes[code] : 0;
            if (!class)
                break;
            any |= class & LINE_END;
            paragraph |= class & PARAGRAPH_END;
            counted += (class & COUNTED_END) && !(code == '\n' && last == '\r');
            last = code;
        }
        if (i == length)
            return k;
        const Py_ssize_t begin = i;
        Key key = NEW_KEY;
        for (; i < length; i++) {
            const uint32_t code = PyUnicode_READ(kind, data, i);
            if (code - 0x21 >= 0x85 - 0x21 && code < n_classes && classes[code]) /* no white space is in this range */
                break;
            take_in(&key, code);
        }
        const int32_t number = number_of(self, text, kind, data, begin, i, &key);
        if (number < 0)
            return -1;
        while (owner + 1 < n_texts && bases[owner + 1] <= begin)
            owner++;
        out->ids[k] = number;
        out->start[k] = (int32_t)begin;
        out->end[k] = (int32_t)i;
        out->owner[k] = (int32_t)owner;
        out->gap[k] = paragraph || counted > 1 ? 2 : any ? 1 : 0;
    }
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
    char *data[5];
    const int sizes[5] = {4, 4, 4, 4, 1};
    const Py_ssize_t most = PyUnicode_GET_LENGTH(text) / 2 + 1; /* one character, one space, and so on */
    const Py_ssize_t lengths[5] = {most, most, most, most, most};
    PyObject *found = make_arrays(sizes, lengths, 5, data);
    Py_ssize_t n = -1;
    if (found) {
        Cut out = {(int32_t *)data[0], (int32_t *)data[1], (int32_t *)data[2], (int32_t *)data[3], (uint8_t *)data[4]};
        switch (PyUnicode_KIND(text)) {
        case PyUnicode_1BYTE_KIND:
            n = cut_text(self, text, PyUnicode_1BYTE_KIND, &base, &out);
            break;
        case PyUnicode_2BYTE_KIND:
            n = cut_text(self, text, PyUnicode_2BYTE_KIND, &base, &out);
            break;
        default:
            n = cut_text(self, text, PyUnicode_4BYTE_KIND, &base, &out);
        }
    }
    for (int i = 0; n >= 0 && i < 5; i++)
        if (PyByteArray_Resize(PyTuple_GET_ITEM(found, i), n * sizes[i]) < 0)
            n = -1;
    if (n < 0)
        Py_CLEAR(found);
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

/* ---- layout ----------------------------------------------------------------------------------------------------- */

static int is_one_of(uint32_t code, PyObject *characters)
{
    const int kind = PyUnicode_KIND(characters);
    const void *data = PyUnicode_DATA(characters);
    const Py_ssize_t n = PyUnicode_GET_LENGTH(characters);
    for (Py_ssize_t i = 0; i < n; i++)
        if (PyUnicode_READ(kind, data, i) == code)
            return 1;
    return 0;
}

/* Tell whether a line may begin with an enumerator ("(iv) ", "3. ", "- "), by what every enumerator holds. */
FOR_EACH_WIDTH int may_be_enumerated(const int kind, const void *data, Py_ssize_t at, Py_ssize_t length)
{
    enum { LONGEST = 5 }; /* characters of an enumerator before its "." or ")" */
    const uint32_t head = PyUnicode_READ(kind, data, at);
    if (head >= 0x80)
        return head != 0x201C; /* most often a quotation mark */
    if (head == '*' || head == '-')
        return 1;
    if (head != '(' && !(head >= '0' && head <= '9') && !((head | 0x20) >= 'a' && (head | 0x20) <= 'z'))
        return 0;
    for (Py_ssize_t i = at + 1; i < length && i <= at + LONGEST; i++) {
        const uint32_t code = PyUnicode_READ(kind, data, i);
        if (code == '.' || code == ')')
            return 1;
    }
    return 0;
}

static int add_span(PyObject *spans, Py_ssize_t start, Py_ssize_t end)
{
    PyObject *span = Py_BuildValue("(nn)", start, end);
    const int failed = !span || PyList_Append(spans, span) < 0;
    Py_XDECREF(span);
    return failed;
}

/* Find the paragraphs of a text; returns whether a line may begin with an enumerator, or -1. */
FOR_EACH_WIDTH int find_paragraphs(PyObject *text, const int kind, PyObject *classes, PyObject *finishers,
                                   Py_ssize_t limit, PyObject *spans)
{
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    const uint8_t *class_of = (const uint8_t *)PyBytes_AS_STRING(classes);
    const uint32_t n_classes = (uint32_t)PyBytes_GET_SIZE(classes);
    int doubtful = 0, full = 0, ends = 0, parted = 0; /* line ends since the paragraph at hand, and whether they part */
    Py_ssize_t start = -1, end = 0; /* of the paragraph at hand */
    for (Py_ssize_t from = 0, to; from < length; from = to + 1) {
        uint32_t code = 0;
        int class = 0;
        for (to = from; to < length; to++) {
            code = PyUnicode_READ(kind, data, to);
            if (code > 0x1E && code != 0x85 && (code & ~1u) != 0x2028)
                continue;
            class = code < n_classes ? class_of[code] : 0;
            if (class & LINE_END)
                break;
            if (class) /* what parts lines for Python, and nothing here: looked at below by Python */
                doubtful |= code >= 0x1C;
        }
        Py_ssize_t first = from, last = to;
#define IS_SPACE(at) (PyUnicode_READ(kind, data, at) < n_classes && class_of[PyUnicode_READ(kind, data, at)])
        while (first < last && IS_SPACE(first))
            first++;
        while (last > first && IS_SPACE(last - 1))
            last--;
        if (first < last) {
            doubtful |= may_be_enumerated(kind, data, first, length);
            if (!full) {
                if (start < 0 || ends > 1 || parted
                    || is_one_of(PyUnicode_READ(kind, data, end - 1), finishers)) {
                    if (start >= 0 && add_span(spans, start, end))
                        return -1;
                    full = limit >= 0 && PyList_GET_SIZE(spans) >= limit;
                    start = first;
                }
                end = last;
            }
            ends = parted = 0;
        }
        if (to < length) {
            ends += (class & COUNTED_END) && !(code == '\n' && to > 0 && PyUnicode_READ(kind, data, to - 1) == '\r');
            parted |= class & PARAGRAPH_END;
        }
    }
#undef IS_SPACE
    if (!full && start >= 0 && (limit < 0 || PyList_GET_SIZE(spans) < limit) && add_span(spans, start, end))
        return -1;
    return doubtful;
}

/* paragraphs(text, classes, finishers, limit) -> spans, doubtful; see framing.layout.paragraphs. */
static PyObject *paragraphs(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    if (!right_number(n_args, 4, "paragraphs"))
        return NULL;
    if (!PyUnicode_Check(args[0]) || !PyBytes_Check(args[1]) || !PyUnicode_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "paragraphs: a string, bytes and a string expected");
        return NULL;
    }
    const Py_ssize_t limit = PyLong_AsSsize_t(args[3]);
    PyObject *spans = PyErr_Occurred() ? NULL : PyList_New(0);
    if (!spans)
        return NULL;
    int doubtful;
    switch (PyUnicode_KIND(args[0])) {
    case PyUnicode_1BYTE_KIND:
        doubtful = find_paragraphs(args[0], PyUnicode_1BYTE_KIND, args[1], args[2], limit, spans);
        break;
    case PyUnicode_2BYTE_KIND:
        doubtful = find_paragraphs(args[0], PyUnicode_2BYTE_KIND, args[1], args[2], limit, spans);
        break;
    default:
        doubtful = find_paragraphs(args[0], PyUnicode_4BYTE_KIND, args[1], args[2], limit, spans);
    }
    if (doubtful < 0) {
        Py_DECREF(spans);
        return NULL;
    }
    return Py_BuildValue("(NN)", spans, PyBool_FromLong(doubtful));
}

/* ---- words ------------------------------------------------------------------------------------------------------ */

/* words(ids, start, owner, opens, base, first, inner_bounds, inner, is_word, length, marks, quote_bounds, quotes,
 *       fence, hyphen) -> word, start, end, glued, before, fenced, paragraph, mark_word, mark_kind, mark_paragraph,
 *       sentence; see framing.tokens._placed. */
static PyObject *words(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { IDS, START, OWNER, OPENS, BASE, FIRST, BOUNDS, INNER, IS_WORD, LENGTH, MARKS, Q_BOUNDS, QUOTES, N };
    static const int sizes[N] = {4, 4, 4, 1, 8, 8, 8, 4, 1, 4, 2, 8, 4};
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
    const int32_t *start = DATA(int32_t, a[START]), *owner = DATA(int32_t, a[OWNER]);
    const int64_t *base = DATA(int64_t, a[BASE]);
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
            const int64_t begin = (int64_t)start[i] + inner[2 * j + 1];
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

/* counts(word, glued, sentence, article, name, facts, found, polysyllable, long, mini, sample): count whole words by sentence; see framing.counts.published. */
static PyObject *counts(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { WORD, GLUED, SENTENCE, ARTICLE, NAME, FACTS, FOUND, N };
    enum { SYLLABLES, LETTERS, FAMILIAR, LISTED, HARD, N_FACTS };
    enum { WORDS, C_SYLLABLES, C_LETTERS, POLYSYLLABLES, UNFAMILIAR, COMPLEX, LONG, MINI, POINTS, SAMPLED, N_COUNTS };
    static const int sizes[N] = {4, 1, 4, 4, 1, 4, -8};
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
    const int32_t *facts = DATA(int32_t, a[FACTS]);
    double *found = DATA(double, a[FOUND]);
    int ok = 1;
    for (int i = GLUED; ok && i <= NAME; i++)
        ok = same_length(a[i].n, n, "counts");
    Py_ssize_t place = 0;
    int32_t last_article = -1;
    int64_t of_sentence[N_COUNTS] = {0};
    for (Py_ssize_t i = 0, next; ok && i < n; i = next) {
        long n_syllables = 0, n_letters = 0;
        int unfamiliar = 0, complex = 0;
        for (next = i; next == i || (next < n && glued[next]); next++) {
            const int32_t *type = facts + N_FACTS * (Py_ssize_t)word[next];
            n_syllables += type[SYLLABLES];
            n_letters += type[LETTERS];
            unfamiliar |= (!type[FAMILIAR]) | (name[next] & !type[LISTED]); /* without a jump */
            complex |= type[HARD] & !name[next];
        }
        place = article[i] == last_article ? place + 1 : 0;
        last_article = article[i];
        const int many = n_syllables >= polysyllable, sampled = place < sample;
        of_sentence[WORDS]++;
        of_sentence[C_SYLLABLES] += n_syllables;
        of_sentence[C_LETTERS] += n_letters;
        of_sentence[POLYSYLLABLES] += many;
        of_sentence[UNFAMILIAR] += unfamiliar;
        of_sentence[COMPLEX] += complex;
        of_sentence[LONG] += n_letters >= long_word;
        of_sentence[MINI] += n_letters <= mini_word;
        of_sentence[POINTS] += sampled * (1 + 2 * many);
        of_sentence[SAMPLED] += sampled;
        if (next == n || sentence[next] != sentence[i]) {
            for (int k = 0; k < N_COUNTS; k++)
                found[k * n_sentences + sentence[i]] += (double)of_sentence[k];
            memset(of_sentence, 0, sizeof of_sentence);
        }
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

/* ---- features of the voice model -------------------------------------------------------------------------------- */

/* The arrays of framing.voice.context.Context, by word; FIRST and LAST are those of the sentence. */
enum { C_CODE, C_CUE, C_KIND, C_FIRST, C_LAST, C_BITS, C_QUOTED, C_CAPITAL, N_CONTEXT };
static const int context_sizes[N_CONTEXT] = {4, 4, 4, 4, 4, 4, 1, 1};

typedef struct {
    const int32_t *code, *cue, *kind, *first, *last, *bits;
    const uint8_t *quoted, *capital;
    Py_ssize_t n;
    int32_t n_words; /* codes of words */
} Context;

static int context_of(PyObject *const *objects, Array *a, Context *c, const char *name)
{
    if (borrow_all(objects, a, context_sizes, N_CONTEXT, name) < 0)
        return -1;
    *c = (Context){
        DATA(int32_t, a[C_CODE]), DATA(int32_t, a[C_CUE]), DATA(int32_t, a[C_KIND]), DATA(int32_t, a[C_FIRST]),
        DATA(int32_t, a[C_LAST]), DATA(int32_t, a[C_BITS]), DATA(uint8_t, a[C_QUOTED]), DATA(uint8_t, a[C_CAPITAL]),
        a[C_CODE].n, 0,
    };
    for (int i = 0; i < N_CONTEXT; i++) {
        if (!same_length(a[i].n, c->n, name)) {
            give_back(a, N_CONTEXT);
            return -1;
        }
    }
    return 0;
}

enum { N_CLASSED = 64 }; /* distances from here on are of the last class */

/* What framing.voice.context knows of its codes, in the order in which it hands them over. */
typedef struct {
    int32_t n_words, bits, breaks, pauses, quote, n_distances, n_chances;
    const double *steps;
    double cue_at;
    uint8_t class_of[N_CLASSED]; /* of distances */
} Codes;

static int codes_of(PyObject *object, Codes *codes, Array *a)
{
    PyObject *distances, *steps;
    if (!PyTuple_Check(object)
        || !PyArg_ParseTuple(object, "iiiiiOOd", &codes->n_words, &codes->bits, &codes->breaks, &codes->pauses, &codes->quote,
                             &distances, &steps, &codes->cue_at))
        return -1;
    PyObject *both[2] = {distances, steps};
    static const int sizes[2] = {8, 8};
    if (borrow_all(both, a, sizes, 2, "codes") < 0)
        return -1;
    const int64_t *bounds = DATA(int64_t, a[0]);
    for (int64_t words = 0, k = 0; words < N_CLASSED; words++) {
        while (k < a[0].n && bounds[k] <= words)
            k++;
        codes->class_of[words] = (uint8_t)k;
    }
    codes->steps = DATA(double, a[1]);
    codes->n_distances = (int32_t)a[0].n + 1;
    codes->n_chances = (int32_t)a[1].n + 1;
    return 0;
}

static inline int32_t at_most(int64_t value, int32_t most) { return value < most ? (int32_t)value : most; }

static inline int32_t distance_code(const Codes *codes, int64_t words)
{
    return codes->class_of[at_most(words, N_CLASSED - 1)];
}

/* Without a jump: the processor cannot guess how far a search would go. */
static inline int32_t chance_code(const Codes *codes, float chance)
{
    int32_t k = 0;
    for (int32_t i = 0; i < codes->n_chances - 1; i++)
        k += codes->steps[i] < (double)chance;
    return k;
}

/* Rows of codes are written a block at a time: a column each would keep as many places of the memory open at once. */
enum { BLOCK_ROWS = 264, MOST_FEATURES = 40 };

typedef struct {
    int16_t codes[MOST_FEATURES][BLOCK_ROWS];
    Py_ssize_t n; /* rows held */
} Block;

static inline void take_row(Block *block, const int32_t *codes, int n_features)
{
    for (int k = 0; k < n_features; k++)
        block->codes[k][block->n] = (int16_t)codes[k];
    block->n++;
}

/* Write the rows held, of which the last is row `end` - 1 of `n_rows`. */
static void write_block(Block *block, int16_t *out, int n_features, Py_ssize_t end, Py_ssize_t n_rows)
{
    for (int k = 0; k < n_features; k++)
        memcpy(out + k * n_rows + end - block->n, block->codes[k], (size_t)block->n * sizeof(int16_t));
    block->n = 0;
}

/* The value so many words on, or `nowhere` beyond the sentence. */
#define AT(values, here, step, first, last, nowhere)                                                                   \
    ((here) + (step) >= (first) && (here) + (step) <= (last) ? (int32_t)(values)[(here) + (step)] : (nowhere))

/* cue_codes(context..., candidates, ending, often, codes, out): the codes of framing.voice.cue_features. */
static PyObject *cue_codes(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { CANDIDATES, ENDING, OFTEN, OUT, N, N_FEATURES = 30 };
    static const int sizes[N] = {4, 1, 4, -2};
    Array in_context[N_CONTEXT], a[N], in_codes[2];
    Context c;
    Codes codes;
    if (!right_number(n_args, N_CONTEXT + 5, "cue_codes") || codes_of(args[N_CONTEXT + N], &codes, in_codes) < 0)
        return NULL;
    if (context_of(args, in_context, &c, "cue_codes") < 0)
        goto no_context;
    if (borrow_all(args + N_CONTEXT, a, sizes, N, "cue_codes") < 0)
        goto no_arrays;
    const int32_t *candidates = DATA(int32_t, a[CANDIDATES]), *often = DATA(int32_t, a[OFTEN]);
    const uint8_t *ending = DATA(uint8_t, a[ENDING]);
    const Py_ssize_t n = a[CANDIDATES].n;
    const int32_t nw = codes.n_words;
    int16_t *out = DATA(int16_t, a[OUT]);
    int ok = same_length(a[OUT].n, n * N_FEATURES, "cue_codes") && same_length(a[ENDING].n, c.n, "cue_codes");
    int32_t sentence = -1, n_quoted = 0, n_candidates = 0;
    Block block;
    block.n = 0;
    for (Py_ssize_t i = 0; ok && i < n; i++) {
        const int32_t h = candidates[i], first = c.first[h], last = c.last[h];
        if (first != sentence) {
            sentence = first;
            n_quoted = n_candidates = 0;
            for (int32_t w = first; w <= last; w++) {
                n_quoted += c.quoted[w];
                n_candidates += c.cue[w] + c.kind[w] > 0 && !c.quoted[w];
            }
        }
        int32_t begin = h, end = h, quoted_before = 0, candidates_before = 0;
        while (begin > first && !(c.bits[begin] & codes.breaks))
            begin--;
        while (end < last && !(c.bits[end + 1] & codes.breaks))
            end++;
        for (int32_t w = first; w < h; w++) {
            quoted_before += c.quoted[w];
            candidates_before += c.cue[w] + c.kind[w] > 0 && !c.quoted[w];
        }
        const int32_t quoted_after = n_quoted - quoted_before;
        const int32_t is_first = begin == first, is_last = end == last, edge = is_first * 2 + is_last;
        const int32_t after = is_last ? 0 : 1 + c.bits[end + 1];
        const int32_t next = AT(c.code, h, 1, first, last, 0);
        const int32_t paused = ((c.bits[h] & codes.breaks) > 0) * 2 + AT(c.capital, h, 1, first, last, 0);
        const int32_t before_quoted = h > first ? c.quoted[h - 1] + 1 : 0;
        const int32_t after_quoted = h < last ? c.quoted[h + 1] + 1 : 0;
        const int32_t of_row[N_FEATURES] = {
            AT(c.code, h, -4, first, last, 0),
            AT(c.code, h, -3, first, last, 0),
            AT(c.code, h, -2, first, last, 0),
            AT(c.code, h, -1, first, last, 0),
            next,
            AT(c.code, h, 2, first, last, 0),
            AT(c.code, h, 3, first, last, 0),
            AT(c.code, h, 4, first, last, 0),
            c.cue[h],
            c.kind[h] * 2 + (c.cue[h] > 0),
            c.kind[h] * nw + next,
            paused * nw + next,
            AT(c.bits, h, -1, first, last, codes.bits),
            c.bits[h],
            AT(c.bits, h, 2, first, last, codes.bits),
            h == last ? codes.bits + 1 : c.bits[h + 1],
            c.quoted[h] * 9 + before_quoted * 3 + after_quoted,
            (at_most(h - begin, 9) * 10 + at_most(end - h, 9)) * 4 + edge,
            c.cue[h] * 4 + edge,
            after * 2 + !is_first,
            is_first ? 0 : 1 + c.bits[begin],
            (quoted_before > 0) * 8 + (quoted_after > 0) * 4 + c.quoted[first] * 2 + c.quoted[last],
            distance_code(&codes, quoted_before) * codes.n_distances + distance_code(&codes, quoted_after),
            at_most(h - first, 15) * 16 + at_most(last - h, 15),
            at_most(candidates_before, 4) * 6 + at_most(n_candidates - candidates_before, 5),
            c.code[first],
            c.code[begin],
            AT(c.capital, h, -1, first, last, 2) * 9 + AT(c.capital, h, -2, first, last, 2) * 3
                + AT(c.capital, h, 1, first, last, 2),
            ending[h] * 12 + often[c.cue[h]],
            ending[h] * nw + AT(c.code, h, -1, first, last, 0),
        };
        take_row(&block, of_row, N_FEATURES);
        if (block.n == BLOCK_ROWS || i == n - 1)
            write_block(&block, out, N_FEATURES, i + 1, n);
    }
    give_back(a, N);
    give_back(in_context, N_CONTEXT);
    give_back(in_codes, 2);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
no_arrays:
    give_back(in_context, N_CONTEXT);
no_context:
    give_back(in_codes, 2);
    return NULL;
}

enum { QUOTED_NOT, QUOTED_IN_PART, QUOTED_IN_FULL };

/* What a sentence adds to the features of its segments. */
typedef struct {
    int32_t first, last; /* words */
    Py_ssize_t opening, closing; /* segments */
    int32_t quotes, top_after, top_before, brief, same, close;
} Sentence;

/* The nearest likely cue on one side of a segment, as in `_cues_near`. */
typedef struct {
    int there;
    Py_ssize_t near;
    int32_t place, n_pauses, far, quotes, cue;
} Near;

/* segment_codes(context..., first, last, before, after, cue, groups, sentence, article, paragraph, codes, out): the
 * codes of framing.voice.segment_features. `groups` holds bits of each word: first person, modal, negation; `article`
 * and `paragraph` are those of each sentence. */
static PyObject *segment_codes(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { HERE, END, BEFORE, AFTER, CUE, GROUPS, SENTENCE, ARTICLE, PARAGRAPH, OUT, N, N_FEATURES = 40 };
    enum { FIRST_PERSON = 1, MODAL = 2, NEGATION = 4, N_DENSITIES = 9 };
    static const int sizes[N] = {4, 4, 4, 4, 4, 1, 4, 4, 4, -2};
    Array in_context[N_CONTEXT], a[N], in_codes[2];
    Context c;
    Codes codes;
    PyObject *found = NULL;
    if (!right_number(n_args, N_CONTEXT + N + 1, "segment_codes")
        || codes_of(args[N_CONTEXT + N], &codes, in_codes) < 0)
        return NULL;
    if (context_of(args, in_context, &c, "segment_codes") < 0)
        goto no_context;
    if (borrow_all(args + N_CONTEXT, a, sizes, N, "segment_codes") < 0)
        goto no_arrays;
    const int32_t *here = DATA(int32_t, a[HERE]), *end = DATA(int32_t, a[END]);
    const int32_t *sentence_of = DATA(int32_t, a[SENTENCE]), *article_of = DATA(int32_t, a[ARTICLE]);
    const int32_t *paragraph_of = DATA(int32_t, a[PARAGRAPH]);
    const float *before = DATA(float, a[BEFORE]), *after = DATA(float, a[AFTER]), *cue = DATA(float, a[CUE]);
    const uint8_t *groups = DATA(uint8_t, a[GROUPS]);
    int16_t *out = DATA(int16_t, a[OUT]);
    const Py_ssize_t n = a[HERE].n;
    const float cue_at = (float)codes.cue_at;
    Sentence *sentences = PyMem_Malloc((size_t)(n + 1) * sizeof(Sentence));
    int32_t *whose = PyMem_Malloc((size_t)(n + 1) * 7 * sizeof(int32_t));
    if (!sentences || !whose) {
        PyErr_NoMemory();
        goto done;
    }
    int32_t *chance = whose + n, *pauses = chance + n, *marks = pauses + n, *length = marks + n;
    int32_t *chance_before = length + n, *chance_after = chance_before + n;
    if (!same_length(a[OUT].n, n * N_FEATURES, "segment_codes") || !same_length(a[END].n, n, "segment_codes")
        || !same_length(a[GROUPS].n, c.n, "segment_codes") || !same_length(a[SENTENCE].n, c.n, "segment_codes"))
        goto done;
    Py_ssize_t n_sentences = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        if (here[i] == c.first[here[i]]) {
            const int32_t first = here[i], last = c.last[first];
            int32_t n_quoted = 0;
            for (int32_t w = first; w <= last; w++)
                n_quoted += c.quoted[w];
            sentences[n_sentences++] = (Sentence){
                first, last, i, i,
                n_quoted == 0 ? QUOTED_NOT : n_quoted == last - first + 1 ? QUOTED_IN_FULL : QUOTED_IN_PART,
                0, 0, 0, 0, 0,
            };
        }
        Sentence *own = &sentences[n_sentences - 1];
        own->closing = i;
        const int32_t a_code = chance_code(&codes, after[i]), b_code = chance_code(&codes, before[i]);
        if (a_code > own->top_after)
            own->top_after = a_code;
        if (b_code > own->top_before)
            own->top_before = b_code;
        chance_before[i] = b_code;
        chance_after[i] = a_code;
        whose[i] = (int32_t)n_sentences - 1;
        chance[i] = chance_code(&codes, cue[i]);
        pauses[i] = (i ? pauses[i - 1] : 0) + ((c.bits[here[i]] & codes.pauses) > 0);
        marks[i] = (i ? marks[i - 1] : 0) + ((c.bits[here[i]] & codes.quote) > 0);
        length[i] = end[i] - here[i] + 1;
    }
    for (Py_ssize_t k = 0; k < n_sentences; k++) {
        Sentence *own = &sentences[k];
        const int32_t top = own->top_after > own->top_before ? own->top_after : own->top_before;
        own->brief = at_most(top / 3, 2) * 3 + own->quotes;
        if (k) {
            const int32_t this = sentence_of[own->first], last = sentence_of[own[-1].first];
            own->same = article_of[this] == article_of[last];
            own->close = own->same && paragraph_of[this] == paragraph_of[last];
        }
    }
    /* the nearest likely cues to the right, from the end */
    Py_ssize_t *right = PyMem_Malloc((size_t)(n + 1) * 2 * sizeof(Py_ssize_t));
    if (!right) {
        PyErr_NoMemory();
        goto done;
    }
    Py_ssize_t next_before = n, next_after = n;
    for (Py_ssize_t i = n - 1; i >= 0; i--) {
        if (before[i] > cue_at)
            next_before = i;
        if (after[i] > cue_at)
            next_after = i;
        right[2 * i] = next_before;
        right[2 * i + 1] = next_after;
    }
    Py_ssize_t last_after = -1, article_end = 0;
    Block block;
    block.n = 0;
    int32_t d_quotes = 0, d_cues = 0, d_person = 0;
    for (Py_ssize_t i = 0; i < n; i++) {
        const Sentence *own = &sentences[whose[i]];
        const int32_t h = here[i], e = end[i], first = own->first, last = own->last;
        if (i == article_end) { /* another article: how much it quotes, reports, and says "I" */
            const int32_t number = article_of[sentence_of[h]];
            int64_t n_quoted = 0, n_person = 0;
            double n_cues = 0;
            Py_ssize_t stop = i;
            for (; stop < n && article_of[sentence_of[here[stop]]] == number; stop++) {
                n_cues += (double)cue[stop];
                for (int32_t w = here[stop]; w <= end[stop]; w++) {
                    n_quoted += c.quoted[w];
                    n_person += (groups[w] & FIRST_PERSON) & !c.quoted[w];
                }
            }
            article_end = stop;
            const double n_words = (double)(end[stop - 1] - h + 1);
            d_quotes = at_most((int64_t)fmin(1e6, rint(sqrt((double)n_quoted / n_words * 6.0) * 2)), N_DENSITIES - 1);
            d_cues = at_most((int64_t)fmin(1e6, rint(sqrt(n_cues / n_words * 120.0) * 2)), N_DENSITIES - 1);
            d_person = at_most((int64_t)fmin(1e6, rint(sqrt((double)n_person / n_words * 200.0) * 2)), N_DENSITIES - 1);
        }
        const int32_t own_quotes = c.quoted[h] + 2 * own->quotes;
        const int32_t quotes_code = c.quoted[h] + 2 * c.quoted[first] + 4 * c.quoted[last] + 8 * own->quotes;
        Near sides[3];
        const Py_ssize_t nearest[3] = {last_after, right[2 * i], right[2 * i + 1]};
        const int32_t *likely[3] = {chance_after, chance_before, chance_after};
        for (int k = 0; k < 3; k++) {
            Near *near = &sides[k];
            near->near = nearest[k];
            near->there = k ? nearest[k] <= own->closing : nearest[k] >= own->opening;
            if (near->there) {
                const Py_ssize_t j = nearest[k];
                near->place = here[j];
                near->n_pauses = at_most(llabs((long long)pauses[i] - pauses[j]), 3);
                near->far = distance_code(&codes, llabs((long long)h - here[j])) * 5 + near->n_pauses;
                near->quotes = (likely[k][j] * 4
                                + at_most(llabs((long long)marks[i] - marks[j]), 2)) * 6 + own_quotes;
                near->cue = c.cue[here[j]] * 2 + (near->n_pauses > 0);
            } else {
                near->place = 0;
                near->n_pauses = 4;
                near->far = 4;
                near->quotes = (codes.n_chances * 4 + 3) * 6 + own_quotes;
                near->cue = 1;
            }
        }
        const int32_t follows = sides[0].there && sides[0].place < last ? c.code[sides[0].place + 1] : 0;
        const int32_t to_end = sides[1].there ? at_most(last - sides[1].place, 7) : 8;
        const Sentence *next = whose[i] + 1 < n_sentences ? own + 1 : NULL;
        const int32_t behind = (own->same ? own[-1].brief + 1 : 0) * 2 + own->close;
        const int32_t ahead = next ? (next->same ? next->brief + 1 : 0) * 2 + next->close : 0;
        int32_t capitals = 0, has = 0;
        for (int32_t w = h; w <= e; w++) {
            capitals += c.capital[w];
            has |= groups[w];
        }
        const int32_t brief_length = at_most(length[i], 12);
        const int32_t place = at_most(i - own->opening, 3) * 4 + at_most(own->closing - i, 3);
        const int32_t of_row[N_FEATURES] = {
            AT(c.code, h, -2, first, last, 0),
            AT(c.code, h, -1, first, last, 0),
            c.code[h],
            AT(c.code, h, 1, first, last, 0),
            AT(c.code, h, 2, first, last, 0),
            AT(c.code, e, -1, h, last, 0),
            c.code[e],
            AT(c.code, e, 1, first, last, 0),
            c.bits[h] + codes.bits * (h == first),
            e == last ? codes.bits : c.bits[e + 1],
            quotes_code,
            sides[0].far,
            sides[0].quotes,
            sides[0].cue,
            follows * 5 + sides[0].n_pauses,
            sides[1].far,
            sides[1].quotes,
            sides[1].cue,
            to_end * 5 + sides[1].n_pauses,
            sides[2].far,
            sides[2].quotes,
            sides[2].cue,
            (own->top_after * codes.n_chances + own->top_before) * 3 + own->quotes,
            behind * 9 + own->brief,
            ahead * 9 + own->brief,
            behind * 20 + ahead,
            at_most((last - first + 1) / 4, 12) * 3 + own->quotes,
            c.code[first],
            c.code[first + 1 < last ? first + 1 : last],
            d_quotes * 24 + quotes_code,
            d_cues * codes.n_chances + chance[i],
            d_person * codes.n_chances + chance[i],
            place * codes.n_chances + chance[i],
            brief_length * 6 + own_quotes,
            chance[i] * 13 + brief_length,
            at_most(capitals, 5) * 13 + brief_length,
            i > own->opening ? chance[i - 1] * 5 + at_most(length[i - 1] / 2, 4) + 1 : 0,
            i < own->closing ? chance[i + 1] * 5 + at_most(length[i + 1] / 2, 4) + 1 : 0,
            ((has & MODAL) > 0) * 6 + own_quotes,
            ((has & NEGATION) > 0) * 6 + own_quotes,
        };
        take_row(&block, of_row, N_FEATURES);
        if (block.n == BLOCK_ROWS || i == n - 1)
            write_block(&block, out, N_FEATURES, i + 1, n);
        if (after[i] > cue_at)
            last_after = i;
            }
    PyMem_Free(right);
    found = Py_None;
    Py_INCREF(found);
done:
    PyMem_Free(sentences);
    PyMem_Free(whose);
    give_back(a, N);
no_arrays:
    give_back(in_context, N_CONTEXT);
no_context:
    give_back(in_codes, 2);
    return found;
}

/* sources(context..., sentences' segments first, chances of a source, cue, last, rows' first, last, cue, types' barred,
 *         cut, word, codes, tables, reach, break, chosen): choose the head of the source of each attribution; see
 * framing.voice.sources.choose_sources. */
static PyObject *sources(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { S_FIRST, S_LAST, S_CUE, S_SOURCE, R_FIRST, R_LAST, R_CUE, BARRED, CUT, CHOSEN, N, N_FEATURES = 20 };
    static const int sizes[N] = {4, 4, 4, 4, 8, 8, 8, 1, 1, -8};
    Array in_context[N_CONTEXT], a[N], in_codes[2], tables[N_FEATURES];
    Context c;
    Codes codes;
    int n_tables = 0;
    PyObject *found = NULL;
    if (!right_number(n_args, N_CONTEXT + N + 4, "sources") || codes_of(args[N_CONTEXT + N], &codes, in_codes) < 0)
        return NULL;
    PyObject *given = args[N_CONTEXT + N + 1];
    const int64_t reach = PyLong_AsLongLong(args[N_CONTEXT + N + 2]);
    const int breaks = (int)PyLong_AsLong(args[N_CONTEXT + N + 3]);
    if (PyErr_Occurred() || context_of(args, in_context, &c, "sources") < 0)
        goto no_context;
    if (borrow_all(args + N_CONTEXT, a, sizes, N, "sources") < 0)
        goto no_arrays;
    if (!PyTuple_Check(given) || PyTuple_GET_SIZE(given) != N_FEATURES) {
        PyErr_Format(PyExc_TypeError, "sources: a tuple of %d tables expected", N_FEATURES);
        goto done;
    }
    for (; n_tables < N_FEATURES; n_tables++)
        if (borrow(PyTuple_GET_ITEM(given, n_tables), &tables[n_tables], 4, 0, "table") < 0)
            goto done;
    const int32_t *s_first = DATA(int32_t, a[S_FIRST]), *s_last = DATA(int32_t, a[S_LAST]);
    const float *s_cue = DATA(float, a[S_CUE]), *s_source = DATA(float, a[S_SOURCE]);
    const int64_t *r_first = DATA(int64_t, a[R_FIRST]), *r_last = DATA(int64_t, a[R_LAST]);
    const int64_t *r_cue = DATA(int64_t, a[R_CUE]);
    const uint8_t *barred = DATA(uint8_t, a[BARRED]), *cut = DATA(uint8_t, a[CUT]);
    int64_t *chosen = DATA(int64_t, a[CHOSEN]);
    const Py_ssize_t n = a[R_CUE].n, n_segments = a[S_FIRST].n;
        if (!same_length(a[CHOSEN].n, n, "sources") || !same_length(a[R_FIRST].n, n, "sources")
        || !same_length(a[R_LAST].n, n, "sources") || !same_length(a[BARRED].n, c.n, "sources")
        || !same_length(a[CUT].n, c.n, "sources") || !same_length(a[S_SOURCE].n, n_segments, "sources"))
        goto done;
#define BREAKS_AT(word) ((word) < c.n && (c.bits[word] & breaks) > 0)
    for (Py_ssize_t i = 0; i < n; i++) {
        const int64_t cue = r_cue[i];
        if (cue < 0)
            continue;
        const int64_t first = c.first[cue], last = c.last[cue];
        const int64_t low = first > cue - reach ? first : cue - reach, high = last < cue + reach ? last : cue + reach;
        const int32_t cue_before = AT(c.code, cue, -1, first, last, 0), cue_after = AT(c.code, cue, 1, first, last, 0);
        const int32_t cue_marks = BREAKS_AT(cue) * 2 + BREAKS_AT(cue + 1);
        Py_ssize_t own = 0, beyond = n_segments; /* the segment of the first word, by bisection */
        while (beyond - own > 1) {
            const Py_ssize_t middle = own + (beyond - own) / 2;
            if (s_first[middle] <= low)
                own = middle;
            else
                beyond = middle;
        }
        /* counts of marks and of cutting words between the cue and each word, going left then right */
        int32_t n_breaks = 0, n_cuts = 0;
        for (int64_t w = low + 1; w <= cue; w++)
            n_breaks += BREAKS_AT(w);
        for (int64_t w = low + 1; w < cue; w++)
            n_cuts += cut[w];
        float best = 0;
        int64_t head = -1, last_cut = -1;
        for (int64_t w = low - 1; w >= first && last_cut < 0; w--)
            if (cut[w])
                last_cut = w;
        for (int64_t w = low; w <= high; w++) {
            while (own + 1 < n_segments && s_first[own + 1] <= w)
                own++;
            if (w > low) { /* from w - 1 to w */
                if (w <= cue) {
                    n_breaks -= BREAKS_AT(w);
                    n_cuts -= w < cue ? cut[w] : 0;
                } else {
                    n_breaks += BREAKS_AT(w);
                    n_cuts += w - 1 > cue ? cut[w - 1] : 0;
                }
                if (cut[w - 1])
                    last_cut = w - 1;
            }
            if (barred[w] || w == cue || (w >= r_first[i] && w <= r_last[i]))
                continue;
            const int32_t right = w > cue, side = right * 2 + (r_first[i] > cue);
            const int32_t gap = at_most(w > cue ? w - cue : cue - w, (int32_t)reach);
            const int32_t few_breaks = at_most(n_breaks, 3), few_cuts = at_most(n_cuts, 3);
            const int32_t ends = BREAKS_AT(w + 1) || w == last, starts = BREAKS_AT(w) || w == first;
            const int32_t capital = c.capital[w] * 3 + AT(c.capital, w, 1, first, last, 2);
            const int32_t source = chance_code(&codes, s_source[own]), as_cue = chance_code(&codes, s_cue[own]);
            const int32_t cut_code = last_cut >= s_first[own] ? c.code[last_cut] : 0;
            const int32_t of_pair[N_FEATURES] = {
                c.code[w],
                c.code[w] * 4 + side,
                AT(c.code, w, -1, first, last, 0),
                AT(c.code, w, 1, first, last, 0),
                gap * 4 + side,
                (gap * 4 + side) * 4 + few_breaks,
                (gap * 4 + side) * 4 + few_cuts,
                (few_breaks * 4 + few_cuts) * 4 + side,
                c.cue[cue] * 4 + side,
                cue_before * 2 + right,
                cue_after * 2 + right,
                cue_marks * 4 + side,
                capital * 4 + ends * 2 + starts,
                (capital * 4 + side) * 8 + at_most(gap, 7),
                (capital * 4 + side) * 4 + few_breaks,
                source * 4 + side,
                (source * 4 + side) * 4 + few_breaks,
                as_cue * 4 + side,
                cut_code * 2 + right,
                at_most(w - s_first[own], 7) * 8 + at_most(s_last[own] - w, 7),
            };
            float score = 0;
            for (int k = 0; k < N_FEATURES; k++) {
                const int64_t rows = tables[k].n, code = of_pair[k];
                if (rows)
                    score += DATA(float, tables[k])[code < rows ? code : rows - 1];
            }
            if (score > best) { /* of equals the first word wins */
                best = score;
                head = w;
            }
        }
        chosen[i] = head;
    }
    found = Py_None;
    Py_INCREF(found);
done:
    give_back(tables, n_tables);
    give_back(a, N);
no_arrays:
    give_back(in_context, N_CONTEXT);
no_context:
    give_back(in_codes, 2);
    return found;
}

/* ---- lookup ----------------------------------------------------------------------------------------------------- */

/* spots(word, single, wanted, offered, fenced, where, reach) -> places, begin, end: the words that are terms, and the
 * pairs of words that may begin phrases; see framing.lookup.Matcher._spots. `single`, `wanted` and `offered` are those
 * of the types, `where` is None or tells at which words a hit may begin. */
static PyObject *spots(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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

static PyMethodDef methods[] = {
    {"paragraphs", (PyCFunction)(void (*)(void))paragraphs, METH_FASTCALL, "Find paragraphs."},
    {"words", (PyCFunction)(void (*)(void))words, METH_FASTCALL, "Place the words of chunks."},
    {"names", (PyCFunction)(void (*)(void))names, METH_FASTCALL, "Mark names."},
    {"counts", (PyCFunction)(void (*)(void))counts, METH_FASTCALL, "Count whole words by sentence."},
    {"windows", (PyCFunction)(void (*)(void))windows, METH_FASTCALL, "Count types in windows by sentence."},
    {"add_up", (PyCFunction)(void (*)(void))add_up, METH_FASTCALL, "Add up rows of tables."},
    {"cue_codes", (PyCFunction)(void (*)(void))cue_codes, METH_FASTCALL, "Fill in the features of cue candidates."},
    {"segment_codes", (PyCFunction)(void (*)(void))segment_codes, METH_FASTCALL, "Fill in the features of segments."},
    {"sources", (PyCFunction)(void (*)(void))sources, METH_FASTCALL, "Choose the heads of sources."},
    {"spots", (PyCFunction)(void (*)(void))spots, METH_FASTCALL, "Find terms of one word and pairs that begin longer ones."},
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
