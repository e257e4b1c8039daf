package org.payhub.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/** The exported file as a person reads it: by the names of its columns. */
record ItemisedFile(List<String> names, List<List<String>> rows) {

    /** One that stands between two cells: an even number of quotation marks follows it. */
    private static final Pattern COMMA = Pattern.compile(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)");

    /** No text of the stories has a line break in it. */
    static ItemisedFile read(Path file) {
        List<List<String>> all = lines(file).stream().map(ItemisedFile::cells).toList();
        List<String> names = all.get(0);
        List<List<String>> rows = all.subList(1, all.size());
        assertThat(rows).allSatisfy(row -> assertThat(row).hasSameSizeAs(names));
        return new ItemisedFile(names, rows);
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> cells(String line) {
        return Arrays.stream(COMMA.split(line, -1))
                .map(cell -> cell.startsWith("\"") ? unquoted(cell) : cell)
                .toList();
    }

    private static String unquoted(String cell) {
        return cell.substring(1, cell.length() - 1).replace("\"\"", "\"");
    }

    /** The rows about that person. */
    ItemisedFile of(String client) {
        int at = at("client_name");
        return new ItemisedFile(
                names, rows.stream().filter(row -> row.get(at).equals(client)).toList());
    }

    /** Of every row what stands in these columns. */
    List<List<String>> columns(String... wanted) {
        return rows.stream()
                .map(row -> Arrays.stream(wanted).map(name -> row.get(at(name))).toList())
                .toList();
    }

    /** Of every row what stands in this column. */
    List<String> column(String name) {
        return rows.stream().map(row -> row.get(at(name))).toList();
    }

    private int at(String name) {
        int at = names.indexOf(name);
        assertThat(at).as("column " + name + " of " + names).isNotNegative();
        return at;
    }
}
