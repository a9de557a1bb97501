import type { Schemas } from "../api/client";
import { formatBytes } from "../run/format";

export type AttachmentSource = Schemas["UploadedFile"] | Schemas["InlineFile"];
export type MediaType = Schemas["FileType"];

/** What docs/api.md says that the service takes. */
export const MOST_FILES = 10;
/** Of a request with its files in Base64, less what its text may take. */
const MOST_BODY_CHARACTERS = 15_000_000;
const MOST_BYTES: Record<"image" | "pdf" | "text", number> = {
  image: 3_932_160,
  // A PDF comes along with the request, so that the request's own bound is reached first.
  pdf: Math.floor((MOST_BODY_CHARACTERS * 3) / 4),
  text: 4_000_000,
};
const LONGEST_NAME = 200;

const IMAGES: readonly string[] = ["image/png", "image/jpeg", "image/gif", "image/webp"];
const BY_ENDING: Record<string, MediaType> = {
  png: "image/png",
  jpg: "image/jpeg",
  jpeg: "image/jpeg",
  gif: "image/gif",
  webp: "image/webp",
  pdf: "application/pdf",
  md: "text/markdown",
  markdown: "text/markdown",
  csv: "text/csv",
};

/** What a file picker offers first. */
export const ACCEPTED = [
  ...IMAGES,
  "application/pdf",
  "text/*",
  ".md",
  ".csv",
  ".json",
  ".yaml",
  ".log",
].join(",");

/** What the message brings along: a file of this machine, or one that the server has from an earlier message. */
export type Attached =
  | { kind: "file"; key: string; name: string; mediaType: MediaType; size: number; file: File; data: string }
  | { kind: "upload"; key: string; name: string; mediaType: string; size: number; uploadId: string };

/** Its type by its name and what the browser says of it; text for whatever may turn out to be one. */
export function mediaTypeOf(file: { name: string; type: string }): MediaType | undefined {
  const ending = /\.([A-Za-z0-9]+)$/.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const known = BY_ENDING[ending];
  if (known !== undefined) return known;
  const type = file.type.split(";")[0] ?? "";
  if (IMAGES.includes(type) || type === "application/pdf") return type as MediaType;
  return /^(image|video|audio|font)\//.test(type) || type === "application/zip" ? undefined : "text/plain";
}

function kindOf(mediaType: MediaType): keyof typeof MOST_BYTES {
  if (mediaType === "application/pdf") return "pdf";
  return mediaType.startsWith("image/") ? "image" : "text";
}

const KINDS = { image: "An image", pdf: "A PDF", text: "A text file" } as const;

/** What is wrong with a file by its name, type and size; nothing when it can be read. */
export function complaintAbout(file: { name: string; type: string; size: number }): string | undefined {
  const mediaType = mediaTypeOf(file);
  if (mediaType === undefined) {
    return `${file.name} is of a kind that the model can't read. Attach an image (PNG, JPEG, GIF, WebP), a PDF or a text.`;
  }
  if (file.size === 0) return `${file.name} is empty.`;
  const kind = kindOf(mediaType);
  if (file.size > MOST_BYTES[kind]) {
    return `${file.name} has ${formatBytes(file.size)}. ${KINDS[kind]} may have ${formatBytes(MOST_BYTES[kind])}: make it smaller.`;
  }
  return undefined;
}

function base64(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).replace(/^[^,]*,/, ""));
    reader.onerror = () => reject(reader.error ?? new Error("The file can't be read"));
    reader.readAsDataURL(new Blob([bytes]));
  });
}

function isText(bytes: Uint8Array<ArrayBuffer>): boolean {
  try {
    return !new TextDecoder("utf-8", { fatal: true }).decode(bytes).includes("\u0000");
  } catch {
    return false;
  }
}

function shortName(name: string): string {
  return name.length <= LONGEST_NAME ? name : name.slice(-LONGEST_NAME);
}

let lastKey = 0;

function nextKey(): string {
  lastKey += 1;
  return String(lastKey);
}

/** Reads a file for sending; throws an Error that says what is wrong with it. */
export async function readFile(file: File): Promise<Attached> {
  const complaint = complaintAbout(file);
  const mediaType = mediaTypeOf(file);
  if (complaint !== undefined || mediaType === undefined) throw new Error(complaint);
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    throw new Error(`${file.name} can't be read. If it was moved or is a folder, choose it again.`);
  }
  if (kindOf(mediaType) === "text" && !isText(bytes)) {
    throw new Error(`${file.name} is no text in UTF-8, and nothing else that the model can read.`);
  }
  const name = shortName(file.name);
  return { kind: "file", key: nextKey(), name, mediaType, size: file.size, file, data: await base64(bytes) };
}

/** A file that an earlier message brought. */
export function attachedBefore(attachment: Schemas["Attachment"]): Attached {
  const { id, name, mediaType, size } = attachment;
  return { kind: "upload", key: nextKey(), name, mediaType, size, uploadId: id };
}

/** Adds one more, if there is room; else says why there is none. */
export function withAnother(
  attached: readonly Attached[],
  another: Attached,
): { attached: readonly Attached[]; complaint?: string } {
  if (attached.length >= MOST_FILES) {
    return { attached, complaint: `${another.name} was left out: a message may bring ${MOST_FILES} files.` };
  }
  const next = [...attached, another];
  const characters = next.reduce((sum, file) => sum + (file.kind === "file" ? file.data.length : 0), 0);
  if (characters > MOST_BODY_CHARACTERS) {
    return {
      attached,
      complaint: `${another.name} was left out: all files of a message together may have ${formatBytes((MOST_BODY_CHARACTERS * 3) / 4)}. Send it with a message of its own.`,
    };
  }
  return { attached: next };
}

export function sourcesOf(attached: readonly Attached[]): AttachmentSource[] {
  return attached.map((file) =>
    file.kind === "upload"
      ? { uploadId: file.uploadId }
      : { name: file.name, mediaType: file.mediaType, data: file.data },
  );
}
