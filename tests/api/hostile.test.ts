import { randomUUID } from "node:crypto";
import { afterAll, describe, expect, it } from "vitest";
import { brokenBodies, FIELD_SHARE, hostileSegments, hostileValues, placesIn, putAt, RUN, shareOf } from "./hostile.ts";
import { faultOf, make, openScepticsDesk } from "./sceptics-desk.ts";

const { desk, asked } = await openScepticsDesk(500);
afterAll(() => desk.stop());
const bodied = asked.filter((o) => o.body);

/** Every answer is a success or a clear refusal. Refusals leave the request as good as it was; after a success a new one is made. */
describe("strange values in every field of the body", () => {
  it.each(bodied)(
    "$name",
    async (operation) => {
      let good = await operation.good();
      const faults: string[] = [];
      let tried = 0;
      for (const [n, place] of placesIn(good.body).entries())
        for (const [what, value] of shareOf(hostileValues, n, FIELD_SHARE)) {
          const answer = await make(operation.by, operation, { path: good.path, body: putAt(good.body, place, value) });
          const fault = faultOf(answer);
          if (fault) faults.push(`run ${RUN}: ${place.join(".")} = ${what}: ${fault}`);
          if (answer.status < 300) good = await operation.good();
          tried++;
        }
      expect(faults).toEqual([]);
      expect(tried).toBeGreaterThanOrEqual(Math.floor(hostileValues.length / 6));
      expect((await make(operation.by, operation, await operation.good())).status).toBeLessThan(300);
    },
    60_000,
  );

  it.each(bodied)("$name: bodies that are none", async (operation) => {
    const { path } = await operation.good();
    for (const [what, raw] of shareOf(brokenBodies, asked.indexOf(operation))) {
      const headers = { ...operation.by.csrf, "content-type": "application/json", "idempotency-key": randomUUID() };
      const answer = await operation.by.ask(path, { method: operation.method, raw, headers });
      expect([RUN, what, answer.status], answer.text).toEqual([RUN, what, 400]);
      expect(faultOf(answer)).toBeNull();
    }
  });
});

describe("strange values in every query parameter", () => {
  it.each(asked.filter((o) => o.queryNames.length > 0))("$name", async (operation) => {
    const [path, query] = (await operation.good()).path.split("?");
    const faults: string[] = [];
    const ask = async (what: string, asking: string) => {
      const fault = faultOf(await operation.by.ask(`${path}?${asking}`));
      if (fault) faults.push(`run ${RUN}: ${what}: ${fault}`);
    };
    for (const [n, name] of operation.queryNames.entries()) {
      for (const [what, value] of shareOf(hostileValues, asked.indexOf(operation) + n)) {
        const text = typeof value === "string" ? value : JSON.stringify(value);
        const params = new URLSearchParams(query);
        params.set(name, text.slice(0, 8_000).toWellFormed());
        await ask(`${name} = ${what}`, params.toString());
      }
      await ask(`${name} twice`, `${query ?? ""}&${name}=1&${name}=2`);
      await ask(`${name} as a list`, `${query ?? ""}&${name}[]=1&${name}[x]=2`);
      await ask(`${name} in broken bytes`, `${query ?? ""}&${name}=%ff%fe`);
    }
    expect(faults).toEqual([]);
  });
});

describe("strange values in every part of the address", () => {
  it.each(asked.filter((o) => o.pathNames.length > 0))("$name", async (operation) => {
    const { body } = await operation.good();
    for (const [what, segment] of shareOf(hostileSegments, asked.indexOf(operation))) {
      const path = operation.url.replace(/\{[a-zA-Z]+\}/, segment);
      const answer = await make(operation.by, operation, { path, ...(body && { body }) });
      expect([400, 404, 414], `run ${RUN}: ${what}: ${answer.status} ${answer.text}`).toContain(answer.status);
      expect(faultOf(answer)).toBeNull();
    }
  });
});

it("nobody's prototype was changed, and the server is well", async () => {
  expect(({} as Record<string, unknown>).admin).toBeUndefined();
  expect((await desk.nobody().ask("/healthz")).status).toBe(200);
  const names = await desk.database.query("select name from agent where name like '%<script>%'");
  for (const { name } of names as { name: string }[]) expect(name).toBe("<script>alert(1)</script>");
});
