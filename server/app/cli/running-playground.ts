import { readFileSync } from "node:fs";
import { join } from "node:path";
import { dataDirPath } from "#platform/data-dir";
import { readConfig } from "../config.ts";
import { PlaygroundClient } from "../demo/playground-client.ts";
import { CommandError, type Io } from "./command.ts";

/** The playground of the demo that runs now, on the port and with the key it was started with. */
export async function runningPlayground(io: Io): Promise<PlaygroundClient> {
  const { playgroundPort } = readConfig(io.env);
  const url = `http://127.0.0.1:${playgroundPort}`;
  const folder = dataDirPath(io.env);
  let key: string;
  try {
    key = readFileSync(join(folder, "playground", "simulator.key"), "utf8").trim();
  } catch {
    throw new CommandError(`There is no playground in ${folder}. Start Hubbub with its demo first: npm start.`);
  }
  const client = new PlaygroundClient(url, key);
  try {
    await client.postsSoFar();
    return client;
  } catch (error) {
    const why = (error as Error).message.includes("401") ? "belongs to another data folder" : "does not answer";
    throw new CommandError(
      `The playground at ${url} ${why}. Start the demo (npm start), or give this command the PORT (or PLAYGROUND_PORT) and HUBBUB_DATA_DIR it was started with.`,
    );
  }
}
