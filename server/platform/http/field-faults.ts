import type { FaultCode, FieldFault } from "#contracts/common";

/** What is read of a zod issue as fastify hands it on. */
export interface Issue {
  keyword?: string;
  message?: string;
  params?: Readonly<Record<string, unknown>>;
}
type Limits = { least: FaultCode; most: FaultCode };

const LIMITS: Readonly<Record<string, Limits>> = {
  string: { least: "too-short", most: "too-long" },
  array: { least: "too-few", most: "too-many" },
  set: { least: "too-few", most: "too-many" },
};
const FIGURES: Limits = { least: "too-small", most: "too-large" };
const BY_FORMAT: Readonly<Record<string, FaultCode>> = {
  email: "no-email",
  url: "no-address",
  date: "no-date",
  datetime: "no-date",
  time: "no-time",
};
/** How zod begins its own sentences: what begins otherwise was written for people and stays as it is. */
const ZODS_OWN = /^(?:Invalid|Too small|Too big|Unrecognized)/;
const MOST_NAMED = 20;

const named = (all: unknown): string => (Array.isArray(all) ? all.slice(0, MOST_NAMED).join(", ") : "");

/** The stable code of one fault and what stands in its sentence; null where the message is the house's own sentence. */
export function codeOf({
  keyword,
  message = "",
  params = {},
}: Issue): { code: FaultCode; params?: FieldFault["params"] } | null {
  if (!ZODS_OWN.test(message)) return null;
  const limits = LIMITS[String(params.origin)] ?? FIGURES;
  switch (keyword) {
    case "invalid_type":
      if (message.endsWith("received undefined")) return { code: "required" };
      return params.expected === "int"
        ? { code: "no-whole-number" }
        : { code: "wrong-type", params: { expected: String(params.expected) } };
    case "too_small":
      return { code: limits.least, params: { limit: Number(params.minimum) } };
    case "too_big":
      return { code: limits.most, params: { limit: Number(params.maximum) } };
    case "invalid_format":
      return { code: BY_FORMAT[String(params.format)] ?? "wrong-format" };
    case "invalid_value":
      return { code: "not-among", params: { options: named(params.values) } };
    case "not_multiple_of":
      return { code: "not-a-multiple", params: { limit: Number(params.divisor) } };
    case "unrecognized_keys":
      return { code: "unknown-field", params: { fields: named(params.keys) } };
    default:
      return { code: "not-valid" };
  }
}
