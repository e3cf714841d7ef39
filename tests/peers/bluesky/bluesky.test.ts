import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../../server/app/cli/run-cli.ts";
import { openSurf, type Surf, signIn } from "../../browser/surf.ts";
import type { ApiClient, Json } from "../../support/api-client.ts";
import { eventually } from "../../support/eventually.ts";
import { type Desk, MASTER_KEY, openDesk } from "../../support/server.ts";
import { messagesOf, storyOf } from "../../support/story.ts";
import { type PeerNetwork, startPeerNetwork, whyNot } from "./peer.ts";

const why = await whyNot();
if (why) console.log(`bluesky: *not run*, because ${why}`);

const DISCLOSURE = "— Priya Nair, Northwind Mobile";
const WAIT = 30_000;

describe.skipIf(why !== null)("Bluesky: a real directory, personal data server and firehose", () => {
  let net: PeerNetwork;
  let desk: Desk;
  let priya: ApiClient;
  let us: Json;
  let carla: Json;
  beforeAll(async () => {
    net = await startPeerNetwork();
    us = await net.ask("join", { handle: "northwind.test" });
    carla = await net.ask("join", { handle: "carla.test", name: "Carla Ruiz" });
    desk = await openDesk({ startsAt: Date.now() });
    priya = await desk.as("priya");
  }, 180_000);
  afterAll(async () => {
    await desk?.stop();
    await net?.stop();
  });

  const strong = ({ uri, cid }: Json) => ({ uri, cid });
  const post = (text: string, more: object = {}) => net.ask("post", { who: "carla.test", text, ...more });
  const ours = async (): Promise<Json[]> => net.ask("postsOf", { did: us.did });
  const answersTo = async (uri: string) => (await ours()).filter((p) => p.value.reply?.root.uri === uri);
  async function hubbub(stdin: string, ...args: string[]) {
    const [out, err]: [string[], string[]] = [[], []];
    const code = await runCli(args, {
      env: { DATABASE_URL: desk.database.url, HUBBUB_MASTER_KEY: MASTER_KEY },
      out: (line) => void out.push(line),
      err: (line) => void err.push(line),
      stdin: async () => stdin,
    });
    return { code, out: out.join("\n"), err: err.join("\n") };
  }
  const add = (stdin: string, change: Record<string, string> = {}) =>
    hubbub(
      ...([stdin, "channel", "add", "bluesky", "--app-password-stdin", "--no-app-view", "--private-network"] as const),
      ...Object.entries({
        handle: us.handle,
        service: net.pds,
        plc: net.plc,
        firehose: net.firehose,
        keyword: "Northwind Mobile",
        ...change,
      }).flatMap(([name, value]) => [`--${name}`, value]),
    );

  const messages = (): Promise<Json[]> =>
    desk.database.query("select * from message where network = 'bluesky' order by sent_at");
  const stored = (uri: string) =>
    eventually(`${uri} is stored`, async () => (await messages()).find((m) => m.external_id === uri), WAIT);
  const offerOf = (name: string): Promise<Json> =>
    eventually(
      `an offer of ${name}`,
      async () => {
        const { offers } = await priya.get("/api/offers");
        return offers.find((o: Json) => o.row.customer.name === name);
      },
      WAIT,
    );
  /** Takes what a person asked and answers it in public. */
  async function answer(name: string, text: string): Promise<{ conversationId: string; view: Json }> {
    const offer = await offerOf(name);
    await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
    return { conversationId: offer.row.conversationId, view: await reply(offer.row.conversationId, text) };
  }
  /** Looks and answers; when the work moved between the two (409), looks again, as an agent does. */
  async function reply(conversationId: string, text: string, looks = 5): Promise<Json> {
    const view = await priya.get(`/api/desk/conversations/${conversationId}`);
    const newest = messagesOf(view).findLast((m: Json) => m.direction === "in").id;
    const answer = await priya.send("POST", `/api/desk/conversations/${conversationId}/replies`, {
      ...{ audience: "public", text, expectedVersion: view.work?.version ?? view.version },
      answersMessageId: view.composer.public.door?.answersMessageId ?? newest,
      resolveWith: "solved",
    });
    if (answer.status === 409 && looks > 1) return reply(conversationId, text, looks - 1);
    if (answer.status >= 300) throw new Error(`the reply was refused: ${answer.status} ${answer.text}`);
    return view;
  }
  const done = (uri: string, count = 1) =>
    eventually(
      `${count} answers to ${uri}`,
      async () => {
        const found = await answersTo(uri);
        return found.length >= count ? found : null;
      },
      WAIT,
    );

  it("says what is wrong with a password, a handle, a service; and connects", async () => {
    expect(await add("not the password")).toMatchObject({
      code: 1,
      err: expect.stringContaining("knows no account northwind.test with this app password"),
    });
    expect(await add(us.appPassword, { handle: "nobody.test" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("knows no account nobody.test"),
    });
    expect(await add(us.appPassword, { service: "http://127.0.0.1:9" })).toMatchObject({
      code: 1,
      err: expect.stringContaining("cannot be reached"),
    });
    const made = await add(us.appPassword);
    expect(made, made.err).toMatchObject({ code: 0, out: expect.stringContaining(us.did) });
    expect((await add(us.appPassword)).out).toContain("Connected again");
    await eventually(
      "the line is open",
      async () => {
        const probe = await net.ask("post", { who: "carla.test", text: "Northwind Mobile, are you there?" });
        return eventually(
          "heard",
          async () => (await messages()).some((m) => m.external_id === probe.uri),
          3_000,
        ).catch(() => false);
      },
      WAIT,
    );
  });

  it("hears a stranger's mention, makes work of it, and the network's own client sees the answer once, in its thread", async () => {
    const asked = await post(
      "📦 @northwind.test my internet has been down since this morning, when will it work again?",
    );
    const message = await stored(asked.uri);
    expect(message).toMatchObject({
      author_id: carla.did,
      author_handle: "carla.test",
      author_name: "Carla Ruiz",
      revision: asked.cid,
    });
    await answer("Carla Ruiz", "Grüße @carla.test! See https://status.example/ü and #outage 🙂");
    const [only] = await done(asked.uri);
    expect(only!.value).toMatchObject({
      text: `Grüße @carla.test! See https://status.example/ü and #outage 🙂 ${DISCLOSURE}`,
      reply: { root: strong(asked), parent: strong(asked) },
      langs: ["en"],
    });
    expect(await net.ask("segments", only!.value)).toEqual([
      { text: "@carla.test", did: carla.did },
      { text: "https://status.example/ü", uri: "https://status.example/ü" },
      { text: "#outage", tag: "outage" },
    ]);
    await desk.quiet();
    expect(await answersTo(asked.uri)).toHaveLength(1);
    expect((await messages()).filter((m) => m.direction === "out" && m.root_external_id === asked.uri)).toHaveLength(1);
  });

  it("hears what a monitor listens for, whoever says it to whomever, and not the rest", async () => {
    const marek = await desk.as("marek");
    const monitor = await marek.do("POST", "/api/monitors", { name: "Zeppelins", query: "zeppelin* NEAR/3 late" });
    const dull = await post("Zeppelins are lovely today");
    const began = performance.now();
    const said = await post("All the zeppelins are late again, I had hoped for better");
    const caught = await eventually(
      "the monitor has it",
      async () => (await marek.get(`/api/monitors/${monitor.id}/posts`)).items[0],
      WAIT,
    );
    console.log(`bluesky: caught by a monitor ${Math.round(performance.now() - began)} ms after it was posted`);
    const words = caught.spans.map(({ at, length }: Json) => caught.text.slice(at, at + length));
    expect([caught.author, words]).toEqual(["Carla Ruiz", ["zeppelins", "late"]]);
    const uris = (await messages()).map((m) => m.external_id);
    expect([uris.includes(said.uri), uris.includes(dull.uri)]).toEqual([true, false]);
    const { version } = (await marek.get("/api/monitors")).monitors.find((m: Json) => m.id === monitor.id);
    await marek.do("DELETE", `/api/monitors/${monitor.id}`, { expectedVersion: version });
  });

  it("answers a reply to its answer under that reply, with the first post as root", async () => {
    const root = await post("@northwind.test my bill is wrong, can you help me with it?");
    await answer("Carla Ruiz", "Gladly. Which month is it?");
    const [first] = await done(root.uri);
    const again = await post("It is October. The amount is double, please correct it", {
      reply: { root: strong(root), parent: strong(first) },
    });
    await stored(again.uri);
    await answer("Carla Ruiz", "We have corrected October.");
    const found = await done(root.uri, 2);
    expect(found.map((p) => p.value.reply)).toEqual([
      { root: strong(root), parent: strong(root) },
      { root: strong(root), parent: strong(again) },
    ]);
  });

  it("does not post twice when the line breaks after the write, and long answers are threads", async () => {
    const asked = await post("@northwind.test my line is dead again, what is going on? Please help");
    await stored(asked.uri);
    await net.ask("cut", { method: "putRecord" });
    await answer("Carla Ruiz", `${"We know of the trouble in your street and work on it. ".repeat(8)}It ends at noon.`);
    const found = await done(asked.uri, 2);
    await desk.quiet();
    const all = await answersTo(asked.uri);
    expect(all.map((p) => p.uri)).toEqual(found.map((p) => p.uri));
    expect(await net.ask("cutsLeft")).toBe(0);
    expect(all[1]!.value.reply).toEqual({ root: strong(asked), parent: strong(all[0]) });
    for (const { value } of all) expect([...new Intl.Segmenter().segment(value.text)].length).toBeLessThanOrEqual(300);
    const states = await desk.database.query("select state from delivery_part where external_id = any($1)", [
      all.map((p) => p.uri),
    ]);
    expect(states).toEqual(all.map(() => ({ state: "sent" })));
  });

  it("goes on where it stood when the desk was away", async () => {
    let missed: Json;
    await desk.restart(async () => {
      missed = await post("@northwind.test nobody answers the phone, is anybody there?");
    });
    await stored(missed.uri);
    const offer = await offerOf("Carla Ruiz");
    await priya.do("POST", `/api/offers/${offer.offerId}/accept`);
    await reply(offer.row.conversationId, "We are back.");
    await done(missed.uri);
    expect(await desk.database.query("select 1 from channel_gap")).toEqual([]);
  });

  it("honours a deletion, a new handle without a new customer, and a deleted account", async () => {
    const dora = await net.ask("join", { handle: "dora.test", name: "Dora Lind" });
    const one = await net.ask("post", {
      who: "dora.test",
      text: "@northwind.test my router is broken, I need a new one",
    });
    const two = await net.ask("post", { who: "dora.test", text: "@northwind.test hello? my router is still broken" });
    await stored(one.uri);
    await stored(two.uri);
    await net.ask("remove", { who: "dora.test", uri: one.uri });
    const state = (uri: string, wanted: string) =>
      eventually(
        `${uri} is ${wanted}`,
        async () => (await messages()).find((m) => m.external_id === uri && m.state === wanted),
        WAIT,
      );
    expect(await state(one.uri, "tombstone")).toMatchObject({ text: "" });
    const handles = () =>
      desk.database.query<Json>(
        "select h.handle, h.customer_id, (select count(*)::int from customer) as customers from handle h where external_id = $1",
        [dora.did],
      );
    const [before] = await eventually(
      "Dora is met",
      async () => ((await handles()).length === 1 ? handles() : null),
      WAIT,
    );
    await net.ask("rename", { who: "dora.test", to: "dora-lind.test" });
    await eventually("her new name", async () => (await handles())[0]?.handle === "dora-lind.test", WAIT);
    expect(await handles()).toEqual([{ ...before, handle: "dora-lind.test" }]);
    expect((await messages()).find((m) => m.external_id === two.uri)).toMatchObject({ state: "live" });
    await net.ask("deleteAccount", { who: "dora-lind.test" });
    expect(await state(two.uri, "tombstone")).toMatchObject({ text: "" });
    expect(await desk.database.query("select 1 from message where author_id = $1 and text <> ''", [dora.did])).toEqual(
      [],
    );
  });

  describe("in a browser", () => {
    let surf: Surf;
    beforeAll(async () => {
      surf = await openSurf();
      await storyOf(desk).clear();
    });
    afterAll(async () => {
      await surf?.close();
    });

    it("a post of the network is answered from the keyboard", { timeout: 120_000 }, async () => {
      await net.ask("join", { handle: "rosa.test", name: "Rosa Keller" });
      const page: Page = await surf.window();
      await signIn(page, desk.url, "priya");
      const asked = await net.ask("post", {
        who: "rosa.test",
        text: "@northwind.test my internet is down since this morning, when does it work again?",
      });
      await page.getByRole("region", { name: /^Offer from Rosa Keller/ }).waitFor();
      await page.keyboard.press("t");
      const article = (name: RegExp) => page.getByRole("feed").getByRole("article", { name });
      await article(/^Rosa Keller, in public/)
        .getByText("down since this morning")
        .waitFor();
      await page.keyboard.press("r");
      const box = page.getByRole("textbox", { name: "Public reply on Bluesky" });
      await box.waitFor();
      await eventually("the focus", () => box.evaluate((el) => el === document.activeElement));
      await page.keyboard.type("Sorry Rosa. The cable in your street is cut; it works again by noon.");
      await page.keyboard.press("Control+Enter");
      await article(/^Priya Nair, in public/)
        .getByText("it works again by noon")
        .waitFor();
      const shots = process.env.HUBBUB_SHOTS;
      if (shots) await page.screenshot({ path: `${shots}/bluesky-answered.png` });
      const [only, ...more] = await done(asked.uri);
      expect(more).toEqual([]);
      expect(only!.value).toMatchObject({
        text: `Sorry Rosa. The cable in your street is cut; it works again by noon. ${DISCLOSURE}`,
        reply: { root: strong(asked), parent: strong(asked) },
      });
      expect(surf.complaints()).toEqual([]);
    });
  });
});
