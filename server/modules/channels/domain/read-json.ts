import { instantOf } from "#platform/clock";

/** Careful reading of JSON that strangers wrote: own properties only, every field checked, nothing thrown. */
export type Fields = Readonly<Record<string, unknown>>;

/** Parses JSON without letting `__proto__` become anything but a name. Undefined when it is none. */
export function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8").decode(body));
  } catch {
    return undefined;
  }
}

export function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function field(of: unknown, name: string): unknown {
  return isFields(of) && Object.hasOwn(of, name) ? of[name] : undefined;
}

/** A string; empty when it is none. */
export function text(of: unknown, name: string): string {
  const value = field(of, name);
  return typeof value === "string" ? value : "";
}

export function optionalText(of: unknown, name: string): string | undefined {
  const value = field(of, name);
  return typeof value === "string" && value !== "" ? value : undefined;
}

export function count(of: unknown, name: string): number | undefined {
  const value = field(of, name);
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0 ? value : undefined;
}

export function list(of: unknown, name: string): readonly unknown[] {
  const value = field(of, name);
  return Array.isArray(value) ? value : [];
}

/** Epoch milliseconds of RFC 3339 text; undefined when it is none, or no time that can be stored (before 1970, after 9999). */
export function instant(of: unknown, name: string): number | undefined {
  return instantOf(text(of, name)) ?? undefined;
}

/** The JSON with `change` applied to every string under one of `names`, at any depth; null when it is no JSON. */
export function mapTexts(
  body: Uint8Array,
  names: ReadonlySet<string>,
  change: (text: string) => string,
): Uint8Array | null {
  const value = parseJson(body);
  if (value === undefined) return null;
  const done = JSON.stringify(value, (name, v: unknown) => (typeof v === "string" && names.has(name) ? change(v) : v));
  return new TextEncoder().encode(done);
}
