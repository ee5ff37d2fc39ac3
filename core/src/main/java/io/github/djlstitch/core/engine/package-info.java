// SPDX-License-Identifier: Apache-2.0
/** The engine, its devices and its settings. */
@NullMarked
package io.github.djlstitch.core.engine;

import org.jspecify.annotations.NullMarked;
