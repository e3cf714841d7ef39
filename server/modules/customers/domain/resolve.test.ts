import fc from "fast-check";
import { expect, test } from "vitest";
import type { Rung } from "./ladder.ts";
import { type Node, resolve, type Statement } from "./resolve.ts";

let count = 0;
const node = (id: string, network = id, more: Partial<Node> = {}): Node => ({
  ...{ id, home: `c-${id}`, network: `${network}/*`, name: `${network}/*/${id}`, shared: false, recycledAt: null },
  ...more,
});
const same = (a: string, b: string, rung: Rung, more: Partial<Statement> = {}): Statement => ({
  ...{ id: `s${++count}`, kind: "same", a, b, rung, ord: 0, at: 10 },
  ...more,
});
const apart = (a: string, b: string, ord: number): Statement => same(a, b, "agent", { kind: "apart", ord });
const groups = (nodes: Node[], statements: Statement[]) => {
  const { customerOf } = resolve(nodes, statements);
  return [...Map.groupBy(customerOf.keys(), (id) => customerOf.get(id)).values()]
    .map((ids) => ids.sort().join(""))
    .sort();
};

test("a join makes one customer: the one that was met first", () => {
  const { customerOf, boundBy } = resolve([node("a"), node("b")], [same("b", "a", "stated", { id: "why" })]);
  expect(Object.fromEntries(customerOf)).toEqual({ a: "c-a", b: "c-a" });
  expect(boundBy.get("b")).toBe("why");
});

test("the ladder: of several reasons the surest holds, and of two that contradict the surer one wins", () => {
  const three = [node("a", "x"), node("b", "mail"), node("c", "x")];
  // Both want b, and a and c are two people of one network: the token beats the agent's word, hearsay comes last.
  const { boundBy } = resolve(
    [node("a"), node("b")],
    [same("a", "b", "agent", { ord: 1, id: "agent" }), same("a", "b", "verified", { id: "token" })],
  );
  expect(boundBy.get("b")).toBe("token");
  expect(groups(three, [same("c", "b", "stated"), same("a", "b", "verified")])).toEqual(["ab", "c"]);
  expect(groups(three, [same("c", "b", "contact"), same("a", "b", "agent", { ord: 1 })])).toEqual(["ab", "c"]);
});

test("trap: a family's address does not pull its people together, and neither of them gets it", () => {
  const nodes = [node("ann", "x"), node("bob", "x"), node("mail", "email")];
  const said = [same("ann", "mail", "stated"), same("bob", "mail", "stated")];
  expect(groups(nodes, said)).toEqual(["ann", "bob", "mail"]);
  expect([...resolve(nodes, said).blocked.values()]).toEqual(["shared", "shared"]);
  // One of them proves it: that is no hearsay.
  expect(groups(nodes, [...said, same("ann", "mail", "verified")])).toEqual(["annmail", "bob"]);
});

test("trap: a third one's false word takes nothing from what two say of themselves", () => {
  const nodes = [node("lee", "x"), node("lee2", "bluesky"), node("liar", "bluesky")];
  const own = same("lee", "lee2", "stated", { at: 10 });
  expect(groups(nodes, [own, same("liar", "lee", "stated", { at: 20 })])).toEqual(["leelee2", "liar"]);
  // Nor does the liar join anybody by calling two of one network himself.
  const two = [node("a", "x"), node("b", "x"), node("liar", "bluesky")];
  expect(groups(two, [same("liar", "a", "stated"), same("liar", "b", "stated")])).toEqual(["a", "b", "liar"]);
});

test("trap: what is said from a company's account joins nobody", () => {
  const nodes = [node("firm", "x", { shared: true }), node("ann", "email")];
  expect(groups(nodes, [same("firm", "ann", "stated")])).toEqual(["ann", "firm"]);
  expect(groups(nodes, [same("firm", "ann", "agent", { ord: 1 })])).toEqual(["annfirm"]);
});

test("trap: two handles of one network are not joined by hearsay, nor through a third", () => {
  const nodes = [node("a1", "x"), node("a2", "x"), node("m", "email"), node("b", "bluesky")];
  expect(groups(nodes, [same("a1", "a2", "stated")])).toEqual(["a1", "a2", "b", "m"]);
  const chain = [same("a1", "m", "stated"), same("m", "b", "stated"), same("b", "a2", "stated")];
  expect(groups(nodes, chain).some((g) => g.includes("a1") && g.includes("a2"))).toBe(false);
});

test("trap: a name that changed hands keeps nothing of what was said before", () => {
  const nodes = [node("a"), node("b", "b", { recycledAt: 50 })];
  expect(groups(nodes, [same("a", "b", "stated", { at: 10 })])).toEqual(["a", "b"]);
  expect(groups(nodes, [same("a", "b", "stated", { at: 60 })])).toEqual(["ab"]);
});

test("a person's word stands against evidence, and a later word against an earlier one", () => {
  const nodes = [node("a"), node("b"), node("c")];
  const token = same("a", "b", "verified");
  expect(groups(nodes, [token, apart("a", "b", 1)])).toEqual(["a", "b", "c"]);
  expect(groups(nodes, [token, apart("a", "b", 1), same("a", "b", "agent", { ord: 2 })])).toEqual(["ab", "c"]);
  // Not by the back door either.
  const round = [same("a", "c", "stated"), same("c", "b", "stated"), apart("a", "b", 1)];
  expect(groups(nodes, round)).toHaveLength(2);
});

const ids = ["a", "b", "c", "d", "e"];
const statement = fc.record({
  kind: fc.constantFrom<Statement["kind"]>("same", "same", "same", "apart"),
  a: fc.constantFrom(...ids),
  b: fc.constantFrom(...ids),
  rung: fc.constantFrom<Rung>("verified", "stated", "contact", "agent"),
  at: fc.nat(100),
});
const world = fc
  .tuple(
    fc.array(fc.constantFrom("x", "email", "bluesky"), { minLength: 5, maxLength: 5 }),
    fc.array(statement, { maxLength: 14 }),
  )
  .map(([networks, list]) => ({
    nodes: ids.map((id, i) => node(id, networks[i])),
    statements: list.map(
      (s, i): Statement => ({ ...s, id: `p${i}`, ord: s.rung === "agent" || s.kind === "apart" ? i + 1 : 0 }),
    ),
  }));
const shuffle = <T>(list: readonly T[], seed: number): T[] =>
  list
    .map((v, i) => [Math.sin(seed + i * 7.3), v] as const)
    .sort((x, y) => x[0] - y[0])
    .map((p) => p[1]);

test("who is who depends on the set of statements, not on their order", () => {
  fc.assert(
    fc.property(world, fc.nat(1_000), ({ nodes, statements }, seed) => {
      const one = resolve(nodes, statements);
      const two = resolve(shuffle(nodes, seed), shuffle(statements, seed + 1));
      expect([...two.customerOf].sort()).toEqual([...one.customerOf].sort());
    }),
    { numRuns: 500 },
  );
});

test("who a person parted last never are one, and every blocked statement says why", () => {
  fc.assert(
    fc.property(world, ({ nodes, statements }) => {
      const { customerOf, blocked } = resolve(nodes, statements);
      const last = new Map<string, Statement>();
      for (const s of statements) if (s.ord > 0 && s.a !== s.b) last.set([s.a, s.b].sort().join(), s);
      for (const s of last.values()) if (s.kind === "apart") expect(customerOf.get(s.a)).not.toBe(customerOf.get(s.b));
      for (const s of statements)
        if (s.kind === "same" && s.ord === 0 && customerOf.get(s.a) !== customerOf.get(s.b))
          expect(blocked.has(s.id)).toBe(true);
    }),
    { numRuns: 500 },
  );
});
