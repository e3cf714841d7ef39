/** Writes that look like a Latin letter or digit, after folding. A short list of what impostors use; source: Unicode TR39 confusables. */
const LOOKS: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", "5": "s", "|": "l", "!": "l", i: "l", ı: "l", і: "l", ӏ: "l", ι: "l", ß: "b" },
  ...{ а: "a", α: "a", ɑ: "a", в: "b", ь: "b", с: "c", ϲ: "c", ԁ: "d", е: "e", ε: "e", ҽ: "e", ғ: "f", ɡ: "g", ց: "g" },
  ...{ һ: "h", н: "h", ј: "j", к: "k", κ: "k", м: "m", п: "n", η: "n", о: "o", ο: "o", օ: "o", σ: "o" },
  ...{ р: "p", ρ: "p", ԛ: "q", г: "r", ѕ: "s", т: "t", τ: "t", υ: "u", ս: "u", ν: "v", ѵ: "v", ԝ: "w", ω: "w" },
  ...{ х: "x", χ: "x", у: "y", γ: "y", ү: "y", ᴢ: "z" },
};
/** Where people are named by the address they can be reached by. On networks where a handle is free to choose, an address proves nothing. */
const MAIL_NETWORKS = new Set(["email", "chat", "webchat"]);
const PHONE_NETWORKS = new Set(["phone", "sms", "whatsapp", "wa", "signal"]);

/** What a handle is called, whatever its case, width, or leading @: two handles of one name have the same key. */
export function handleName(handle: string): string {
  return handle.normalize("NFKC").trim().replace(/^@+/, "").toLowerCase().slice(0, 300);
}

/** What a name looks like to a hurried eye: letters of other alphabets, digits and accents that pass for Latin ones are one; marks and dots are gone. */
export function looks(name: string): string {
  const plain = handleName(name)
    .normalize("NFKD")
    .replace(/[\p{M}\p{P}\p{Z}\p{S}\p{Cf}]/gu, (c) => LOOKS[c] ?? "");
  return [...plain]
    .map((c) => LOOKS[c] ?? c)
    .join("")
    .replaceAll("rn", "m")
    .replaceAll("vv", "w");
}

/** The address or number a handle is, in the form in which people give it; null where a handle is neither. */
export function contactOf(of: { network: string; externalId: string; handle: string }): string | null {
  if (MAIL_NETWORKS.has(of.network)) {
    const address = [of.handle, of.externalId].find((text) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text.trim()));
    return address ? address.normalize("NFKC").trim().toLowerCase().slice(0, 300) : null;
  }
  if (!PHONE_NETWORKS.has(of.network)) return null;
  const digits = [of.handle, of.externalId].map((text) => text.replace(/\D/gu, "")).find((d) => d.length >= 8);
  return digits ? digits.slice(-9) : null;
}

/** Whether two names can be one person's: a word in common, in any order. An empty name says nothing. */
export function namesMeet(a: string, b: string): boolean {
  const [x, y] = [a, b].map((name) => new Set(handleName(name).match(/[\p{L}\p{N}]{2,}/gu) ?? [])) as [
    Set<string>,
    Set<string>,
  ];
  if (x.size === 0 || y.size === 0) return true;
  return [...x].some((word) => y.has(word));
}

/** Whether a handle can be given to somebody else: where the network's id is itself the name, address or number. */
export function isReusable(of: { network: string; externalId: string; handle: string }): boolean {
  return contactOf(of) !== null || handleName(of.externalId) === handleName(of.handle);
}
