import { Client } from "pg";

/** One statement as the program sent it. */
export interface Asked {
  text: string;
  values: unknown[];
}

/** What it did when it ran once more as the application role. */
export interface Explained {
  text: string;
  /** Shared buffers, found or read. */
  buffers: number;
  /** Tables read from end to end. */
  whole: string[];
}

const FRAME = /^\s*(begin|start transaction|commit|rollback|savepoint|release|set )|set_config\(/i;

/** What this process sends to PostgreSQL while something runs, without the frame of its transactions. */
export async function statementsOf(run: () => Promise<unknown>): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { prototype } = Client;
  const real = prototype.query;
  prototype.query = function (this: Client, ...all: unknown[]) {
    const [first, second] = all;
    const config = typeof first === "string" ? { text: first } : (first as { text?: string; values?: unknown[] });
    const values = (config as Asked).values ?? (Array.isArray(second) ? second : []);
    if (config.text && !FRAME.test(config.text)) asked.push({ text: config.text, values: [...values] });
    return (real as (...args: unknown[]) => unknown).apply(this, all);
  } as typeof real;
  try {
    await run();
  } finally {
    prototype.query = real;
  }
  return asked;
}

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

/**
 * Runs them again as the application role for the account, explained with their buffers, and leaves nothing behind. In a
 * `small` database the planner rightly reads tables of a few pages whole: there it is asked to do so only where no index fits.
 */
export async function explain(
  app: string,
  accountId: string,
  asked: readonly Asked[],
  { small = false } = {},
): Promise<Explained[]> {
  const client = new Client({ connectionString: app });
  await client.connect();
  try {
    await client.query("begin");
    await client.query("select set_config('app.account', $1, true)", [accountId]);
    if (small) await client.query("set local enable_seqscan = off");
    const explained: Explained[] = [];
    for (const { text, values } of asked) {
      const { rows } = await client.query(`explain (analyze, buffers, timing off, format json) ${text}`, values);
      const plan = rows[0]["QUERY PLAN"][0].Plan as PlanNode;
      const buffers = plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
      explained.push({ text, buffers, whole: wholeTables(plan) });
    }
    return explained;
  } finally {
    await client.query("rollback").catch(() => {});
    await client.end();
  }
}

function wholeTables(node: PlanNode): string[] {
  const own = node["Node Type"] === "Seq Scan" && node["Relation Name"] ? [node["Relation Name"]] : [];
  return [...own, ...(node.Plans ?? []).flatMap(wholeTables)];
}
