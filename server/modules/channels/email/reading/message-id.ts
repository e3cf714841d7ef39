/** Printable ASCII without angles and spaces: what is more is no name that could be found again. */
const ONE = /[!-;=?-~]{1,900}/;
const ALL = /<[!-;=?-~]{1,900}>/g;

/** `<left@right>` as it stands in a header, bounded; undefined where there is none. */
export function messageIdOf(value: string | undefined): string | undefined {
  const plain = (value ?? "").slice(0, 2_000).trim().replace(/^<|>$/g, "");
  return ONE.exec(plain)?.[0] === plain ? `<${plain}>` : undefined;
}

/** All of a References or In-Reply-To header, in their order. */
export function messageIdsOf(value: string): string[] {
  const bounded = value.slice(0, 100_000);
  const found = bounded.match(ALL);
  if (found) return found;
  // Written by hand, or by a program that forgot the angles.
  return bounded
    .split(/\s+/)
    .filter((word) => word.includes("@"))
    .flatMap((word) => messageIdOf(word) ?? []);
}

/** Ours: made of the part's own id, so that a second try is the same mail (`ownMessageId` in sending). */
const OWN = /^<([0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}\.[1-9]\d{0,2})@([^<>@\s]{1,255})>$/;

export function ownMessageId(clientId: string, domain: string): string {
  return `<${clientId}@${domain}>`;
}

/** The part a Message-ID of ours belongs to; null for all others. */
export function partOfMessageId(id: string, domains: readonly string[]): string | null {
  const found = OWN.exec(id);
  return found && domains.includes(found[2]!.toLowerCase()) ? found[1]! : null;
}
