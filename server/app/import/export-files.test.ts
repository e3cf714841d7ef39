import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { type Company, openTown, type Town } from "../../../tests/support/channels-kit.ts";
import { pngOf } from "../../modules/channels/files/images/fixtures/pictures.ts";
import { readImportRow } from "../../modules/channels/import/import-row.ts";
import { writeExport } from "../cli/export.ts";
import { exportFiles } from "./export-files.ts";

let town: Town;
let us: Company;
let folder = "";
beforeAll(async () => {
  town = await openTown();
  us = await town.company();
  folder = await mkdtemp(join(tmpdir(), "hubbub-export-"));
  const upload = async (bytes: Uint8Array) => {
    const headers = { "x-playground-key": "simulator-key-for-tests", "content-type": "image/png" };
    const address = `${town.playground.url}/sim/v1/media`;
    const answer = await fetch(address, { method: "POST", headers, body: Buffer.from(bytes) });
    return ((await answer.json()) as { id: string }).id;
  };
  const [one, other] = [await upload(pngOf(64, 48)), await upload(pngOf(33, 21))];
  const post = (text: string, ids: string[]) =>
    town.sim(
      "POST",
      "/sim/v1/posts",
      { text: `@${us.handle} ${text}`, media: ids.map((id) => ({ id, alt: text })) },
      "carla",
    );
  await post("both", [one, other]);
  await post("the first again", [one]);
  await us.push(await us.feed());
  await us.channels.drainInbound();
  await us.channels.files.drain();
});
afterAll(async () => {
  await town?.close();
  await rm(folder, { recursive: true, force: true });
});

async function exported(name: string, most: number) {
  const file = join(folder, `${name}.jsonl`);
  const beside = { files: exportFiles(town.db, us.accountId, `${name}.jsonl.files`, most), folder: `${file}.files` };
  const written = await writeExport(town.db, us.accountId, file, beside);
  const rows = (await readFile(file, "utf8"))
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line));
  // biome-ignore lint/suspicious/noExplicitAny: lines as they were written
  const files: any[] = rows.flatMap((row) => row.files ?? []);
  return { written, rows, files, there: await readdir(beside.folder) };
}

it("names the files of messages and writes each once; an import reads past them", async () => {
  const { written, rows, files, there } = await exported("all", 1_000_000);
  expect([files.length, written.written, there.length, written.over]).toEqual([3, 2, 2, 0]);
  expect(files.find((f) => f.alt === "both")).toMatchObject({
    mime: "image/png",
    alt: "both",
    path: expect.stringMatching(/^all\.jsonl\.files\/[0-9a-f]{64}$/),
  });
  for (const { path, bytes } of files) {
    const content = await readFile(join(folder, path));
    expect([content.length, content.subarray(1, 4).toString()]).toEqual([bytes, "PNG"]);
  }
  for (const row of rows) expect(readImportRow(row, town.clock.now())).toMatchObject({ ok: true, row: { files: [] } });
});

it("stops at the bound and says in the row what was left out", async () => {
  const { written, files, there } = await exported("some", 1);
  expect(there).toEqual([]);
  expect(written).toMatchObject({ written: 0, over: 3 });
  expect(files.map((f) => f.left)).toEqual(["bound", "bound", "bound"]);
});

it("leaves nothing half behind, and no row names a file without the switch", async () => {
  const file = join(folder, "broken.jsonl");
  await writeFile(`${file}.files`, "in the way");
  const files = exportFiles(town.db, us.accountId, "broken.jsonl.files", 1_000_000);
  await expect(writeExport(town.db, us.accountId, file, { files, folder: `${file}.files` })).rejects.toThrow();
  expect((await readdir(folder)).filter((name) => name.includes("broken"))).toEqual(["broken.jsonl.files"]);
  await writeExport(town.db, us.accountId, join(folder, "plain.jsonl"));
  expect(await readFile(join(folder, "plain.jsonl"), "utf8")).not.toContain('"files"');
});
