package dev.cairn.image.definition;

import java.util.List;

/// Finds the word that was probably meant.
final class Nearest {
    private static final int LONGEST = 40;

    private Nearest() {}

    /// The nearest of `words` to `written`; where none is near, all of them.
    static String advice(String written, List<String> words) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String word : words) {
            int distance = written.length() > LONGEST ? LONGEST : distance(plain(written), plain(word));
            if (distance < least) {
                least = distance;
                best = word;
            }
        }
        return least <= Math.max(2, best.length() / 3) ? best : String.join(", ", words);
    }

    /// Case and the choice between `-`, `_` and nothing do not make a word another one.
    private static String plain(String word) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < word.length(); i++) {
            char c = word.charAt(i);
            if (c != '-' && c != '_') {
                plain.append(Character.toLowerCase(c));
            }
        }
        return plain.toString();
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make `a` into `b` (optimal string alignment).
    static int distance(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                cost[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : cell(a, b, cost, i, j);
            }
        }
        return cost[a.length()][b.length()];
    }

    private static int cell(String a, String b, int[][] cost, int i, int j) {
        int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int least = Math.min(replace, Math.min(cost[i - 1][j], cost[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(least, cost[i - 2][j - 2] + 1) : least;
    }
}
