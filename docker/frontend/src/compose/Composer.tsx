import {
  type ClipboardEvent,
  type DragEvent,
  type FormEvent,
  type KeyboardEvent,
  useId,
  useRef,
  useState,
} from "react";
import { Button, IconButton } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { AttachedFiles } from "./AttachmentChips";
import { ACCEPTED, type Attached } from "./attachments";
import { useAttachments } from "./useAttachments";
import "./compose.css";

const LONGEST = 200_000;

export interface ComposerProps {
  label: string;
  placeholder: string;
  action: string;
  /** What the action is called while it is at work. */
  atWork: string;
  busy: boolean;
  /** Why nothing can be sent just now; absent when it can. */
  blocked?: string | undefined;
  /** Sends on Enter, as in a conversation; else Ctrl and Enter do. */
  conversational?: boolean;
  initialText?: string;
  initialFiles?: readonly Attached[];
  autoFocus?: boolean;
  onCancel?: () => void;
  /** Tells whether it was taken; only then what was written is cleared. */
  onSend(text: string, files: readonly Attached[]): Promise<boolean>;
}

/** Where a message is written, with files by picking, dropping and pasting. */
export function Composer(props: ComposerProps) {
  const { label, placeholder, action, busy, blocked, conversational = false, onCancel, onSend } = props;
  const [text, setText] = useState(props.initialText ?? "");
  const [dropping, setDropping] = useState(false);
  const files = useAttachments(props.initialFiles);
  const area = useRef<HTMLTextAreaElement>(null);
  const picker = useRef<HTMLInputElement>(null);
  const field = useId();
  const hint = useId();
  const tooLong = text.length > LONGEST;
  const ready = text.trim() !== "" && !tooLong && blocked === undefined && !busy && !files.reading;

  async function send(event?: FormEvent) {
    event?.preventDefault();
    if (!ready) return;
    const [sent, sentFiles] = [text, files.attached];
    if (conversational) {
      setText("");
      files.reset();
    }
    const taken = await onSend(sent.trim(), sentFiles);
    if (!taken && conversational) {
      setText((now) => (now === "" ? sent : now));
      files.reset(sentFiles);
    }
    if (taken && !conversational) {
      setText("");
      files.reset();
    }
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === "Escape" && onCancel) onCancel();
    if (event.key !== "Enter" || event.nativeEvent.isComposing) return;
    const plain = !event.shiftKey && !event.altKey && !event.metaKey && !event.ctrlKey;
    if (event.metaKey || event.ctrlKey || (conversational && plain)) {
      event.preventDefault();
      void send();
    }
  }

  function onPaste(event: ClipboardEvent) {
    if (event.clipboardData.files.length === 0) return;
    event.preventDefault();
    void files.add([...event.clipboardData.files]);
  }

  function onDrop(event: DragEvent) {
    event.preventDefault();
    setDropping(false);
    void files.add([...event.dataTransfer.files]);
    area.current?.focus();
  }

  function onDragOver(event: DragEvent) {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    setDropping(true);
  }

  return (
    <form
      className="composer"
      data-dropping={dropping}
      aria-label={label}
      onSubmit={send}
      onDragOver={onDragOver}
      onDragLeave={() => setDropping(false)}
      onDrop={onDrop}
    >
      <AttachedFiles attached={files.attached} onRemove={files.remove} />
      <label className="visually-hidden" htmlFor={field}>
        {label}
      </label>
      <textarea
        id={field}
        ref={area}
        rows={conversational ? 1 : 3}
        value={text}
        placeholder={placeholder}
        aria-describedby={hint}
        // biome-ignore lint/a11y/noAutofocus: it is what who came here came for.
        autoFocus={props.autoFocus === true && !onTouchScreen()}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      {files.complaints.length > 0 && (
        <ul className="composer-complaints" role="alert">
          {files.complaints.map((complaint) => (
            <li key={complaint}>{complaint}</li>
          ))}
        </ul>
      )}
      <div className="composer-foot">
        <IconButton label="Attach files" onPress={() => picker.current?.click()}>
          <Icon name="plus" />
        </IconButton>
        <input
          ref={picker}
          className="visually-hidden"
          type="file"
          multiple
          accept={ACCEPTED}
          tabIndex={-1}
          aria-hidden="true"
          onChange={(event) => {
            void files.add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
        <p id={hint} className="hint">
          {tooLong &&
            `The text is too long by ${text.length - LONGEST} characters: shorten it, or attach it as a file.`}
          {!tooLong && (blocked ?? <Shortcut conversational={conversational} />)}
        </p>
        {onCancel && (
          <Button tone="quiet" onPress={onCancel}>
            Cancel
          </Button>
        )}
        <Button type="submit" tone="primary" busy={busy} disabled={!ready && !busy}>
          {busy ? props.atWork : action}
        </Button>
      </div>
    </form>
  );
}

/** Where a field in focus brings up a keyboard over half of the page. */
function onTouchScreen(): boolean {
  return window.matchMedia("(pointer: coarse)").matches;
}

function Shortcut({ conversational }: { conversational: boolean }) {
  return (
    <span className="shortcut">
      {conversational ? (
        <>
          <kbd>Enter</kbd> sends, <kbd>Shift</kbd> <kbd>Enter</kbd> makes a new line
        </>
      ) : (
        <>
          <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs it
        </>
      )}
    </span>
  );
}
