package org.payhub.launcher;

/** A start that cannot go on: one sentence for the person at the terminal, and an exit status. */
final class StartFailure extends Exception {

    /** A setting or an argument is wrong; nothing was started. */
    static final int SETTINGS = 2;

    /**
     * Something that is needed is not there or broke: a port, the disk, the database, the server.
     */
    static final int FAILED = 1;

    private final int exitStatus;

    StartFailure(String sentence) {
        this(FAILED, sentence, null);
    }

    StartFailure(String sentence, Throwable cause) {
        this(FAILED, sentence, cause);
    }

    private StartFailure(int exitStatus, String sentence, Throwable cause) {
        super(sentence, cause);
        this.exitStatus = exitStatus;
    }

    static StartFailure wrongSetting(String sentence) {
        return new StartFailure(SETTINGS, sentence, null);
    }

    int exitStatus() {
        return exitStatus;
    }
}
