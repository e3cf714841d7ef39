import type { Instant } from "#platform/clock";
import { compareRungs, isHearsay, type Rung } from "./ladder.ts";

/** A handle as who-is-who sees it. `name`: the network's own name of it, which no order of arrival can change. */
export interface Node {
  id: string;
  /** The customer it is by itself. */
  home: string;
  /** Network and scope: a person rarely has two handles in one. */
  network: string;
  name: string;
  /** Several people write from it. */
  shared: boolean;
  /** Since then it may be somebody else. */
  recycledAt: Instant | null;
}

/** Two handles are one customer, or are not; where it was said, `a` said it of `b`. `ord`: the order of what persons did; 0 for what a program concluded. */
export interface Statement {
  id: string;
  kind: "same" | "apart";
  a: string;
  b: string;
  rung: Rung;
  ord: number;
  at: Instant;
}

/** Why a statement joins nothing. */
export type Blocked = "said-apart" | "shared" | "same-network" | "recycled";

export interface Resolution {
  /** The customer of each handle. */
  customerOf: Map<string, string>;
  /** The surest statement that holds a handle to its customer; none for a handle that is alone. */
  boundBy: Map<string, string>;
  blocked: Map<string, Blocked>;
}

/**
 * Who is who, of all statements that are not undone and nothing else: so the order in which they came does not matter, and undoing one
 * leaves what would stand without it. What persons decided comes first, the later over the earlier; then what was concluded, surest
 * and earliest first, as far as it does not contradict. A customer of several handles is the one that was met first.
 */
export function resolve(nodes: readonly Node[], statements: readonly Statement[]): Resolution {
  const known = new Map(nodes.map((n) => [n.id, n]));
  const usable = statements.filter((s) => s.a !== s.b && known.has(s.a) && known.has(s.b));
  const groups = createGroups(nodes);
  const blocked = new Map<string, Blocked>();
  const applied: Statement[] = [];
  const { same, apart } = lastWords(usable.filter((s) => s.ord > 0));

  const parted = (a: string, b: string) =>
    apart.some(([x, y]) => (groups.one(x, a) && groups.one(y, b)) || (groups.one(y, a) && groups.one(x, b)));
  const join = (s: Statement): void => {
    groups.unite(s.a, s.b);
    applied.push(s);
  };
  for (const s of same.sort((x, y) => x.ord - y.ord || (x.id < y.id ? -1 : 1)))
    if (parted(s.a, s.b)) blocked.set(s.id, "said-apart");
    else join(s);

  const nameOf = (s: Statement) => [known.get(s.a)!.name, known.get(s.b)!.name].sort().join("\u0000");
  const concluded = usable
    .filter((s) => s.ord === 0 && s.kind === "same")
    .sort((x, y) => compareRungs(x.rung, y.rung) || x.at - y.at || (nameOf(x) < nameOf(y) ? -1 : 1));
  const firm = concluded.filter((s) => !isHearsay(s.rung));
  for (const s of firm)
    if (outlived(known, s)) blocked.set(s.id, "recycled");
    else if (parted(s.a, s.b)) blocked.set(s.id, "said-apart");
    else join(s);

  const hearsay = concluded.filter((s) => isHearsay(s.rung));
  const worthless = ofSeveral(known, hearsay, groups);
  for (const s of hearsay) {
    if (groups.one(s.a, s.b)) applied.push(s);
    else if (outlived(known, s)) blocked.set(s.id, "recycled");
    else if (parted(s.a, s.b)) blocked.set(s.id, "said-apart");
    else if (worthless.has(s.id)) blocked.set(s.id, "shared");
    else if (groups.shareNetwork(s.a, s.b)) blocked.set(s.id, "same-network");
    else join(s);
  }
  return { customerOf: groups.customers(), boundBy: surest(applied), blocked };
}

/** For each pair what was last said of it by a person. */
function lastWords(acts: readonly Statement[]): { same: Statement[]; apart: [string, string][] } {
  const last = new Map<string, Statement>();
  for (const s of acts.toSorted((x, y) => x.ord - y.ord || (x.kind === "apart" ? -1 : 1)))
    last.set([s.a, s.b].sort().join(), s);
  const all = [...last.values()];
  return {
    same: all.filter((s) => s.kind === "same"),
    apart: all.filter((s) => s.kind === "apart").map((s) => [s.a, s.b]),
  };
}

function outlived(known: ReadonlyMap<string, Node>, s: Statement): boolean {
  return [s.a, s.b].some((id) => s.at < (known.get(id)!.recycledAt ?? Number.NEGATIVE_INFINITY));
}

/**
 * Statements of hearsay that are worth nothing: their writer calls two different people of one place himself, or two of one place call the
 * same handle theirs, or several people write from it. What others say of a handle takes nothing from what it says itself.
 */
function ofSeveral(known: ReadonlyMap<string, Node>, hearsay: readonly Statement[], groups: Groups): Set<string> {
  const worthless = new Set<string>();
  // A common address is said by both.
  const said = hearsay.flatMap(({ id, a, b, rung }) =>
    rung === "contact"
      ? [
          { id, from: a, to: b },
          { id, from: b, to: a },
        ]
      : [{ id, from: a, to: b }],
  );
  for (const [side, across] of [
    ["from", "to"],
    ["to", "from"],
  ] as const) {
    const same = Map.groupBy(said, (s) => `${s[side]} ${known.get(s[across])!.network}`);
    for (const list of same.values())
      if (list.some((s) => !groups.one(s[across], list[0]![across]))) for (const s of list) worthless.add(s.id);
  }
  for (const s of hearsay) if (known.get(s.a)!.shared || known.get(s.b)!.shared) worthless.add(s.id);
  return worthless;
}

function surest(applied: readonly Statement[]): Map<string, string> {
  const best = new Map<string, Statement>();
  for (const s of applied)
    for (const id of [s.a, s.b]) {
      const before = best.get(id);
      if (!before || compareRungs(s.rung, before.rung) < 0 || (s.rung === before.rung && s.at < before.at))
        best.set(id, s);
    }
  return new Map([...best].map(([id, s]) => [id, s.id]));
}

interface Groups {
  one(a: string, b: string): boolean;
  unite(a: string, b: string): void;
  /** Whether joining both would give one customer two handles in one place. */
  shareNetwork(a: string, b: string): boolean;
  customers(): Map<string, string>;
}

function createGroups(nodes: readonly Node[]): Groups {
  const parent = new Map(nodes.map((n) => [n.id, n.id]));
  const members = new Map(nodes.map((n) => [n.id, [n]]));
  const find = (id: string): string => {
    let root = id;
    while (parent.get(root) !== root) root = parent.get(root)!;
    parent.set(id, root);
    return root;
  };
  return {
    one: (a, b) => find(a) === find(b),
    unite(a, b) {
      const [x, y] = [find(a), find(b)];
      if (x === y) return;
      parent.set(y, x);
      members.get(x)!.push(...members.get(y)!);
      members.delete(y);
    },
    shareNetwork(a, b) {
      const networks = new Set(members.get(find(a))!.map((n) => n.network));
      return members.get(find(b))!.some((n) => networks.has(n.network));
    },
    customers() {
      const of = new Map<string, string>();
      for (const group of members.values()) {
        const customer = group.map((n) => n.home).sort()[0]!;
        for (const n of group) of.set(n.id, customer);
      }
      return of;
    },
  };
}
