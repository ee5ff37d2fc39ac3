// SPDX-License-Identifier: Apache-2.0
/** LibTorch behind small types: programs, linear algebra, the border between heap and native. */
@NullMarked
package io.github.djlstitch.core.engine;

import org.jspecify.annotations.NullMarked;
