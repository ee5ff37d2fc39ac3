// SPDX-License-Identifier: Apache-2.0
import io.github.djlstitch.core.FloatMatrix;
import io.github.djlstitch.core.stitch.Encoder;
import io.github.djlstitch.encoders.options.EncoderOptions.Role;
import io.github.djlstitch.indexes.IndexAddress;
import io.github.djlstitch.indexes.IndexColumns;
import io.github.djlstitch.indexes.RowBlock;
import io.github.djlstitch.indexes.VectorSink;
import io.github.djlstitch.zoo.ModelZoo;
import io.github.djlstitch.zoo.ZooOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import net.sf.extjwnl.data.POS;
import net.sf.extjwnl.data.Synset;
import net.sf.extjwnl.dictionary.Dictionary;

/**
 * Makes an index to play with: 20,000 definitions of WordNet as vectors of minilm in a Lucene index,
 * and 200 judged queries. A query is a sentence of WordNet that uses a word; its answer is the
 * definition of that use.
 *
 * <pre>java -cp CLASSES WordnetIndex.java OUT [FORMAT:NAME]</pre>
 */
public final class WordnetIndex {
  private static final int DOCUMENTS = 20_000;
  private static final int QUERIES = 200;
  private static final int BLOCK = 512;

  /** A meaning: its definition, and sentences that use it. */
  private record Meaning(String id, String definition, String sentence) {}

  public static void main(String[] arguments) throws Exception {
    Path out = Files.createDirectories(Path.of(arguments[0]));
    List<Meaning> meanings = meanings();
    Collections.shuffle(meanings, new Random(0));
    List<Meaning> documents = meanings.subList(0, DOCUMENTS);
    List<Meaning> asked =
        documents.stream().filter(m -> !m.sentence().isEmpty()).limit(QUERIES).toList();
    Files.write(
        out.resolve("queries.tsv"), asked.stream().map(m -> m.id() + "\t" + m.sentence()).toList());
    Files.write(
        out.resolve("qrels.tsv"), asked.stream().map(m -> m.id() + "\t" + m.id() + "\t1").toList());
    IndexAddress index =
        IndexAddress.parse(arguments.length > 1 ? arguments[1] : "lucene:" + out.resolve("index"));
    Path parts = Files.createTempDirectory(out, "parts");
    try (Encoder<String> encoder = encoder();
        VectorSink sink =
            index
                .format()
                .create(parts, "index", encoder.dimension(), true, IndexColumns.usual())) {
      for (int from = 0; from < DOCUMENTS; from += BLOCK) {
        List<Meaning> block = documents.subList(from, Math.min(DOCUMENTS, from + BLOCK));
        List<String> texts = block.stream().map(Meaning::definition).toList();
        FloatMatrix vectors = encoder.encode(texts);
        sink.append(
            new RowBlock(from, vectors, block.stream().map(Meaning::id).toList(), texts, List.of()));
      }
      sink.endPart();
      Files.move(sink.finish(), index.path());
    }
    System.out.println("wrote " + index + ", queries.tsv and qrels.tsv");
  }

  private static Encoder<String> encoder() {
    Path cache = Path.of(System.getProperty("java.io.tmpdir"), "wordnet-index-cache");
    return ModelZoo.open(ZooOptions.in(cache))
        .reading(options -> options.withRole(Role.DOCUMENT))
        .encoder("minilm");
  }

  private static List<Meaning> meanings() throws Exception {
    List<Meaning> found = new ArrayList<>();
    for (POS pos : List.of(POS.NOUN, POS.VERB, POS.ADJECTIVE, POS.ADVERB)) {
      Iterator<Synset> synsets = Dictionary.getDefaultResourceInstance().getSynsetIterator(pos);
      while (synsets.hasNext()) {
        Synset synset = synsets.next();
        String[] parts = synset.getGloss().split(";\\s*\"", 2);
        String sentence = parts.length > 1 ? parts[1].replaceAll("\".*", "").trim() : "";
        if (!parts[0].isBlank()) {
          String id = pos.getKey() + synset.getOffset();
          found.add(new Meaning(id, parts[0].trim(), sentence));
        }
      }
    }
    return found;
  }
}
