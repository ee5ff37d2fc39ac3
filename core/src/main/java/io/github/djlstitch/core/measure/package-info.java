// SPDX-License-Identifier: Apache-2.0
/** Scores of predictions. */
@NullMarked
package io.github.djlstitch.core.measure;

import org.jspecify.annotations.NullMarked;
