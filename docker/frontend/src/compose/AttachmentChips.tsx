import { useEffect, useRef } from "react";
import { IconButton } from "../kit/Button";
import { Icon } from "../kit/Icon";
import { formatBytes } from "../run/format";
import type { Attached } from "./attachments";

const THUMBNAIL_PX = 64;

/** A small picture of a file on this machine, drawn here: the content policy allows no address that leads to one. */
function Thumbnail({ file }: { file: File }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    let here = true;
    createImageBitmap(file).then(
      (bitmap) => {
        const context = here ? canvas.current?.getContext("2d") : undefined;
        const scale = THUMBNAIL_PX / Math.min(bitmap.width, bitmap.height);
        const [width, height] = [bitmap.width * scale, bitmap.height * scale];
        context?.drawImage(bitmap, (THUMBNAIL_PX - width) / 2, (THUMBNAIL_PX - height) / 2, width, height);
        bitmap.close();
      },
      // Not every image can be drawn; the model may read it all the same.
      () => undefined,
    );
    return () => {
      here = false;
    };
  }, [file]);
  return (
    <span className="chip-image" aria-hidden="true">
      <canvas ref={canvas} width={THUMBNAIL_PX} height={THUMBNAIL_PX} />
    </span>
  );
}

function endingOf(name: string): string {
  return (/\.([A-Za-z0-9]{1,4})$/.exec(name)?.[1] ?? "file").toUpperCase();
}

/** Files that a message has brought. */
export function AttachmentList({ files }: { files: readonly { id: string; name: string; size: number }[] }) {
  if (files.length === 0) return null;
  return (
    <ul className="chips" aria-label="Attachments">
      {files.map(({ id, name, size }) => (
        <li key={id} className="chip">
          <span className="chip-kind" aria-hidden="true">
            {endingOf(name)}
          </span>
          <span className="chip-name">{name}</span>
          <span className="muted">{formatBytes(size)}</span>
        </li>
      ))}
    </ul>
  );
}

/** Files that a message is going to bring, each with a way to take it out. */
export function AttachedFiles(props: { attached: readonly Attached[]; onRemove(key: string): void }) {
  const { attached, onRemove } = props;
  if (attached.length === 0) return null;
  return (
    <ul className="chips" aria-label="Attachments">
      {attached.map((file) => (
        <li key={file.key} className="chip">
          {file.kind === "file" && file.mediaType.startsWith("image/") ? (
            <Thumbnail file={file.file} />
          ) : (
            <span className="chip-kind" aria-hidden="true">
              {endingOf(file.name)}
            </span>
          )}
          <span className="chip-name">{file.name}</span>
          <span className="muted">{formatBytes(file.size)}</span>
          <IconButton label={`Remove ${file.name}`} onPress={() => onRemove(file.key)}>
            <Icon name="cross" />
          </IconButton>
        </li>
      ))}
    </ul>
  );
}
