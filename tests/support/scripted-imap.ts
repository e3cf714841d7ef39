import { createServer, type Server, type Socket } from "node:net";

/** A mail in a scripted mailbox. */
export interface ScriptedMail {
  uid: number;
  raw: Buffer;
  at: Date;
  flags: Set<string>;
}

interface Box {
  path: string;
  use: string | null;
  validity: number;
  next: number;
  mails: ScriptedMail[];
}

/** What a scripted server does wrong, until told otherwise. */
export interface ImapFaults {
  /** The line is cut after so many bytes of the next mail's text. Once. */
  dropInFetch: number | null;
  /** The server says goodbye at the next command. Once. */
  bye: string | null;
  /** It announces literals of this length instead of the true one. */
  lieAboutLiteral: number | null;
  /** It tells another RFC822.SIZE. */
  lieAboutSize: number | null;
  /** It never answers this command. */
  silentTo: string | null;
  /** It answers FETCH of these UIDs with NO. */
  refuseUids: Set<number>;
  /** It answers FETCH of a text so many times with NO, because it is out of order. */
  unavailable: number;
  /** INTERNALDATE of what is appended is off by so many milliseconds. */
  clockOff: number;
  /** APPEND is refused. */
  noAppend: boolean;
  /** The folder that cannot be opened. */
  noFolder: string | null;
}

export interface ScriptedImap {
  readonly port: number;
  readonly faults: ImapFaults;
  /** Lines of commands as they came, without the words of sign-ins. */
  readonly commands: string[];
  /** What SASL XOAUTH2 said. */
  readonly sasl: string[];
  password: string;
  accessToken: string;
  capabilities: string;
  deliver(raw: string | Buffer, folder?: string, at?: Date): ScriptedMail;
  box(folder?: string): ScriptedMail[];
  /** The folder's UIDs are given out anew. */
  renumber(folder?: string): void;
  /** Lines that are open now. */
  lines(): number;
  /** Lines in IDLE now. */
  idling(): number;
  close(): Promise<void>;
}

/** As much of RFC 9051 (and 3501) as a mailbox reader needs, with faults on demand. Loopback only. */
export async function startScriptedImap(now: () => Date = () => new Date()): Promise<ScriptedImap> {
  const boxes = new Map<string, Box>(
    (
      [
        ["INBOX", null],
        ["Sent", "\\Sent"],
        ["Done", null],
      ] as const
    ).map(([path, use]) => [path, { path, use, validity: 1_000, next: 1, mails: [] }]),
  );
  const sessions = new Set<Session>();
  const faults: ImapFaults = {
    ...{ dropInFetch: null, bye: null, lieAboutLiteral: null, lieAboutSize: null, silentTo: null },
    ...{ refuseUids: new Set(), unavailable: 0, clockOff: 0, noAppend: false, noFolder: null },
  };
  const house: ScriptedImap & {
    boxes: typeof boxes;
    now(): Date;
    add(path: string, raw: Buffer, at: Date): ScriptedMail;
  } = {
    ...{ port: 0, faults, commands: [], sasl: [], boxes, now },
    ...{
      password: "mailbox-password",
      accessToken: "",
      capabilities: "IMAP4rev1 IDLE UIDPLUS MOVE SPECIAL-USE AUTH=PLAIN AUTH=XOAUTH2 SASL-IR",
    },
    add(path, raw, at) {
      const box = boxes.get(path)!;
      const mail = { uid: box.next++, raw, at, flags: new Set<string>() };
      box.mails.push(mail);
      for (const session of sessions) session.tell(box);
      return mail;
    },
    deliver: (raw, folder = "INBOX", at = now()) =>
      house.add(folder, Buffer.isBuffer(raw) ? raw : Buffer.from(raw.replace(/\r?\n/g, "\r\n")), at),
    box: (folder = "INBOX") => boxes.get(folder)!.mails,
    renumber(folder = "INBOX") {
      const box = boxes.get(folder)!;
      box.validity += 1;
      box.next = 1;
      for (const mail of box.mails) mail.uid = box.next++;
    },
    lines: () => sessions.size,
    idling: () => [...sessions].filter((s) => s.idle !== null).length,
    close: async () => {
      for (const session of sessions) session.socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  const server: Server = createServer((socket) => {
    const session = new Session(socket, house);
    sessions.add(session);
    socket.on("close", () => sessions.delete(session));
    socket.on("error", () => {});
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  Object.assign(house, { port: (server.address() as { port: number }).port });
  return house;
}

type House = ScriptedImap & {
  boxes: Map<string, Box>;
  now(): Date;
  add(path: string, raw: Buffer, at: Date): ScriptedMail;
};

class Session {
  readonly socket: Socket;
  readonly #house: House;
  #in = Buffer.alloc(0);
  #box: Box | null = null;
  #signedIn = false;
  #told = 0;
  idle: string | null = null;
  #sasl: ((line: string) => unknown) | null = null;
  #append: { tag: string; path: string; bytes: number; at: Date } | null = null;

  constructor(socket: Socket, house: House) {
    this.socket = socket;
    this.#house = house;
    socket.on("data", (bytes: Buffer) => {
      this.#in = Buffer.concat([this.#in, bytes]);
      this.#read();
    });
    this.#say(`* OK [CAPABILITY ${house.capabilities}] ready`);
  }

  #say(line: string): void {
    this.socket.write(`${line}\r\n`);
  }

  /** Untagged news of the open folder. */
  tell(box: Box): void {
    if (this.#box !== box || box.mails.length === this.#told) return;
    this.#told = box.mails.length;
    this.#say(`* ${box.mails.length} EXISTS`);
  }

  #read(): void {
    for (;;) {
      if (this.#append) {
        if (this.#in.length < this.#append.bytes + 2) return;
        const { tag, path, bytes, at } = this.#append;
        const raw = Buffer.from(this.#in.subarray(0, bytes));
        this.#in = this.#in.subarray(bytes + 2);
        this.#append = null;
        const box = this.#house.boxes.get(path)!;
        const mail = this.#house.add(path, raw, at);
        this.#say(`${tag} OK [APPENDUID ${box.validity} ${mail.uid}] done`);
        continue;
      }
      const end = this.#in.indexOf("\r\n");
      if (end < 0) return;
      const line = this.#in.subarray(0, end).toString();
      this.#in = this.#in.subarray(end + 2);
      this.#line(line);
    }
  }

  #line(line: string): unknown {
    if (this.#sasl) {
      const sasl = this.#sasl;
      this.#sasl = null;
      return sasl(line);
    }
    if (this.idle !== null && line.toUpperCase() === "DONE") {
      this.#say(`${this.idle} OK idle done`);
      this.idle = null;
      return;
    }
    const [, tag = "*", name = "", rest = ""] = /^(\S+) (\S+) ?(.*)$/s.exec(line) ?? [];
    const command = name.toUpperCase();
    this.#house.commands.push(/^(LOGIN|AUTHENTICATE)$/.test(command) ? command : `${command} ${rest}`.trim());
    const { faults } = this.#house;
    if (faults.bye !== null) {
      this.#say(`* BYE ${faults.bye}`);
      faults.bye = null;
      return void this.socket.end();
    }
    if (faults.silentTo === command) return;
    this.#run(tag, command, rest);
  }

  #run(tag: string, command: string, rest: string): unknown {
    const ok = (said = "done") => this.#say(`${tag} OK ${said}`);
    switch (command) {
      case "CAPABILITY":
        this.#say(`* CAPABILITY ${this.#house.capabilities}`);
        return ok();
      case "LOGIN": {
        const words = [...rest.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
          (m) => m[1]?.replace(/\\(.)/g, "$1") ?? m[2],
        );
        return this.#signIn(tag, words[1] === this.#house.password);
      }
      case "AUTHENTICATE":
        return this.#authenticate(tag, rest);
      case "LOGOUT":
        this.#say("* BYE until later");
        ok();
        return void this.socket.end();
      case "NOOP":
      case "ID":
      case "ENABLE":
      case "COMPRESS":
        return command === "COMPRESS" ? this.#say(`${tag} NO not here`) : ok();
    }
    if (!this.#signedIn) return this.#say(`${tag} NO sign in first`);
    this.#signed(tag, command, rest, ok);
  }

  #signed(tag: string, command: string, rest: string, ok: (said?: string) => unknown): unknown {
    switch (command) {
      case "NAMESPACE":
        this.#say('* NAMESPACE (("" "/")) NIL NIL');
        return ok();
      case "LIST":
      case "LSUB":
      case "XLIST":
        return this.#list(command, rest, ok);
      case "STATUS": {
        const box = this.#boxOf(rest);
        if (!box) return this.#say(`${tag} NO [NONEXISTENT] no such folder`);
        this.#say(
          `* STATUS "${box.path}" (MESSAGES ${box.mails.length} UIDNEXT ${box.next} UIDVALIDITY ${box.validity})`,
        );
        return ok();
      }
      case "SELECT":
      case "EXAMINE": {
        const box = this.#boxOf(rest);
        if (!box || box.path === this.#house.faults.noFolder) {
          this.#box = null;
          return this.#say(`${tag} NO [NONEXISTENT] no such folder`);
        }
        this.#box = box;
        this.#told = box.mails.length;
        this.#say("* FLAGS (\\Seen \\Deleted)");
        this.#say(`* ${box.mails.length} EXISTS`);
        this.#say(`* OK [UIDVALIDITY ${box.validity}] this one`);
        this.#say(`* OK [UIDNEXT ${box.next}] next`);
        return ok(command === "SELECT" ? "[READ-WRITE] open" : "[READ-ONLY] open");
      }
      case "IDLE":
        this.idle = tag;
        return this.#say("+ idling");
      case "APPEND":
        return this.#beginAppend(tag, rest);
      case "UID":
        return this.#uid(tag, rest, ok);
      default:
        return this.#say(`${tag} BAD unknown command`);
    }
  }

  #list(command: string, rest: string, ok: () => unknown): unknown {
    const pattern = [...rest.matchAll(/"([^"]*)"/g)].at(-1)?.[1] ?? "*";
    // An empty pattern asks for the sign between names.
    if (pattern === "") this.#say(`* ${command} (\\Noselect) "/" ""`);
    for (const { path, use } of this.#house.boxes.values())
      if (pattern === path || pattern === "*" || pattern === "%")
        this.#say(`* ${command} (\\HasNoChildren${use ? ` ${use}` : ""}) "/" "${path}"`);
    return ok();
  }

  #boxOf(rest: string): Box | undefined {
    return this.#house.boxes.get(/^"?([^"\s(]+)"?/.exec(rest)?.[1] ?? "");
  }

  #signIn(tag: string, right: boolean): unknown {
    this.#signedIn = right;
    return this.#say(right ? `${tag} OK welcome` : `${tag} NO [AUTHENTICATIONFAILED] wrong name or password`);
  }

  #authenticate(tag: string, rest: string): unknown {
    const [method, initial] = rest.split(" ");
    const take = (line: string) => {
      const said = Buffer.from(line, "base64").toString();
      if (method?.toUpperCase() === "PLAIN") return this.#signIn(tag, said.split("\0")[2] === this.#house.password);
      this.#house.sasl.push(said);
      const token = /auth=Bearer ([!-~]*)/.exec(said)?.[1] ?? "";
      if (token !== "" && token === this.#house.accessToken) return this.#signIn(tag, true);
      // The server's reason as a challenge, which the client answers with an empty line.
      this.#say(`+ ${Buffer.from('{"status":"400","schemes":"Bearer"}').toString("base64")}`);
      this.#sasl = () => this.#signIn(tag, false);
    };
    if (initial !== undefined && initial !== "") return take(initial);
    this.#sasl = take;
    this.#say("+ ");
  }

  #beginAppend(tag: string, rest: string): unknown {
    const [, path, bytes] = /^"?([^"\s]+)"?.*\{(\d+)\+?\}$/.exec(rest) ?? [];
    if (this.#house.faults.noAppend || !this.#house.boxes.has(path ?? ""))
      return this.#say(`${tag} NO [TRYCREATE] not here`);
    const at = new Date(this.#house.now().getTime() + this.#house.faults.clockOff);
    this.#append = { tag, path: path!, bytes: Number(bytes), at };
    this.#say("+ go on");
  }

  #uid(tag: string, rest: string, ok: (said?: string) => unknown): unknown {
    const [, what = "", range = "", more = ""] = /^(\S+) (\S+) ?(.*)$/s.exec(rest) ?? [];
    const box = this.#box;
    if (!box) return this.#say(`${tag} BAD no folder is open`);
    switch (what.toUpperCase()) {
      case "FETCH": {
        const uids = box.mails.filter((m) => isIn(range, m.uid, box.next - 1));
        if (uids.some((m) => this.#house.faults.refuseUids.has(m.uid)) && /BODY/i.test(more))
          return this.#say(`${tag} NO [SERVERBUG] this mail is damaged`);
        if (this.#house.faults.unavailable > 0 && /BODY/i.test(more)) {
          this.#house.faults.unavailable -= 1;
          return this.#say(`${tag} NO [UNAVAILABLE] a disk is away, try again later`);
        }
        for (const mail of uids) if (!this.#fetch(box, mail, more)) return;
        return ok();
      }
      case "SEARCH": {
        const id = /HEADER "?message-id"? "?([^"\s)]+)"?/i.exec(rest)?.[1] ?? "";
        const found = box.mails.filter((m) => m.raw.toString("latin1").toLowerCase().includes(id.toLowerCase()));
        this.#say(`* SEARCH${found.map((m) => ` ${m.uid}`).join("")}`);
        return ok();
      }
      case "STORE":
        for (const m of box.mails) if (isIn(range, m.uid, box.next - 1)) m.flags.add(/\\(\w+)/.exec(more)?.[0] ?? "");
        return ok();
      case "MOVE": {
        const to = this.#boxOf(more);
        if (!to) return this.#say(`${tag} NO [TRYCREATE] no such folder`);
        for (const m of box.mails.filter((one) => isIn(range, one.uid, box.next - 1))) {
          const at = box.mails.indexOf(m);
          box.mails.splice(at, 1);
          to.mails.push({ ...m, uid: to.next++ });
          this.#told -= 1;
          this.#say(`* ${at + 1} EXPUNGE`);
        }
        return ok();
      }
      default:
        return this.#say(`${tag} BAD unknown command`);
    }
  }

  /** False: the line was cut. */
  #fetch(box: Box, mail: ScriptedMail, items: string): boolean {
    const { faults } = this.#house;
    const seq = box.mails.indexOf(mail) + 1;
    const head = mail.raw.subarray(0, mail.raw.indexOf("\r\n\r\n") + 4);
    const messageId = /^message-id:\s*(<[^>]*>)/im.exec(head.toString("latin1"))?.[1];
    const told = [
      `UID ${mail.uid}`,
      ...(/RFC822\.SIZE/i.test(items) ? [`RFC822.SIZE ${faults.lieAboutSize ?? mail.raw.length}`] : []),
      ...(/INTERNALDATE/i.test(items) ? [`INTERNALDATE "${internal(mail.at)}"`] : []),
      ...(/ENVELOPE/i.test(items)
        ? [`ENVELOPE (NIL NIL NIL NIL NIL NIL NIL NIL NIL ${messageId ? `"${messageId}"` : "NIL"})`]
        : []),
      ...(/FLAGS/i.test(items) ? [`FLAGS (${[...mail.flags].join(" ")})`] : []),
    ].join(" ");
    const partial = /BODY\.PEEK\[(HEADER)?\](?:<(\d+)\.(\d+)>)?/i.exec(items);
    if (!partial) {
      this.#say(`* ${seq} FETCH (${told})`);
      return true;
    }
    const whole = partial[1] ? head : mail.raw;
    const from = Number(partial[2] ?? 0);
    const bytes = whole.subarray(from, from + Number(partial[3] ?? whole.length));
    const name = `BODY[${partial[1] ?? ""}]${partial[2] === undefined ? "" : `<${from}>`}`;
    this.socket.write(`* ${seq} FETCH (${told} ${name} {${faults.lieAboutLiteral ?? bytes.length}}\r\n`);
    if (faults.dropInFetch !== null) {
      this.socket.write(bytes.subarray(0, faults.dropInFetch));
      faults.dropInFetch = null;
      this.socket.end();
      return false;
    }
    this.socket.write(bytes);
    this.#say(")");
    return true;
  }
}

function isIn(range: string, uid: number, last: number): boolean {
  return range.split(",").some((one) => {
    const [from, to] = one.split(":").map((n) => (n === "*" ? Math.max(last, 1) : Number(n)));
    return to === undefined ? uid === from : uid >= Math.min(from!, to) && uid <= Math.max(from!, to);
  });
}

const MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split(" ");
function internal(at: Date): string {
  const two = (n: number) => String(n).padStart(2, "0");
  return `${two(at.getUTCDate())}-${MONTHS[at.getUTCMonth()]}-${at.getUTCFullYear()} ${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())} +0000`;
}
