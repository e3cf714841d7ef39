import fc from "fast-check";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../../tests/support/database.ts";
import { decrypt, encrypt, seal, unseal, useKeyRing } from "./key-ring.ts";
import { findKey } from "./store/key-store.ts";

const { db } = openTestDatabase();
afterAll(() => db.close());
const master = (byte: number) => new Uint8Array(32).fill(byte);
const words = Buffer.from("the card ends in 4242");
beforeEach(() => useKeyRing(master(7)));

describe("the key ring", () => {
  it("opens what it sealed, also after a restart, and never seals the same twice alike", async () => {
    const { accountId } = await makeAccount(db);
    const [a, b] = await db.withAccount(accountId, async (tx) => [await seal(tx, words), await seal(tx, words)]);
    expect(a.equals(b!)).toBe(false);
    expect(a.includes(words)).toBe(false);
    useKeyRing(master(7));
    await db.withAccount(accountId, async (tx) => {
      expect(await unseal(tx, a)).toEqual(words);
      expect(await unseal(tx, b!)).toEqual(words);
    });
  });

  it("refuses another account's bytes", async () => {
    const [one, two] = [(await makeAccount(db)).accountId, (await makeAccount(db)).accountId];
    const sealed = await db.withAccount(one, (tx) => seal(tx, words));
    await db.withAccount(two, (tx) => seal(tx, words));
    await expect(db.withAccount(two, (tx) => unseal(tx, sealed))).rejects.toThrow();
  });

  it("refuses another master key's bytes, and a master key of another length", async () => {
    const { accountId } = await makeAccount(db);
    const sealed = await db.withAccount(accountId, (tx) => seal(tx, words));
    useKeyRing(master(8));
    await expect(db.withAccount(accountId, (tx) => unseal(tx, sealed))).rejects.toThrow();
    expect(() => useKeyRing(new Uint8Array(31))).toThrow("32 bytes");
  });

  it("keeps the account's key wrapped: the row alone opens nothing", async () => {
    const { accountId } = await makeAccount(db);
    const sealed = await db.withAccount(accountId, (tx) => seal(tx, words));
    const wrapped = (await db.withAccount(accountId, (tx) => findKey(tx, "account")))!;
    expect(() => decrypt(wrapped.subarray(0, 32), sealed)).toThrow();
    expect(decrypt(decrypt(master(7), wrapped), sealed)).toEqual(words);
  });

  it("is made once when two transactions seal at the same moment", async () => {
    const { accountId } = await makeAccount(db);
    const sealed = await Promise.all([1, 2, 3, 4].map(() => db.withAccount(accountId, (tx) => seal(tx, words))));
    await db.withAccount(accountId, async (tx) => {
      for (const one of sealed) expect(await unseal(tx, one)).toEqual(words);
    });
  });

  it("does not remember the key of a transaction that was rolled back", async () => {
    const { accountId } = await makeAccount(db);
    const undone = db.withAccount(accountId, async (tx) => {
      await seal(tx, words);
      throw new Error("undone");
    });
    await expect(undone).rejects.toThrow("undone");
    const sealed = await db.withAccount(accountId, (tx) => seal(tx, words));
    useKeyRing(master(7));
    expect(await db.withAccount(accountId, (tx) => unseal(tx, sealed))).toEqual(words);
  });
});

describe("sealed bytes", () => {
  it("changed in any one bit, cut or lengthened do not open", () => {
    const key = master(3);
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(), (plain, where) => {
        const sealed = encrypt(key, plain);
        expect(new Uint8Array(decrypt(key, sealed))).toEqual(new Uint8Array(plain));
        const bit = where % (sealed.length * 8);
        const changed = Buffer.from(sealed);
        changed[bit >> 3]! ^= 1 << (bit & 7);
        expect(() => decrypt(key, changed)).toThrow();
        expect(() => decrypt(key, sealed.subarray(0, -1))).toThrow();
        expect(() => decrypt(key, Buffer.concat([sealed, Buffer.of(0)]))).toThrow();
      }),
      { numRuns: 200, seed: 5 },
    );
  });

  it.each([0, 1, 12, 28])("of %i bytes are too short to be any", (length) => {
    expect(() => decrypt(master(1), Buffer.alloc(length, 1))).toThrow("unknown form");
  });
});
