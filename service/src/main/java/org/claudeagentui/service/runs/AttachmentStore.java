package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.Deadline;
import org.claudeagentui.service.web.HasProblem;
import org.claudeagentui.service.web.Problem;

import java.util.Optional;
import java.util.function.Consumer;

/** Where the files lie that are attached to runs. */
public interface AttachmentStore {

    /** Opens a way to it. Nothing is asked yet. */
    Visit open();

    /** Some calls, one after the other. Each ends within seconds, or by the deadline it is given, or when the visit is closed by anybody. */
    interface Visit extends AutoCloseable {

        /**
         * What is known of a file.
         *
         * @return nothing when there is none with that id, or its bytes are gone
         * @throws Refused when it lies where the service can't read it
         * @throws Away when the store can't be asked
         */
        Optional<StoredFile> find(String id, Deadline deadline) throws Refused;

        /**
         * Keeps a file, byte for byte.
         *
         * @return its id
         * @throws Refused when the store doesn't take it
         * @throws Away when the store can't be asked
         */
        String store(String name, AttachmentType type, AttachmentContent content, Deadline deadline) throws Refused;

        /**
         * Forgets a file, if there is one with that id.
         *
         * @throws Away when the store can't be asked
         */
        void remove(String id);

        /**
         * Hands a file over, piece by piece.
         *
         * @return whether there was one to hand over
         * @throws Away when the store can't be asked, or stops in the midst
         */
        boolean read(StoredFile file, Consumer<byte[]> pieces, Deadline deadline);

        /** Ends the call under way, too. */
        @Override
        void close();
    }

    /**
     * A file as the store knows it.
     *
     * @param id names it
     * @param name what it is called
     * @param mediaType what the store takes it for
     * @param size how many bytes it has
     * @param sha256 of its bytes, where the store knows it
     * @param path where its bytes are
     */
    record StoredFile(String id, String name, String mediaType, long size, Optional<String> sha256, String path) {}

    /** The store doesn't take a file, or doesn't give it. */
    final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        /**
         * A refusal.
         *
         * @param reason why, as the end of a sentence that the file begins
         */
        public Refused(String reason) {
            super(reason);
        }

        String reason() {
            return String.valueOf(getMessage());
        }
    }

    /** The store can't be asked right now. */
    final class Away extends RuntimeException implements HasProblem {
        private static final long serialVersionUID = 1L;

        private final transient Problem problem;

        /**
         * An outage.
         *
         * @param problem what clients are told of it
         * @param cause what went wrong
         */
        public Away(Problem problem, Throwable cause) {
            super(cause.getMessage(), cause);
            this.problem = problem;
        }

        @Override
        public Problem problem() {
            return problem;
        }
    }
}
