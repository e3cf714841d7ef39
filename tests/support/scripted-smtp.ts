import { SMTPServer, type SMTPServerSession } from "smtp-server";

/** A mail as the server took it. */
export interface TakenMail {
  from: string;
  to: string[];
  raw: string;
}

export interface SmtpFaults {
  /** The answer to a recipient, by address: `550 5.1.1 unknown`. */
  refuseTo: Record<string, string>;
  /** The answer to the sender's address. */
  refuseFrom: string | null;
  /** The answer to the text. */
  refuseData: string | null;
  /** Takes the text and hangs up without a word. */
  dropAfterData: boolean;
  /** Takes the text and never answers. */
  silentAfterData: boolean;
  /** The answer to every sign-in. */
  refuseSignIn: string | null;
  /** What happens to the next mails, one after the other: an answer to the recipient, or what becomes of the line. */
  next: (string | "hang" | "reset" | "hang-after-data" | "reset-after-data")[];
}

export interface ScriptedSmtp {
  readonly port: number;
  readonly taken: TakenMail[];
  readonly faults: SmtpFaults;
  /** Tokens that XOAUTH2 brought. */
  readonly tokens: string[];
  password: string;
  accessToken: string;
  connections(): number;
  /** Told of each mail before the client is. */
  onTaken: ((mail: TakenMail) => void) | null;
  close(): Promise<void>;
}

/** A submission server in this process, with faults on demand. Loopback only, in the clear. */
export async function startScriptedSmtp(): Promise<ScriptedSmtp> {
  let connections = 0;
  const house = {
    ...{ port: 0, taken: [] as TakenMail[], tokens: [] as string[] },
    ...{ password: "mailbox-password", accessToken: "" },
    faults: {
      ...{ refuseTo: {}, refuseFrom: null, refuseData: null },
      ...{ dropAfterData: false, silentAfterData: false, refuseSignIn: null, next: [] },
    } as SmtpFaults,
    connections: () => connections,
    onTaken: null as ScriptedSmtp["onTaken"],
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    ...{ authOptional: false, disabledCommands: ["STARTTLS"], allowInsecureAuth: true, logger: false },
    ...{ authMethods: ["PLAIN", "LOGIN", "XOAUTH2"], closeTimeout: 100, size: 30_000_000, disableReverseLookup: true },
    onConnect(_session, done) {
      connections += 1;
      done();
    },
    onAuth(auth, session, done) {
      if (house.faults.refuseSignIn !== null) return done(refusal(house.faults.refuseSignIn));
      if (auth.method === "XOAUTH2") {
        house.tokens.push(auth.accessToken ?? "");
        const right = auth.accessToken !== "" && auth.accessToken === house.accessToken;
        if (right) return done(null, { user: auth.username ?? "" });
        return done(null, { data: { status: "401", schemes: "bearer", scope: "mail" } } as never);
      }
      if (auth.password !== house.password) return done(refusal("535 5.7.8 wrong name or password"));
      done(null, { user: session.id });
    },
    onMailFrom(_address, _session, done) {
      done(house.faults.refuseFrom === null ? null : refusal(house.faults.refuseFrom));
    },
    onRcptTo({ address }, session, done) {
      const next = house.faults.next[0];
      if (next !== undefined && !next.endsWith("-after-data")) {
        house.faults.next.shift();
        if (next === "hang") return;
        return next === "reset" ? hangUp(server, session.id) : done(refusal(next));
      }
      const said = house.faults.refuseTo[address];
      done(said === undefined ? null : refusal(said));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on("data", (chunk: Buffer) => chunks.push(chunk));
      stream.on("end", () => {
        const { faults } = house;
        if (faults.refuseData !== null) return done(refusal(faults.refuseData));
        const mail = taken(session, Buffer.concat(chunks).toString());
        house.taken.push(mail);
        house.onTaken?.(mail);
        const next = faults.next[0]?.endsWith("-after-data") ? faults.next.shift() : undefined;
        if (next === "hang-after-data") return;
        if (next === "reset-after-data") return hangUp(server, session.id);
        if (faults.silentAfterData) return;
        if (faults.dropAfterData) return hangUp(server, session.id);
        done(null, "taken");
      });
    },
  });
  server.on("error", () => {});
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", () => resolve());
  });
  house.port = (server.server.address() as { port: number }).port;
  return house;
}

function hangUp(server: SMTPServer, id: string): void {
  const { connections } = server as never as { connections: Set<{ id: string; _socket: { destroy(): void } }> };
  for (const connection of connections) if (connection.id === id) connection._socket.destroy();
}

function taken({ envelope }: SMTPServerSession, raw: string): TakenMail {
  return {
    from: envelope.mailFrom ? envelope.mailFrom.address : "",
    to: envelope.rcptTo.map((r) => r.address),
    raw,
  };
}

function refusal(said: string): Error {
  return Object.assign(new Error(said.slice(4)), { responseCode: Number(said.slice(0, 3)) });
}
