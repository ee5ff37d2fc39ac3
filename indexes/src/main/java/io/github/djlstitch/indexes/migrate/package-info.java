// SPDX-License-Identifier: Apache-2.0
/**
 * Carries whole indexes over a bridge, part by part, into new files beside which a manifest lies.
 */
@NullMarked
package io.github.djlstitch.indexes.migrate;

import org.jspecify.annotations.NullMarked;
