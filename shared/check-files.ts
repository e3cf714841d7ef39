import type { AttachmentRule } from "./capabilities.ts";

/** A file of a reply, as far as a network's rules speak of it. */
export interface PreflightFile {
  name: string;
  mime: string;
  bytes: number;
  /** The words that describe it to those who cannot see it. */
  alt: string;
  /** `waiting`: not looked through yet. */
  state: "waiting" | "here" | "refused" | "gone";
  /** A still picture that we can make smaller: its size is no matter. */
  picture: boolean;
}

export type FileFault = "too-many-attachments" | "file-type" | "file-too-large" | "file-waiting" | "alt-too-long";
export interface FileFinding {
  code: FileFault;
  message: string;
  /** Which of the files; null: all of them together. */
  file: number | null;
}

export const fitsMime = (rule: AttachmentRule, mime: string): boolean =>
  rule.mime.some((one) => one === "*/*" || one === mime || (one.endsWith("/*") && mime.startsWith(one.slice(0, -1))));

/** The rule that a file falls under; undefined where the network takes none of its type. */
export function ruleFor(rules: readonly AttachmentRule[], mime: string): AttachmentRule | undefined {
  return rules.find((rule) => fitsMime(rule, mime));
}

const mb = (bytes: number): string =>
  bytes >= 100_000 ? `${Number((bytes / 1e6).toFixed(1))} MB` : `${Math.ceil(bytes / 1e3)} kB`;
const letters = new Intl.Segmenter();
export const graphemes = (text: string): number => [...letters.segment(text)].length;

/**
 * May these files go out here? All of one message fall under one rule (four pictures or one film, not three and one); where they do not,
 * the first decides.
 */
export function checkFiles(files: readonly PreflightFile[], rules: readonly AttachmentRule[]): FileFinding[] {
  if (files.length === 0) return [];
  const found: FileFinding[] = [];
  if (rules.length === 0)
    return [{ code: "too-many-attachments", message: "This network takes no files here. Remove them.", file: null }];
  const whole = ruleFor(rules, files[0]!.mime) ?? rules[0]!;
  const few = whole.maxCount === 1 ? "one file" : `${whole.maxCount} files`;
  if (files.length > whole.maxCount)
    found.push({
      code: "too-many-attachments",
      message: `This network takes at most ${few} here. Remove some.`,
      file: null,
    });
  for (const [at, file] of files.entries()) {
    const say = (code: FileFault, message: string) => found.push({ code, message, file: at });
    const rule = ruleFor(rules, file.mime);
    if (file.state === "refused" || file.state === "gone")
      say("file-type", `The file "${file.name}" was not taken. Remove it.`);
    else if (file.state === "waiting")
      say(
        "file-waiting",
        `The file "${file.name}" has not been looked through for viruses yet. Wait a moment, or remove it.`,
      );
    else if (!rule)
      say("file-type", `This network takes no files like "${file.name}". Remove it, or send it another way.`);
    else if (!fitsMime(whole, file.mime))
      say(
        "file-type",
        `The file "${file.name}" cannot go out together with "${files[0]!.name}" here. Send it in an answer of its own.`,
      );
    else if (file.bytes > rule.maxBytes && !file.picture)
      say(
        "file-too-large",
        `The file "${file.name}" has ${mb(file.bytes)}; this network takes ${mb(rule.maxBytes)}. Send a smaller one.`,
      );
    const most = rule?.altText?.maxGraphemes;
    if (most !== undefined && graphemes(file.alt) > most)
      say(
        "alt-too-long",
        `The description of "${file.name}" is too long for this network (${most} signs). Shorten it.`,
      );
  }
  return found;
}
