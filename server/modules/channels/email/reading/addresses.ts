export interface Address {
  address: string;
  name: string;
}

/** Groups ("Friends: a@x, b@y;") are taken apart. Addresses are folded to lower case: that is how every mail system treats them. */
export function addresses(value: unknown): Address[] {
  const lists = Array.isArray(value) ? value : [value];
  return lists.flatMap((list) => {
    const entries = (list as { value?: unknown } | undefined)?.value;
    if (!Array.isArray(entries)) return [];
    return entries.flatMap((entry: { address?: string; name?: string; group?: unknown[] }) => [
      ...(entry.address
        ? [{ address: entry.address.toLowerCase().slice(0, 320), name: (entry.name ?? "").slice(0, 500) }]
        : []),
      ...(entry.group ? addresses({ value: entry.group }) : []),
    ]);
  });
}
