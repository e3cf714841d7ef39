import { afterAll, expect, it } from "vitest";
import { makeAccount, openTestDatabase } from "../../../../tests/support/database.ts";
import { DAY, MINUTE } from "../../../platform/clock.ts";
import { uuidv7 } from "../../../platform/ids.ts";
import { type AttachmentRow, claimAttachments, insertAttachments } from "./attachment-store.ts";

const { db, clock } = openTestDatabase();
afterAll(() => db.close());

it("links that say that they end are hurried, and keep nobody waiting who came before", async () => {
  const { accountId } = await makeAccount(db);
  const act = <T>(run: Parameters<typeof db.withAccount<T>>[1]) => db.withAccount(accountId, run);
  const row = (n: number, more: Partial<AttachmentRow>): AttachmentRow => ({
    ...{
      id: uuidv7(clock.now()),
      messageId: uuidv7(clock.now()),
      n: 0,
      channelId: uuidv7(clock.now()),
      state: "waiting",
    },
    ...{
      why: null,
      detail: null,
      name: `${n}`,
      alt: "",
      mimeStated: "",
      mime: "",
      bytes: null,
      blob: null,
      thumb: null,
    },
    ...{ width: null, height: null, inline: false, url: `https://a.example/${n}`, urlEndsAt: null, history: false },
    ...{ tries: 0, nextAt: clock.now(), ...more },
  });
  const plain = [row(1, {}), row(2, {})];
  const history = row(3, { history: true, urlEndsAt: clock.now() + MINUTE });
  await act((tx) => insertAttachments(tx, [...plain, history]));
  clock.advance(1_000);
  const flood = Array.from({ length: 40 }, (_, i) =>
    row(100 + i, { urlEndsAt: clock.now() + MINUTE + i, nextAt: clock.now() }),
  );
  await act((tx) => insertAttachments(tx, flood));
  const names = (rows: AttachmentRow[]) => rows.map((r) => Number(r.name)).toSorted((a, b) => a - b);
  const claim = () => act((tx) => claimAttachments(tx, clock.now() + DAY, 8));
  const first = names(await claim());
  expect(first.slice(0, 6)).toEqual([1, 2, 100, 101, 102, 103]);
  expect(first).toHaveLength(8);
  const rest: number[][] = [];
  for (let got = await claim(); got.length > 0; got = await claim()) rest.push(names(got));
  expect(rest.flat()).toHaveLength(35);
  expect(rest.at(-1), "history last").toContain(3);
});
