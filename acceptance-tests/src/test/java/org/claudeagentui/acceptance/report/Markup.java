package org.claudeagentui.acceptance.report;

import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

import java.io.StringWriter;
import java.util.regex.Pattern;

/** Writes elements whose texts and attributes are escaped, so that nothing a test observed becomes markup. */
final class Markup {
    private static final Pattern TERMINAL_COLOUR = Pattern.compile("\u001b\\[[0-9;?]*[A-Za-z]");
    private static final Pattern NOT_IN_XML = Pattern.compile("[^\\t\\n\\r\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private final StringWriter text = new StringWriter();
    private final XMLStreamWriter writer;

    private Markup() {
        try {
            writer = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
        } catch (XMLStreamException e) {
            throw new IllegalStateException(e);
        }
    }

    static Markup html() {
        Markup markup = new Markup();
        markup.write(() -> markup.writer.writeDTD("<!DOCTYPE html>\n"));
        return markup;
    }

    static Markup xml() {
        Markup markup = new Markup();
        markup.write(() -> {
            markup.writer.writeStartDocument("UTF-8", "1.0");
            markup.writer.writeCharacters("\n");
        });
        return markup;
    }

    /** Opens an element; attributes are names and values in turn. */
    Markup open(String element, String... attributes) {
        write(() -> {
            writer.writeStartElement(element);
            attributes(attributes);
        });
        return this;
    }

    /** Closes the innermost open element. */
    Markup close() {
        write(writer::writeEndElement);
        return this;
    }

    /** An element without content. */
    Markup empty(String element, String... attributes) {
        write(() -> {
            writer.writeEmptyElement(element);
            attributes(attributes);
        });
        return this;
    }

    /** An element with nothing but text. */
    Markup leaf(String element, String content, String... attributes) {
        return open(element, attributes).text(content).close();
    }

    Markup text(String content) {
        write(() -> writer.writeCharacters(clean(content)));
        return this;
    }

    /** Text in which what stands between back-ticks is code. */
    Markup prose(String content) {
        String[] pieces = content.split("`", -1);
        for (int i = 0; i < pieces.length; i++) {
            if (i % 2 == 1 && i < pieces.length - 1) {
                leaf("code", pieces[i]);
            } else {
                text(i % 2 == 1 ? "`" + pieces[i] : pieces[i]);
            }
        }
        return this;
    }

    @Override
    public String toString() {
        write(writer::flush);
        return text.toString();
    }

    private void attributes(String... attributes) throws XMLStreamException {
        for (int i = 0; i < attributes.length; i += 2) {
            writer.writeAttribute(attributes[i], clean(attributes[i + 1]));
        }
    }

    private static String clean(String content) {
        return NOT_IN_XML.matcher(TERMINAL_COLOUR.matcher(content).replaceAll("")).replaceAll("\uFFFD");
    }

    private interface Step {
        void run() throws XMLStreamException;
    }

    private void write(Step step) {
        try {
            step.run();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("The report's markup is not well-formed", e);
        }
    }
}
