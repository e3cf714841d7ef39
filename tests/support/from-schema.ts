import fc from "fast-check";
import type { Json } from "./api-client.ts";
import { hostileJson, hostileText } from "./hostile-text.ts";

/** Values of a JSON schema of the API's description: mostly of its shape, now and then anything in the place of anything. */
export function fromSchema(schema: Json): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 7, arbitrary: shaped(schema) }, { weight: 1, arbitrary: hostileJson });
}

function shaped(schema: Json): fc.Arbitrary<unknown> {
  if (schema?.const !== undefined) return fc.constant(schema.const);
  if (Array.isArray(schema?.enum)) return fc.constantFrom(...schema.enum);
  const either = schema?.anyOf ?? schema?.oneOf;
  if (Array.isArray(either)) return fc.oneof(...either.map(fromSchema));
  const type = Array.isArray(schema?.type) ? schema.type[0] : schema?.type;
  switch (type) {
    case "object":
      return object(schema);
    case "array":
      return fc.array(fromSchema(schema.items ?? {}), { maxLength: 4 });
    case "string":
      return text(schema);
    case "integer":
      return fc.oneof(fc.integer({ min: 0, max: 40 }), fc.maxSafeInteger());
    case "number":
      return fc.double();
    case "boolean":
      return fc.boolean();
    case "null":
      return fc.constant(null);
    default:
      return hostileJson;
  }
}

function object({ properties = {}, required = [], additionalProperties }: Json): fc.Arbitrary<unknown> {
  const of = Object.fromEntries(Object.entries<Json>(properties).map(([name, inside]) => [name, fromSchema(inside)]));
  const made = fc.record(of, { requiredKeys: required.filter((name: string) => Object.hasOwn(of, name)) });
  return additionalProperties === false
    ? made
    : fc.tuple(made, hostileJson).map(([a, b]) => ({ ...(b as object), ...a }));
}

function text({ format, minLength = 0, maxLength = 400 }: Json): fc.Arbitrary<string> {
  if (format === "uuid") return fc.uuid();
  if (format === "email") return fc.emailAddress();
  if (format === "date-time")
    return fc
      .date({ min: new Date(0), max: new Date(253_402_300_799_000), noInvalidDate: true })
      .map((d) => d.toISOString());
  return hostileText(8).map((words) => words.slice(0, maxLength).padEnd(minLength, "x"));
}
