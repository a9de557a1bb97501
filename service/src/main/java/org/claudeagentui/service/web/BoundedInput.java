package org.claudeagentui.service.web;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body whose length nobody told beforehand, cut off with a problem where it gets too long. */
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
        var value = super.read();
        count(value < 0 ? 0 : 1);
        return value;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        var count = super.read(buffer, offset, length);
        count(Math.max(count, 0));
        return count;
    }

    private void count(int bytes) {
        left -= bytes;
        if (left < 0) {
            throw new ProblemException(tooLong);
        }
    }
}
