// What the Java peers of bench/compare/names have in common: they load, then read commands from
// standard input, and answer each with a line of JSON.
//
//   spans FILE     names of each text, a line of [[begin, end, "TYPE"], ...], in code points
//   time SECONDS   whole passes over the texts until so much processor time has gone
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

abstract class NamesPeer {
  record Span(int begin, int end, String type) {}  // in UTF-16

  long tokens;

  /** Adds the names of a piece of text that begins at offset, and its words to tokens. */
  abstract void find(String piece, int offset, List<Span> spans) throws IOException;

  /** Whether to read paragraphs one by one, for who joins headings to what follows. */
  boolean byParagraph() {
    return true;
  }

  List<Span> find(String text) throws IOException {
    List<Span> spans = new ArrayList<>();
    for (int begin = 0; begin < text.length(); ) {
      int end = byParagraph() ? text.indexOf("\n\n", begin) : -1;
      if (end < 0) end = text.length();
      if (end > begin) find(text.substring(begin, end), begin, spans);
      begin = end + 2;
    }
    return spans;
  }

  /** A line of the texts is a JSON string. */
  static String decoded(String line) {
    StringBuilder out = new StringBuilder(line.length());
    for (int i = 1; i < line.length() - 1; ++i) {
      char c = line.charAt(i);
      if (c != '\\') {
        out.append(c);
        continue;
      }
      c = line.charAt(++i);
      switch (c) {
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> {
          out.append((char) Integer.parseInt(line.substring(i + 1, i + 5), 16));
          i += 4;
        }
        default -> out.append(c);
      }
    }
    return out.toString();
  }

  static double processorSeconds() {
    var system = ManagementFactory.getOperatingSystemMXBean();
    return ((com.sun.management.OperatingSystemMXBean) system).getProcessCpuTime() * 1e-9;
  }

  String line(String text) throws IOException {
    StringBuilder out = new StringBuilder("[");
    for (Span span : find(text)) {
      int begin = text.codePointCount(0, span.begin);
      int end = begin + text.codePointCount(span.begin, span.end);
      out.append(out.length() > 1 ? ", [" : "[").append(begin).append(", ").append(end);
      out.append(", \"").append(span.type).append("\"]");
    }
    return out.append("]\n").toString();
  }

  void serve(Path file, PrintStream answers) throws IOException {
    List<String> texts = new ArrayList<>();
    for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) texts.add(decoded(line));
    answers.println("{}");
    BufferedReader commands = new BufferedReader(new InputStreamReader(System.in));
    for (String command; (command = commands.readLine()) != null; answers.flush()) {
      String[] words = command.split(" ", 2);
      if (words[0].equals("spans")) {
        StringBuilder out = new StringBuilder();
        for (String text : texts) out.append(line(text));
        Files.writeString(Path.of(words[1]), out);
        answers.println("{}");
        continue;
      }
      double least = Double.parseDouble(words[1]);
      double begin = processorSeconds();
      long beginWall = System.nanoTime();
      int passes = 0;
      long found = 0;
      tokens = 0;
      do {
        for (String text : texts) found += find(text).size();
        ++passes;
      } while (processorSeconds() - begin < least);
      answers.printf(
          "{\"passes\": %d, \"seconds\": %.6f, \"wall\": %.6f, \"tokens\": %d, \"found\": %d}%n",
          passes, processorSeconds() - begin, (System.nanoTime() - beginWall) * 1e-9,
          tokens / passes, found / passes);
    }
  }
}
