import { describe, expect, test } from "vitest";
import type { AttachmentRule } from "./capabilities.ts";
import { checkFiles, type PreflightFile } from "./check-files.ts";

const rules: AttachmentRule[] = [
  { mime: ["image/jpeg", "image/png"], maxBytes: 2_000_000, maxCount: 4, via: "upload", altText: { maxGraphemes: 20 } },
  { mime: ["video/*"], maxBytes: 50_000_000, maxCount: 1, via: "upload" },
];
const picture: PreflightFile = { name: "a.png", mime: "image/png", bytes: 5e5, alt: "", state: "here", picture: true };
const film: PreflightFile = { ...picture, name: "f.mp4", mime: "video/mp4", picture: false };
const codes = (...files: PreflightFile[]) => checkFiles(files, rules).map((f) => `${f.file}: ${f.code}`);

describe("files of a reply", () => {
  test("within the rules", () => {
    expect(codes()).toEqual([]);
    expect(codes(picture, picture, picture, picture)).toEqual([]);
    expect(codes(film)).toEqual([]);
  });
  test.each<[string, PreflightFile[], string[]]>([
    ["five pictures", [picture, picture, picture, picture, picture], ["null: too-many-attachments"]],
    ["a picture and a film", [picture, film], ["1: file-type"]],
    ["two films", [film, film], ["null: too-many-attachments"]],
    ["a document", [{ ...picture, mime: "application/pdf", picture: false }], ["0: file-type"]],
    ["a film too large", [{ ...film, bytes: 6e7 }], ["0: file-too-large"]],
    ["not looked through", [{ ...picture, state: "waiting" }], ["0: file-waiting"]],
    ["refused", [{ ...picture, state: "refused" }], ["0: file-type"]],
    ["a long description", [{ ...picture, alt: "é".repeat(21) }], ["0: alt-too-long"]],
  ])("%s", (_name, files, said) => {
    expect(codes(...files)).toEqual(said);
    for (const { message } of checkFiles(files, rules)) expect(message).toMatch(/^\S.{15,}\.$/u);
  });
  test("a picture that is too large is made smaller, so it may go", () => {
    expect(codes({ ...picture, bytes: 9e6 })).toEqual([]);
  });
  test("a description is counted in what people call signs", () => {
    expect(codes({ ...picture, alt: "👩‍👩‍👧‍👦".repeat(20) })).toEqual([]);
  });
  test("no rule, no file", () => {
    expect(checkFiles([picture], []).map((f) => f.code)).toEqual(["too-many-attachments"]);
  });
});
