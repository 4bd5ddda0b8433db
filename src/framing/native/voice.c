/* The features of the voice model, and the choice of sources. */
#include "arrays.h"
#include "loops.h"

#include <math.h>
#include <stdlib.h>

/* The arrays of framing.voice.context.Context, by word; FIRST and LAST are those of the sentence. */
enum { C_CODE, C_CUE, C_KIND, C_FIRST, C_LAST, C_BITS, C_QUOTED, C_CAPITAL, N_CONTEXT };
static const int context_sizes[N_CONTEXT] = {4, 4, 4, 4, 4, 4, 1, 1};

typedef struct {
    const int32_t *code, *cue, *kind, *first, *last, *bits;
    const uint8_t *quoted, *capital;
    Py_ssize_t n;
} Context;

static int context_of(PyObject *const *objects, Array *a, Context *c, const char *name)
{
    if (borrow_all(objects, a, context_sizes, N_CONTEXT, name) < 0)
        return -1;
    *c = (Context){
        DATA(int32_t, a[C_CODE]), DATA(int32_t, a[C_CUE]), DATA(int32_t, a[C_KIND]), DATA(int32_t, a[C_FIRST]),
        DATA(int32_t, a[C_LAST]), DATA(int32_t, a[C_BITS]), DATA(uint8_t, a[C_QUOTED]), DATA(uint8_t, a[C_CAPITAL]),
        a[C_CODE].n,
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
        || !PyArg_ParseTuple(object, "iiiiiOOd", &codes->n_words, &codes->bits, &codes->breaks, &codes->pauses,
                             &codes->quote, &distances, &steps, &codes->cue_at))
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

/* What a loop has borrowed: the context, its own arrays and the codes, which come in this order. */
enum { MOST_OWN = 12 };

typedef struct {
    Array context[N_CONTEXT], own[MOST_OWN], codes[2];
    int n_own;
} Borrowed;

/* Borrow all of it or nothing; `sizes` are those of the loop's own arrays, as in borrow_all. */
static int borrow_inputs(PyObject *const *args, Borrowed *borrowed, const int *sizes, int n_own, Context *c,
                         Codes *codes, const char *name)
{
    if (codes_of(args[N_CONTEXT + n_own], codes, borrowed->codes) < 0)
        return -1;
    if (context_of(args, borrowed->context, c, name) == 0) {
        if (borrow_all(args + N_CONTEXT, borrowed->own, sizes, n_own, name) == 0) {
            borrowed->n_own = n_own;
            return 0;
        }
        give_back(borrowed->context, N_CONTEXT);
    }
    give_back(borrowed->codes, 2);
    return -1;
}

static void give_back_inputs(Borrowed *borrowed)
{
    give_back(borrowed->own, borrowed->n_own);
    give_back(borrowed->context, N_CONTEXT);
    give_back(borrowed->codes, 2);
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

/* cue_codes(context..., candidates, ending, often, out, codes): the codes of framing.voice.cue_features. */
PyObject *cue_codes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { CANDIDATES, ENDING, OFTEN, OUT, N, N_FEATURES = 30 };
    static const int sizes[N] = {4, 1, 4, -2};
    Borrowed borrowed;
    Context c;
    Codes codes;
    if (!right_number(n_args, N_CONTEXT + N + 1, "cue_codes")
        || borrow_inputs(args, &borrowed, sizes, N, &c, &codes, "cue_codes") < 0)
        return NULL;
    const Array *a = borrowed.own;
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
    give_back_inputs(&borrowed);
    if (!ok)
        return NULL;
    Py_RETURN_NONE;
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
    int32_t place, n_pauses, far, quotes, cue;
} Near;

/* segment_codes(context..., first, last, before, after, cue, groups, sentence, article, paragraph, out, codes): the
 * codes of framing.voice.segment_features. `groups` holds bits of each word: first person, modal, negation; `article`
 * and `paragraph` are those of each sentence. */
PyObject *segment_codes_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { HERE, END, BEFORE, AFTER, CUE, GROUPS, SENTENCE, ARTICLE, PARAGRAPH, OUT, N, N_FEATURES = 40 };
    enum { FIRST_PERSON = 1, MODAL = 2, NEGATION = 4, N_DENSITIES = 9, FEWEST_WORDS = 200 };
    static const int sizes[N] = {4, 4, 4, 4, 4, 1, 4, 4, 4, -2};
    Borrowed borrowed;
    Context c;
    Codes codes;
    PyObject *found = NULL;
    if (!right_number(n_args, N_CONTEXT + N + 1, "segment_codes")
        || borrow_inputs(args, &borrowed, sizes, N, &c, &codes, "segment_codes") < 0)
        return NULL;
    const Array *a = borrowed.own;
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
        || !same_length(a[BEFORE].n, n, "segment_codes") || !same_length(a[AFTER].n, n, "segment_codes")
        || !same_length(a[CUE].n, n, "segment_codes") || !same_length(a[PARAGRAPH].n, a[ARTICLE].n, "segment_codes")
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
            const double n_words = fmax(FEWEST_WORDS, (double)(end[stop - 1] - h + 1));
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
    give_back_inputs(&borrowed);
    return found;
}

/* sources(context..., first, last, cue, source, row_first, row_last, row_cue, barred, cut, chosen, codes, tables, reach,
 *         breaks): choose the head of the source of each attribution; see framing.voice.sources.choose_sources. The
 * first four are those of the segments, the next three those of the attributions; `barred` and `cut` are by word. */
PyObject *sources_loop(PyObject *module, PyObject *const *args, Py_ssize_t n_args)
{
    enum { S_FIRST, S_LAST, S_CUE, S_SOURCE, R_FIRST, R_LAST, R_CUE, BARRED, CUT, CHOSEN, N, N_FEATURES = 20 };
    static const int sizes[N] = {4, 4, 4, 4, 8, 8, 8, 1, 1, -8};
    Array tables[N_FEATURES];
    Borrowed borrowed;
    Context c;
    Codes codes;
    int n_tables = 0;
    PyObject *found = NULL;
    if (!right_number(n_args, N_CONTEXT + N + 4, "sources"))
        return NULL;
    PyObject *given = args[N_CONTEXT + N + 1];
    const int64_t reach = PyLong_AsLongLong(args[N_CONTEXT + N + 2]);
    const int breaks = (int)PyLong_AsLong(args[N_CONTEXT + N + 3]);
    if (PyErr_Occurred() || borrow_inputs(args, &borrowed, sizes, N, &c, &codes, "sources") < 0)
        return NULL;
    const Array *a = borrowed.own;
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
        || !same_length(a[S_LAST].n, n_segments, "sources") || !same_length(a[S_CUE].n, n_segments, "sources")
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
    give_back_inputs(&borrowed);
    return found;
}
