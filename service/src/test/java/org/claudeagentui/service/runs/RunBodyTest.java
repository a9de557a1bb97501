package org.claudeagentui.service.runs;

import jakarta.json.Json;
import org.claudeagentui.service.web.FieldError;
import org.claudeagentui.service.web.ProblemException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunBodyTest {

    private static final String PNG = base64("\u0089PNG\r\n\u001a\nrest");

    @Test
    void readsWhatIsUploadedAndWhatComesAlong() {
        var request = read("""
                {"agentId":"a","input":"i","attachments":[{"uploadId":"12"},{"name":"p.png","mediaType":"image/png","data":"%s"},
                 {"name":"t","mediaType":"Text/Plain; charset=utf-8","data":"%s"}]}""".formatted(PNG, base64("a\tb\r\n")));

        assertThat(request.agentId()).isEqualTo("a");
        assertThat(request.attachments().getFirst()).isEqualTo(new AttachmentSource.Uploaded("12"));
        assertThat(request.attachments().get(1)).isInstanceOfSatisfying(AttachmentSource.Inline.class, file -> {
            assertThat(file.type()).isEqualTo(AttachmentType.PNG);
            assertThat(Base64.getEncoder().encodeToString(file.content().bytes())).isEqualTo(PNG);
        });
        assertThat(request.attachments().get(2)).isInstanceOfSatisfying(AttachmentSource.Inline.class, file -> assertThat(file.type())
                .isEqualTo(AttachmentType.TEXT));
        assertThat(read("{\"agentId\":\"a\",\"input\":\"i\"}").attachments()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {}                                                        | attachments
            null                                                      | attachments
            [{},{},{},{},{},{},{},{},{},{},{}]                        | attachments
            [1]                                                       | attachments[0]
            [{"uploadId":"1"},{}]                                     | attachments[1].name attachments[1].mediaType attachments[1].data
            [{"uploadId":12}]                                         | attachments[0].uploadId
            [{"uploadId":"../12"}]                                    | attachments[0].uploadId
            [{"uploadId":"1","name":"x","more":1}]                    | attachments[0].name attachments[0].more
            [{"name":" ","mediaType":"image/png","data":"PNG"}]       | attachments[0].name
            [{"name":"x","mediaType":"image/tiff","data":"PNG"}]      | attachments[0].mediaType
            [{"name":"x","mediaType":"image/png","data":""}]          | attachments[0].data
            [{"name":"x","mediaType":"image/png","data":"%%%"}]       | attachments[0].data
            [{"name":"x","mediaType":"image/jpeg","data":"PNG"}]      | attachments[0].data
            [{"name":"x","mediaType":"application/pdf","data":"PNG"}] | attachments[0].data
            [{"name":"x","mediaType":"text/csv","data":"PNG"}]        | attachments[0].data
            [{"name":"x","mediaType":"image/png","data":"PNG","x":1}] | attachments[0].x""")
    void namesWhatIsWrong(String attachments, String fields) {
        assertThatThrownBy(() -> read("{\"agentId\":\"a\",\"input\":\"i\",\"attachments\":" + attachments.replace("PNG", PNG) + "}"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().status()).isEqualTo(422);
                    assertThat(e.problem().errors()).extracting(FieldError::field).containsExactlyInAnyOrder(fields.split(" "));
                });
    }

    @ParameterizedTest
    @CsvSource({"image/gif,GIF89a,3932160", "application/pdf,%PDF-1.7,21000000", "text/plain,x,4000000"})
    void takesFilesUpToTheirTypesBound(String mediaType, String beginning, int most) {
        byte[] file = (beginning + " ".repeat(most + 1)).substring(0, most + 1).getBytes(StandardCharsets.ISO_8859_1);
        String body = "{\"agentId\":\"a\",\"input\":\"i\",\"attachments\":[{\"name\":\"n\",\"mediaType\":\"%s\",\"data\":\"%s\"}]}";

        assertThat(read(body.formatted(mediaType, Base64.getEncoder().encodeToString(Arrays.copyOf(file, most)))).attachments())
                .hasSize(1);
        assertThatThrownBy(() -> read(body.formatted(mediaType, Base64.getEncoder().encodeToString(file)))).hasMessageContaining(
                "attachments[0].data");
    }

    @Test
    void namesTheRestThatIsWrongToo() {
        assertThatThrownBy(() -> read("{\"attachments\":[1],\"more\":2}")).isInstanceOfSatisfying(ProblemException.class,
                e -> assertThat(e.problem().errors()).extracting(FieldError::field)
                        .containsExactlyInAnyOrder("more", "agentId", "input", "attachments[0]"));
    }

    @Test
    void tellsTypesByTheirFirstBytes() {
        assertThat(List.of("\u0089PNG\r\n\u001a\n", "\u00ff\u00d8\u00ff\u00e0", "GIF87a", "RIFF1234WEBP", "%PDF-1.4")).zipSatisfy(
                List.of(AttachmentType.PNG, AttachmentType.JPEG, AttachmentType.GIF, AttachmentType.WEBP, AttachmentType.PDF),
                (first, type) -> assertThat(List.of(AttachmentType.values())).filteredOn(each -> each.shape() != AttachmentType.Shape.TEXT
                        && each.matches(first.getBytes(StandardCharsets.ISO_8859_1))).containsExactly(type));
    }

    private static RunRequest read(String body) {
        try (var reader = Json.createReader(new StringReader(body))) {
            return new RunBody(reader.readObject()).request();
        }
    }

    private static String base64(String latin1) {
        return Base64.getEncoder().encodeToString(latin1.getBytes(StandardCharsets.ISO_8859_1));
    }
}
