// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.internal.train;

/** Independent seeds from one: SplitMix64 (Steele, Lea and Flood 2014) over its parts. */
public final class Seeds {
  private static final long GAMMA = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** The seed of one part of the work, for example of one epoch. */
  public static long of(long seed, long part) {
    return mix(mix(seed + GAMMA) + GAMMA * (part + 1));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
