package org.claudeagentui.service.runs;

import org.claudeagentui.service.claude.JsonText;
import org.claudeagentui.service.claude.MessageBlock;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;

/** Turns an attachment's bytes, as they come, into what the model is sent, so that there is one copy of them and no second. */
final class AttachmentReader {

    private final Attachment attachment;
    private final MessageDigest digest = AttachmentContent.digest();
    private final byte[] target;
    private final OutputStream encoder;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream(AttachmentType.HEAD);
    private int filled;
    private long come;

    AttachmentReader(Attachment attachment) {
        this.attachment = attachment;
        boolean text = attachment.type().shape() == AttachmentType.Shape.TEXT;
        target = new byte[Math.toIntExact(text ? attachment.size() : attachment.weight())];
        encoder = text ? new Target() : Base64.getEncoder().wrap(new Target());
    }

    /** Takes the next piece. What is beyond the attachment's size is counted and forgotten. */
    void take(byte[] piece) {
        int useful = Math.clamp(attachment.size() - come, 0, piece.length);
        come += piece.length;
        digest.update(piece);
        head.write(piece, 0, Math.min(AttachmentType.HEAD - head.size(), useful));
        try {
            encoder.write(piece, 0, useful);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The block, once all has come.
     *
     * @throws RunFailure when it is not the file that was attached, or not what its type says
     */
    MessageBlock block() throws RunFailure {
        Optional<String> hash = Optional.of(AttachmentContent.hex(digest.digest()));
        if (come != attachment.size() || (attachment.sha256().isPresent() && !attachment.sha256().equals(hash))) {
            throw new RunFailure(RunErrors.attachment(attachment, "is not the file any more that was attached: its content has changed."));
        }
        if (!attachment.type().beginsRight(head.toByteArray())) {
            throw new RunFailure(RunErrors.attachment(attachment, "is not " + attachment.type().mediaType() + "."));
        }
        try {
            encoder.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return switch (attachment.type().shape()) {
            case IMAGE -> MessageBlock.Attached.image(attachment.type().mediaType(), JsonText.ofPlain(target));
            case PDF -> MessageBlock.Attached.pdf(attachment.name(), JsonText.ofPlain(target));
            case TEXT -> MessageBlock.Attached.text(attachment.name(), JsonText.of(AttachmentType.text(target)
                    .orElseThrow(() -> new RunFailure(RunErrors.attachment(attachment, "is no text in UTF-8.")))));
        };
    }

    private final class Target extends OutputStream {
        @Override
        public void write(int value) {
            target[filled++] = (byte) value;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            System.arraycopy(bytes, offset, target, filled, length);
            filled += length;
        }
    }
}
