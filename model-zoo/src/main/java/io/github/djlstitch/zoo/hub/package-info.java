// SPDX-License-Identifier: Apache-2.0
/** Published files over the network: verified, kept once, shared with the Hub's Python client. */
@NullMarked
package io.github.djlstitch.zoo.hub;

import org.jspecify.annotations.NullMarked;
