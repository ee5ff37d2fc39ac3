// SPDX-License-Identifier: Apache-2.0
/**
 * Encoders, heads and bridges as LangChain4j knows them: embedding models, a text classifier, and a
 * content retriever over an index in two halves.
 */
@NullMarked
package io.github.djlstitch.langchain4j;

import org.jspecify.annotations.NullMarked;
