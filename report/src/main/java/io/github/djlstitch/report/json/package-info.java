// SPDX-License-Identifier: Apache-2.0
/** Documents as JSON, and back. */
@NullMarked
package io.github.djlstitch.report.json;

import org.jspecify.annotations.NullMarked;
