import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decrypted, encrypted } from "./segments.ts";

const KEY = Buffer.alloc(32, 5);
const SEALED_SEGMENT = 65_536 + 16;

async function* chunks(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let i = 0; i < bytes.length; i += size) yield bytes.subarray(i, i + size);
}
async function all(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts);
}
const seal = (plain: Uint8Array, size = 10_000) => all(encrypted(KEY, chunks(plain, size)));
const open = (sealed: Uint8Array, key: Uint8Array = KEY, size = 9_999) => all(decrypted(key, chunks(sealed, size)));
const counting = (length: number) => Buffer.from(Array.from({ length }, (_, i) => i % 251));

describe("segments", () => {
  it.each([0, 1, 65_535, 65_536, 65_537, 131_072, 200_000])(
    "of %i bytes come back, however they are cut",
    async (n) => {
      const plain = counting(n);
      const sealed = await seal(plain, 7_001);
      expect(await seal(plain, 65_536)).toEqual(sealed);
      expect((await open(sealed, KEY, 1_000)).equals(plain)).toBe(true);
      expect((await open(sealed, KEY, 1_000_000)).equals(plain)).toBe(true);
    },
  );

  it("changed in any bit do not open", async () => {
    const sealed = await seal(counting(300));
    await fc.assert(
      fc.asyncProperty(fc.nat(sealed.length * 8 - 1), async (bit) => {
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        await expect(open(changed)).rejects.toThrow();
      }),
      { numRuns: 100, seed: 3 },
    );
  });

  it("cut at a boundary, swapped, repeated or lengthened do not open; nor with another key", async () => {
    const sealed = await seal(counting(150_000));
    const [first, second] = [1, 1 + SEALED_SEGMENT].map((at) => sealed.subarray(at, at + SEALED_SEGMENT)) as [
      Buffer,
      Buffer,
    ];
    const rest = sealed.subarray(1 + 2 * SEALED_SEGMENT);
    const head = sealed.subarray(0, 1);
    for (const wrong of [
      Buffer.concat([head, first]),
      Buffer.concat([head, first, second]),
      Buffer.concat([head, second, first, rest]),
      Buffer.concat([head, first, first, second, rest]),
      Buffer.concat([sealed, Buffer.alloc(1)]),
      head,
      Buffer.alloc(0),
    ])
      await expect(open(wrong)).rejects.toThrow();
    await expect(open(sealed, Buffer.alloc(32, 6))).rejects.toThrow();
  });
});
