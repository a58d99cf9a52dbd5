package uk.onefileroutes.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Draws what a row costs against the size of its file; sizes by powers of ten. */
final class CostChart {
  private static final int WIDTH = 640;
  private static final int HEIGHT = 320;
  private static final int MARGIN = 60;

  private CostChart() {}

  static String svg(List<Figures.Point> points) {
    double top = points.stream().mapToDouble(Figures.Point::cpuPerThousand).max().orElse(1) * 1.2;
    String line =
        points.stream()
            .map(point -> format("%.1f,%.1f", x(point.rows()), y(point.cpuPerThousand(), top)))
            .collect(Collectors.joining(" "));
    String marks =
        points.stream()
            .map(
                point ->
                    format(
                        """
                        <circle cx="%1$.1f" cy="%2$.1f" r="4" fill="#1f5f8b"/>
                        <text x="%1$.1f" y="%3$.1f" text-anchor="middle">%4$.2f</text>
                        <text x="%1$.1f" y="%5$d" text-anchor="middle">%6$,d</text>
                        """,
                        x(point.rows()),
                        y(point.cpuPerThousand(), top),
                        y(point.cpuPerThousand(), top) - 10,
                        point.cpuPerThousand(),
                        HEIGHT - MARGIN + 20,
                        point.rows()))
            .collect(Collectors.joining());
    return format(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" font-family="sans-serif" font-size="12">
        <rect width="100%%" height="100%%" fill="#ffffff"/>
        <text x="%d" y="24">CPU-s per 1,000 rows, against the rows of the file</text>
        <path d="M%d %d V%d H%d" fill="none" stroke="#666666"/>
        <polyline points="%s" fill="none" stroke="#1f5f8b" stroke-width="2"/>
        %s</svg>
        """,
        WIDTH, HEIGHT, MARGIN, MARGIN, MARGIN - 20, HEIGHT - MARGIN, WIDTH - 20, line, marks);
  }

  private static double x(int rows) {
    return MARGIN + (Math.log10(rows) - 2) / 4 * (WIDTH - 2 * MARGIN);
  }

  private static double y(double cost, double top) {
    return HEIGHT - MARGIN - cost / top * (HEIGHT - 2 * MARGIN);
  }

  private static String format(String text, Object... values) {
    return String.format(Locale.ROOT, text, values);
  }
}
