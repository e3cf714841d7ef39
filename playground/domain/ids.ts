import { createHash } from "node:crypto";

const ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

/** Opaque id, the same for the same network, record and place in it: a replay of the log, or a second run with the same seed, gives the same ids. */
export function makeId(prefix: string, network: string, record: number, place: number | string = 0): string {
  const digest = createHash("sha256").update(`${network}\n${prefix}\n${record}\n${place}`).digest();
  let out = "";
  for (let i = 0; i < 16; i++) out += ALPHABET[(digest[i] ?? 0) & 31];
  return `${prefix}_${out}`;
}

/** Network id made from a seed word. */
export function networkIdFrom(seed: string): string {
  return makeId("nw", seed, 0);
}
