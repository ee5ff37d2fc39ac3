// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.core.space;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.internal.cluster.KMeans;
import io.github.djlstitch.core.space.Anchors.Prototype;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The samples of each cluster of k-means on unit vectors, nearest to its center first. */
final class AnchorClusters {
  private static final double SMALLEST = 1e-6; // float32 cannot tell smaller distances from 0

  private final LatentSpace space;
  private final List<List<Member>> clusters;

  private record Member(int row, double distance) {}

  private AnchorClusters(LatentSpace space, List<List<Member>> clusters) {
    this.space = space;
    this.clusters = clusters;
  }

  /** As many clusters as anchors, in the order in which k-means numbers them; none is empty. */
  static AnchorClusters of(LatentSpace space, int count, long seed) {
    FloatMatrix unit = Directions.of(space);
    KMeans.Clustering clustering = KMeans.fit(unit, count, seed);
    List<List<Member>> clusters = new ArrayList<>();
    for (int c = 0; c < count; c++) {
      clusters.add(new ArrayList<>());
    }
    int[] assigned = clustering.clusters();
    for (int i = 0; i < assigned.length; i++) {
      double distance = distance(unit.row(i), clustering.centers().row(assigned[i]));
      clusters.get(assigned[i]).add(new Member(i, distance));
    }
    clusters.forEach(
        cluster ->
            cluster.sort(
                Comparator.comparingDouble(Member::distance).thenComparingInt(Member::row)));
    shareDuplicates(clusters);
    return new AnchorClusters(space, clusters);
  }

  // Where there are fewer different vectors than clusters, clusters stay empty; they take the last
  // sample of the largest cluster.
  private static void shareDuplicates(List<List<Member>> clusters) {
    for (List<Member> cluster : clusters) {
      if (cluster.isEmpty()) {
        List<Member> largest = clusters.get(0);
        for (List<Member> other : clusters) {
          largest = other.size() > largest.size() ? other : largest;
        }
        cluster.add(largest.remove(largest.size() - 1));
      }
    }
  }

  /** The row nearest to each center; they are distinct. */
  int[] nearest() {
    return clusters.stream().mapToInt(cluster -> cluster.get(0).row()).toArray();
  }

  /** The weighted mean of the {@code most} samples nearest to each center. */
  List<Prototype> prototypes(int most) {
    return clusters.stream()
        .map(cluster -> prototype(cluster.subList(0, Math.min(most, cluster.size()))))
        .toList();
  }

  private Prototype prototype(List<Member> members) {
    List<Double> inverse =
        members.stream().map(member -> 1 / Math.max(member.distance(), SMALLEST)).toList();
    double sum = inverse.stream().mapToDouble(w -> w).sum();
    return new Prototype(
        members.stream().map(member -> space.ids().get(member.row())).toList(),
        inverse.stream().map(w -> w / sum).toList());
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int j = 0; j < a.length; j++) {
      sum += ((double) a[j] - b[j]) * ((double) a[j] - b[j]);
    }
    return Math.sqrt(sum);
  }
}
