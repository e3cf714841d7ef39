/** How a file is shown: a picture that we made anew, sound and film by the browser's own player, everything else only to be saved. */
export type FileKind = "image" | "video" | "audio" | "file";

/** What can become of an attachment. */
export type AttachmentState = "waiting" | "here" | "refused" | "gone";
/** Why it is not here. `detail` beside it says more, for people. */
export type AttachmentWhy =
  | "too-large"
  | "too-many"
  | "type"
  | "address"
  | "virus"
  | "not-scanned"
  | "expired"
  | "unreachable"
  | "no-source";

/** DESIGN D17's cap of one blob; what is larger is shown as a placeholder. */
export const MAX_FILE = 25 * 1_048_576;
/** Of one message so many are fetched; the rest is named and not fetched. */
export const MAX_FILES = 20;

const PLAYED = new Set([
  "video/mp4",
  "video/webm",
  "video/ogg",
  "video/quicktime",
  "audio/mpeg",
  "audio/mp4",
  "audio/x-m4a",
  "audio/aac",
  "audio/ogg",
  "audio/opus",
  "audio/wav",
  "audio/webm",
  "audio/flac",
]);
/** Ogg is told as one type, whatever is in it. */
const ALIASES: Readonly<Record<string, string>> = {
  "application/ogg": "audio/ogg",
  "audio/x-wav": "audio/wav",
  "audio/vnd.wave": "audio/wav",
  "audio/x-flac": "audio/flac",
};

/** Programs: what a click would run. Named by what was sniffed and, where bytes tell nothing, by the name's end. */
const PROGRAM_TYPES = new Set([
  "application/x-msdownload",
  "application/vnd.microsoft.portable-executable",
  "application/x-elf",
  "application/x-mach-binary",
  "application/java-archive",
  "application/java-vm",
  "application/x-msi",
  "application/vnd.android.package-archive",
  "application/x-apple-diskimage",
  "application/x-ms-shortcut",
  "application/wasm",
  "application/x-rpm",
  "application/x-deb",
]);
const PROGRAM_NAMES =
  /\.(?:exe|dll|com|scr|pif|bat|cmd|ps1|psm1|vbs|vbe|jse?|wsf|wsh|hta|msi|msp|jar|class|apk|app|dmg|pkg|deb|rpm|sh|bash|lnk|url|reg|cpl|scf|iso|img|vhdx?|xll|ocx|sys)[\s.]*$/i;

/** A type as it stands in a header, without what follows it; empty for what is none. */
export function plainMime(said: string | null | undefined): string {
  const mime = /^\s*([a-z0-9][a-z0-9!#$&^_.+-]{0,80}\/[a-z0-9][a-z0-9!#$&^_.+-]{0,80})\s*(?:;|$)/i.exec(
    said ?? "",
  )?.[1];
  const plain = (mime ?? "").toLowerCase();
  return Object.hasOwn(ALIASES, plain) ? ALIASES[plain]! : plain;
}

/** True for what is never kept. */
export function isProgram(sniffed: string, name: string): boolean {
  return PROGRAM_TYPES.has(sniffed) || PROGRAM_NAMES.test(name);
}

/** `picture`: it was decoded and made anew. */
export function kindOf(mime: string, picture: boolean): FileKind {
  if (picture) return "image";
  if (!PLAYED.has(mime)) return "file";
  return mime.startsWith("video/") ? "video" : "audio";
}

/** Documents whose stated type may stand in the answer's head; never one that a browser would draw as a page. */
const DOCUMENTS =
  /^(?:application\/(?:pdf|zip|rtf|msword|vnd\.(?:openxmlformats-officedocument|oasis\.opendocument|ms-)[a-z0-9.+-]*)|text\/(?:plain|csv|calendar))$/;

/** The type of a file: by its bytes; what bytes do not tell, by the word of the other side as far as it is harmless. */
export function typeOf(sniffed: string, stated: string, head: Uint8Array): string {
  if (sniffed !== "") return plainMime(sniffed) || "application/octet-stream";
  const said = plainMime(stated);
  if (/^text\/(?:plain|csv|calendar)$/.test(said) && !head.includes(0)) return said;
  return "application/octet-stream";
}

/** What a browser is told: of everything that it might draw or run it hears only that these are bytes. */
export function servedAs(mime: string, kind: FileKind): string {
  if (kind !== "file") return mime;
  return DOCUMENTS.test(mime)
    ? mime.startsWith("text/")
      ? `${mime}; charset=utf-8`
      : mime
    : "application/octet-stream";
}

/** A name that can stand in a header and on a disk; empty where nothing of it is left. */
export function safeName(said: string | null | undefined): string {
  return (
    (said ?? "")
      .toWellFormed()
      .normalize("NFC")
      .replace(/^.*[\\/]/s, "")
      // Signs that turn the reading direction round make "gpj.exe" look like "exe.jpg".
      .replace(/[\p{Cc}\p{Cf}\u2028\u2029"<>:|?*]/gu, "")
      .replace(/^[.\s]+|[.\s]+$/g, "")
      .slice(0, 200)
      .toWellFormed()
  );
}

/** RFC 6266: the plain form for old readers, the exact one beside it. */
export function disposition(how: "inline" | "attachment", name: string): string {
  const plain = safeName(name).replace(/[^\x20-\x7e]|[\\%]/g, "_") || "file";
  const exact = encodeURIComponent(safeName(name) || "file").replace(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${how}; filename="${plain}"; filename*=UTF-8''${exact}`;
}
