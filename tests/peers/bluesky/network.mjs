/**
 * A real AT Protocol network in a process of its own, told what to do by lines of JSON on standard input: `{id, do, …}`. Answers
 * `{id, ok}` or `{id, error}`. Its people speak and look through the network's own client. Ends when standard input does.
 */
import "./keep-statements.mjs";
import { createInterface } from "node:readline";
import { AtpAgent, RichText } from "@atproto/api";
import { TestNetwork, TestNetworkNoAppView } from "@atproto/dev-env";

const appView = process.argv.includes("--app-view");
const network = appView
  ? await TestNetwork.create({ dbPostgresSchema: "peer_bluesky" })
  : await TestNetworkNoAppView.create();
const { pds, plc } = network;
const POST = "app.bsky.feed.post";
/** Who is signed in, by handle. */
const people = new Map();
/** Of writes of this kind the next answers are swallowed: the write happens, the line breaks. */
const cuts = [];

pds.server.server.prependListener("request", (request, response) => {
  const at = cuts.findIndex((method) => request.url?.includes(method));
  if (at < 0) return;
  cuts.splice(at, 1);
  const break_ = () => request.socket.destroy();
  response.writeHead = () => response;
  response.write = () => true;
  response.end = () => {
    break_();
    return response;
  };
});

const as = (handle) => {
  const agent = people.get(handle);
  if (!agent) throw new Error(`nobody is called ${handle}`);
  return agent;
};

const acts = {
  facts: () => ({
    pds: pds.url,
    plc: plc.url,
    firehose: `${pds.url.replace("http", "ws")}/xrpc/com.atproto.sync.subscribeRepos`,
  }),

  async join({ handle, name }) {
    const agent = new AtpAgent({ service: pds.url });
    const password = `pass-of-${handle}`;
    const { data } = await agent.createAccount({ handle, email: `${handle.split(".")[0]}@mail.test`, password });
    people.set(handle, agent);
    if (name) await agent.upsertProfile((profile) => ({ ...profile, displayName: name }));
    const { data: made } = await agent.com.atproto.server.createAppPassword({ name: "desk" });
    return { did: data.did, handle, password, appPassword: made.password };
  },

  /** `reply`: { root, parent }, each { uri, cid }. */
  async post({ who, text, reply, embed }) {
    const agent = as(who);
    const rich = new RichText({ text });
    await rich.detectFacets(agent);
    const facets = rich.facets?.length ? { facets: rich.facets } : {};
    const made = await agent.post({
      text: rich.text,
      ...facets,
      langs: ["en"],
      ...(reply && { reply }),
      ...(embed && { embed }),
    });
    return { uri: made.uri, cid: made.cid };
  },
  remove: ({ who, uri }) => as(who).deletePost(uri),
  async rename({ who, to }) {
    const agent = as(who);
    await agent.updateHandle({ handle: to });
    people.set(to, agent);
  },
  async deleteAccount({ who }) {
    const did = as(who).session.did;
    await new AtpAgent({ service: pds.url }).com.atproto.admin.deleteAccount(
      { did },
      { headers: pds.adminAuthHeaders(), encoding: "application/json" },
    );
  },
  deactivate: ({ who }) => as(who).com.atproto.server.deactivateAccount({}),

  /** Everything that an account has written, as anybody may read it. */
  async postsOf({ did }) {
    const { data } = await new AtpAgent({ service: pds.url }).com.atproto.repo.listRecords({
      ...{ repo: did, collection: POST, limit: 100, reverse: true },
    });
    return data.records.map(({ uri, cid, value }) => ({ uri, cid, value }));
  },
  /** How the network's own client cuts a text by its facets. */
  segments: ({ text, facets }) =>
    [...new RichText({ text, facets }).segments()].flatMap((s) =>
      s.isMention() || s.isLink() || s.isTag()
        ? [{ text: s.text, did: s.mention?.did, uri: s.link?.uri, tag: s.tag?.tag }]
        : [],
    ),
  /** The thread as somebody sees it in the app: uri, handle and text, replies inside. */
  async thread({ as: who, uri }) {
    await network.processAll();
    const { data } = await as(who).getPostThread({ uri, depth: 10 });
    const plain = (node) => ({
      ...{ uri: node.post.uri, handle: node.post.author.handle, text: node.post.record.text },
      replies: (node.replies ?? []).map(plain),
    });
    return plain(data.thread);
  },
  settle: () => network.processAll(),
  cut({ method, times = 1 }) {
    for (let i = 0; i < times; i++) cuts.push(method);
  },
  cutsLeft: () => cuts.length,
};

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const lines = createInterface({ input: process.stdin });
lines.on("line", (line) => {
  const { id, do: what, ...given } = JSON.parse(line);
  Promise.resolve()
    .then(() => acts[what](given))
    .then(
      (ok) => say({ id, ok: ok ?? null }),
      (error) => say({ id, error: String(error?.stack ?? error) }),
    );
});
lines.on("close", async () => {
  await network.close().catch(() => {});
  process.exit(0);
});
say({ ready: true });
