package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class JUnitRendererTest {
    @Test
    void aPartIsACaseWithItsEnd() throws Exception {
        Document xml = parse(new JUnitRenderer().render(GoldenReport.broken()));

        assertThat(cases(xml)).isEqualTo(List.of(Map.entry("AAA-1", "passed"), Map.entry("AAA-2 left", "failure"), Map.entry(
                "AAA-2 right | wrong", "passed"), Map.entry("AAA-3", "skipped"), Map.entry("BBB-1", "skipped"), Map.entry("run",
                        "passed")));
        Element first = (Element) xml.getElementsByTagName("testsuite").item(0);
        assertThat(first.getAttribute("name")).isEqualTo("AAA — first things");
        assertThat(List.of(first.getAttribute("tests"), first.getAttribute("failures"), first.getAttribute("skipped"))).containsExactly("4",
                "1", "1");
    }

    @Test
    void whatTheEnvironmentKeptFromRunningIsAnError() throws Exception {
        assertThat(cases(parse(new JUnitRenderer().render(GoldenReport.environmentFailed())))).contains(Map.entry("BBB-1", "error"), Map
                .entry("run", "error"), Map.entry("AAA-3", "skipped"));
    }

    private static Document parse(String xml) throws ParserConfigurationException, SAXException, IOException {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    }

    private static List<Map.Entry<String, String>> cases(Document xml) {
        List<Map.Entry<String, String>> cases = new ArrayList<>();
        NodeList elements = xml.getElementsByTagName("testcase");
        for (int i = 0; i < elements.getLength(); i++) {
            Element one = (Element) elements.item(i);
            String end = List.of("failure", "error", "skipped")
                    .stream()
                    .filter(name -> one.getElementsByTagName(name).getLength() > 0)
                    .findFirst()
                    .orElse("passed");
            String id = one.getAttribute("classname");
            boolean part = id.equals("AAA-2");
            cases.add(Map.entry(part ? id + " " + one.getAttribute("name") : id, end));
        }
        return cases;
    }
}
