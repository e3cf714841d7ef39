import { claimsOf, phone } from "#modules/customers";
import { readSaid } from "../domain/said.ts";

/** What joins two handles of a backtest: the fields of a row that tell who speaks. */
export interface Speaker {
  by: string;
  channel: string;
  from: string;
  to?: string;
  text: string;
  invite?: string;
}

/** Shorter numbers, said without a word of what they are, are nobody's own. */
const OWN_LENGTH = 5;

export const handleOf = (channel: string, name: string): string => `${channel}:${name.toLowerCase()}`;

/**
 * Which handles are one customer, by evidence only: known links, what people say of themselves, an address or number given and later
 * used, an invitation opened, an own order number named on two channels. Returns each handle's customer.
 */
export function joinHandles(
  rows: readonly Speaker[],
  links: readonly { a: string; b: string }[],
): (handle: string) => string {
  const parent = new Map<string, string>();
  const find = (h: string): string => {
    let root = h;
    for (let up = parent.get(root); up !== undefined; up = parent.get(root)) root = up;
    return root;
  };
  const join = (a: string, b: string) => {
    const [x, y] = [find(a), find(b)].sort();
    if (x !== y) parent.set(y!, x!);
  };
  const theirs = rows.filter((r) => r.by === "customer");
  const named = new Map<string, Set<string>>();
  for (const r of theirs) add(named, r.from.toLowerCase().replace(/^@/, ""), handleOf(r.channel, r.from));
  for (const { a, b } of links) join(a.toLowerCase(), b.toLowerCase());

  const references = new Map<string, Set<string>>();
  for (const r of theirs) {
    const me = handleOf(r.channel, r.from);
    const claims = claimsOf(r.text);
    for (const name of claims.handles) for (const other of named.get(name) ?? []) join(me, other);
    for (const contact of claims.contacts)
      for (const other of theirs)
        if (
          other.from.toLowerCase() === contact ||
          (/^\+?[\d ()/.-]{8,}$/.test(other.from) && phone(other.from) === contact)
        )
          join(me, handleOf(other.channel, other.from));
    if (claims.ofMany || claims.forOther) continue;
    for (const ref of claims.references) add(references, ref, me);
    for (const ref of readSaid(r.text).refs)
      if (ref.length >= OWN_LENGTH && !/^tel:|@/u.test(ref)) add(references, ref, me);
  }
  for (const handles of references.values()) {
    const channels = new Set([...handles].map((h) => h.split(":")[0]));
    // Two handles on two channels with one number are one person; more speak of something public.
    if (handles.size === 2 && channels.size === 2) join(...([...handles] as [string, string]));
  }
  for (const r of theirs) {
    if (!r.invite) continue;
    const asked = rows.find((o) => o.by !== "customer" && o.to && o.text.includes(r.invite!));
    if (!asked?.to) continue;
    for (const other of named.get(asked.to.toLowerCase().replace(/^@/, "")) ?? [])
      join(handleOf(r.channel, r.from), other);
  }
  return find;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}
