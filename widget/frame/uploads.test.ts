import { expect, test } from "vitest";
import { faultOf } from "./uploads.ts";

const rules = { mime: ["image/*", "application/pdf"], maxBytes: 1_000, maxCount: 2 };

test.each([
  ["a picture", { type: "image/png", size: 10 }, 0, ""],
  ["a document", { type: "application/pdf", size: 1_000 }, 1, ""],
  ["one byte over", { type: "application/pdf", size: 1_001 }, 0, "too-large"],
  ["a third one", { type: "image/png", size: 10 }, 2, "too-many-files"],
  ["an empty one", { type: "image/png", size: 0 }, 0, "empty-file"],
  ["a program", { type: "application/x-msdownload", size: 10 }, 0, "unsupported-media-type"],
  ["a name like a picture's", { type: "imagex/png", size: 10 }, 0, "unsupported-media-type"],
  ["what the browser does not know is the server's to say", { type: "", size: 10 }, 0, ""],
])("%s", (_what, file, n, fault) => {
  expect(faultOf(file, n, rules)).toBe(fault);
});
