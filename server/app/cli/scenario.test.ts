import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPlayground } from "../../../playground/index.ts";
import { company } from "../../../scenarios/northwind/company.ts";
import { PlaygroundClient } from "../demo/playground-client.ts";
import { runCli } from "./run-cli.ts";

const KEY = "a-key-for-simulated-people";
let folder: string;
let playground: Awaited<ReturnType<typeof startPlayground>>;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "hubbub-scenario-"));
  await mkdir(join(folder, "playground"));
  await writeFile(join(folder, "playground", "simulator.key"), `${KEY}\n`);
  playground = await startPlayground({ port: 0, simulatorKey: KEY });
  await new PlaygroundClient(playground.url, KEY).company(company.brand.handle, company.name, "");
});
afterAll(async () => {
  await playground?.close();
  await rm(folder, { recursive: true, force: true });
});

async function hubbub(
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<{ code: number; out: string; err: string }> {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await runCli(args, {
    env: { HUBBUB_DATA_DIR: folder, PLAYGROUND_PORT: new URL(playground.url).port, ...env },
    out: (line) => void out.push(line),
    err: (line) => void err.push(line),
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

describe("scenario", () => {
  it("lists the stories, with what of them is not played yet", async () => {
    const { code, out } = await hubbub(["scenario"]);
    expect(code).toBe(0);
    for (const name of [
      "baggage-video",
      "waiting-for-the-engineer",
      "launch-night",
      "partner-night",
      "outage-400",
      "wandering",
    ])
      expect(out).toMatch(new RegExp(`^${name} `, "m"));
    expect(out).toMatch(/not yet: .*import/);
  });
  it("plays a story on the playground that runs", async () => {
    const { code, out } = await hubbub(["scenario", "launch-night", "--speed", "50000"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/Played \d{3} steps\.$/)]);
    const posts = await new PlaygroundClient(playground.url, KEY).postsSoFar();
    expect(posts).toBeGreaterThan(500);
  }, 60_000);
  it("says what is wrong with a call, and where no playground is", async () => {
    expect((await hubbub(["scenario", "fire"])).code).toBe(64);
    for (const speed of ["0", "-1", "fast", "1e9"])
      expect((await hubbub(["scenario", "wandering", "--speed", speed])).code).toBe(64);
    const nobody = await hubbub(["scenario", "outage-400"], { HUBBUB_DATA_DIR: join(folder, "none") });
    expect([nobody.code, nobody.err]).toEqual([1, expect.stringContaining("npm start")]);
    await writeFile(join(folder, "playground", "simulator.key"), "another-key-than-its-own");
    const strange = await hubbub(["scenario", "outage-400"]);
    await writeFile(join(folder, "playground", "simulator.key"), KEY);
    expect([strange.code, strange.err]).toEqual([1, expect.stringContaining("another data folder")]);
  });
});

describe("traffic", () => {
  it("posts at its rate and prints what was sent, accepted and late", async () => {
    const before = await new PlaygroundClient(playground.url, KEY).postsSoFar();
    const { code, out } = await hubbub(["traffic", "--rate", "100", "--for", "0.5s"]);
    expect([code, out]).toEqual([0, expect.stringMatching(/sent 50 +accepted 50 +refused 0 +late \d+/)]);
    expect(await new PlaygroundClient(playground.url, KEY).postsSoFar()).toBe(before + 50);
  }, 30_000);
  it("wants a rate and a time", async () => {
    for (const args of [
      [],
      ["--rate", "10"],
      ["--rate", "0", "--for", "1s"],
      ["--rate", "5", "--for", "1"],
      ["--rate", "5", "--for", "99h"],
    ])
      expect((await hubbub(["traffic", ...args])).code).toBe(64);
  });
});
