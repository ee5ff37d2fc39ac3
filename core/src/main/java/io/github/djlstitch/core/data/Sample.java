// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.data;

/**
 * One labelled sample.
 *
 * @param id identifies the sample in its data set; equal ids in two data sets mean parallel samples
 * @param input what an encoder reads (a text, later an image)
 * @param label index into the classes of the data set, from 0
 */
public record Sample<I>(String id, I input, int label) {}
