# SPDX-License-Identifier: Apache-2.0
"""Loops of filtered complexes by plain reduction of boundary matrices; needs NumPy and SciPy; part of measures.py."""
from itertools import combinations

import numpy as np
from scipy.spatial.distance import cdist


def bars(vertices, edges, triangles, end):
    """Birth and death of the loops; edges and triangles map their vertices to times, vertices are there from 0."""
    listed = sorted(edges, key=lambda e: (edges[e], e))
    number = {e: i for i, e in enumerate(listed)}
    part = {v: {v} for v in vertices}
    births = []
    for a, b in listed:
        if part[a] is part[b]:
            births.append(number[a, b])
        else:
            part[a] |= part[b]
            part.update({v: part[a] for v in part[b]})
    reduced, deaths = {}, {}
    for t in sorted(triangles, key=lambda t: (triangles[t], t)):
        column = sum(1 << number[e] for e in combinations(t, 2))
        while column and column.bit_length() - 1 in reduced:
            column ^= reduced[column.bit_length() - 1]
        if column:
            reduced[column.bit_length() - 1] = column
            deaths[column.bit_length() - 1] = triangles[t]
    return [(edges[listed[e]], deaths.get(e, end)) for e in births]


def cross_bars(d, e):
    """Of the doubled samples, as calc_embed_dist of the authors: distances 0, d and min(d, e)."""
    both = np.block([[np.zeros_like(d), d], [d, np.minimum(d, e)]])
    points = range(len(both))
    edges = {c: both[c] for c in combinations(points, 2)}
    triangles = {c: max(edges[f] for f in combinations(c, 2)) for c in combinations(points, 3)}
    return sum(death - birth for birth, death in bars(points, edges, triangles, np.inf))


def rtd(x, y):
    """rtd1 of the authors' code."""
    d, e = cdist(x, x), cdist(y, y)
    d, e = d / np.quantile(d, 0.9), e / np.quantile(e, 0.9)
    return (cross_bars(d, e) + cross_bars(e, d)) / 2


class JavaRandom:
    """java.util.Random."""

    def __init__(self, seed):
        self.state = (seed ^ 0x5DEECE66D) & (2**48 - 1)

    def bits(self, n):
        self.state = (self.state * 0x5DEECE66D + 0xB) & (2**48 - 1)
        return self.state >> (48 - n)

    def below(self, bound):
        if bound & (bound - 1) == 0:
            return (bound * self.bits(31)) >> 31
        while True:
            bits = self.bits(31)
            if bits - bits % bound + bound - 1 < 2**31:
                return bits % bound

    def rows(self, count, wanted):
        rows = list(range(count))
        for i in range(min(wanted, count - 1)):
            j = i + self.below(count - i)
            rows[i], rows[j] = rows[j], rows[i]
        return sorted(rows[:wanted])


def witness_bars(d, end):
    """Loops of the relaxed witness complex up to a time; d: witnesses by landmarks."""
    landmarks = range(d.shape[1])

    def seen(simplex):
        outside = np.delete(d, simplex, axis=1).min(1)
        return max(0, np.min(d[:, simplex].max(1) - outside))

    edges = {e: seen(e) for e in combinations(landmarks, 2)}
    edges = {e: t for e, t in edges.items() if t <= end}
    triangles = {}
    for t in combinations(landmarks, 3):
        if all(f in edges for f in combinations(t, 2)):
            triangles[t] = max(seen(t), *(edges[f] for f in combinations(t, 2)))
    return bars(landmarks, edges, {t: v for t, v in triangles.items() if v <= end}, end)


def living_times(x):
    """Khrulkov and Oseledets 2018, algorithm 1, with our constants; see LandmarkLoops."""
    random, mean = JavaRandom(0), np.zeros(100)
    for _ in range(10):
        d = cdist(x, x[random.rows(len(x), 32)])
        end = d.max() / 8
        loops = witness_bars(d, end)
        times = sorted({0, end, *(t for bar in loops for t in bar)})
        for a, b in zip(times, times[1:]):
            count = sum(birth <= (a + b) / 2 < death for birth, death in loops)
            mean[count] += (b - a) / end / 10
    return mean


def geometry_score(x, y):
    return np.sum((living_times(x) - living_times(y)) ** 2)
