/** Names that mail programs use and browsers do not know, and those whose bytes are more than they say. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  "cp-850": "windows-1252",
  cp850: "windows-1252",
  "x-unknown": "",
  "unknown-8bit": "",
  "x-user-defined": "",
  default_charset: "",
  "utf-8mb4": "utf-8",
  ks_c_5601: "euc-kr",
  cp932: "shift_jis",
  "x-gbk": "gbk",
  cp936: "gbk",
  ansi: "windows-1252",
};

/**
 * The words of bytes whose charset may be a lie: what is well-formed UTF-8 is UTF-8, whatever was said; else the declared one; else
 * windows-1252, which has a letter for (nearly) every byte.
 */
export function decodeText(bytes: Uint8Array, declared: string): string {
  const name = declared
    .trim()
    .toLowerCase()
    .replace(/^["']|["']$/g, "");
  // ISO-2022 writes in seven bits: it would pass for UTF-8 and be read as rubbish.
  if (SEVEN_BITS.test(name)) return decodeAs(bytes, name) ?? latin(bytes);
  const asUtf8 = strictUtf8(bytes);
  if (asUtf8 !== null) return asUtf8;
  const known = Object.hasOwn(OTHER_NAMES, name) ? OTHER_NAMES[name]! : name;
  // It says UTF-8 (or ASCII) and is not.
  if (known === "" || /^(utf-?8|us-?ascii|ascii)$/.test(known)) return latin(bytes);
  return decodeAs(bytes, known) ?? latin(bytes);
}

const SEVEN_BITS = /^(iso-2022|utf-?7|utf-?16|utf-?32|hz-)/;

/** Whether any reader who believes the declared charset reads the same words as we do. Of charsets that only others know: yes. */
export function isHonest(bytes: Uint8Array, declared: string): boolean {
  const name = declared.trim().toLowerCase();
  if (bytes.every((byte) => byte < 0x80) && !SEVEN_BITS.test(name)) return true;
  if (/^utf-?8$/.test(name)) return strictUtf8(bytes) !== null;
  return !Object.hasOwn(OTHER_NAMES, name) && decodeAs(new Uint8Array(), name) === null && strictUtf8(bytes) === null;
}

function strictUtf8(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

function decodeAs(bytes: Uint8Array, charset: string): string | null {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return null;
  }
}

const latin = (bytes: Uint8Array): string => new TextDecoder("windows-1252").decode(bytes);
