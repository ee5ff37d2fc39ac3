// SPDX-License-Identifier: Apache-2.0
/** The papers' experiments, one class each. */
@NullMarked
package io.github.djlstitch.experiments;

import org.jspecify.annotations.NullMarked;
