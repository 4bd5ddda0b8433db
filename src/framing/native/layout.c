/* Paragraphs of a text as it came. */
#include "arrays.h"
#include "loops.h"
#include "text.h"

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
    if (head == '*' || head == '-' || head == '+' || head == '>')
        return 1;
    if (head != '(' && !(head >= '0' && head <= '9') && !((head | 0x20) >= 'a' && (head | 0x20) <= 'z'))
        return 0;
    for (Py_ssize_t i = at + 1; i + 1 < length && i <= at + LONGEST; i++) {
        const uint32_t code = PyUnicode_READ(kind, data, i), next = PyUnicode_READ(kind, data, i + 1);
        if (code == '.' || code == ')')
            return next <= ' ' || next == ')' || next >= 0x80; /* white space, or the rest of ".)" */
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
PyObject *paragraphs_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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
