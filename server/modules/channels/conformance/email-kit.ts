import { type ScriptedImap, startScriptedImap } from "../../../../tests/support/scripted-imap.ts";
import { type ScriptedSmtp, startScriptedSmtp } from "../../../../tests/support/scripted-smtp.ts";
import type { ErrorClass } from "../domain/errors.ts";
import type { ReceiptStatus } from "../domain/item.ts";
import { emailAdapter } from "../email/adapter.ts";
import { type Frame, writeFrames } from "../email/mailbox/frames.ts";
import { decodeText } from "../email/reading/charsets.ts";
import { encodeWords } from "../email/reading/encoded-words.ts";
import { decodedBody, leavesOf, readMime } from "../email/reading/mime.ts";
import { foldQuoted, withoutSignature } from "../email/reading/quoted.ts";
import { headersOfRaw } from "../email/reading/raw-headers.ts";
import type { Accepted, AdapterKit, Counterpart, Fault, House, Ours, Saying, Stranger, Told } from "./kit.ts";

/** A scripted IMAP server and an SMTP server in this process; like large services it files what it takes by itself. */
export const emailKit: AdapterKit = {
  adapter: ({ clock }) => emailAdapter(clock),
  async open({ clock }: House): Promise<Counterpart> {
    const closers: (() => Promise<void>)[] = [];
    return {
      async join(n) {
        const imap = await startScriptedImap(() => new Date(clock.now()));
        const smtp = await startScriptedSmtp();
        closers.push(
          () => imap.close(),
          () => smtp.close(),
        );
        return join(imap, smtp, clock, n);
      },
      stranger: async (n) => ({ id: `someone${n}@mail.example`, handle: `someone${n}@mail.example` }),
      async close() {
        for (const close of closers) await close();
      },
    };
  },
};

const REFUSALS: Partial<Record<ErrorClass, string>> = {
  "recipient-unreachable": "550 5.1.1 there is nobody of that name",
  policy: "550 5.7.1 we do not take this",
  "too-long": "552 5.3.4 too large",
};

let number = 0;

function join(imap: ScriptedImap, smtp: ScriptedSmtp, clock: House["clock"], n: number): Ours {
  const address = `support${n}@northwind.example`;
  const names = new Map<string, string>();
  const references = new Map<string, string>();
  smtp.onTaken = ({ raw }) => void imap.deliver(raw, "Sent");

  const told = (raw: Buffer, role: Frame["role"] = "in"): Told => ({
    source: "stream",
    body: writeFrames([
      { folder: role === "in" ? "INBOX" : "Sent", role, uid: ++number, at: clock.now(), size: raw.length, raw },
    ]),
  });
  const heads = (fields: Readonly<Record<string, string>>) =>
    Object.entries(fields)
      .filter(([, value]) => value !== "")
      .map(([name, value]) => `${name}: ${value}\r\n`)
      .join("");

  function write(who: Stranger, saying: Saying): { id: string; raw: Buffer } {
    const id = `<${++number}.${n}@mail.example>`;
    const under = saying.under?.externalId;
    const chain = under === undefined ? "" : `${references.get(under) ?? ""} ${under}`.trim();
    references.set(id, chain);
    const name = saying.nameless ? "" : `${encodeWords(names.get(who.id) ?? `${who.handle.split("@")[0]}'s name`)} `;
    const text = `Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(Buffer.from(saying.text))}`;
    const files = (saying.files ?? []).map(
      (f) =>
        `Content-Type: ${f.mime}\r\nContent-Disposition: attachment; filename="${encodeWords(f.name)}"\r\nContent-Transfer-Encoding: base64\r\n\r\n${base64(f.content)}`,
    );
    const body =
      files.length === 0
        ? text
        : `Content-Type: multipart/mixed; boundary=parts\r\n\r\n${[text, ...files].map((p) => `--parts\r\n${p}\r\n`).join("")}--parts--\r\n`;
    const head = heads({
      ...{ From: `${name}<${who.id}>`, To: address, Subject: "A question", "Message-ID": id },
      ...{ "In-Reply-To": under ?? "", References: chain, "MIME-Version": "1.0" },
      Date: saying.claims === undefined ? new Date(clock.now()).toUTCString() : dated(saying.claims),
    });
    return { id, raw: Buffer.from(head + body) };
  }

  return {
    channel: {
      ...{ network: "email", name: "Support", externalId: address, handle: address },
      config: {
        ...{ address, plain: true, privateNetwork: true, sentCopy: "server" },
        imap: { host: "127.0.0.1", port: imap.port, security: "plain" },
        smtp: { host: "127.0.0.1", port: smtp.port, security: "plain" },
      },
      secret: { password: "mailbox-password", replyKey: `a key for replies ${n}` },
    },
    async say(who, saying) {
      const { id, raw } = write(who, saying);
      imap.deliver(raw);
      return { externalId: id, who, told: told(raw) };
    },
    together: (all) => ({ source: "stream", body: Buffer.concat(all.map((t) => t.body)) }),
    unheardOf: async () =>
      told(
        Buffer.from(
          `${heads({ From: "someone@mail.example", "Message-ID": `<sealed-${++number}@mail.example>` })}Content-Type: application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m\r\nContent-Transfer-Encoding: base64\r\n\r\nMIIB\r\n`,
        ),
      ),
    poison: async () => told(Buffer.from("Subject: from nobody\r\n\r\nWho am I?\r\n")),
    async echo(externalId) {
      const found = smtp.taken.find(({ raw }) => headersOfRaw(Buffer.from(raw)).get("message-id") === externalId);
      return found ? told(Buffer.from(found.raw), "sent") : null;
    },
    receipt: (externalId, status) => told(report(externalId, status, heads)),
    async rename(who) {
      names.set(who.id, `Somebody New ${++number}`);
      return { who, told: null };
    },
    lostCursor: {
      stream: "mailbox",
      value: JSON.stringify({
        folders: { INBOX: { validity: "1", next: 99, since: new Date(clock.now()).toISOString() } },
      }),
    },
    faults: [
      ...(["unauthorized", "refused", "error", "hang", "reset"] as const),
      ...(["hang-after-write", "reset-after-write"] as const),
    ],
    refusals: Object.keys(REFUSALS) as ErrorClass[],
    async fault(fault) {
      smtp.faults.next.push(...Array.from({ length: fault.times ?? 1 }, () => asSmtp(fault)));
    },
    accepted: async () => smtp.taken.map(({ raw }) => acceptedOf(Buffer.from(raw))),
  };
}

function asSmtp(fault: Fault): string {
  switch (fault.kind) {
    case "unauthorized":
      return "530 5.7.0 sign in first";
    case "refused":
      return REFUSALS[fault.as]!;
    case "rate-limited":
      return "451 4.7.1 too many";
    case "hang-after-write":
      return "hang-after-data";
    case "reset-after-write":
      return "reset-after-data";
    case "hang":
    case "reset":
      return fault.kind;
    default:
      return "451 4.3.0 not now";
  }
}

/** What the recipient reads: the words above the signature and the quotation. */
function acceptedOf(raw: Buffer): Accepted {
  const headers = headersOfRaw(raw);
  const leaves = leavesOf(readMime(raw));
  const plain = leaves.find(({ type }) => type === "text/plain")!;
  const text = decodeText(decodedBody(raw, plain), "utf-8");
  return {
    externalId: headers.get("message-id") ?? "",
    text: withoutSignature(foldQuoted(text).said),
    audience: "private",
    under: headers.get("in-reply-to") ?? null,
    files: leaves.filter(({ headers: own }) => /^attachment/.test(own.get("content-disposition") ?? "")).length,
  };
}

function report(
  externalId: string,
  status: ReceiptStatus,
  heads: (fields: Readonly<Record<string, string>>) => string,
): Buffer {
  const head = heads({
    ...{ From: "Mailer-Daemon@mx.mail.example", "Message-ID": `<report-${++number}@mx.mail.example>` },
    ...{ Subject: "Report", "Auto-Submitted": "auto-replied" },
  });
  const type = status === "read" ? "disposition-notification" : "delivery-status";
  const fields =
    status === "read"
      ? `Original-Message-ID: ${externalId}\r\nDisposition: manual-action/MDN-sent-manually; displayed`
      : `Reporting-MTA: dns; mx.mail.example\r\n\r\nFinal-Recipient: rfc822; x@mail.example\r\nAction: ${status === "sent" ? "relayed" : status}\r\nStatus: ${status === "failed" ? "5.1.1" : "2.0.0"}`;
  return Buffer.from(
    `${head}Content-Type: multipart/report; report-type=${type}; boundary=r\r\n\r\n--r\r\nContent-Type: text/plain\r\n\r\nA report.\r\n--r\r\nContent-Type: message/${type}\r\n\r\n${fields}\r\n--r\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: ${externalId}\r\n--r--\r\n`,
  );
}

const base64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("base64").replace(/.{76}/g, "$&\r\n");

function dated(at: number): string {
  const date = new Date(at);
  return Number.isFinite(date.getTime()) ? date.toUTCString() : "in no year at all";
}
