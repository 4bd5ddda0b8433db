/* What the loops over the characters of a text share. */
#ifndef FRAMING_TEXT_H
#define FRAMING_TEXT_H

/* Loops over the characters of a string are compiled once for each width of them. */
#if defined(__GNUC__)
#define FOR_EACH_WIDTH static inline __attribute__((always_inline))
#elif defined(_MSC_VER)
#define FOR_EACH_WIDTH static __forceinline
#else
#define FOR_EACH_WIDTH static inline
#endif

/* What a code point is, as bits; see framing.chunks.CLASSES. */
enum { SPACE = 1, LINE_END = 2, COUNTED_END = 4, PARAGRAPH_END = 8 };

#endif
