import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { checksumFaults, checksumOf } from "../../tools/migration-checksums.ts";
import { readTree, root } from "./tree.ts";

const owners = [
  "platform",
  "company",
  "people",
  "channels",
  "listening",
  "customers",
  "conversations",
  "workforce",
].concat(["actions", "routing", "knowledge", "desk", "publishing", "voice", "community", "quality", "insights"]);
const shape = new RegExp(`^(?<time>\\d{8}T\\d{6})-(?<owner>${owners.join("|")})-[a-z0-9]+(?:-[a-z0-9]+)*\\.sql$`, "u");

describe("migrations", async () => {
  const files = (await readTree("migrations")).filter(({ path }) => path.endsWith(".sql"));
  const sums = Object.fromEntries(
    files.map(({ path, content }) => [path.slice("migrations/".length), checksumOf(content)]),
  );

  test("are named by time and owner, no two at the same time", () => {
    const names = Object.keys(sums);
    expect(names.length).toBeGreaterThan(0);
    expect(names.filter((name) => !shape.test(name))).toEqual([]);
    expect(new Set(names.map((name) => shape.exec(name)?.groups?.time)).size).toBe(names.length);
  });

  test("are never changed once they have landed", async () => {
    const listed = JSON.parse(
      await readFile(join(root, "migrations/checksums.json"), "utf8").catch(() => "{}"),
    ) as Record<string, string>;
    expect(checksumFaults(sums, listed)).toEqual([]);
  });
});

describe("the rule itself", () => {
  const listed = { "a.sql": checksumOf("create table a ()"), "b.sql": checksumOf("create table b ()") };

  test("names what was changed, is gone, or is not yet listed", () => {
    expect(checksumFaults(listed, listed)).toEqual([]);
    expect(checksumFaults({ ...listed, "a.sql": checksumOf("create table a (x int)") }, listed)).toEqual([
      "a.sql was changed after it landed: undo that and write a new migration.",
    ]);
    expect(checksumFaults({ "a.sql": listed["a.sql"] }, listed)).toEqual(["b.sql is gone: bring it back."]);
    expect(checksumFaults({ ...listed, "c.sql": checksumOf("") }, listed)).toEqual([
      "c.sql is not listed: run node tools/migration-checksums.ts and commit the list with it.",
    ]);
  });

  test("line ends of another system are no change", () => {
    expect(checksumOf("a\r\nb")).toBe(checksumOf("a\nb"));
  });

  test.each(["20261122T010000-routing-offers.sql"])("%s is a name", (name) => expect(name).toMatch(shape));
  test.each(["2026-routing-offers.sql", "20261122T010000-gossip-offers.sql", "20261122T010000-routing-.sql"])(
    "%s is none",
    (name) => expect(name).not.toMatch(shape),
  );
});
