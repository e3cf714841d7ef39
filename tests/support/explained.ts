import { Client, escapeLiteral } from "pg";

/** One statement as the program sent it. */
export interface Asked {
  text: string;
  values: unknown[];
}

/** What it did when it ran once more as the application role; of a round of reads (`Tx.together`) there is one for each read. */
export interface Explained {
  text: string;
  /** Shared buffers, found or read. */
  buffers: number;
  /** Rows of tables that were looked at, whether they were wanted or not. */
  rows: number;
  /** Tables read from end to end. */
  whole: string[];
}

const FRAME = /^\s*(begin|start transaction|commit|rollback|savepoint|release|deallocate|set )|set_config\(/i;

/** What this process sends to PostgreSQL while something runs, without the frame of its transactions. `onRows`: how many rows came back of each. */
export async function statementsOf(
  run: () => Promise<unknown>,
  onRows: (rows: number) => void = () => {},
): Promise<Asked[]> {
  const asked: Asked[] = [];
  const { prototype } = Client;
  const real = prototype.query;
  prototype.query = function (this: Client, ...all: unknown[]) {
    const [first, second] = all;
    const config = typeof first === "string" ? { text: first } : (first as Partial<Asked>);
    const { text, values = Array.isArray(second) ? second : [] } = config;
    if (text && !FRAME.test(text)) asked.push({ text, values: [...values] });
    const answer = (real as (...args: unknown[]) => unknown).apply(this, all);
    // Counted beside the program, which waits for the same answer.
    if (answer instanceof Promise) answer.then((found) => onRows(found?.rows?.length ?? 0)).catch(() => {});
    return answer;
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
  "Parent Relationship"?: string;
  "Relation Name"?: string;
  "Actual Rows": number;
  "Actual Loops": number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  "Shared Hit Blocks": number;
  "Shared Read Blocks": number;
  Plans?: PlanNode[];
}

/**
 * Runs them again as the application role for the account, explained with their buffers, and leaves nothing behind. Their plans
 * do not know the values, as those do not that are kept of statements that are asked often. In a `small` database the planner rightly reads tables of a few pages whole: there it is asked to do so only where no index fits.
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
    await client.query("set local plan_cache_mode = force_generic_plan");
    for (const { text, values } of asked) {
      await client.query(`prepare again as ${text}`);
      const given = values.length > 0 ? `(${values.map(literal).join(", ")})` : "";
      const { rows } = await client.query(`explain (analyze, buffers, timing off, format json) execute again ${given}`);
      await client.query("deallocate again");
      const plan = rows[0]["QUERY PLAN"][0].Plan as PlanNode;
      explained.push(...reads(text, plan));
    }
    if (process.env.SHOW)
      for (const e of explained) console.log(e.buffers, e.whole.join(), e.text.replace(/\s+/g, " ").slice(0, 140));
    return explained;
  } finally {
    await client.query("rollback").catch(() => {});
    await client.end();
  }
}

/** A parameter written down, as the driver would send it. */
function literal(value: unknown): string {
  if (value === null || value === undefined) return "null";
  if (Array.isArray(value)) return escapeLiteral(`{${value.map((item) => JSON.stringify(item)).join(",")}}`);
  if (Buffer.isBuffer(value)) return `'\\x${value.toString("hex")}'`;
  return escapeLiteral(value instanceof Date ? value.toISOString() : String(value));
}

/** Each read of a round on its own line of `union all`, the plan's children in their order. */
function reads(text: string, plan: PlanNode): Explained[] {
  const parts = text.split(/^(?:union all )?(?=select \d+ as part, )/m).filter((part) => part !== "");
  const told = (of: string, node: PlanNode): Explained => ({
    ...{ text: of.trim(), buffers: node["Shared Hit Blocks"] + node["Shared Read Blocks"] },
    ...{ rows: rowsRead(node), whole: wholeTables(node) },
  });
  const children = plan.Plans?.filter((child) => child["Parent Relationship"] === "Member") ?? [];
  if (parts.length < 2 || children.length !== parts.length) return [told(text, plan)];
  return parts.map((part, n) => told(part, children[n]!));
}

function rowsRead(node: PlanNode): number {
  const each =
    node["Actual Rows"] + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const own = node["Relation Name"] ? Math.round(each * node["Actual Loops"]) : 0;
  return (node.Plans ?? []).reduce((sum, child) => sum + rowsRead(child), own);
}

function wholeTables(node: PlanNode): string[] {
  const own = node["Node Type"] === "Seq Scan" && node["Relation Name"] ? [node["Relation Name"]] : [];
  return [...own, ...(node.Plans ?? []).flatMap(wholeTables)];
}
