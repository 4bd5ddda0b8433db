/* Counts by sentence: what readability and the variety of words ask. */
#include "arrays.h"
#include "loops.h"

/* counts(word, glued, sentence, article, name, facts, found, polysyllable, long, mini, sample): count whole words by sentence; see framing.counts.published. */
PyObject *counts_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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

/* windows(norm, sentence, bounds, types, windows, n_norms, window): count the types of all windows of so many words
 * by the sentence in which they end; see framing.extractors.style.windows_by_sentence. */
PyObject *windows_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
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
