import { createHmac, timingSafeEqual } from "node:crypto";

/**
 * An address of its own for the answers to one mail: `name+r<token>@domain`. The token is the part it answers and a signature over it and the
 * mailbox, so that nobody can name another one. Base32 in lower case: mail systems do not keep the case.
 */
const MARK = "r-";
const SIGNED = 10;
const ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
const LOCAL_LIMIT = 64;

export function replyAddress(address: string, clientId: string, key: string): string | null {
  const [deliveryId = "", index = ""] = clientId.split(".");
  const id = Buffer.from(deliveryId.replaceAll("-", ""), "hex");
  const part = Number(index);
  const at = address.lastIndexOf("@");
  if (key === "" || id.length !== 16 || !(part >= 1 && part <= 255) || at < 1) return null;
  const named = Buffer.concat([id, Buffer.from([part])]);
  const local = `${address.slice(0, at)}+${MARK}${base32(Buffer.concat([named, sign(named, address, key)]))}`;
  // RFC 5321 §4.5.3.1.1.
  return local.length <= LOCAL_LIMIT ? `${local}${address.slice(at)}` : null;
}

/** The part that this address was made for; null for every other address and a wrong signature. */
export function readReplyAddress(given: string, address: string, key: string): string | null {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at)];
  const asked = given.toLowerCase();
  if (key === "" || !asked.startsWith(`${local}+${MARK}`) || !asked.endsWith(domain)) return null;
  const bytes = fromBase32(asked.slice(local.length + 1 + MARK.length, asked.length - domain.length));
  // The last sign has bits to spare: of the ways to write them one is ours.
  if (bytes?.length !== 17 + SIGNED || !asked.startsWith(base32(bytes), local.length + 1 + MARK.length)) return null;
  const named = bytes.subarray(0, 17);
  if (!timingSafeEqual(bytes.subarray(17), sign(named, address, key))) return null;
  const hex = named.subarray(0, 16).toString("hex");
  const id = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join("-");
  return `${id}.${named[16]}`;
}

function sign(named: Uint8Array, address: string, key: string): Buffer {
  return createHmac("sha256", key).update(address).update("\0").update(named).digest().subarray(0, SIGNED);
}

function base32(bytes: Uint8Array): string {
  let out = "";
  let [held, bits] = [0, 0];
  for (const byte of bytes) {
    held = ((held << 8) | byte) & 0xffff;
    bits += 8;
    while (bits >= 5) {
      bits -= 5;
      out += ALPHABET[(held >> bits) & 31];
    }
  }
  return bits > 0 ? out + ALPHABET[(held << (5 - bits)) & 31] : out;
}

function fromBase32(text: string): Buffer | null {
  const bytes: number[] = [];
  let [held, bits] = [0, 0];
  for (const sign of text) {
    const value = ALPHABET.indexOf(sign);
    if (value < 0) return null;
    held = ((held << 5) | value) & 0xffff;
    bits += 5;
    if (bits >= 8) {
      bits -= 8;
      bytes.push((held >> bits) & 255);
    }
  }
  return Buffer.from(bytes);
}
