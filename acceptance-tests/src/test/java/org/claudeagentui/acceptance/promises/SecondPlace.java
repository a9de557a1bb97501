package org.claudeagentui.acceptance.promises;

/** Where one of {@code docs/examples} is told to keep the finished sets. */
enum SecondPlace {
    RESTIC_IN_A_FOLDER("in a folder", "backup-to-restic", Storage.FOLDER + Storage.PASSWORD, Storage.FOLDER + "RESTIC_PASSWORD=another\n",
            Storage.RESTORE), RESTIC_IN_S3("in S3-compatible storage", "backup-to-restic", Storage.BUCKET + Storage.PASSWORD, Storage.BUCKET
                    + "RESTIC_PASSWORD=another\n", Storage.RESTORE), RCLONE_IN_S3("in S3-compatible storage", "backup-to-rclone",
                            Storage.REMOTE + "DESTINATION=remote:rclone/claude\n", Storage.REMOTE
                                    + "DESTINATION=nowhere:rclone/claude\n", "rclone copy \"$DESTINATION\" /made/back");

    private final String words;
    private final String example;
    private final String settings;
    private final String wrongSettings;
    private final String fetch;

    SecondPlace(String words, String example, String settings, String wrongSettings, String fetch) {
        this.words = words;
        this.example = example;
        this.settings = settings;
        this.wrongSettings = wrongSettings;
        this.fetch = fetch;
    }

    String words() {
        return words;
    }

    /** The program's name in {@code docs/examples}. */
    String example() {
        return example;
    }

    String settings() {
        return settings;
    }

    /** With these the place refuses what it is handed. */
    String wrongSettings() {
        return wrongSettings;
    }

    /** What brings all that is there back, into {@code /made/back}; it wants the settings in its environment. */
    String fetch() {
        return fetch;
    }

    /** Debian's stand-in for S3, and what is kept where. */
    static final class Storage {
        private static final String ADDRESS = "127.0.0.1:5000";
        private static final String KEYS = "AWS_ACCESS_KEY_ID=someone\nAWS_SECRET_ACCESS_KEY=something\n";
        private static final String FOLDER = "RESTIC_REPOSITORY=/made/repository\n";
        private static final String BUCKET = KEYS + "RESTIC_REPOSITORY=s3:http://" + ADDRESS + "/restic/claude\n";
        private static final String PASSWORD = "RESTIC_PASSWORD=one\n";
        private static final String RESTORE = "restic restore latest --quiet --target /made/back";
        private static final String REMOTE = KEYS + "RCLONE_CONFIG_REMOTE_TYPE=s3\nRCLONE_CONFIG_REMOTE_PROVIDER=Other\n"
                + "RCLONE_CONFIG_REMOTE_ENV_AUTH=true\nRCLONE_CONFIG_REMOTE_ENDPOINT=http://" + ADDRESS + "\n";
        /** Ends as soon as the storage takes requests. */
        static final String START = "moto_server -H 127.0.0.1 -p 5000 >/tmp/storage.log 2>&1 </dev/null & "
                + "timeout 30 bash -c 'until (: </dev/tcp/127.0.0.1/5000) 2>/dev/null; do sleep 0.1; done'";

        private Storage() {
        }
    }
}
