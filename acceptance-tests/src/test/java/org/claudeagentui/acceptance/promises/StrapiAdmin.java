package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.Answer;
import org.claudeagentui.acceptance.stack.ComposeStack;
import org.claudeagentui.acceptance.stack.EnvFile;
import org.claudeagentui.acceptance.stack.Http;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Strapi's first administrator, signed in. */
public final class StrapiAdmin {
    /** Strapi takes a handful of sign-ins in five minutes. */
    private static final Map<String, StrapiAdmin> SIGNED_IN = new ConcurrentHashMap<>();

    private static final String BOUNDARY = "upload-boundary";

    private final String strapi;
    private final String token;

    private StrapiAdmin(String strapi, String token) {
        this.strapi = strapi;
        this.token = token;
    }

    /** Signs in with the credentials that the stack was made with. */
    public static StrapiAdmin signIn(ComposeStack stack) {
        return signIn(stack, stack.env());
    }

    /** Signs in with the credentials of another stack, whose data this one has. */
    static StrapiAdmin signIn(ComposeStack stack, EnvFile env) {
        String strapi = "http://127.0.0.1:" + stack.port("STRAPI_PORT");
        return SIGNED_IN.compute(strapi + " " + env.require("STRAPI_ADMIN_PASSWORD"), (_, known) -> known != null && known.counts()
                ? known
                : signedIn(strapi, env));
    }

    /** Whether it still does: another database has other sessions. */
    private boolean counts() {
        return get("/admin/users/me").status() == 200;
    }

    private static StrapiAdmin signedIn(String strapi, EnvFile env) {
        String credentials = "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(env.get("STRAPI_ADMIN_EMAIL")
                .orElse(
                        "admin@example.com"), env.require("STRAPI_ADMIN_PASSWORD"));
        return new StrapiAdmin(strapi, Http.postJson(strapi + "/admin/login", credentials).orThrow().json().at("/data/token").asText());
    }

    Answer get(String path) {
        return Http.send(request(strapi + path).GET());
    }

    /** Makes an entry of a type such as {@code api::skill.skill}; its document id. */
    String create(String type, String json) {
        return Http.send(request(strapi + "/content-manager/collection-types/" + type).header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))).orThrow().json().at("/data/documentId").asText();
    }

    /** Changes an entry of a type. */
    void change(String type, String id, String json) {
        Http.send(request(strapi + "/content-manager/collection-types/" + type + "/" + id).header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(json))).orThrow();
    }

    /** Uploads a text. */
    public Answer upload(String name, byte[] content) {
        return post(strapi + "/upload", name, "text/plain", content);
    }

    /** Puts other content in the place of an upload. */
    Answer replace(int upload, String name, byte[] content) {
        return post(strapi + "/upload?id=" + upload, name, "text/plain", content);
    }

    Answer deleteUpload(int upload) {
        return Http.send(request(strapi + "/upload/files/" + upload).DELETE());
    }

    /** Uploads a text through nginx, as a program that has Strapi's API token does. */
    static Answer uploadByToken(ComposeStack stack, String name, byte[] content) {
        return new StrapiAdmin(stack.frontDoor() + "/strapi/api", stack.env().require("STRAPI_API_TOKEN")).upload(name, content);
    }

    /** Uploads a picture in the format PNG, of which Strapi makes smaller ones. */
    Answer uploadPicture(String name, byte[] content) {
        return post(strapi + "/upload", name, "image/png", content);
    }

    private Answer post(String url, String name, String type, byte[] content) {
        String head = "--%s\r\nContent-Disposition: form-data; name=\"files\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n"
                .formatted(BOUNDARY, name, type);
        byte[] start = head.getBytes(StandardCharsets.UTF_8);
        byte[] end = ("\r\n--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = new byte[start.length + content.length + end.length];
        System.arraycopy(start, 0, body, 0, start.length);
        System.arraycopy(content, 0, body, start.length, content.length);
        System.arraycopy(end, 0, body, start.length + content.length, end.length);
        return Http.send(request(url).header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    private HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).header("Authorization", "Bearer " + token);
    }
}
