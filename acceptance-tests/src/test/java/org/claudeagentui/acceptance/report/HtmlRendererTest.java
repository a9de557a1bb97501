package org.claudeagentui.acceptance.report;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** The page is also well-formed XML, so that its structure can be asked of it. */
class HtmlRendererTest {
    private static final String HTML = new HtmlRenderer().render(GoldenReport.broken());
    private static final Document PAGE = parse(HTML);
    private static final double READABLE = 4.5;

    private static Document parse(String html) {
        try {
            return DocumentBuilderFactory.newDefaultInstance()
                    .newDocumentBuilder()
                    .parse(new ByteArrayInputStream(html.getBytes(StandardCharsets.UTF_8)));
        } catch (ParserConfigurationException | SAXException | IOException e) {
            throw new AssertionError("The page is not well-formed", e);
        }
    }

    @Test
    void nothingObservedBecomesMarkup() {
        assertThat(elements("script")).isEmpty();
        assertThat(PAGE.getDocumentElement().getTextContent()).contains("<script>alert('x')</script> & \"]]>\"").doesNotContain("\u001b");
        assertThat(HTML).containsOnlyOnce("<style>").containsOnlyOnce("</style>");
    }

    @Test
    void itAsksNothingOfANetworkAndNeedsNoScript() {
        assertThat(HTML).doesNotContainPattern("(?i)(src|href|action|data|poster|srcset|xlink:href)\\s*=\\s*[\"'](?!#|screens/)")
                .doesNotContainPattern("(?i)url\\(|@import|https?://|\\son[a-z]+\\s*=\\s*\"");
        assertThat(Stream.of("script", "link", "iframe", "object", "embed", "form").map(HtmlRendererTest::elements)).allMatch(
                List::isEmpty);
    }

    @Test
    void everyTableHasACaptionAndHeadingsWithAScope() {
        assertThat(elements("table")).isNotEmpty().allSatisfy(table -> {
            assertThat(elements(table, "caption")).hasSize(1);
            assertThat(elements(table, "th")).isNotEmpty()
                    .allMatch(heading -> Set.of("col", "row").contains(heading.getAttribute("scope")));
        });
    }

    @Test
    void everyPictureHasATitleAndADescription() {
        assertThat(elements("svg")).hasSize(2).allSatisfy(picture -> {
            assertThat(picture.getAttribute("role")).isEqualTo("img");
            assertThat(List.of(picture.getAttribute("aria-labelledby").split(" ", -1))).hasSize(2)
                    .allSatisfy(id -> assertThat(texts(id)).first().asString().isNotBlank());
        });
    }

    @Test
    void whatATestPicturedIsLinkedByItsTitle() {
        assertThat(elements("img")).singleElement().satisfies(image -> {
            Element link = (Element) image.getParentNode();
            assertThat(image.getAttribute("src")).isEqualTo("screens/hostile.png").isEqualTo(link.getAttribute("href"));
            assertThat(link.getTextContent()).startsWith("<script>");
        });
    }

    @Test
    void linksLeadSomewhereAndNoIdStandsTwice() {
        List<String> ids = new ArrayList<>();
        all().stream().map(element -> element.getAttribute("id")).filter(id -> !id.isEmpty()).forEach(ids::add);

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(elements("a").stream().filter(link -> !link.getAttribute("href").startsWith("screens/")).toList()).isNotEmpty()
                .allSatisfy(link -> assertThat(ids).contains(link.getAttribute("href").substring(1)));
        assertThat(all()).allSatisfy(element -> assertThat(ids).containsAll(Stream.of(element.getAttribute("aria-labelledby")
                .split(" ",
                        -1)).filter(id -> !id.isEmpty()).toList()));
    }

    @Test
    void landmarksAndHeadingsMakeAnOutline() {
        assertThat(PAGE.getDocumentElement().getAttribute("lang")).isEqualTo("en");
        assertThat(Stream.of("header", "main", "nav", "h1", "title").filter(name -> elements(name).isEmpty())).isEmpty();
        assertThat(elements("h1")).hasSize(1);
        assertThat(elements("body").getFirst().getElementsByTagName("*").item(0).getAttributes().getNamedItem("href").getNodeValue())
                .isEqualTo("#promises");
        List<Integer> levels = all().stream()
                .map(Element::getTagName)
                .filter(name -> name.matches("h[1-6]"))
                .map(name -> name.charAt(1) - '0')
                .toList();
        for (int i = 1; i < levels.size(); i++) {
            assertThat(levels.get(i)).as("heading %d of %s", i, levels).isLessThanOrEqualTo(levels.get(i - 1) + 1);
        }
    }

    @Test
    void whatScrollsCanBeScrolledFromTheKeyboard() {
        assertThat(all().stream()
                .filter(element -> element.getTagName().equals("pre") || element.getAttribute("class")
                        .startsWith(
                                "scroll"))).isNotEmpty()
                .allMatch(element -> element.getAttribute("tabindex").equals("0") && !element.getAttribute("aria-label").isEmpty());
    }

    @Test
    void theFirstScreenTellsTheVerdictAndWhatWasTested() {
        String header = elements("header").getFirst().getTextContent();

        assertThat(header).contains("broken", "1 verified", "1 broken", "2 not verified", "abc123-dirty", "20.10, overlay2", "0123456789ab",
                "1 min 15 s");
    }

    @Test
    void aBrokenPromiseCarriesWhatItTakesToFindOut() {
        Element test = elements("details").stream()
                .filter(details -> details.getAttribute("class").equals("test") && details.getTextContent().contains("TwoIT.breaks"))
                .findFirst()
                .orElseThrow();

        assertThat(test.getAttribute("open")).isEqualTo("open");
        assertThat(test.getTextContent()).contains("mvn verify -pl acceptance-tests -Dit.test=TwoIT#breaks",
                "exited, exit code 1, unhealthy",
                "exit code 1  <script>", "a line\n<script>");
    }

    @Test
    void evidenceOfATestStandsOnce() {
        assertThat(elements("details").stream()
                .filter(details -> details.getAttribute("class").equals("test"))
                .map(details -> elements(
                        details, "code").getFirst().getTextContent())).containsExactlyInAnyOrder("OneIT.holds", "TwoIT.breaks",
                                "OneIT.late");
        assertThat(HTML).contains("Evidence of <code>OneIT.holds</code> stands under <a href=\"#AAA-1\">AAA-1</a>");
    }

    @Test
    void theMatrixTellsWhatIsNotAsExpectedInWordsToo() {
        assertThat(elements("table").stream().map(table -> elements(table, "caption").getFirst().getTextContent())).anyMatch(
                caption -> caption.startsWith("who reaches whom: 2 probes")).contains("who reaches whom: 2 cases, 1 not as expected");
        assertThat(PAGE.getDocumentElement().getTextContent()).contains("✓ DNS: no", ", expected yes");
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyThemeIsReadable(String theme) {
        Map<String, String> colours = colours(theme);

        assertThat(colours).hasSize(16);
        for (String text : List.of("text", "quiet", "link", "good", "bad", "open")) {
            for (String ground : List.of("page", "raised")) {
                assertThat(contrast(colours, text, ground)).as("%s on %s, %s", text, ground, theme).isGreaterThanOrEqualTo(READABLE);
            }
        }
        for (String mark : List.of("good", "bad", "open")) {
            assertThat(contrast(colours, mark, mark + "-soft")).as("%s badge, %s", mark, theme).isGreaterThanOrEqualTo(READABLE);
            assertThat(contrast(colours, "text", mark + "-soft")).as("text on %s, %s", mark, theme).isGreaterThanOrEqualTo(READABLE);
        }
    }

    @Test
    void theStyleSheetKnowsThemesPrintAndNarrowScreens() {
        assertThat(HTML).contains("@media (prefers-color-scheme: dark)", "@media print", "@media (max-width:");
    }

    private static Map<String, String> colours(String theme) {
        int dark = HTML.indexOf("prefers-color-scheme: dark");
        String rules = theme.equals("dark") ? HTML.substring(dark, HTML.indexOf("* {")) : HTML.substring(HTML.indexOf(":root"), dark);
        Map<String, String> colours = new HashMap<>();
        Matcher variable = Pattern.compile("--([a-z0-9-]+): (#[0-9a-f]{6})").matcher(rules);
        while (variable.find()) {
            colours.put(variable.group(1), variable.group(2));
        }
        return colours;
    }

    private static double contrast(Map<String, String> colours, String text, String ground) {
        double a = luminance(colours.getOrDefault(text, "#000000"));
        double b = luminance(colours.getOrDefault(ground, "#000000"));
        return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    }

    // As the Web Content Accessibility Guidelines compute it.
    private static double luminance(String colour) {
        double[] weights = {0.2126, 0.7152, 0.0722};
        double sum = 0;
        for (int i = 0; i < weights.length; i++) {
            double channel = Integer.parseInt(colour.substring(1 + 2 * i, 3 + 2 * i), 16) / 255.0;
            sum += weights[i] * (channel <= 0.04045 ? channel / 12.92 : Math.pow((channel + 0.055) / 1.055, 2.4));
        }
        return sum;
    }

    private static List<String> texts(String id) {
        return all().stream().filter(element -> element.getAttribute("id").equals(id)).map(Element::getTextContent).toList();
    }

    private static List<Element> all() {
        return elements("*");
    }

    private static List<Element> elements(String name) {
        return elements(PAGE.getDocumentElement(), name);
    }

    private static List<Element> elements(Element within, String name) {
        NodeList found = within.getElementsByTagName(name);
        List<Element> elements = new ArrayList<>();
        for (int i = 0; i < found.getLength(); i++) {
            elements.add((Element) found.item(i));
        }
        return elements;
    }
}
