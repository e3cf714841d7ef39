import { createHash } from "node:crypto";
import { cidForRecord } from "@atproto/repo";
import type { Clock } from "../../../server/platform/clock.ts";
import { type Json, nextTid, type Person, POST, type Repos } from "./repos.ts";

/** What an XRPC method answers; a refusal has the code that real servers give. */
export type Answer = { status: number; body: Json };
export const ok = (body: Json): Answer => ({ status: 200, body });
export const no = (status: number, error: string, message = error): Answer => ({ status, body: { error, message } });

export interface Call {
  query: URLSearchParams;
  body: Json;
  /** Behind "Bearer". */
  token: string;
}

/** Sessions as a PDS keeps them: a refresh token serves once, an access token until it is made to run out. */
export class Tokens {
  readonly access = new Map<string, string>();
  readonly refresh = new Map<string, string>();
  #n = 0;
  made = 0;
  renewed = 0;
  issue(did: string): { accessJwt: string; refreshJwt: string } {
    const n = ++this.#n;
    const made = { accessJwt: `access-${n}-of-${did}`, refreshJwt: `refresh-${n}-of-${did}` };
    this.access.set(made.accessJwt, did);
    this.refresh.set(made.refreshJwt, did);
    return made;
  }
}

/** The few records that these repositories take, as their lexicons want them. */
function isRecord(record: Json): boolean {
  switch (record.$type) {
    case POST:
      return typeof record.text === "string";
    case "app.bsky.graph.block":
      return typeof record.subject === "string" && record.subject.startsWith("did:");
    case "app.bsky.feed.threadgate":
      return typeof record.post === "string" && (record.hiddenReplies ?? []).length <= 300;
    default:
      return false;
  }
}

export class Methods {
  readonly tokens = new Tokens();
  /** Every accepted write, in order: the oracle. */
  readonly accepted: { did: string; rkey: string; record: Json; uri: string; cid: string }[] = [];
  /** Reports to the network's moderators, in order. */
  readonly reports: { did: string; subject: Json; reasonType: string }[] = [];
  /** Images by their names, as they were uploaded. */
  readonly blobs = new Map<string, { bytes: Buffer; mime: string }>();
  /** Accounts whose tokens may only read. */
  readonly readOnly = new Set<string>();
  readonly #repos: Repos;
  readonly #clock: Clock;
  #url: () => string;
  constructor(repos: Repos, clock: Clock, url: () => string) {
    this.#repos = repos;
    this.#clock = clock;
    this.#url = url;
  }

  document(did: string): Json | null {
    const person = this.#repos.people.get(did);
    if (!person || person.status === "deleted") return null;
    return {
      "@context": ["https://www.w3.org/ns/did/v1"],
      ...{ id: did, alsoKnownAs: [`at://${person.handle}`] },
      verificationMethod: [
        { id: `${did}#atproto`, type: "Multikey", controller: did, publicKeyMultibase: person.key.did().slice(8) },
      ],
      service: [{ id: "#atproto_pds", type: "AtprotoPersonalDataServer", serviceEndpoint: this.#url() }],
    };
  }

  async answer(method: string, call: Call): Promise<Answer> {
    switch (method) {
      case "com.atproto.server.createSession":
        return this.#signIn(call.body);
      case "com.atproto.server.describeServer":
        return ok({ did: "did:web:fake.example", availableUserDomains: [".example"] });
      case "com.atproto.server.deleteSession":
        return this.tokens.refresh.delete(call.token) ? ok({}) : no(400, "ExpiredToken");
      case "com.atproto.server.refreshSession":
        return this.#renew(call.token);
      case "com.atproto.identity.resolveHandle": {
        const person = this.#repos.find(call.query.get("handle") ?? "");
        return person ? ok({ did: person.did }) : no(400, "InvalidRequest", "Unable to resolve handle");
      }
      case "com.atproto.repo.getRecord":
        return this.#getRecord(call.query);
      case "com.atproto.repo.listRecords":
        return this.#listRecords(call.query);
      default:
        return this.#asSomebody(method, call);
    }
  }

  async #asSomebody(method: string, call: Call): Promise<Answer> {
    if (call.token === "") return no(401, "AuthMissing");
    const did = this.tokens.access.get(call.token);
    const person = did === undefined ? undefined : this.#repos.people.get(did);
    if (!person) return no(400, "ExpiredToken", "Token has expired");
    switch (method) {
      case "com.atproto.server.getSession":
        return ok({ did: person.did, handle: person.handle, active: person.status === null });
      case "com.atproto.repo.putRecord":
        if (this.readOnly.has(person.did)) return no(400, "InvalidToken", "Bad token scope");
        return this.#put(person, call.body);
      case "com.atproto.repo.deleteRecord":
        return this.#delete(person, call.body);
      case "com.atproto.moderation.createReport":
        this.reports.push({ did: person.did, ...call.body });
        return ok({ id: this.reports.length, ...call.body, reportedBy: person.did });
      case "com.atproto.repo.uploadBlob":
        return this.#upload(call.body);
      case "app.bsky.notification.listNotifications":
        return this.#notifications(person, call.query);
      case "app.bsky.feed.searchPosts":
        return this.#search(call.query);
      case "app.bsky.actor.getProfile":
        return this.#profile(call.query.get("actor") ?? "");
      default:
        return no(501, "MethodNotImplemented");
    }
  }

  async #upload({ bytes, mime }: { bytes: Buffer; mime: string }): Promise<Answer> {
    const cid = String(await cidForRecord({ sha256: createHash("sha256").update(bytes).digest("hex") }));
    this.blobs.set(cid, { bytes, mime });
    return ok({ blob: { $type: "blob", ref: { $link: cid }, mimeType: mime, size: bytes.length } });
  }

  #signIn({ identifier, password }: Json): Answer {
    const person = this.#repos.find(String(identifier));
    if (!person || person.password !== password)
      return no(401, "AuthenticationRequired", "Invalid identifier or password");
    if (person.status === "takendown") return no(401, "AccountTakedown");
    this.tokens.made += 1;
    return ok({
      did: person.did,
      handle: person.handle,
      didDoc: this.document(person.did),
      ...this.tokens.issue(person.did),
    });
  }

  #renew(token: string): Answer {
    const did = this.tokens.refresh.get(token);
    if (!did) return no(400, "ExpiredToken", "Token has been revoked");
    this.tokens.refresh.delete(token);
    this.tokens.renewed += 1;
    const { handle } = this.#repos.people.get(did)!;
    return ok({ did, handle, didDoc: this.document(did), ...this.tokens.issue(did) });
  }

  #getRecord(query: URLSearchParams): Answer {
    const person = this.#repos.find(query.get("repo") ?? "");
    if (!person || person.status !== null)
      return no(400, "InvalidRequest", `Could not find repo: ${query.get("repo")}`);
    const path = `${query.get("collection")}/${query.get("rkey")}`;
    const found = person.records.get(path);
    if (!found) return no(400, "RecordNotFound", `Could not locate record: at://${person.did}/${path}`);
    return ok({ uri: `at://${person.did}/${path}`, cid: found.cid, value: found.value });
  }

  #listRecords(query: URLSearchParams): Answer {
    const person = this.#repos.find(query.get("repo") ?? "");
    if (!person) return no(400, "InvalidRequest");
    const under = query.get("cursor") ?? "~";
    const limit = Number(query.get("limit") ?? 50);
    const prefix = `${query.get("collection")}/`;
    const keys = [...person.records.keys()].filter((k) => k.startsWith(prefix) && k.slice(prefix.length) < under);
    const page = keys.sort((a, b) => (a < b ? 1 : -1)).slice(0, limit);
    const records = page.map((key) => {
      const { cid, value } = person.records.get(key)!;
      return { uri: `at://${person.did}/${key}`, cid, value };
    });
    return ok({ records, ...(page.length === limit && { cursor: page.at(-1)!.slice(prefix.length) }) });
  }

  async #put(person: Person, { repo, collection, rkey, record, swapRecord, swapCommit }: Json): Promise<Answer> {
    if (repo !== person.did) return no(401, "AuthenticationRequired");
    if (record?.$type !== collection || !isRecord(record)) return no(400, "InvalidRecord");
    // No head of these repositories is ever known to a client.
    if (swapCommit !== undefined) return no(400, "InvalidSwap", "Commit was at another head");
    const there = person.records.get(`${collection}/${rkey}`);
    if (there && JSON.stringify(there.value) === JSON.stringify(record))
      return ok({ uri: `at://${person.did}/${collection}/${rkey}`, cid: there.cid });
    if (there && swapRecord === null) return no(400, "InvalidSwap", `Record was at ${there.cid}`);
    if (swapRecord && there?.cid !== swapRecord) return no(400, "InvalidSwap", `Record was at ${there?.cid ?? "null"}`);
    const written = await this.#repos.put(person, rkey, record, collection);
    if (collection === POST) this.accepted.push({ did: person.did, rkey, record, ...written });
    return ok({ ...written, validationStatus: "valid" });
  }

  async #delete(person: Person, { repo, collection, rkey }: Json): Promise<Answer> {
    if (repo !== person.did) return no(401, "AuthenticationRequired");
    // What is not there is deleted already.
    if (person.records.has(`${collection}/${rkey}`)) await this.#repos.remove(person, rkey, collection);
    return ok({});
  }

  /** Everybody's posts as an AppView shows them, newest first. */
  views(): Json[] {
    const all = [...this.#repos.people.values()].flatMap((person) =>
      [...person.records].flatMap(([path, { cid, value, indexedAt }]) =>
        path.startsWith(POST)
          ? [
              {
                uri: `at://${person.did}/${path}`,
                cid,
                record: value,
                indexedAt,
                author: { did: person.did, handle: person.handle, displayName: `${person.handle}'s name` },
              },
            ]
          : [],
      ),
    );
    return all.sort((a, b) =>
      a.indexedAt === b.indexedAt ? (a.uri < b.uri ? 1 : -1) : a.indexedAt < b.indexedAt ? 1 : -1,
    );
  }

  #paged(all: readonly Json[], query: URLSearchParams, name: string): Answer {
    const from = Number(query.get("cursor") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 50), this.pageSize);
    const page = all.slice(from, from + limit);
    return ok({ [name]: page, ...(from + limit < all.length && { cursor: String(from + limit) }) });
  }
  /** Smaller pages than asked for. */
  pageSize = 100;

  #notifications(us: Person, query: URLSearchParams): Answer {
    const all = this.views().flatMap((view) => {
      const text = JSON.stringify(view.record.facets ?? []);
      const parent = view.record.reply?.parent?.uri ?? "";
      const quoted = view.record.embed?.record?.uri ?? "";
      const reason = parent.includes(us.did)
        ? "reply"
        : text.includes(us.did)
          ? "mention"
          : quoted.includes(us.did)
            ? "quote"
            : "";
      return reason === "" || view.author.did === us.did ? [] : [{ ...view, reason, isRead: false }];
    });
    return this.#paged(all, query, "notifications");
  }

  #search(query: URLSearchParams): Answer {
    const word = (query.get("q") ?? "").replaceAll('"', "").toLowerCase();
    const since = query.get("since") ?? "";
    const fits = this.views().filter((v) => v.indexedAt >= since && v.record.text.toLowerCase().includes(word));
    return this.#paged(fits, query, "posts");
  }

  #profile(actor: string): Answer {
    const person = this.#repos.find(actor);
    if (!person) return no(400, "InvalidRequest", "Profile not found");
    return ok({ did: person.did, handle: person.handle, displayName: `${person.handle}'s name`, followersCount: 42 });
  }

  nextKey(): string {
    return nextTid(this.#clock.now());
  }
}
