import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { MINUTE, systemClock } from "../server/platform/clock.ts";
import type { Database } from "../server/platform/db.ts";
import type { EmbeddedPostgres } from "../server/platform/postgres/index.ts";
import { company, HANDLE, pleas } from "./house.ts";

/** Lines of the file: three messages a matter, then how the work ended. */
export const LINES = 20_000;
const OF_MATTER = 4;
const MATTERS_EACH = 3;
const NETWORKS = ["x", "fb", "ig", "email", "chat", "forum", "playground"];

/** A past of half a year in the order of its time, as `hubbub import` takes it. */
export async function writePast(folder: string): Promise<string> {
  const file = join(folder, "past.jsonl");
  const began = systemClock.now() - 2 * LINES * MINUTE;
  const lines = Array.from({ length: LINES }, (_, n) => JSON.stringify(line(n, began + n * MINUTE)));
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}

function line(n: number, at: number) {
  const matter = Math.floor(n / OF_MATTER);
  const word = n % OF_MATTER;
  const person = Math.floor(matter / MATTERS_EACH);
  // Each person has one place where he talks.
  const channel = NETWORKS[person % NETWORKS.length]!;
  const id = (k: number) => `m${matter}-${k}`;
  const common = { channel, at: new Date(at).toISOString() };
  if (word === 3) return { type: "outcome", ...common, message: id(0), outcome: "resolved" };
  const who = channel === "email" ? `person${person}@post.example` : `@person${person}`;
  if (word === 1)
    return {
      ...{ ...common, id: id(1), by: "company", from: HANDLE, to: who, reply_to: id(0) },
      text: `Thank you for telling us about ${matter}. It works again now.`,
    };
  return {
    ...{ ...common, id: id(word), by: "customer", from: who, to: `@${HANDLE}`, lang: "en" },
    ...(word === 2 && { reply_to: id(1) }),
    text: word === 0 ? `${pleas[matter % pleas.length]} Order A-${10_000 + matter}` : "Thank you, that helped!",
  };
}

/** One import by the command an operator runs, into a fresh database. Lines a second by its own words, and what each stage took. */
export async function importFile(
  { cluster }: EmbeddedPostgres,
  db: Database,
  folder: string,
  file: string,
): Promise<{ rate: number; stages: string }> {
  await company(db);
  const address = new URL(cluster.superuser);
  address.pathname = new URL(db.address.owner).pathname;
  const program = spawn(
    process.execPath,
    ["--max-semi-space-size=64", fileURLToPath(new URL("../server/cli.ts", import.meta.url)), "import", file],
    {
      env: {
        ...{ PATH: process.env.PATH ?? "", HUBBUB_LOG: "silent", NODE_ENV: "production" },
        ...{ HUBBUB_DATA_DIR: join(folder, "cli"), HUBBUB_MASTER_KEY: "01".repeat(32), DATABASE_URL: address.href },
      },
      stdio: ["ignore", "pipe", "pipe"],
    },
  );
  let said = "";
  for (const stream of [program.stdout, program.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => {
      said += text;
    });
  await once(program, "close");
  const rate = /\((\d+) lines\/s\)/.exec(said)?.[1];
  if (program.exitCode !== 0 || rate === undefined) throw new Error(`The import failed: ${said}`);
  return { rate: Number(rate), stages: /^ +(reading .* s)$/m.exec(said)?.[1] ?? "" };
}
