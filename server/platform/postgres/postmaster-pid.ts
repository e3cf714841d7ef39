/** What PostgreSQL writes into postmaster.pid (src/include/utils/pidfile.h): one fact per line. */
export interface PostmasterPid {
  pid: number;
  port: number | undefined;
  status: "starting" | "stopping" | "ready" | "standby" | undefined;
}

/** Reads the text of postmaster.pid. Undefined if it holds no process id (half-written or foreign). */
export function parsePostmasterPid(text: string): PostmasterPid | undefined {
  const lines = text.split("\n").map((line) => line.trim());
  // A single-user run writes its id as a negative number.
  const pid = Math.abs(Number(lines[0]));
  if (!Number.isSafeInteger(pid) || pid <= 1) return undefined;
  const port = Number(lines[3]);
  return { pid, port: port > 0 ? port : undefined, status: STATUS.find((status) => status === lines[7]) };
}

const STATUS = ["starting", "stopping", "ready", "standby"] as const;
