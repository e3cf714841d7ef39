import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { openTestDatabase } from "../../tests/support/database.ts";
import { MINUTE } from "./clock.ts";
import { dropLease, keepLease, takeLease } from "./lease.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());
const name = () => `test-${randomUUID()}`;
const take = (lease: string, holder: string) => takeLease(db, lease, holder, clock.now(), MINUTE);

describe("a lease", () => {
  it("is held by one: another waits until it has run out, and then has a greater token", async () => {
    const lease = name();
    expect(await take(lease, "a")).toEqual({ name: lease, token: 1 });
    expect(await take(lease, "b")).toBeNull();
    clock.advance(MINUTE);
    expect(await take(lease, "b")).toBeNull();
    clock.advance(1);
    expect(await take(lease, "b")).toEqual({ name: lease, token: 2 });
  });

  it("is prolonged by its holder only; who slept through its end is refused by the token", async () => {
    const lease = name();
    const first = (await take(lease, "a"))!;
    clock.advance(MINUTE - 1);
    expect(await keepLease(db, first, clock.now(), MINUTE)).toBe(true);
    clock.advance(MINUTE);
    expect(await take(lease, "b")).toBeNull();
    clock.advance(1);
    const second = (await take(lease, "b"))!;
    expect(await keepLease(db, first, clock.now(), MINUTE)).toBe(false);
    expect(await keepLease(db, second, clock.now(), MINUTE)).toBe(true);
    // The late one's dropping does not free it either.
    await dropLease(db, first);
    expect(await take(lease, "c")).toBeNull();
  });

  it("taken again by the same holder has a new token, so that its own former life is fenced off as well", async () => {
    const lease = name();
    const before = (await take(lease, "a"))!;
    const after = (await take(lease, "a"))!;
    expect(after.token).toBe(before.token + 1);
    expect(await keepLease(db, before, clock.now(), MINUTE)).toBe(false);
  });

  it("of a dead holder whose clock went ahead does not bind for longer than clocks may differ", async () => {
    const lease = name();
    const ahead = clock.now() + 3 * 60 * MINUTE;
    const first = (await takeLease(db, lease, "a", ahead, MINUTE))!;
    expect(await take(lease, "b")).toMatchObject({ token: 2 });
    expect(await keepLease(db, first, ahead, MINUTE)).toBe(false);
    // A clock a little ahead is usual, and its holder lives.
    await takeLease(db, lease, "b", clock.now() + 20_000, MINUTE);
    expect(await take(lease, "c")).toBeNull();
  });

  it("dropped is free at once", async () => {
    const lease = name();
    await dropLease(db, (await take(lease, "a"))!);
    expect(await take(lease, "b")).toMatchObject({ token: 2 });
  });

  it("asked for by many at the same moment goes to one", async () => {
    const lease = name();
    const asked = await Promise.all(Array.from({ length: 12 }, (_, i) => take(lease, `holder ${i}`)));
    expect(asked.filter((l) => l !== null)).toHaveLength(1);
  });
});
