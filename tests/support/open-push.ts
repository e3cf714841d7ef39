import { createDecipheriv, hkdfSync, webcrypto } from "node:crypto";

const SALT = 16;
const HEAD = SALT + 4 + 1;
const TAG = 16;
/** A browser that takes notices: its keys, and what it reads in a push message to it (RFC 8291; one record of RFC 8188, aes128gcm). */
export async function pushedBrowser() {
  const pair = (await webcrypto.subtle.generateKey({ name: "ECDH", namedCurve: "P-256" }, true, [
    "deriveBits",
  ])) as webcrypto.CryptoKeyPair;
  const own = Buffer.from(await webcrypto.subtle.exportKey("raw", pair.publicKey));
  const auth = Buffer.alloc(16, 1);
  async function read(body: Buffer): Promise<unknown> {
    const salt = body.subarray(0, SALT);
    const sender = body.subarray(HEAD, HEAD + body.readUInt8(HEAD - 1));
    const sealed = body.subarray(HEAD + sender.length);
    const ecdh = { name: "ECDH", namedCurve: "P-256" };
    const key = await webcrypto.subtle.importKey("raw", sender, ecdh, false, []);
    const shared = Buffer.from(await webcrypto.subtle.deriveBits({ name: "ECDH", public: key }, pair.privateKey, 256));
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), own, sender]);
    const secret = Buffer.from(hkdfSync("sha256", shared, auth, info, 32));
    const derived = (what: string, length: number) =>
      Buffer.from(hkdfSync("sha256", secret, salt, `Content-Encoding: ${what}\0`, length));
    const opened = createDecipheriv("aes-128-gcm", derived("aes128gcm", 16), derived("nonce", 12));
    opened.setAuthTag(sealed.subarray(-TAG));
    const plain = Buffer.concat([opened.update(sealed.subarray(0, -TAG)), opened.final()]);
    // The last record ends with a 2 and as many zeros as the sender likes.
    return JSON.parse(plain.subarray(0, plain.lastIndexOf(2)).toString());
  }
  return { p256dh: own.toString("base64url"), auth: auth.toString("base64url"), read };
}
