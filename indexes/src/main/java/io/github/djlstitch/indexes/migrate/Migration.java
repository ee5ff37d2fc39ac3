// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.indexes.migrate;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.Progress;
import io.github.djlstitch.core.StitchException;
import io.github.djlstitch.core.engine.EngineInfo;
import io.github.djlstitch.core.migrate.ForeignVectors;
import io.github.djlstitch.core.migrate.SpaceId;
import io.github.djlstitch.core.migrate.VectorBridge;
import io.github.djlstitch.core.migrate.VectorPopulation;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.indexes.VectorSource;
import io.github.djlstitch.indexes.migrate.MigrationManifest.SourcePart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Carries an index over a bridge into a new one, part by part. The source is only read; the target
 * is not there before all of it is, and its manifest comes last. A migration that ends abruptly
 * loses at most the part that was under way; {@link #resume} verifies the finished ones and goes
 * on. The same source, bridge and parts give the same bytes, where the format has no random numbers
 * in it.
 *
 * @param source the old index
 * @param columns that both indexes have
 * @param bridge applied to each vector
 * @param population of the vectors that the bridge is for; the source is compared with it first.
 *     Absent for queries, which are of another kind than what is stored
 * @param from space of the old index
 * @param to space of the new one
 * @param planSha256 digest of the bridge's file
 * @param partRows rows of a part; a multiple of {@value #BLOCK}
 */
public record Migration(
    VectorSource source,
    IndexColumns columns,
    VectorBridge bridge,
    Optional<VectorPopulation> population,
    SpaceId from,
    SpaceId to,
    String planSha256,
    int partRows) {
  /** Rows of a part if no number is given: about a million. */
  public static final int PART_ROWS = 1 << 20;

  /** Rows that are in memory at a time. */
  static final int BLOCK = 1 << 12;

  private static final int CHECKED = 1000;

  /** Checks the numbers. */
  public Migration {
    if (partRows < BLOCK || partRows % BLOCK != 0) {
      throw StitchException.usage("parts of %d rows; expected a multiple of %d", partRows, BLOCK);
    }
    if (source.width() != bridge.width()) {
      throw StitchException.badInput(
          "'%s' has vectors %d wide but the bridge reads %d; plan again for this index",
          source.address(), source.width(), bridge.width());
    }
  }

  /**
   * Migrates into a place where nothing is yet.
   *
   * @return what was written
   * @throws StitchException (usage) if something is there; (bad input) if the source is not of the
   *     bridge's space, changes meanwhile or has a vector that is not finite; (resources) if the
   *     target cannot be written
   */
  public MigrationManifest create(IndexAddress target, Progress progress) {
    return run(target, false, progress);
  }

  /**
   * Goes on with a migration that ended before it was whole, or starts one; one that is whole
   * already is left as it is.
   *
   * @throws StitchException as {@link #create}; (verification) if a finished part is not what it
   *     was
   */
  public MigrationManifest resume(IndexAddress target, Progress progress) {
    return run(target, true, progress);
  }

  private MigrationManifest run(IndexAddress target, boolean resumed, Progress progress) {
    requireOther(target.path());
    MigrationManifest job = job(target);
    if (Files.exists(target.path()) && !MigrationFolder.isUnderWay(target.path())) {
      return whole(target, job, resumed);
    }
    try (MigrationFolder folder = MigrationFolder.open(target.path(), resumed)) {
      if (folder.isWritten()) {
        return folder.publishWritten(target.path(), job);
      }
      List<SourcePart> parts = folder.parts(job);
      population.ifPresent(this::requireSpace);
      MigrationManifest done = job.with(write(target, folder, job, parts, progress));
      requireUnchanged(job);
      return folder.publish(target.path(), done);
    }
  }

  private MigrationManifest job(IndexAddress target) {
    return new MigrationManifest(
        from,
        to,
        planSha256,
        source.address().toString(),
        SourceState.of(source.address().path()),
        target.format().id(),
        bridge.targetWidth(),
        EngineInfo.describe(),
        List.of());
  }

  private MigrationManifest whole(IndexAddress target, MigrationManifest job, boolean resumed) {
    Path manifest = MigrationManifest.beside(target.path());
    if (!resumed || !Files.isRegularFile(manifest)) {
      throw StitchException.usage(
          "'%s' is there already and nothing is ever written into an index; choose another place",
          target.path());
    }
    MigrationManifest known = MigrationManifest.read(manifest);
    if (!known.continues(job)) {
      throw StitchException.badInput(
          "'%s' is another migration's: from '%s' by the bridge %.8s; choose another place",
          target.path(), known.source(), known.planSha256());
    }
    return known;
  }

  private void requireOther(Path target) {
    Path old = source.address().path().toAbsolutePath().normalize();
    Path fresh = target.toAbsolutePath().normalize();
    if (old.equals(fresh) || fresh.startsWith(old)) {
      throw StitchException.usage(
          "'%s' is the old index itself; give another place, as two spaces in one field find"
              + " nothing",
          target);
    }
  }

  private List<SourcePart> write(
      IndexAddress target,
      MigrationFolder folder,
      MigrationManifest job,
      List<SourcePart> finished,
      Progress progress) {
    List<SourcePart> parts = new ArrayList<>(finished);
    try (VectorSource.RowReader rows = source.read();
        VectorSink sink = sink(target, folder, finished)) {
      skip(rows, finished);
      long done = job.with(finished).rows();
      for (Optional<SourcePart> part = part(rows, sink, done, progress);
          part.isPresent();
          part = part(rows, sink, done, progress)) {
        parts.add(part.get());
        done += part.get().part().rows();
        folder.keep(job.with(parts));
      }
      requireCount(done, source.rows());
      folder.finished(sink.finish());
    }
    return parts;
  }

  private VectorSink sink(IndexAddress target, MigrationFolder folder, List<SourcePart> finished) {
    String name = String.valueOf(target.path().getFileName());
    List<VectorSink.Part> known = finished.stream().map(SourcePart::part).toList();
    return target
        .format()
        .resume(folder.data(), name, bridge.targetWidth(), source.hasIds(), columns, known);
  }

  /** Carries the next part over; empty at the end. */
  private Optional<SourcePart> part(
      VectorSource.RowReader rows, VectorSink sink, long before, Progress progress) {
    var checksum = new RowChecksum();
    long written = 0;
    RowBlock block = rows.next(BLOCK);
    while (block.rows() > 0) {
      checksum.add(block);
      sink.append(block.withVectors(carried(block)));
      written += block.rows();
      long done = before + written;
      progress.at("migrate " + source.address(), done, Math.max(done, source.rows().orElse(done)));
      if (written >= partRows) {
        break;
      }
      block = rows.next((int) Math.min(BLOCK, partRows - written));
    }
    return written == 0
        ? Optional.empty()
        : Optional.of(new SourcePart(sink.endPart(), checksum.take()));
  }

  // Finished parts are read again, for their rows must be those that were carried over.
  private void skip(VectorSource.RowReader rows, List<SourcePart> finished) {
    for (SourcePart part : finished) {
      var checksum = new RowChecksum();
      long left = part.part().rows();
      while (left > 0) {
        RowBlock block = rows.next((int) Math.min(BLOCK, left));
        if (block.rows() == 0) {
          throw changed();
        }
        checksum.add(block);
        left -= block.rows();
      }
      if (!checksum.take().equals(part.checksum())) {
        throw changed();
      }
    }
  }

  private FloatMatrix carried(RowBlock block) {
    requireUsable(block.vectors(), block);
    return bridge.apply(block.vectors());
  }

  private void requireUsable(FloatMatrix vectors, RowBlock block) {
    vectors
        .firstNonFiniteRow()
        .ifPresent(
            row -> {
              throw StitchException.badInput(
                  "'%s' has a value that is not finite in row %d (id '%s'); mend that row, then go on"
                      + " with --resume",
                  source.address(), block.first() + row, block.id(row));
            });
  }

  private void requireSpace(VectorPopulation own) {
    var counted = ForeignVectors.countedBy(own);
    long step = Math.max(1, source.rows().orElse(CHECKED) / CHECKED);
    List<FloatMatrix> some = new ArrayList<>();
    try (VectorSource.RowReader rows = source.read()) {
      for (RowBlock row = rows.next(1);
          row.rows() > 0 && some.size() < CHECKED;
          row = rows.next(1)) {
        some.add(row.vectors());
        rows.skip(step - 1);
      }
    }
    if (some.isEmpty()) {
      throw StitchException.badInput("'%s' has no rows to migrate", source.address());
    }
    counted.add(FloatMatrix.concatRows(some.toArray(FloatMatrix[]::new)));
    ForeignVectors.Finding finding = counted.finding();
    if (finding.foreign()) {
      throw StitchException.badInput(
          "%d of %d rows of '%s' are not of the space that the plan is about ('%s'); see 'stitch"
              + " migrate check'",
          finding.beyond(), finding.rows(), source.address(), from.name());
    }
  }

  private void requireUnchanged(MigrationManifest job) {
    if (!SourceState.of(source.address().path()).equals(job.sourceState())) {
      throw changed();
    }
  }

  private void requireCount(long done, OptionalLong expected) {
    if (expected.isPresent() && expected.getAsLong() != done) {
      throw StitchException.badInput(
          "'%s' should have %d rows but gave %d; it changed while it was read",
          source.address(), expected.getAsLong(), done);
    }
  }

  private StitchException changed() {
    return StitchException.badInput(
        "'%s' is not what it was when the migration began; delete what was begun and migrate again",
        source.address());
  }
}
