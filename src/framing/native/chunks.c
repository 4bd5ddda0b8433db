/* Chunks: the stretches between white space, cut and numbered. */
#include "arrays.h"
#include "loops.h"
#include "text.h"

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

PyType_Spec numbers_spec = {"framing._kernels.Numbers", sizeof(Numbers), 0, Py_TPFLAGS_DEFAULT, numbers_slots};
