// SPDX-License-Identifier: Apache-2.0
package io.github.djlstitch.experiments;

import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.measure.Spread;
import io.github.djlstitch.core.stitch.EncodedDataset;
import io.github.djlstitch.decoders.ClassifierHead;
import io.github.djlstitch.zoo.data.LabelledData;
import io.github.djlstitch.zoo.internal.train.StudentRecipe;
import io.github.djlstitch.zoo.internal.train.StudentTask;
import io.github.djlstitch.zoo.internal.train.Students;
import io.github.djlstitch.zoo.internal.train.TeacherSignal;
import io.github.djlstitch.zoo.internal.train.WordBags;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The students of {@link Supervision}: ways, settings, numbers of labels and seeds. */
final class SupervisionStudy {
  static final List<Integer> LABELS = List.of(10, 30, 100);
  private static final int WORDS = 1000;
  private static final int ANCHORS = 128;
  private static final double[] DECAYS = {0, 1e-4, 1e-3};
  private static final double[][] TEMPERATURES = {{1, 1}, {3, 1}, {3, 10}, {3, 30}, {3, 100}};
  private static final double[] WEIGHTS = {1, 10, 100};

  private final Lab lab;
  private final EncodedDataset teacher;
  private final WordBags train;
  private final WordBags test;
  private final long[] seeds;
  private final Map<Integer, List<Double>> teachers = new HashMap<>();
  private final Map<Key, List<Students.Scores>> scores = new HashMap<>();
  private final Map<Key, Integer> settings = new HashMap<>();
  private long done;

  /** The signals that a student learns from. */
  enum Way {
    LABELS("labels alone"),
    LOGITS("labels and logits"),
    RELATIVE("labels and relative vectors"),
    LOGITS_FEW("logits, labeled only"),
    RELATIVE_FEW("relative, labeled only");

    private final String shown;

    Way(String shown) {
      this.shown = shown;
    }

    String shown() {
      return shown;
    }
  }

  private record Key(Way way, int labels) {}

  /** Students of one way, number of labels and seed, by their setting. */
  private interface Trained {
    Students.Scores with(int setting);
  }

  /** A way with its setting, which was the best on the first seed's validation samples. */
  record Chosen(Way way, int labels, String setting, Spread validation, Spread test) {}

  private SupervisionStudy(Lab lab, EncodedDataset teacher, LabelledData data) {
    this.lab = lab;
    this.teacher = teacher;
    this.train = WordBags.of(data.requireTexts().train(), WORDS);
    this.test = train.others(data.requireTexts().test());
    this.seeds = lab.seeds(3, 5);
  }

  static SupervisionStudy run(Lab lab) {
    LabelledData data = lab.data("trec", "wordnet");
    String encoder = lab.encoders("minilm").get(0);
    var study = new SupervisionStudy(lab, lab.encode(encoder, data), data);
    for (long seed : study.seeds) {
      var few = new FewLabels(study.teacher, seed);
      for (int count : LABELS) {
        study.train(few, count, seed);
      }
    }
    return study;
  }

  private void train(FewLabels few, int count, long seed) {
    int[] labeled = few.labeled(count);
    ClassifierHead head = few.head(labeled);
    teachers.computeIfAbsent(count, c -> new ArrayList<>()).add(few.accuracy(head));
    FloatMatrix logits = few.scores(head); // (N, C)
    for (Way way : Way.values()) {
      boolean only = way == Way.LABELS || way == Way.LOGITS_FEW || way == Way.RELATIVE_FEW;
      int[] guided = only ? labeled : few.pool();
      int classes = teacher.train().classes().size();
      var task = new StudentTask(train, labeled, guided, few.validation(), classes);
      int[] anchors = few.anchors(guided, lab.anchors(ANCHORS));
      FloatMatrix relative = few.relative(anchors); // (N, M)
      keep(
          new Key(way, count),
          setting -> {
            TeacherSignal signal = signal(way, setting, logits, relative, anchors);
            String name = way.shown() + " " + count + " " + setting;
            StudentRecipe recipe = recipe(way, setting, few);
            lab.progress().at("train students", done++, trainings());
            return Trainings.students(lab).train(name, recipe, task, signal, test, seed);
          });
    }
  }

  // Each setting with the first seed, and the best with the others.
  private long trainings() {
    int tried = Arrays.stream(Way.values()).mapToInt(SupervisionStudy::settings).sum();
    return LABELS.size() * (tried + (long) Way.values().length * (seeds.length - 1));
  }

  // The first of equals; later seeds have the setting that the first one chose.
  private void keep(Key key, Trained trained) {
    List<Students.Scores> found = scores.computeIfAbsent(key, k -> new ArrayList<>());
    Integer known = settings.get(key);
    if (known != null) {
      found.add(trained.with(known));
      return;
    }
    int best = 0;
    var all = new ArrayList<Students.Scores>();
    for (int setting = 0; setting < settings(key.way()); setting++) {
      all.add(trained.with(setting));
      best = all.get(setting).validation() > all.get(best).validation() ? setting : best;
    }
    settings.put(key, best);
    found.add(all.get(best));
  }

  private StudentRecipe recipe(Way way, int setting, FewLabels few) {
    StudentRecipe small = StudentRecipe.small(lab.full() ? 40 : 6, few.pool().length);
    return way == Way.LABELS ? small.withWeightDecay(DECAYS[setting]) : small;
  }

  private static TeacherSignal signal(
      Way way, int setting, FloatMatrix logits, FloatMatrix relative, int[] anchors) {
    return switch (way) {
      case LABELS -> TeacherSignal.none();
      case LOGITS, LOGITS_FEW ->
          new TeacherSignal.Logits(logits, TEMPERATURES[setting][0], TEMPERATURES[setting][1]);
      case RELATIVE, RELATIVE_FEW ->
          new TeacherSignal.Relative(relative, anchors, WEIGHTS[setting]);
    };
  }

  private static int settings(Way way) {
    return switch (way) {
      case LABELS -> DECAYS.length;
      case LOGITS, LOGITS_FEW -> TEMPERATURES.length;
      case RELATIVE, RELATIVE_FEW -> WEIGHTS.length;
    };
  }

  private static String setting(Way way, int setting) {
    return switch (way) {
      case LABELS -> String.format(Locale.ROOT, "decay %.0e", DECAYS[setting]);
      case LOGITS, LOGITS_FEW ->
          String.format(
              Locale.ROOT,
              "temperature %.0f, weight %.0f",
              TEMPERATURES[setting][0],
              TEMPERATURES[setting][1]);
      case RELATIVE, RELATIVE_FEW -> String.format(Locale.ROOT, "weight %.0f", WEIGHTS[setting]);
    };
  }

  /** All ways for all numbers of labels. */
  List<Chosen> chosen() {
    return LABELS.stream()
        .flatMap(count -> Arrays.stream(Way.values()).map(way -> chosen(way, count)))
        .toList();
  }

  Chosen chosen(Way way, int count) {
    var key = new Key(way, count);
    return new Chosen(
        way,
        count,
        setting(way, settings.getOrDefault(key, 0)),
        spread(key, Students.Scores::validation),
        spread(key, Students.Scores::test));
  }

  private Spread spread(Key key, ToDoubleFunction<Students.Scores> what) {
    return Spread.of(scores.getOrDefault(key, List.of()).stream().mapToDouble(what).toArray());
  }

  /** The accuracy of the teacher's head with so many labels. */
  Spread teacher(int count) {
    return Spread.of(
        teachers.getOrDefault(count, List.of()).stream().mapToDouble(a -> a).toArray());
  }
}
