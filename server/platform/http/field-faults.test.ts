import { validatorCompiler } from "fastify-type-provider-zod";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { codeOf, type Issue } from "./field-faults.ts";

const own = z.string().refine(() => false, "Write yes or no.");

describe("a fault of a field has a stable code", () => {
  test.each([
    ["left out", z.string(), undefined, { code: "required" }],
    ["of another kind", z.string(), 4, { code: "wrong-type", params: { expected: "string" } }],
    ["no whole number", z.int(), 1.5, { code: "no-whole-number" }],
    ["empty", z.string().min(2), "", { code: "too-short", params: { limit: 2 } }],
    ["long", z.string().max(3), "abcd", { code: "too-long", params: { limit: 3 } }],
    ["few", z.array(z.string()).min(1), [], { code: "too-few", params: { limit: 1 } }],
    ["many", z.array(z.string()).max(1), ["a", "b"], { code: "too-many", params: { limit: 1 } }],
    ["small", z.number().min(1), 0, { code: "too-small", params: { limit: 1 } }],
    ["large", z.number().max(5), 9, { code: "too-large", params: { limit: 5 } }],
    ["no mail address", z.email(), "x", { code: "no-email" }],
    ["no web address", z.url(), "x", { code: "no-address" }],
    ["no moment", z.iso.datetime(), "x", { code: "no-date" }],
    ["of another form", z.uuid(), "x", { code: "wrong-format" }],
    ["none of them", z.enum(["x", "y"]), "z", { code: "not-among", params: { options: "x, y" } }],
    ["between the steps", z.number().multipleOf(5), 3, { code: "not-a-multiple", params: { limit: 5 } }],
    ["unknown", z.strictObject({}), { u: 1 }, { code: "unknown-field", params: { fields: "u" } }],
    ["neither", z.union([z.string(), z.number()]), true, { code: "not-valid" }],
    ["said in our own words", own, "x", null],
  ])("%s", (_name, schema, value, code) => {
    const said = validatorCompiler({ schema, method: "POST", url: "/" })(value) as { error?: readonly Issue[] };
    const issue = said.error?.[0];
    expect(issue && codeOf(issue)).toEqual(code);
  });
});
