// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.encoders.internal.encoder;

import ai.djl.Device;
import ai.djl.modality.Classifications;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Block;
import ai.djl.training.ParameterStore;
import ai.djl.translate.Translator;
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.internal.engine.LoadedEngine;
import io.github.djlstitch.core.internal.script.ScriptPart;
import io.github.djlstitch.core.internal.time.Stage;
import io.github.djlstitch.encoders.ImageEncoder;
import io.github.djlstitch.encoders.image.ImageSource;
import io.github.djlstitch.encoders.internal.image.ImagePreprocessing;
import io.github.djlstitch.encoders.internal.vision.VisionNetwork;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Function;

/**
 * An image encoder: decoding, resizing and normalization on all cores, ahead of the network; the
 * network in batches. Batches and threads do not change the vectors beyond rounding (1e-6).
 * Thread-safe until closed.
 */
public final class FrozenImageEncoder implements ImageEncoder, PortableEncoder {
  private final Identity identity;
  private final int batch;
  private final ImagePreprocessing preprocessing;
  private final ImagePipeline pipeline;
  private final VisionNetwork network;
  private final NDManager manager;
  private final EncoderGuard guard;

  private FrozenImageEncoder(
      Identity identity,
      int batch,
      ImagePreprocessing preprocessing,
      VisionNetwork network,
      NDManager manager) {
    this.identity = identity;
    this.batch = batch;
    this.preprocessing = preprocessing;
    this.network = network;
    this.manager = manager;
    this.guard = new EncoderGuard(identity.id());
    this.pipeline = new ImagePipeline(preprocessing, batch);
  }

  /**
   * Identifies an encoder in messages, caches and results.
   *
   * @param id name in the zoo
   * @param sha256 digest of everything that decides its vectors, {@link
   *     ImagePreprocessing#describe} among it
   */
  public record Identity(String id, String sha256) {}

  /**
   * Opens an encoder, which owns the weights until it is closed.
   *
   * @param network loads the network; the manager that it is given owns its tensors
   * @param batch most images in one forward pass, at least 1
   * @throws StitchException (bad input) if the preprocessing makes images of another size than the
   *     network reads
   */
  public static FrozenImageEncoder open(
      Identity identity,
      ImagePreprocessing preprocessing,
      Function<NDManager, ? extends VisionNetwork> network,
      Device device,
      int batch) {
    if (batch < 1) {
      throw StitchException.usage("a batch needs at least 1 image but got %d", batch);
    }
    NDManager manager = LoadedEngine.manager(device);
    try {
      VisionNetwork loaded = network.apply(manager);
      requireSameSize(identity.id(), preprocessing, loaded);
      return new FrozenImageEncoder(identity, batch, preprocessing, loaded, manager);
    } catch (RuntimeException e) {
      manager.close();
      throw e;
    }
  }

  private static void requireSameSize(
      String id, ImagePreprocessing preprocessing, VisionNetwork network) {
    if (preprocessing.height() != network.imageHeight()
        || preprocessing.width() != network.imageWidth()) {
      throw StitchException.badInput(
          "encoder '%s' reads images of %d x %d (height x width) but its preprocessing makes them"
              + " %d x %d",
          id,
          network.imageHeight(),
          network.imageWidth(),
          preprocessing.height(),
          preprocessing.width());
    }
  }

  @Override
  public String id() {
    return identity.id();
  }

  @Override
  public int dimension() {
    return network.width();
  }

  @Override
  public String sha256() {
    return identity.sha256();
  }

  /** Returns the preprocessing that turns images into the network's input. */
  public ImagePreprocessing preprocessing() {
    return preprocessing;
  }

  @Override
  public Block block() {
    return network;
  }

  @Override
  public Translator<ImageSource, Classifications> translator(List<String> classes) {
    return new ImageTranslator(preprocessing, classes);
  }

  @Override
  public ScriptPart script() {
    return network.script();
  }

  @Override
  public PortableInput input() {
    return new PortableInput(
        "preprocessing.json",
        preprocessing.json(),
        false,
        preprocessing.translatorArguments(),
        preprocessing.translatorDifferences());
  }

  /**
   * Encodes images to vectors, shape (N, D), in the order of the images. Stops at the first image
   * that cannot be read, or when the thread is interrupted.
   *
   * @throws StitchException (bad input) naming the image that cannot be read or whose vector is not
   *     finite; (resources) if the thread is interrupted
   */
  @Override
  public FloatMatrix encode(List<ImageSource> images) {
    return guard.encode("image", images, () -> vectors(images));
  }

  private FloatMatrix vectors(List<ImageSource> images) {
    float[] out = new float[Math.multiplyExact(images.size(), dimension())];
    pipeline.run(
        images,
        (from, size, pixels) -> {
          float[] vectors = Stage.NETWORK.get(() -> forward(size, pixels));
          for (int i = 0; i < size; i++) {
            ImageSource image = images.get(from + i);
            guard.requireFinite(vectors, i, dimension(), () -> describe(image, from));
          }
          System.arraycopy(vectors, 0, out, from * dimension(), vectors.length);
        });
    return FloatMatrix.wrap(images.size(), dimension(), out);
  }

  private float[] forward(int size, ByteBuffer pixels) {
    try (NDManager scope = manager.newSubManager()) {
      var shape = new Shape(size, 3, preprocessing.height(), preprocessing.width());
      NDArray images = scope.create(pixels, shape, DataType.FLOAT32); // (B, 3, H, W)
      var store = new ParameterStore(scope, false);
      return network.forward(store, new NDList(images), false).head().toFloatArray(); // (B, D)
    }
  }

  private String describe(ImageSource image, int from) {
    return "image '%s' (batch %d)".formatted(image.name(), from / batch);
  }

  @Override
  public void close() {
    guard.close(
        () -> {
          try (manager) {
            pipeline.close();
          }
        });
  }
}
