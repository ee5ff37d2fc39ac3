// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.springai;

import io.github.djlstitch.decoders.HeadFile;
import io.github.djlstitch.zoo.HeadJob;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A head that bge-small trained to tell animals from vehicles. */
final class TrainedHead {
  private TrainedHead() {}

  static Path save(Path folder) throws IOException {
    ModelZoo zoo = ModelZoo.open(ZooOptions.in(folder.resolve("cache")));
    String rows =
        IntStream.range(0, 60)
            .mapToObj(i -> i + (i % 2 == 0 ? " cats,animal" : " ships,vehicle"))
            .collect(Collectors.joining("\n", "text,label\n", "\n"));
    Path data = Files.writeString(folder.resolve("pets.csv"), rows);
    Path head = folder.resolve("head.safetensors");
    HeadFile.save(HeadJob.of("bge-small", "csv:" + data, 20).run(zoo), head);
    return head;
  }
}
