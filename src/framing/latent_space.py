"""A latent space of words: words that stand in like sentences lie near one another (LSA)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import TfidfTransformer

N_DIMENSIONS = 100
_SENTENCES_A_DIMENSION = 4  # with fewer, a space holds next to what the counts hold


def word_vectors(counts: csr_matrix, n_dimensions: int = N_DIMENSIONS, seed: int = 0) -> NDArray[np.float64]:
    """Return a vector of length 1 for each word.

    Latent semantic analysis (Deerwester et al. 1990) of the tf-idf weights of words by sentence: the right singular
    vectors times the singular values, so that inner products approximate how the words co-occur.

    Parameters
    ----------
    counts
        Words by sentence, shape (n_sentences, n_words).
    n_dimensions
        Dimensions at most; there are never more than a quarter of the sentences.
    seed
        Seed of the start vector of ARPACK.

    Returns
    -------
    numpy.ndarray
        Shape (n_words, n_dimensions); a row of zeros for a word without weight.
    """
    n_sentences, n_words = counts.shape
    n = min(n_dimensions, n_sentences // _SENTENCES_A_DIMENSION, n_words - 1)
    if n < 1:
        return np.zeros((n_words, 0))
    weights = TfidfTransformer(sublinear_tf=True).fit_transform(counts)
    model = TruncatedSVD(n, algorithm="arpack", random_state=seed).fit(weights)
    vectors = (model.components_ * model.singular_values_[:, None]).T
    length = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.divide(vectors, length, out=np.zeros_like(vectors), where=length > 1e-9)


def nearness(vectors: NDArray[np.float64], own: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return the cosine of each word with the mean vector of some (latent semantic scaling, Watanabe 2021).

    Parameters
    ----------
    vectors
        As `word_vectors` returns them.
    own
        Which words make the mean, shape (n_words,).

    Returns
    -------
    numpy.ndarray
        In [-1, 1], NaN where a word or the mean has no vector. No sign is arbitrary: turning a dimension round turns
        both sides.
    """
    mean = vectors[own].sum(axis=0)
    length = np.linalg.norm(mean)
    if not vectors.shape[1] or length < 1e-9:
        return np.full(len(vectors), np.nan)
    cosine = np.clip(vectors @ (mean / length), -1, 1)
    return np.where(np.abs(vectors).sum(axis=1) > 0, cosine, np.nan)
