import { expect, it } from "vitest";
import { isZone } from "./zone.ts";

it.each([
  ["Europe/London", true],
  ["Asia/Kathmandu", true],
  ["UTC", true],
  ["Europe/Atlantis", false],
  ["London", false],
  ["", false],
  ["Europe/London\0", false],
  ["__proto__", false],
])("%j is a zone: %s", (name, is) => expect(isZone(name)).toBe(is));
