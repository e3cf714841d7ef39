import { randomBytes } from "node:crypto";
import { Client } from "pg";
import { inject } from "vitest";
import { asAdmin, dropByForce } from "./as-admin.ts";

export interface OwnDatabase {
  /** To be given to a server as DATABASE_URL. */
  url: string;
  /** One statement as the administrator: the test's view from above all accounts. */
  query<T extends Record<string, unknown>>(sql: string, values?: readonly unknown[]): Promise<T[]>;
  drop(): Promise<void>;
}

/** A migrated database that only this test knows, or with `empty` one without anything in it. */
export async function makeDatabase({ empty = false }: { empty?: boolean } = {}): Promise<OwnDatabase> {
  const { admin, name: template } = inject("template");
  const name = `hubbub_own_${randomBytes(6).toString("hex")}`;
  await asAdmin(admin, `create database ${name} template ${empty ? "template1" : template}`);
  const url = new URL(admin);
  url.pathname = `/${name}`;
  const eye = new Client({ connectionString: url.href, application_name: "test" });
  eye.on("error", () => {});
  await eye.connect();
  return {
    url: url.href,
    query: async (sql, values = []) => (await eye.query(sql, [...values])).rows,
    async drop() {
      await eye.end();
      await dropByForce(admin, name);
    },
  };
}
