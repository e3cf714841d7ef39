import { describe, expect, it } from "vitest";
import { TEST_START } from "../../../../../tests/support/database.ts";
import { settingsOf } from "../settings.ts";
import type { Frame } from "./frames.ts";
import { createLoopWatch, LOOP_MAILS, noteOnFrame } from "./notes.ts";

const settings = settingsOf({ address: "support@northwind.example", authserv: "mx.northwind.example" });
const CARLA = "carla@mail.example";
const PASS = "mx.northwind.example; dmarc=pass header.from=mail.example";

function notes() {
  const isLoop = createLoopWatch();
  return (headers: string[], from = CARLA): Frame => {
    const raw = Buffer.from([...headers, `From: ${from}`, "Subject: My parcel", "", "Where is it?"].join("\r\n"));
    const frame: Frame = { folder: "INBOX", role: "in", uid: 1, at: TEST_START, size: raw.length, raw };
    return noteOnFrame(frame, settings, "", isLoop, TEST_START);
  };
}
const received = (ip: string, rest: string[] = []) => [
  `Received: from somewhere (somewhere [${ip}])`,
  "\tby mx.northwind.example with ESMTPS; Tue, 17 Nov 2026 08:59:00 +0000",
  ...rest,
];

describe("a flood that says it comes from a customer", () => {
  it.each([
    ["from one place", () => received("185.10.20.30")],
    ["without a word where from", () => []],
    [
      "disowned by the customer's domain",
      () => [
        ...received("185.10.20.30"),
        "Authentication-Results: mx.northwind.example; dmarc=fail header.from=mail.example",
      ],
    ],
    [
      "vouched for by itself",
      () => [...received("185.10.20.30"), "Authentication-Results: evil.example; dmarc=pass header.from=mail.example"],
    ],
    ["behind a line that it made up", () => received("185.10.20.30", received("93.184.216.34"))],
    [
      "from another domain's honest server",
      () => [
        ...received("185.10.20.30"),
        "Authentication-Results: mx.northwind.example; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=evil.example",
      ],
    ],
  ])("%s does not silence the customer", (_, headers) => {
    const note = notes();
    for (let i = 0; i < 3 * LOOP_MAILS; i++) note(headers());
    expect(note([...received("93.184.216.34"), `Authentication-Results: ${PASS}`]).loop).toBeUndefined();
    expect(note(received("93.184.216.34")).loop).toBeUndefined();
    expect(note([]).loop).toBeUndefined();
  });

  it("is a loop itself, from the place that it comes from", () => {
    const note = notes();
    const all = Array.from({ length: LOOP_MAILS + 3 }, () => note(received("185.10.20.30")).loop === true);
    expect(all.filter(Boolean)).toHaveLength(3);
  });
  it("is a loop wherever it comes from, where its domain stands behind it", () => {
    const note = notes();
    const from = (i: number) => [...received(`185.10.20.${i}`), `Authentication-Results: ${PASS}`];
    const all = Array.from({ length: LOOP_MAILS + 3 }, (_, i) => note(from(i)).loop === true);
    expect(all.filter(Boolean)).toHaveLength(3);
  });
});

describe("who stands behind a mail", () => {
  const said = (line: string, from = CARLA) => note1([`Authentication-Results: ${line}`], from);
  const note1 = (headers: string[], from: string) => notes()(headers, from).sender;
  it.each([
    [PASS, "verified"],
    ["mx.northwind.example; dkim=pass header.d=mail.example", "verified"],
    ["mx.northwind.example 1; spf=pass smtp.mailfrom=bounces@mail.example", "verified"],
    ["mx.northwind.example; dkim=fail header.d=mail.example; spf=pass smtp.mailfrom=mail.example", "verified"],
    ["mx.northwind.example; dmarc=fail header.from=mail.example; dkim=pass header.d=evil.example", "failed"],
    ["mx.northwind.example; dkim=fail header.d=mail.example", "failed"],
    ["mx.northwind.example; spf=softfail smtp.mailfrom=mail.example", undefined],
    ["mx.northwind.example; none", undefined],
    ["mx.northwind.example; dkim=pass header.d=evil.example", undefined],
    ["mx.northwind.example; dkim=pass header.d=a.mail.example", undefined],
    ["mx.northwind.example (; dmarc=pass header.from=mail.example); none", undefined],
    ["mx.northwind.example; spf=none (dkim=pass; dmarc=pass header.from=mail.example)", undefined],
    ["mx.northwind.example (", undefined],
    ["evil.example; dmarc=pass header.from=mail.example", undefined],
    ["", undefined],
  ])("%s: %s", (line, sender) => expect(said(line)).toBe(sender));
  it.each([
    "x@mail.example <carla@other.example>",
    "x@mail.example, carla@other.example",
    "x@mail.example\r\nFrom: carla@other.example",
  ])("is not told where From can be read in two ways: %s", (from) => expect(said(PASS, from)).toBeUndefined());
  it("is told by a parent domain's signature, not by a child's", () => {
    expect(said("mx.northwind.example; dkim=pass header.d=mail.example", "c@shop.mail.example")).toBeUndefined();
    expect(said("mx.northwind.example; dkim=pass header.d=shop.mail.example", "c@a.shop.mail.example")).toBe(
      "verified",
    );
  });
});
