import { chmodSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { canEnter, chooseUser } from "./run-as.ts";

const ROOT = "root:x:0:0:root:/root:/bin/sh\n";
const NOBODY = "nobody:x:65534:65533::/:/sbin/nologin\n";

it.each([
  [
    "postgres before nobody",
    `${ROOT}${NOBODY}postgres:x:101:104::/:/bin/sh\n`,
    { uid: 101, gid: 104, name: "postgres" },
  ],
  ["nobody with its group", ROOT + NOBODY, { uid: 65534, gid: 65533, name: "nobody" }],
  ["a number where there is no list of users", "", { uid: 65534, gid: 65534, name: "nobody" }],
  ["never root under another name", `postgres:x:0:0::/:/bin/sh\n${NOBODY}`, { uid: 65534, gid: 65533, name: "nobody" }],
])("chooses %s", (_, passwd, expected) => {
  expect(chooseUser(passwd)).toEqual(expected);
});

it("sees a closed folder anywhere on the way", () => {
  const folder = mkdtempSync(join(tmpdir(), "hubbub way "));
  const inner = join(folder, "a", "b");
  mkdirSync(inner, { recursive: true });
  const stranger = { uid: 54321, gid: 54321, name: "stranger" };
  chmodSync(folder, 0o711);
  const before = canEnter(inner, stranger);
  chmodSync(join(folder, "a"), 0o700);
  const after = canEnter(inner, stranger);
  rmSync(folder, { recursive: true });
  expect({ before: before || !canEnter(tmpdir(), stranger), after }).toEqual({ before: true, after: false });
});
