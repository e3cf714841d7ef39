import { expect, it } from "vitest";
import { isUnavailable, lacksSpace } from "./unavailable.ts";

const fault = (code: string | undefined, message = "x") =>
  Object.assign(new Error(message), code !== undefined && { code });

it.each([
  ["disk full", fault("53100"), true],
  ["too many connections", fault("53300"), true],
  ["shutting down", fault("57P01"), true],
  ["refused", fault("ECONNREFUSED"), true],
  ["lost in the middle", fault(undefined, "Connection terminated unexpectedly"), true],
  ["nobody answers", fault(undefined, "timeout exceeded when trying to connect"), true],
  ["a cancelled query", fault("57014"), false],
  ["bad data", fault("22021"), false],
  ["a row twice", fault("23505"), false],
  ["a bug", fault(undefined, "cannot read a connection of undefined"), false],
  ["no error at all", null, false],
])("%s", (_, error, expected) => {
  expect(isUnavailable(error)).toBe(expected);
  expect(lacksSpace(error)).toBe((error as { code?: string } | null)?.code === "53100");
});
