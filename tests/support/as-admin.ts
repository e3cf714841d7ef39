import { setTimeout as pause } from "node:timers/promises";
import { Client } from "pg";

/** One statement by the administrator of a cluster. */
export async function asAdmin(url: string, statement: string): Promise<void> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}

/** SQLSTATE of what one may not do. */
const NOT_ALLOWED = "42501";

/**
 * Removes a database with all that is connected to it. An administrator who is no superuser may not send PostgreSQL's own vacuum away, which
 * may be looking at it just now and leaves by itself within moments.
 */
export async function dropByForce(url: string, name: string): Promise<void> {
  for (let tries = 1; ; tries++) {
    try {
      return await asAdmin(url, `drop database if exists ${name} with (force)`);
    } catch (error) {
      if ((error as { code?: string }).code !== NOT_ALLOWED || tries === 50) throw error;
      await pause(200);
    }
  }
}
