package org.claudeagentui.acceptance.promises;

import org.claudeagentui.acceptance.stack.ComposeStack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;

/** The model's stand-in behind HTTPS, under an authority that the service trusts by ANTHROPIC_CA_FILE alone. */
final class StandinTls {
    private StandinTls() {
    }

    /** Has what is started next of a stack speak HTTPS with the model. */
    static void of(ComposeStack stack) throws IOException {
        String password = UUID.randomUUID().toString();
        makeCertificate(Path.of(stack.env().require("DATA_ROOT")).resolve("ssl/standin"), password);
        stack.set("STANDIN_TLS_PASSWORD", password);
        stack.overlayFile(stack.project().root().resolve("docker/standin/docker-compose.tls.yml"));
    }

    // Readable by the containers' users, which are not this process's.
    private static void makeCertificate(Path folder, String password) throws IOException {
        Files.createDirectories(folder);
        Path keystore = folder.resolve("keystore.p12");
        Path certificate = folder.resolve("ca.pem");
        KeyTool.run("-genkeypair", "-alias", "standin", "-keyalg", "EC", "-groupname", "secp256r1", "-dname", "CN=standin", "-ext",
                "san=dns:standin", "-validity", "30",
                "-storetype", "PKCS12", "-keystore", keystore.toString(), "-storepass", password);
        KeyTool.run("-exportcert", "-rfc", "-alias", "standin", "-keystore", keystore.toString(), "-storepass", password, "-file",
                certificate.toString());
        Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-r--r--"));
        Files.setPosixFilePermissions(certificate, PosixFilePermissions.fromString("rw-r--r--"));
    }
}
