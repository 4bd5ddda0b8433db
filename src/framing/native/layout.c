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

enum { CREDIT_END = 40, CREDIT = 120, DATELINE = 120, MOST_DATED = 31 }; /* characters; paragraphs */

/* Tell whether the line [from, to) may end in the credit of a picture, by what every credit holds; see
 * framing.layout.captions. */
FOR_EACH_WIDTH int may_be_credited(const int kind, const void *data, Py_ssize_t from, Py_ssize_t to)
{
    const uint32_t last = PyUnicode_READ(kind, data, to - 1);
    const int prose = last < 0x80 ? last && strchr(".!?\":;,", (int)last) != NULL
                                  : last == 0x2026 || last == 0x201D || last == 0x2019; /* … ” ’ */
    const Py_ssize_t reach = prose ? CREDIT_END : CREDIT;
    for (Py_ssize_t i = to - 1; i >= from && to - i <= reach; i--) {
        const uint32_t code = PyUnicode_READ(kind, data, i);
        if (code == ':' || code == '/')
            return 1;
        if (prose)
            continue;
        if (code == '(' || code == 0x2013 || code == 0x2014
            || (code == '-' && i > from && PyUnicode_READ(kind, data, i - 1) == ' ')
            || (code == 'g' && i + 2 < to && PyUnicode_READ(kind, data, i + 2) == 's')) /* of "images" */
            return 1;
    }
    return 0;
}

/* Tell whether what a dateline holds stands in the first characters of [start, end); see framing.layout.datelines. */
FOR_EACH_WIDTH int may_be_dated(const int kind, const void *data, Py_ssize_t start, Py_ssize_t end)
{
    static const uint8_t signs[0x80] = {['-'] = 1, [':'] = 1, ['/'] = 1, ['_'] = 1, ['('] = 1};
    for (Py_ssize_t i = start; i < end && i < start + DATELINE; i++) {
        const uint32_t code = PyUnicode_READ(kind, data, i);
        if (code < 0x80 ? signs[code] : code - 0x2013 <= 0x2015 - 0x2013)
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

/* What a text may hold: lines with an enumerator or a credit; a bit for each of the first paragraphs that may begin
 * with a dateline. */
typedef struct {
    int enumerated, credited;
    uint32_t dated;
} Hints;

/* Find the paragraphs of a text; returns -1 on errors. */
FOR_EACH_WIDTH int find_paragraphs(PyObject *text, const int kind, PyObject *classes, PyObject *finishers,
                                   Py_ssize_t limit, Py_ssize_t n_dated, PyObject *spans, Hints *hints)
{
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    const uint8_t *class_of = (const uint8_t *)PyBytes_AS_STRING(classes);
    const uint32_t n_classes = (uint32_t)PyBytes_GET_SIZE(classes);
    int full = 0, ends = 0, parted = 0; /* line ends since the paragraph at hand, and whether they part */
    Py_ssize_t start = -1, end = 0; /* of the paragraph at hand */
    for (Py_ssize_t from = 0, to; from < length; from = to + 1) {
        uint32_t code = 0;
        int class = 0;
        for (to = from; to < length; to++) {
            code = PyUnicode_READ(kind, data, to);
            if (code - 0x1F < 0x85 - 0x1F || (code > 0x85 && (code & ~1u) != 0x2028)) /* most, by one comparison */
                continue;
            class = code < n_classes ? class_of[code] : 0;
            if (class & LINE_END)
                break;
            if (class && code >= 0x1C) /* what parts lines for Python, and nothing here: Python looks at both */
                hints->enumerated = hints->credited = 1;
        }
        Py_ssize_t first = from, last = to;
#define IS_SPACE(at) (PyUnicode_READ(kind, data, at) < n_classes && class_of[PyUnicode_READ(kind, data, at)])
        while (first < last && IS_SPACE(first))
            first++;
        while (last > first && IS_SPACE(last - 1))
            last--;
        if (first < last) {
            hints->enumerated |= may_be_enumerated(kind, data, first, length);
            hints->credited |= may_be_credited(kind, data, from, to);
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
    for (Py_ssize_t i = 0; i < PyList_GET_SIZE(spans) && i < n_dated; i++) {
        PyObject *span = PyList_GET_ITEM(spans, i);
        start = PyLong_AsSsize_t(PyTuple_GET_ITEM(span, 0));
        end = PyLong_AsSsize_t(PyTuple_GET_ITEM(span, 1));
        hints->dated |= (uint32_t)may_be_dated(kind, data, start, end) << i;
    }
    return 0;
}

/* paragraphs(text, classes, finishers, limit, n_dated) -> spans, enumerated, credited, dated; see
 * framing.layout.parts. */
PyObject *paragraphs_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    if (!right_number(n_args, 5, "paragraphs"))
        return NULL;
    if (!PyUnicode_Check(args[0]) || !PyBytes_Check(args[1]) || !PyUnicode_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "paragraphs: a string, bytes and a string expected");
        return NULL;
    }
    const Py_ssize_t limit = PyLong_AsSsize_t(args[3]), n_dated = PyLong_AsSsize_t(args[4]);
    if (!PyErr_Occurred() && n_dated > MOST_DATED)
        PyErr_SetString(PyExc_ValueError, "paragraphs: too many paragraphs that may be dated");
    PyObject *spans = PyErr_Occurred() ? NULL : PyList_New(0);
    if (!spans)
        return NULL;
    Hints hints = {0, 0, 0};
    int failed;
    switch (PyUnicode_KIND(args[0])) {
    case PyUnicode_1BYTE_KIND:
        failed = find_paragraphs(args[0], PyUnicode_1BYTE_KIND, args[1], args[2], limit, n_dated, spans, &hints);
        break;
    case PyUnicode_2BYTE_KIND:
        failed = find_paragraphs(args[0], PyUnicode_2BYTE_KIND, args[1], args[2], limit, n_dated, spans, &hints);
        break;
    default:
        failed = find_paragraphs(args[0], PyUnicode_4BYTE_KIND, args[1], args[2], limit, n_dated, spans, &hints);
    }
    if (failed) {
        Py_DECREF(spans);
        return NULL;
    }
    return Py_BuildValue("(NNNI)", spans, PyBool_FromLong(hints.enumerated), PyBool_FromLong(hints.credited), hints.dated);
}

enum { LONGEST_LINE = 255, LONGEST_LABEL = 6 };

/* Tell whether the line that begins at a character may begin with a label or bullet. */
FOR_EACH_WIDTH int may_be_labelled(const int kind, const void *data, Py_ssize_t at, Py_ssize_t length,
                                   const uint8_t *class_of, uint32_t n_classes, PyObject *bullets)
{
#define IS_SPACE(code) ((code) < n_classes && class_of[code])
    if (PyUnicode_READ(kind, data, at) >= 0x80 && is_one_of(PyUnicode_READ(kind, data, at), bullets))
        return 1;
    Py_ssize_t i = at + (PyUnicode_READ(kind, data, at) == '(');
    const Py_ssize_t first = i;
    int digits = 0, romans = 0, letters = 0;
    for (; i < length && i - first < LONGEST_LABEL; i++) {
        const uint32_t code = PyUnicode_READ(kind, data, i), small = code | 0x20;
        digits += code >= '0' && code <= '9';
        romans += small == 'i' || small == 'v' || small == 'x';
        letters += small >= 'a' && small <= 'z';
        if (code == '.' || code == ')')
            break;
    }
    const Py_ssize_t n = i - first;
    if (!n || i == length || !((digits == n && n <= 3) || (romans == n && n <= 4) || (letters == n && n == 1)))
        return 0;
    i += PyUnicode_READ(kind, data, i) == '.' && i + 1 < length && PyUnicode_READ(kind, data, i + 1) == ')';
    return i + 1 == length || IS_SPACE(PyUnicode_READ(kind, data, i + 1));
}

static Py_ssize_t next_line_end(PyObject *text, Py_ssize_t from, Py_ssize_t length)
{
    const Py_ssize_t found = from < length ? PyUnicode_FindChar(text, '\n', from, length, 1) : -1;
    return found < 0 ? length : found;
}

/* Join wrapped lines; returns a new string or the text itself, and whether a line ends in a hyphen. */
FOR_EACH_WIDTH PyObject *join_lines(PyObject *text, const int kind, PyObject *classes, PyObject *bullets,
                                    const Py_ssize_t shortest, const Py_ssize_t longest, const Py_ssize_t slack)
{
    const void *data = PyUnicode_DATA(text);
    const Py_ssize_t length = PyUnicode_GET_LENGTH(text);
    const uint8_t *class_of = (const uint8_t *)PyBytes_AS_STRING(classes);
    const uint32_t n_classes = (uint32_t)PyBytes_GET_SIZE(classes);
    Py_ssize_t n_of_length[LONGEST_LINE + 2] = {0}, n_lines = 0, single = 0, finished = 0, hyphens = 0, n = 0, from = 0;
    for (Py_ssize_t i; from <= length; from = i + 1) {
        i = next_line_end(text, from, length);
        n_of_length[i - from < longest + 1 ? i - from : longest + 1]++;
        n_lines++;
        if (i > from && i + 1 < length && !IS_SPACE(PyUnicode_READ(kind, data, i + 1))) {
            single++;
            finished += PyUnicode_READ(kind, data, i - 1) == '.';
            hyphens += PyUnicode_READ(kind, data, i - 1) == '-';
        }
    }
    Py_ssize_t width = longest + 1, rank = n_lines / 10 ? n_lines / 10 : 1;
    while (width > 0 && (rank -= n_of_length[width]) >= 0)
        width--;
    PyObject *joined = NULL;
    void *out = NULL;
    if (single >= 2 && width >= shortest && width <= longest) {
        joined = PyUnicode_New(length, PyUnicode_MAX_CHAR_VALUE(text));
        if (!joined)
            return NULL;
        out = PyUnicode_DATA(joined);
        memcpy(out, data, (size_t)(length * kind));
        from = 0;
        for (Py_ssize_t i; (i = next_line_end(text, from, length)) + 1 < length; from = i + 1) {
            if (i - from >= width - slack && !IS_SPACE(PyUnicode_READ(kind, data, i + 1))
                && !may_be_labelled(kind, data, i + 1, length, class_of, n_classes, bullets)) {
                n++;
                if (PyUnicode_READ(kind, data, i - 1) != '-')
                    PyUnicode_WRITE(kind, out, i, ' ');
            }
        }
        if (n >= 2 && n * 5 >= single * 3 && finished * 5 <= n * 2)
            return Py_BuildValue("(NN)", joined, PyBool_FromLong(hyphens > 0));
        Py_DECREF(joined);
    }
#undef IS_SPACE
    return Py_BuildValue("(ON)", text, PyBool_FromLong(hyphens > 0));
}

/* joined(text, classes, bullets, shortest, longest, slack) -> text, hyphens; see framing.layout. */
PyObject *joined_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    if (!right_number(n_args, 6, "joined"))
        return NULL;
    if (!PyUnicode_Check(args[0]) || !PyBytes_Check(args[1]) || !PyUnicode_Check(args[2])) {
        PyErr_SetString(PyExc_TypeError, "joined: a string, bytes and a string expected");
        return NULL;
    }
    const Py_ssize_t shortest = PyLong_AsSsize_t(args[3]), longest = PyLong_AsSsize_t(args[4]);
    const Py_ssize_t slack = PyLong_AsSsize_t(args[5]);
    if (PyErr_Occurred())
        return NULL;
    if (longest < 1 || longest > LONGEST_LINE || slack < 0 || slack >= shortest) {
        PyErr_SetString(PyExc_ValueError, "joined: lengths of lines out of range");
        return NULL;
    }
    switch (PyUnicode_KIND(args[0])) {
    case PyUnicode_1BYTE_KIND:
        return join_lines(args[0], PyUnicode_1BYTE_KIND, args[1], args[2], shortest, longest, slack);
    case PyUnicode_2BYTE_KIND:
        return join_lines(args[0], PyUnicode_2BYTE_KIND, args[1], args[2], shortest, longest, slack);
    default:
        return join_lines(args[0], PyUnicode_4BYTE_KIND, args[1], args[2], shortest, longest, slack);
    }
}
