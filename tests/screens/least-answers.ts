import { z } from "zod";
import { registerRoutes } from "../../server/app/modules.ts";
import type { Json } from "../support/api-client.ts";
import { NOW, uid } from "./desk-town.ts";

/** The least that an address may answer by its contract: no rows, no words, nothing chosen. What a new company sees. */
export type LeastAnswers = (path: string) => unknown;

/** A part of the house that is not asked for anything here. */
const nobody: unknown = new Proxy(() => nobody, { get: () => nobody });

/** Reads the contract of each address that is asked by GET, as the program registers them. `rows`: how many of whatever may be none. */
export function leastAnswers(rows = 0): LeastAnswers {
  const known: { path: RegExp; names: number; answer: z.ZodType }[] = [];
  const collector = {
    query(url: string, spec: { response: z.ZodType }) {
      const names = url.split(":").length;
      known.push({ path: new RegExp(`^${url.replace(/:\w+/g, "[^/]+")}$`), names, answer: spec.response });
    },
  };
  const routes = new Proxy(collector, { get: (of, name) => Reflect.get(of, name) ?? nobody });
  registerRoutes(routes as never, nobody as never);
  known.sort((a, b) => a.names - b.names);
  return (path) => {
    const found = known.find((one) => one.path.test(path));
    return found && least(z.toJSONSchema(found.answer, { unrepresentable: "any" }) as Json, rows);
  };
}

const FROM_THE_START: Record<string, string> = { zone: "Europe/London" };

function least(schema: Json, rows: number, root: Json = schema): unknown {
  if (schema.$ref === "#") return null;
  if (schema.$ref) return least(root.$defs[schema.$ref.replace("#/$defs/", "")], rows, root);
  if (schema.const !== undefined) return schema.const;
  if (schema.enum) return schema.enum[0];
  const either: Json[] | undefined = schema.anyOf ?? schema.oneOf;
  if (either) return least(either.find((one) => one.type === "null") ?? either[0], rows, root);
  if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one: Json) => least(one, rows, root)));
  switch (schema.type) {
    case "object":
      return Object.fromEntries(
        (schema.required ?? []).map((name: string) => [
          name,
          // The contracts call every text a text; of these a company has one from its first day.
          FROM_THE_START[name] ?? least(schema.properties?.[name] ?? {}, rows, root),
        ]),
      );
    case "array":
      return (
        schema.prefixItems ?? Array(Math.max(schema.minItems ?? 0, schema.items ? rows : 0)).fill(schema.items)
      ).map((one: Json) => least(one, rows, root));
    case "string":
      if (schema.format === "uuid") return uid(1);
      if (schema.format === "date-time") return new Date(NOW).toISOString();
      return "x".repeat(schema.minLength ?? 0);
    case "integer":
    case "number":
      return Math.max(schema.minimum ?? 0, 0);
    case "boolean":
      return false;
    default:
      return null;
  }
}
