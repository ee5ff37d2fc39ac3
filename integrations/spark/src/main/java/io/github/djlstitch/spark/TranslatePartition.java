// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.spark;

import io.github.djlstitch.core.migrate.QueryAdapter;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.relative.SpaceCard;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import scala.Tuple2;

/**
 * Vectors into another encoder's space.
 *
 * @param way files of a bridge, or of two cards
 */
record TranslatePartition(Broadcast<ShippedFiles> way)
    implements MapPartitionsFunction<Tuple2<Row, VectorCell>, Tuple2<Row, VectorCell>> {
  private static final long serialVersionUID = 1L;
  private static final String BRIDGE = "bridge.safetensors";
  private static final String FROM = "from.safetensors";
  private static final String TO = "to.safetensors";

  static ShippedFiles shipped(VectorBridge bridge) {
    return ShippedFiles.written(folder -> bridge.save(folder.resolve(BRIDGE)));
  }

  static ShippedFiles shipped(SpaceCard from, SpaceCard to) {
    return ShippedFiles.written(
        folder -> {
          from.save(folder.resolve(FROM));
          to.save(folder.resolve(TO));
        });
  }

  @Override
  public Iterator<Tuple2<Row, VectorCell>> call(Iterator<Tuple2<Row, VectorCell>> rows) {
    // What is asked for is checked and computed like queries; it need not be queries.
    QueryAdapter adapter =
        ExecutorModels.get(
            way.value().id(),
            QueryAdapter.class,
            () -> way.value().read(TranslatePartition::adapter));
    return new Blocks<>(
        rows,
        FixedBlocks.ROWS,
        block -> VectorTable.map(block, adapter.width(), adapter::apply, Tuple2::new));
  }

  private static QueryAdapter adapter(Path folder) {
    Path bridge = folder.resolve(BRIDGE);
    return Files.exists(bridge)
        ? QueryAdapter.over(VectorBridge.load(bridge))
        : QueryAdapter.between(
            SpaceCard.load(folder.resolve(FROM)), SpaceCard.load(folder.resolve(TO)));
  }
}
