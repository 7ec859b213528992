// SPDX-License-Identifier: Apache-2.0
package dev.sigrun.kernel.persist.aof;

import dev.sigrun.kernel.config.text.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Which files make up an append-only file, in the order in which they are loaded: the base, then
 * those with what has changed since. Never changes; each step makes another one.
 *
 * @param base the file with all data; null when there is none
 * @param incrs the files with changes, oldest first
 * @param history files that are of no more use
 * @param baseSequence the number of the last base that there was
 * @param incrSequence the number of the last file with changes that there was
 */
record Manifest(
        AofFile base,
        List<AofFile> incrs,
        List<AofFile> history,
        long baseSequence,
        long incrSequence) {
    /** Longer lines are refused, since no name is so long. */
    private static final int LINE_BYTES_MAX = 1024;

    /** One that names no files. */
    static final Manifest EMPTY = new Manifest(null, List.of(), List.of(), 0, 0);

    Manifest {
        incrs = List.copyOf(incrs);
        history = List.copyOf(history);
    }

    /** Whether there is nothing to load. */
    boolean isEmpty() {
        return base == null && incrs.isEmpty();
    }

    /** The files to load, in that order. */
    List<AofFile> toLoad() {
        List<AofFile> all = new ArrayList<>();
        if (base != null) {
            all.add(base);
        }
        all.addAll(incrs);
        return all;
    }

    /** The file that changes are added to; null when there is none. */
    AofFile last() {
        return incrs.isEmpty() ? null : incrs.getLast();
    }

    /** With another base; the one before is history. */
    Manifest withBase(String prefix, boolean asRdb) {
        List<AofFile> old = new ArrayList<>(history);
        if (base != null) {
            old.addFirst(base.asHistory());
        }
        long sequence = baseSequence + 1;
        String name = prefix + "." + sequence + ".base" + (asRdb ? ".rdb" : ".aof");
        AofFile next = new AofFile(name, sequence, AofFile.Kind.BASE);
        return new Manifest(next, incrs, old, sequence, incrSequence);
    }

    /** With a base that was written before there were manifests. */
    Manifest withOldBase(String name) {
        AofFile old = new AofFile(name, 1, AofFile.Kind.BASE);
        return new Manifest(old, incrs, history, 1, incrSequence);
    }

    /** With one more file for changes, which is the last. */
    Manifest withIncr(String prefix) {
        long sequence = incrSequence + 1;
        List<AofFile> more = new ArrayList<>(incrs);
        String name = prefix + "." + sequence + ".incr.aof";
        more.add(new AofFile(name, sequence, AofFile.Kind.INCR));
        return new Manifest(base, more, history, baseSequence, sequence);
    }

    /**
     * Without the changes that the base contains.
     *
     * @param kept how many of the last files stay
     */
    Manifest rewritten(int kept) {
        int gone = Math.max(incrs.size() - kept, 0);
        List<AofFile> old = new ArrayList<>();
        for (int i = gone - 1; i >= 0; i--) {
            old.addFirst(incrs.get(i).asHistory());
        }
        old.addAll(history);
        return new Manifest(
                base, incrs.subList(gone, incrs.size()), old, baseSequence, incrSequence);
    }

    /** Without what is of no more use. */
    Manifest withoutHistory() {
        return new Manifest(base, incrs, List.of(), baseSequence, incrSequence);
    }

    /** The file's content, one character for each byte. */
    String text() {
        StringBuilder out = new StringBuilder();
        if (base != null) {
            out.append(base.line());
        }
        history.forEach(file -> out.append(file.line()));
        incrs.forEach(file -> out.append(file.line()));
        return out.toString();
    }

    /** Reads what {@link #text} wrote, or Valkey. */
    static Manifest parse(String text) throws ManifestError {
        if (text.isEmpty()) {
            throw new ManifestError("Found an empty AOF manifest", 0, null);
        }
        Manifest manifest = EMPTY;
        int number = 0;
        int at = 0;
        while (at < text.length()) {
            number++;
            int end = text.indexOf('\n', at);
            String line = text.substring(at, end < 0 ? text.length() : end);
            at = end < 0 ? text.length() : end + 1;
            if (line.startsWith("#")) {
                continue;
            }
            if (end < 0 || line.length() >= LINE_BYTES_MAX) {
                throw new ManifestError(
                        "The AOF manifest file contains too long line", number, null);
            }
            manifest = manifest.with(Words.trim(line), number);
        }
        return manifest;
    }

    private Manifest with(String line, int number) throws ManifestError {
        AofFile file = file(line, number);
        return switch (file.kind()) {
            case BASE -> {
                if (base != null) {
                    throw new ManifestError("Found duplicate base file information", number, line);
                }
                yield new Manifest(file, incrs, history, file.sequence(), incrSequence);
            }
            case HISTORY -> {
                List<AofFile> more = new ArrayList<>(history);
                more.add(file);
                yield new Manifest(base, incrs, more, baseSequence, incrSequence);
            }
            case INCR -> {
                if (file.sequence() <= incrSequence) {
                    throw new ManifestError("Found a non-monotonic sequence number", number, line);
                }
                List<AofFile> more = new ArrayList<>(incrs);
                more.add(file);
                yield new Manifest(base, more, history, baseSequence, file.sequence());
            }
        };
    }

    private static AofFile file(String line, int number) throws ManifestError {
        List<String> words = Words.split(line);
        if (words == null || words.size() < 6 || words.size() % 2 != 0) {
            throw new ManifestError("Invalid AOF manifest file format", number, line);
        }
        String name = "";
        String sequence = "";
        String kind = "";
        for (int i = 0; i < words.size(); i += 2) {
            String value = words.get(i + 1);
            switch (Words.lower(words.get(i))) {
                case "file" -> name = value;
                case "seq" -> sequence = value;
                case "type" -> kind = value;
                default -> {
                    // What a later version may add is for that version.
                }
            }
        }
        if (name.indexOf('/') >= 0 || name.indexOf('\\') >= 0) {
            throw new ManifestError("File can't be a path, just a filename", number, line);
        }
        long order = number(sequence);
        if (name.isEmpty() || order == 0 || kind.isEmpty()) {
            throw new ManifestError("Invalid AOF manifest file format", number, line);
        }
        AofFile.Kind known = AofFile.Kind.of(kind.charAt(0));
        if (known == null) {
            throw new ManifestError("Unknown AOF file type", number, line);
        }
        return new AofFile(name, order, known);
    }

    /** The digits that a text begins with; 0 without any. */
    private static long number(String text) {
        int end = 0;
        while (end < text.length()
                && end < 18
                && text.charAt(end) >= '0'
                && text.charAt(end) <= '9') {
            end++;
        }
        return end == 0 ? 0 : Long.parseLong(text.substring(0, end));
    }
}
