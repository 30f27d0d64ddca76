// Stanford CoreNLP for bench/compare/names:  NamesCorenlp crf MODEL | ANNOTATORS  TEXTS
import edu.stanford.nlp.ie.crf.CRFClassifier;
import edu.stanford.nlp.ling.CoreAnnotations;
import edu.stanford.nlp.ling.CoreLabel;
import edu.stanford.nlp.pipeline.Annotation;
import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import edu.stanford.nlp.util.CoreMap;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;

abstract class NamesCorenlp extends NamesPeer {
  /** Words one after the other with the same label are a name, as CoreNLP has it. */
  void add(List<CoreLabel> sentence, boolean answers, int offset, List<Span> spans) {
    String before = "O";
    int begin = 0;
    int end = 0;
    for (CoreLabel token : sentence) {
      String label = answers ? token.get(CoreAnnotations.AnswerAnnotation.class) : token.ner();
      if (label == null) label = "O";
      if (!label.equals(before)) {
        if (!before.equals("O")) spans.add(new Span(begin, end, before));
        before = label;
        begin = offset + token.beginPosition();
      }
      end = offset + token.endPosition();
    }
    if (!before.equals("O")) spans.add(new Span(begin, end, before));
    tokens += sentence.size();
  }

  static class Crf extends NamesCorenlp {
    final CRFClassifier<CoreLabel> classifier;

    Crf(String model) throws Exception {
      classifier = CRFClassifier.getClassifier("edu/stanford/nlp/models/ner/" + model);
    }

    void find(String piece, int offset, List<Span> spans) {
      for (List<CoreLabel> sentence : classifier.classify(piece)) {
        add(sentence, true, offset, spans);
      }
    }
  }

  static class Annotators extends NamesCorenlp {
    final StanfordCoreNLP pipeline;

    Annotators(String annotators) {
      Properties properties = new Properties();
      properties.setProperty("annotators", annotators);
      properties.setProperty("threads", "1");
      properties.setProperty("ssplit.newlineIsSentenceBreak", "two");  // its way of byParagraph
      // The three classifiers and nothing else.
      properties.setProperty("ner.applyFineGrained", "false");
      properties.setProperty("ner.applyNumericClassifiers", "false");
      properties.setProperty("ner.useSUTime", "false");
      properties.setProperty("ner.buildEntityMentions", "false");
      pipeline = new StanfordCoreNLP(properties, annotators.contains("lemma"));
    }

    boolean byParagraph() {
      return false;
    }

    void find(String text, int offset, List<Span> spans) {
      Annotation annotation = new Annotation(text);
      pipeline.annotate(annotation);
      for (CoreMap sentence : annotation.get(CoreAnnotations.SentencesAnnotation.class)) {
        add(sentence.get(CoreAnnotations.TokensAnnotation.class), false, offset, spans);
      }
    }
  }

  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);  // CoreNLP may talk
    NamesPeer peer =
        arguments[0].equals("crf") ? new Crf(arguments[1]) : new Annotators(arguments[0]);
    peer.serve(Path.of(arguments[arguments.length - 1]), answers);
  }
}
