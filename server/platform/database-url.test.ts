import { createServer, type Server, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { addressFromUrl } from "./database-url.ts";
import { exitCodes, StartError } from "./errors.ts";

const open: { server: Server; sockets: Set<Socket> }[] = [];
afterEach(async () => {
  for (const { server, sockets } of open.splice(0)) {
    for (const socket of sockets) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  }
});

/** One message of PostgreSQL's wire protocol, version 3: type, length, body. */
function message(type: string, body: Buffer = Buffer.alloc(0)): Buffer {
  const head = Buffer.alloc(5);
  head.write(type, "latin1");
  head.writeInt32BE(body.length + 4, 1);
  return Buffer.concat([head, body]);
}
const text = (s: string) => Buffer.from(`${s}\0`);
const fault = (code: string, words: string) =>
  message("E", Buffer.concat([text("SFATAL"), text("VFATAL"), text(`C${code}`), text(`M${words}`), Buffer.alloc(1)]));
const ready = message("Z", Buffer.from("I"));
function row(value: string): Buffer {
  const described = Buffer.concat([
    Buffer.from([0, 1]),
    text("v"),
    Buffer.alloc(6),
    Buffer.from([0, 0, 0, 25, 255, 255, 255, 255, 255, 255, 0, 0]),
  ]);
  const length = Buffer.alloc(4);
  length.writeInt32BE(value.length);
  return Buffer.concat([
    message("T", described),
    message("D", Buffer.concat([Buffer.from([0, 1]), length, Buffer.from(value)])),
    message("C", text("SELECT 1")),
  ]);
}

/** Something that speaks like a PostgreSQL: refuses at the door, or lets in and answers queries by `answer`. */
async function server(behaviour: { refuse: Buffer } | { answer(query: string): Buffer }): Promise<string> {
  const sockets = new Set<Socket>();
  const made = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {});
    let started = false;
    let waiting: Buffer = Buffer.alloc(0);
    socket.on("data", (chunk) => {
      if (!started) {
        started = true;
        if ("refuse" in behaviour) return void socket.end(behaviour.refuse);
        socket.write(Buffer.concat([message("R", Buffer.alloc(4)), ready]));
        return;
      }
      if ("refuse" in behaviour) return;
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 5 && waiting.length >= 1 + waiting.readInt32BE(1)) {
        const end = 1 + waiting.readInt32BE(1);
        const part = waiting.subarray(0, end);
        waiting = waiting.subarray(end);
        if (part[0] === 0x58) return void socket.end();
        // A query with values is parse, bind, describe, execute, sync; the words stand in parse, the answer is due at sync.
        if (part[0] === 0x50) asked = part.subarray(6).toString("latin1").split("\0")[0]!;
        if (part[0] === 0x51) socket.write(Buffer.concat([behaviour.answer(part.subarray(5, -1).toString()), ready]));
        if (part[0] === 0x53) socket.write(Buffer.concat([message("1"), message("2"), behaviour.answer(asked), ready]));
      }
    });
    let asked = "";
  });
  open.push({ server: made, sockets });
  await new Promise<void>((resolve) => made.listen(0, "127.0.0.1", resolve));
  return `127.0.0.1:${(made.address() as { port: number }).port}`;
}
async function refusal(url: string): Promise<StartError> {
  const error = await addressFromUrl(url).then(
    () => new Error("it was accepted"),
    (e) => e,
  );
  expect(error).toBeInstanceOf(StartError);
  return error as StartError;
}

describe("a DATABASE_URL that leads nowhere", () => {
  it.each(["", "northwind", "mysql://root@127.0.0.1/x", "http://127.0.0.1:5432/x", "127.0.0.1:5432"])(
    "%j is told what an address looks like",
    async (url) => {
      expect(await refusal(url)).toMatchObject({
        exitCode: exitCodes["database-unreachable"],
        message:
          "DATABASE_URL is not an address of a PostgreSQL database. It looks like postgres://user:password@host:5432/name.",
      });
    },
  );

  it("to a port on which nothing listens", async () => {
    const place = await server({ refuse: ready });
    const { server: closed } = open.splice(0)[0]!;
    await new Promise((resolve) => closed.close(resolve));
    const error = await refusal(`postgres://u:hidden@${place}/desk`);
    expect(error.message).toBe(
      `DATABASE_URL points to ${place}/desk, but nothing listens there. Is it running, and is the port right?`,
    );
    expect(error.exitCode).toBe(exitCodes["database-unreachable"]);
  });

  const REFUSALS: readonly (readonly [string, string])[] = [
    ["28P01", "the password is wrong."],
    ["28000", "that user is not let in."],
    ["3D000", "there is no database of that name. Create it first."],
    ["53300", "the connection failed: said the server"],
  ];
  it.each(REFUSALS)("refused with %s says so, and never the password", async (code, sentence) => {
    const place = await server({ refuse: fault(code, "said the server") });
    const error = await refusal(`postgres://u:hidden@${place}/desk`);
    expect(error.message).toContain(`DATABASE_URL points to ${place}/desk, but ${sentence}`);
    expect(error.message).not.toContain("hidden");
  });
});

describe("a database that cannot be used", () => {
  it("is too old", async () => {
    const place = await server({ answer: () => row("140009") });
    expect(await refusal(`postgres://u:hidden@${place}/desk`)).toMatchObject({
      exitCode: exitCodes["database-refused"],
      message: `The PostgreSQL at ${place}/desk is version 14. Hubbub needs 15 or newer.`,
    });
  });

  it("has a user who may not make the roles: the statement for the administrator is named", async () => {
    const place = await server({
      answer: (query) => {
        if (query.includes("server_version_num")) return row("180000");
        if (query.startsWith("create role")) return fault("42501", "permission denied to create role");
        return message("C", text("SELECT 0"));
      },
    });
    const error = await refusal(`postgres://u:hidden@${place}/desk`);
    expect(error.exitCode).toBe(exitCodes["database-refused"]);
    expect(error.message).toContain("permission denied to create role");
    expect(error.message).toContain("create role hubbub_app nologin; create role hubbub_system nologin;");
    expect(error.message).not.toContain("hidden");
  });

  it("that can is given back once for each kind of work, in its role", async () => {
    const place = await server({
      answer: (query) => (query.includes("server_version_num") ? row("150000") : message("C", text("SELECT 1"))),
    });
    const url = `postgres://u:hidden@${place}/desk?sslmode=disable`;
    const address = await addressFromUrl(url);
    expect(address.owner).toBe(url);
    for (const role of ["app", "system"] as const) {
      const options = new URL(address[role]).searchParams;
      expect(options.get("options")).toBe(`-c role=hubbub_${role}`);
      expect(options.get("sslmode")).toBe("disable");
    }
  });
});
