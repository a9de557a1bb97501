package org.claudeagentui.service.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body as it comes in, cut off with a problem where it gets too long, ends too soon or isn't one. */
final class BoundedInput extends FilterInputStream {
    private final Problem tooLong;
    private long left;

    BoundedInput(InputStream input, long most, Problem tooLong) {
        super(input);
        this.left = most;
        this.tooLong = tooLong;
    }

    @Override
    public int read() throws IOException {
        var value = reading(super::read);
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = reading(() -> super.read(buffer, offset, length));
        count(Math.max(count, 0));
        return count;
    }

    private static int reading(Reading reading) throws IOException {
        try {
            return reading.read();
        } catch (ProblemException e) {
            throw e;
        } catch (RuntimeException e) { // The server's own have no type in common.
            throw new ProblemException(Problem.badRequest("The body ended before its end, or its chunks can't be understood."), e);
        }
    }

    @FunctionalInterface
    private interface Reading {
        int read() throws IOException;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new ProblemException(tooLong);
        }
    }
}
