// SPDX-License-Identifier: Apache-2.0
/** What was found out as tables and figures, and the forms they are shown in. */
@NullMarked
package io.github.djlstitch.report;

import org.jspecify.annotations.NullMarked;
