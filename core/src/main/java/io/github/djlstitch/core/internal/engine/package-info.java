// SPDX-License-Identifier: Apache-2.0
/**
 * LibTorch behind small types: programs, linear algebra, copies between heap and native memory.
 *
 * <p>Settings that LibTorch reads from the environment cannot be made from Java; {@link
 * io.github.djlstitch.core.engine.EngineInfo#environment()} lists those that matter and what the
 * command line's script sets. Kernels are checked against known answers, see {@link
 * io.github.djlstitch.core.internal.engine.KernelCheck}.
 */
@NullMarked
package io.github.djlstitch.core.internal.engine;

import org.jspecify.annotations.NullMarked;
