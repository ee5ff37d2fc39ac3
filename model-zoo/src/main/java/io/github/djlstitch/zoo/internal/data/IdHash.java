// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.zoo.internal.data;

/**
 * A number that depends on a seed and an id only, so that a choice by its order is the same on each
 * machine, whatever the order of a file, and the same in parallel data sets. It is no digest.
 *
 * <p>FNV-1a over the UTF-16 units, then the finalizer of SplitMix64 (Stafford's variant 13).
 */
final class IdHash {
  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private IdHash() {}

  static long of(long seed, String id) {
    long hash = FNV_OFFSET ^ mix(seed);
    for (int i = 0; i < id.length(); i++) {
      hash = (hash ^ id.charAt(i)) * FNV_PRIME;
    }
    return mix(hash);
  }

  static long mix(long bits) {
    long z = bits + 0x9e3779b97f4a7c15L;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
