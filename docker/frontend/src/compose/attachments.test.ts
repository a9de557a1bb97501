// @vitest-environment happy-dom
import { describe, expect, it } from "vitest";
import {
  type Attached,
  attachedBefore,
  complaintAbout,
  MOST_FILES,
  mediaTypeOf,
  readFile,
  sourcesOf,
  withAnother,
} from "./attachments";

function file(name: string, content: BlobPart = "hello", type = ""): File {
  return new File([content], name, { type });
}

function large(name: string, characters: number): Attached {
  return {
    kind: "file",
    key: name,
    name,
    mediaType: "application/pdf",
    size: 1,
    file: file(name),
    data: "x".repeat(characters),
  };
}

describe("mediaTypeOf", () => {
  it("goes by the name first, since browsers know few text types", () => {
    expect(mediaTypeOf(file("notes.md"))).toBe("text/markdown");
    expect(mediaTypeOf(file("table.CSV", "a", "application/vnd.ms-excel"))).toBe("text/csv");
    expect(mediaTypeOf(file("main.rs"))).toBe("text/plain");
    expect(mediaTypeOf(file("data.json", "{}", "application/json"))).toBe("text/plain");
    expect(mediaTypeOf(file("image", "x", "image/png"))).toBe("image/png");
  });

  it("knows what can't be read", () => {
    expect(mediaTypeOf(file("clip.mp4", "x", "video/mp4"))).toBeUndefined();
    expect(mediaTypeOf(file("photo.heic", "x", "image/heic"))).toBeUndefined();
  });
});

describe("complaintAbout", () => {
  it("tells the limit that a file is beyond", () => {
    expect(complaintAbout({ name: "big.png", type: "image/png", size: 3_932_161 })).toContain("3.9 MB");
    expect(complaintAbout({ name: "fits.png", type: "image/png", size: 3_932_160 })).toBeUndefined();
    expect(complaintAbout({ name: "big.txt", type: "text/plain", size: 4_000_001 })).toContain("4.0 MB");
    expect(complaintAbout({ name: "none.txt", type: "text/plain", size: 0 })).toContain("empty");
  });
});

describe("readFile", () => {
  it("brings a text in Base64", async () => {
    expect(sourcesOf([await readFile(file("a.txt", "Grüße"))])).toEqual([
      { name: "a.txt", mediaType: "text/plain", data: "R3LDvMOfZQ==" },
    ]);
  });

  it("refuses what only looks like a text", async () => {
    await expect(readFile(file("a.bin", Uint8Array.of(0xff, 0xfe, 0x00)))).rejects.toThrow(
      "no text in UTF-8",
    );
    await expect(readFile(file("a.txt", "a\u0000b"))).rejects.toThrow("no text in UTF-8");
  });
});

describe("withAnother", () => {
  it("takes so many files and no more", () => {
    const full = Array.from({ length: MOST_FILES }, (_, index) => large(`${index}`, 1));
    const { attached, complaint } = withAnother(full, large("late.pdf", 1));
    expect(attached).toBe(full);
    expect(complaint).toContain("late.pdf");
  });

  it("takes no more than a request can carry", () => {
    const most = [large("a.pdf", 14_000_000)];
    expect(withAnother(most, large("b.pdf", 1_000_000)).complaint).toBeUndefined();
    expect(withAnother(most, large("b.pdf", 1_000_001)).complaint).toContain("b.pdf");
  });

  it("counts what the server has already as nothing", () => {
    const stored = attachedBefore({ id: "7", name: "c.pdf", mediaType: "application/pdf", size: 20_000_000 });
    expect(withAnother([large("a.pdf", 15_000_000)], stored).complaint).toBeUndefined();
    expect(sourcesOf([stored])).toEqual([{ uploadId: "7" }]);
  });
});
