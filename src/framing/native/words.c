/* Words: their places in the text, and which of them are names. */
#include "arrays.h"
#include "loops.h"

/* words(ids, start, owner, opens, base, first, inner_bounds, inner, is_word, length, marks, quote_bounds, quotes,
 *       fence, hyphen) -> word, start, end, glued, before, fenced, paragraph, mark_word, mark_kind, mark_paragraph,
 *       sentence; see framing.tokens._placed. */
PyObject *words_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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

/* names(word, start, end, sentence, article, capital, found, gap): mark the words that are names; see
 * framing.names.names. */
PyObject *names_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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

/* by_type(word, n_types) -> bounds, order: the places of words sorted by type, and where those of each type begin; see
 * framing.word_index. */
PyObject *by_type_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    if (!right_number(n_args, 2, "by_type"))
        return NULL;
    const Py_ssize_t n_types = PyLong_AsSsize_t(args[1]);
    Array a;
    if (PyErr_Occurred() || borrow(args[0], &a, 4, 0, "by_type") < 0)
        return NULL;
    const int32_t *word = DATA(int32_t, a);
    char *out[2];
    const int out_sizes[2] = {8, 4};
    const Py_ssize_t lengths[2] = {n_types + 1, a.n};
    PyObject *found = make_arrays(out_sizes, lengths, 2, out);
    int32_t *next = found ? PyMem_Calloc((size_t)n_types + 1, sizeof(int32_t)) : NULL;
    if (found && !next) {
        PyErr_NoMemory();
        Py_CLEAR(found);
    }
    if (found) {
        int64_t *bounds = (int64_t *)out[0];
        int32_t *order = (int32_t *)out[1];
        int within = 1;
        for (Py_ssize_t i = 0; i < a.n; i++)
            within &= word[i] >= 0 && word[i] < n_types;
        for (Py_ssize_t i = 0; within && i < a.n; i++)
            next[word[i] + 1]++;
        for (Py_ssize_t t = 0; t < n_types; t++)
            next[t + 1] += next[t];
        for (Py_ssize_t t = 0; t <= n_types; t++)
            bounds[t] = next[t];
        for (Py_ssize_t i = 0; within && i < a.n; i++)
            order[next[word[i]]++] = (int32_t)i;
        if (!within) {
            PyErr_SetString(PyExc_ValueError, "by_type: ids of types below n_types expected");
            Py_CLEAR(found);
        }
    }
    PyMem_Free(next);
    PyBuffer_Release(&a.view);
    return found;
}
