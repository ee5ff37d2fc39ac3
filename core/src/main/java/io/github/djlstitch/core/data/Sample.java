// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.data;

/**
 * One labeled sample.
 *
 * @param id identifies the sample in its data set; equal ids in two data sets mean parallel samples
 * @param input the encoder's input, a text or an image
 * @param label index into the classes of the data set, from 0
 */
public record Sample<I>(String id, I input, int label) {}
