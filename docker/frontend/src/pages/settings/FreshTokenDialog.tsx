import { useState } from "react";
import type { FreshToken } from "../../api/tokens";
import { Button } from "../../kit/Button";
import { Dialog, DialogActions } from "../../kit/Dialog";
import { Icon } from "../../kit/Icon";

/** Shows a token's text, which can't be had again. */
export function FreshTokenDialog({ token, onClose }: { token: FreshToken | undefined; onClose(): void }) {
  const [copied, setCopied] = useState<"no" | "yes" | "refused">("no");

  function copy(text: string) {
    // Only there where the page comes over HTTPS or from this machine.
    if (!navigator.clipboard) {
      setCopied("refused");
      return;
    }
    navigator.clipboard.writeText(text).then(
      () => setCopied("yes"),
      () => setCopied("refused"),
    );
  }

  function close() {
    setCopied("no");
    onClose();
  }

  return (
    <Dialog title={`The token “${token?.name ?? ""}”`} open={token !== undefined} onClose={close} decision>
      <p>Copy it now: it is stored in a way that nobody, not even this server, can read it again.</p>
      <div className="input-row">
        <input
          className="input code"
          readOnly
          aria-label="The token's text"
          value={token?.token ?? ""}
          onFocus={(event) => event.target.select()}
        />
        <Button onPress={() => copy(token?.token ?? "")}>
          <Icon name="copy" />
          Copy
        </Button>
      </div>
      <p className="hint" role="status">
        {copied === "yes" && "It is in the clipboard."}
        {copied === "refused" &&
          "The browser doesn't allow copying here. Select the text and copy it yourself."}
      </p>
      <DialogActions>
        <Button tone="primary" onPress={close}>
          I have it
        </Button>
      </DialogActions>
    </Dialog>
  );
}
