// SPDX-License-Identifier: Apache-2.0
/** Graph networks for the nodes of one graph as DJL blocks over sparse products. */
@NullMarked
package io.github.djlstitch.encoders.internal.graph;

import org.jspecify.annotations.NullMarked;
