// NLP4J for bench/compare/names:  NamesNlp4j CONFIGURATION TEXTS
import edu.emory.mathcs.nlp.component.template.node.NLPNode;
import edu.emory.mathcs.nlp.decode.NLPDecoder;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

class NamesNlp4j extends NamesPeer {
  final NLPDecoder decoder;

  NamesNlp4j(String configuration) throws IOException {
    decoder = new NLPDecoder(Files.newInputStream(Path.of(configuration)));
  }

  void find(String piece, int offset, List<Span> spans) throws IOException {
    for (NLPNode[] sentence : decoder.decodeDocument(piece)) {
      int begin = 0;
      for (int i = 1; i < sentence.length; ++i) {
        String tag = sentence[i].getNamedEntityTag();
        if (tag == null || tag.equals("O")) continue;
        char place = tag.charAt(0);
        if (place == 'B' || place == 'U') begin = offset + sentence[i].getStartOffset();
        if (place == 'L' || place == 'U') {
          spans.add(new Span(begin, offset + sentence[i].getEndOffset(), tag.substring(2)));
        }
      }
      tokens += sentence.length - 1;
    }
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    new NamesNlp4j(arguments[0]).serve(Path.of(arguments[1]), answers);
  }
}
