import { constants } from "node:os";

/** Runs with a list of what is to be closed: last opened, first closed, at the end and when the command is told to stop. */
export async function withClosers<T>(run: (closers: (() => unknown)[]) => Promise<T>): Promise<T> {
  const closers: (() => unknown)[] = [];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  const stopped = (signal: NodeJS.Signals) => void close().finally(() => process.exit(128 + constants.signals[signal]));
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, stopped);
    closers.push(() => process.removeListener(signal, stopped));
  }
  try {
    return await run(closers);
  } finally {
    await close();
  }
}
