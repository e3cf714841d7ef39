import { Client } from "pg";

/** One connection as the owner of all tables, for what neither the app nor the system role may: partitions and what lies in them. */
export async function asOwner<T>(ownerUrl: string, purpose: string, run: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: ownerUrl, application_name: `hubbub ${purpose}` });
  // A server that ends meanwhile fails the query; without a listener it would end the process.
  client.on("error", () => {});
  await client.connect();
  try {
    await client.query("set lock_timeout = '2s'");
    return await run(client);
  } finally {
    await client.end().catch(() => {});
  }
}
