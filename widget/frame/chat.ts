import type { ChatFrame, ChatMessage, ChatSession } from "#contracts/webchat";
import type { HostPage, Preview } from "../host-line.ts";
import { apiOf, nobody, type Problem, storable } from "./api.ts";
import { waitBefore } from "./backoff.ts";
import { type ChatState, startState } from "./chat-state.ts";
import { connectionOf } from "./connection.ts";
import { chooseGreeting, dayOf } from "./greeting.ts";
import { unreadOf, withLines, withReceipt } from "./log.ts";
import { memoryOf } from "./memory.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { outboxOf } from "./outbox.ts";
import { trailOf } from "./trail.ts";
import { uploadsOf } from "./uploads.ts";

export interface Chat {
  state(): ChatState;
  draft(): string;
  begin(to: Ask & { search: string }): void;
  /** Looks like a chat, and says nothing to the server. */
  preview(as: Preview): void;
  show(open: boolean): void;
  page(page: HostPage, search: string): void;
  identify(identity: string | null): void;
  consent(given: boolean): Promise<void>;
  send(text: string): void;
  again(clientMsgId: string): void;
  drop(clientMsgId: string): void;
  attach(files: readonly File[]): void;
  uploadAgain(id: string): void;
  unattach(id: string): void;
  typing(on: boolean): void;
  email(address: string): Promise<Problem | null>;
  transcript(address: string): Promise<Problem | null>;
  end(): Promise<Problem | null>;
  sound(on: boolean): void;
  /** What is written and not sent outlives a reload. */
  keepDraft(text: string): void;
  /** The visitor waved the greeting away. */
  unGreet(): void;
  unread(): number;
}

interface Ask {
  page: HostPage;
  identity: string | null;
  locale: string;
  invite: string | null;
}

interface Deps {
  key: string;
  now(): number;
  chance(): number;
  onChange(): void;
  onMessage(message: ChatMessage): void;
}

const TYPING_ENDS_MS = 8_000;

/** The visitor's side of one chat: what is known, and what may be done. It draws nothing. */
export function chatOf(deps: Deps): Chat {
  const memory = memoryOf(deps.key);
  let token = memory.get("token") ?? "";
  const api = apiOf(deps.key, () => token);
  let ask: Ask = { page: { url: "", title: "", referrer: "" }, identity: null, locale: "en", invite: null };
  let search = "";
  /** The pages of this visit before the present one. */
  let before: HostPage[] = [];
  let attempt = 0;
  /** The token is the one all tabs have. */
  let isShared = token !== "";
  let isAsking = false;
  let isAskStale = false;
  /** Grows when the visitor is forgotten: what comes back of earlier questions is somebody else's then. */
  let era = 0;
  let typingEnds: ReturnType<typeof setTimeout> | undefined;
  let greetingTimer: ReturnType<typeof setTimeout> | undefined;
  let readTold = 0;
  let state: ChatState = { ...startState, sound: memory.get("sound") === "on" };
  const change = (what: Partial<ChatState>) => {
    state = { ...state, ...what };
    deps.onChange();
  };
  const lastSeq = () => state.lines.at(-1)?.seq ?? 0;

  const outbox = outboxOf({
    ...{ key: deps.key, memory, now: deps.now, chance: deps.chance },
    async send(message) {
      const mine = era;
      const answer = await api.send(message);
      return mine === era ? answer : nobody;
    },
    mayTry: () => state.phase === "ready" && state.consents,
    onSent: (message) => take([message]),
    onChange: () => change({ waiting: outbox.list() }),
    onRefused(code) {
      if (code === "chat-consent-needed") change({ consents: false });
      else if (code === "sign-in-required" || code === "chat-token-refused") void askSession();
      else return code;
      return "later";
    },
  });
  const uploads = uploadsOf(
    api,
    () => state.config?.files ?? { mime: [], maxBytes: 0, maxCount: 0 },
    () => change({ uploads: uploads.list() }),
  );
  const connection = connectionOf({
    ...{ api, chance: deps.chance, token: () => token, after: lastSeq, onFrame: hear },
    onForeign: () => void askSession(),
    onLink(link) {
      if (link === state.link) return;
      change(link === "online" ? { link } : { link, typing: null });
      if (link !== "online") return;
      outbox.drain();
      tellPage();
    },
  });
  memory.onChange((name) => {
    if (name.startsWith("out:")) change({ waiting: outbox.list() });
    if (name === "read") change({ readUpTo: Math.max(state.readUpTo, Number(memory.get("read")) || 0) });
    // Another tab was let remember who we are: this one becomes the same visitor.
    if (name === "token" && !isShared) void askSession();
  });

  /** Tabs that open together become one visitor: the second one waits for what the first one learns. */
  async function askSession(): Promise<void> {
    isAskStale = isAsking;
    if (isAsking) return;
    isAsking = true;
    const isSettled = await oneAtATime(`hubbub-chat-session:${deps.key}`, askOnce);
    isAsking = false;
    // Somebody said meanwhile who the visitor is.
    if (isAskStale) void askSession();
    else if (!isSettled) setTimeout(() => void askSession(), waitBefore(attempt++, deps.chance()));
  }

  async function askOnce(): Promise<boolean> {
    const kept = memory.get("token") ?? token;
    const { identity, invite, ...rest } = ask;
    const mine = era;
    const answer = await api.session({
      ...rest,
      ...(kept && { visitorToken: kept }),
      ...(identity && { identity }),
      ...(invite && { invite }),
    });
    if (mine !== era) return true;
    if (answer.ok) {
      attempt = 0;
      settle(answer.value);
      return true;
    }
    const { status, code } = answer.problem;
    if (code === "chat-identity-refused" && ask.identity !== null) {
      console.warn("Web chat: the identity token was refused (wrong secret, or expired). The visitor stays unknown.");
      ask = { ...ask, identity: null };
      return askOnce();
    }
    if (status === 404 || status === 400 || status === 403) {
      console.warn(`Web chat: there is no chat "${deps.key}" for this page (${code}).`);
      change({ phase: "gone" });
      return true;
    }
    return false;
  }

  function settle(session: ChatSession): void {
    const { config, messages, conversation } = session;
    if (!session.resumed) {
      readTold = 0;
      memory.remove("read");
      // Who was signed in and is not any more left words here that are nobody else's.
      if (memory.get("signed") === "yes") leave();
    }
    memory.set("signed", session.visitor.verified ? "yes" : "no");
    const consents =
      !config.consent.required ||
      (session.consent?.given === true && session.consent.version === config.consent.version);
    token = session.visitorToken;
    memory.set("token", token);
    memory.allow(consents);
    isShared = consents;
    const readUpTo = Math.max(session.readUpTo, session.resumed ? Number(memory.get("read")) || 0 : 0);
    change({
      ...{ phase: "ready", config, consents, visitor: session.visitor, receipts: session.receipts, readUpTo },
      ...{ lines: withLines([], messages), ended: conversation.ended, place: session.place, waiting: outbox.list() },
    });
    outbox.drain();
    if (state.open || conversation.lastSeq > 0 || state.waiting.length > 0) connection.start();
    noteRead();
    greetLater();
  }

  /** What a visitor has not sent goes with them. */
  function leave(): void {
    era++;
    readTold = 0;
    for (const name of [...memory.names("out:"), "draft", "read", "trail"]) memory.remove(name);
    before = [];
    uploads.clear();
    change({ waiting: [], greeting: null, era });
  }

  function hear(frame: ChatFrame): void {
    if (frame.type === "message") take([frame]);
    else if (frame.type === "typing") {
      clearTimeout(typingEnds);
      change({ typing: frame.on ? frame.name : null });
      if (frame.on) typingEnds = setTimeout(() => change({ typing: null }), TYPING_ENDS_MS);
    } else if (frame.type === "receipt") change({ receipts: withReceipt(state.receipts, frame.upTo, frame.status) });
    else if (frame.type === "place")
      change({ place: frame.position === null ? null : { position: frame.position, waitMs: frame.waitMs } });
    else if (frame.type === "hours" && state.config)
      change({ config: { ...state.config, hours: { open: frame.open, opensAt: frame.opensAt } } });
    else if (frame.type === "ended") change({ ended: true, typing: null, place: null });
    else if (frame.type === "resync") void askSession();
  }

  function take(more: readonly ChatMessage[]): void {
    const lines = withLines(state.lines, more);
    if (lines === state.lines) return;
    for (const line of more) outbox.settle(line.clientMsgId);
    const spoken = more.some((line) => line.from === "agent");
    // From the first words on there is a visitor at the desk of whom the page can be told.
    const isFirst = state.lines.length === 0 && state.link === "online";
    change({
      ...{ lines, waiting: outbox.list() },
      ...(spoken && { typing: null, place: null }),
      ...(more.some((line) => line.from === "visitor") && { ended: false }),
    });
    if (state.link === "idle") connection.start();
    if (isFirst) tellPage();
    for (const line of more) if (line.from !== "visitor") deps.onMessage(line);
    noteRead();
  }

  /** What stands open before the visitor is read. */
  function noteRead(): void {
    const seq = lastSeq();
    if (!state.open || document.hidden || seq <= Math.max(state.readUpTo, readTold)) return;
    readTold = seq;
    memory.set("read", `${seq}`);
    change({ readUpTo: seq });
    if (!connection.tell({ type: "read", upTo: seq })) void api.say("read", { upTo: seq });
  }
  document.addEventListener("visibilitychange", noteRead);

  /** Only what the chat is set to show is told at all. */
  function tellPage(): void {
    const pages = state.config?.pages;
    if (!pages?.shown || state.lines.length === 0 || !state.consents || ask.page.url === "") return;
    const page = { ...ask.page, url: `${ask.page.url}${pages.query ? search : ""}`.slice(0, 2_000) };
    const visit = { page, before };
    if (!connection.tell({ type: "page", ...visit })) void api.say("page", visit);
  }

  function goTo(page: HostPage, given: string): void {
    ask = { ...ask, page: pageOf(page) };
    search = storable(given);
    before = trailOf(memory, ask.page, deps.now());
  }

  function greetLater(): void {
    clearTimeout(greetingTimer);
    const { config, lines, open, consents } = state;
    if (!config || !consents) return;
    const facts = () => ({
      ...{ open: state.config?.hours.open ?? false, talking: state.open || state.lines.length > 0 },
      ...{ lastDay: memory.get("greeted"), today: dayOf(deps.now()), path: pathOf(ask.page.url) },
    });
    const chosen = chooseGreeting(config.greeting, { ...facts(), talking: open || lines.length > 0 });
    if (!chosen) return;
    greetingTimer = setTimeout(
      () => {
        // Another tab may have greeted meanwhile.
        if (chooseGreeting([chosen], facts()) === null) return;
        memory.set("greeted", dayOf(deps.now()));
        change({ greeting: chosen.text });
      },
      Math.max(0, Math.min(chosen.afterMs, 3_600_000)),
    );
  }

  async function say(what: string, body: object): Promise<Problem | null> {
    const answer = await api.say(what, body);
    return answer.ok ? null : answer.problem;
  }

  return {
    state: () => state,
    draft: () => memory.get("draft") ?? "",
    unread: () => unreadOf(state.lines, state.readUpTo),
    begin(to) {
      const { identity, locale, invite } = to;
      ask = { ...ask, locale, invite, identity: identityOf(identity) };
      goTo(to.page, to.search);
      void askSession();
    },
    preview({ config, lines }) {
      const consents = !config.consent.required;
      const readUpTo = lines.at(-1)?.seq ?? 0;
      change({ phase: "ready", link: "online", config, lines, consents, readUpTo, greeting: null });
    },
    show(open) {
      change({ open });
      if (open && state.phase === "ready" && state.link === "idle") connection.start();
      if (open) clearTimeout(greetingTimer);
      noteRead();
    },
    page(page, given) {
      if (page.url === ask.page.url && given === search) return;
      goTo(page, given);
      tellPage();
      if (state.greeting === null) greetLater();
    },
    identify(identity) {
      ask = { ...ask, identity: identityOf(identity) };
      if (identity === null) {
        leave();
        memory.forget();
        token = "";
        connection.stop();
        const receipts = { delivered: 0, read: 0 };
        change({
          lines: [],
          receipts,
          readUpTo: 0,
          visitor: startState.visitor,
          link: "idle",
          typing: null,
          place: null,
        });
      }
      void askSession();
    },
    async consent(given) {
      const version = state.config?.consent.version ?? "";
      const problem = await say("consent", { version, given, locale: ask.locale });
      if (!given || problem !== null) return;
      memory.allow(true);
      memory.set("token", token);
      isShared = true;
      change({ consents: true });
      outbox.drain();
    },
    send(text) {
      const done = uploads.list().flatMap((one) => one.done ?? []);
      uploads.clear();
      outbox.add(storable(text), done);
    },
    again: (clientMsgId) => outbox.again(clientMsgId),
    drop: (clientMsgId) => outbox.drop(clientMsgId),
    attach: (files) => uploads.add(files),
    uploadAgain: (id) => uploads.again(id),
    unattach: (id) => uploads.remove(id),
    typing(on) {
      if (!connection.tell({ type: "typing", on }) && state.link === "online") void api.say("typing", { on });
    },
    async email(address) {
      const problem = await say("email", { address });
      if (!problem) change({ visitor: { ...state.visitor, email: address } });
      return problem;
    },
    transcript: (address) => say("transcript", { address }),
    end: () => say("end", {}),
    sound(on) {
      memory.set("sound", on ? "on" : "off");
      change({ sound: on });
    },
    keepDraft: (text) => (text === "" ? memory.remove("draft") : memory.set("draft", text)),
    unGreet: () => change({ greeting: null }),
  };
}

function pathOf(url: string): string {
  try {
    return new URL(url).pathname;
  } catch {
    return "/";
  }
}

/** Within what the server takes: a title of a novel's length keeps nobody from the chat. */
const pageOf = ({ url, title, referrer }: HostPage): HostPage => ({
  url: storable(url).slice(0, 2_000),
  title: storable(title).slice(0, 150),
  referrer: storable(referrer).slice(0, 2_000),
});

function identityOf(identity: string | null): string | null {
  if (identity === null || identity.length <= 4_000) return identity;
  console.warn("Web chat: the identity token is longer than 4,000 characters and is passed over.");
  return null;
}
