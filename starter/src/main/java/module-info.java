// SPDX-License-Identifier: Apache-2.0
/**
 * Everything that a program needs to stitch models, as one dependency: the library and, when the
 * program runs, the engine.
 */
module io.github.djlstitch.starter {
  requires transitive io.github.djlstitch.zoo;
  requires org.slf4j; // DJL logs through it, but its jars have no descriptors that say so
}
