import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { readIdentity } from "./identity-token.ts";
import { chatTokens } from "./tokens.ts";

const NOW = Date.parse("2026-11-17T09:00:00.000Z");
const SECRET = "a-secret-of-the-host-site-with-43-signs-000";
const KEY = "key-of-the-chat-of-northwind";
const seconds = Math.floor(NOW / 1_000);
const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
const sign = (claims: object, { secret = SECRET, head = { alg: "HS256" } as object } = {}) => {
  const body = `${part(head)}.${part({ sub: "customer-7", exp: seconds + 600, ...claims })}`;
  return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
};
const read = (token: string, secrets = [SECRET]) => readIdentity(token, secrets, KEY, NOW);

describe("what the host site signs", () => {
  it("is believed with the present and the former secret", () => {
    const identity = { subject: "customer-7", name: "Carla Ruiz", email: "carla@example.com" };
    const claims = { name: " Carla Ruiz ", email: "Carla@Example.com", aud: KEY, iat: seconds };
    expect(read(sign(claims))).toEqual({ ok: true, identity });
    expect(read(sign(claims), ["another-secret-of-the-host-site-0000000000", SECRET])).toEqual({ ok: true, identity });
  });

  it("is what a second program signs, too", () => {
    // printf '%s' "$head.$body" | openssl dgst -sha256 -hmac <secret> -binary | basenc --base64url
    const token =
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJjdXN0b21lci03IiwiZXhwIjoxNzk0OTAyNDAwfQ.BCLEHaBJgknHkOC5-UndZruHzSzTbU8XCFqg_EC5vQg";
    expect(readIdentity(token, [SECRET], KEY, Date.parse("2026-11-17T07:30:00Z"))).toEqual({
      ok: true,
      identity: { subject: "customer-7", name: "", email: "" },
    });
  });

  it.each<[string, string]>([
    ["with no algorithm", sign({}, { head: { alg: "none" } })],
    ["with no algorithm and no signature", `${part({ alg: "none" })}.${part({ sub: "x", exp: seconds + 60 })}.`],
    ["with another algorithm", sign({}, { head: { alg: "HS512" } })],
    ["with a critical header that nobody knows", sign({}, { head: { alg: "HS256", crit: ["b64"], b64: false } })],
    ["with another secret", sign({}, { secret: "guessed-guessed-guessed-guessed-guessed-0000" })],
    ["with an empty secret", sign({}, { secret: "" })],
    [
      "whose claims were changed",
      sign({}).replace(/\.[^.]+\./, `.${part({ sub: "customer-8", exp: seconds + 600 })}.`),
    ],
    ["that has expired", sign({ exp: seconds - 61 })],
    ["that never ends", sign({ exp: undefined })],
    ["that ends too late", sign({ exp: seconds + 86_400 + 301 })],
    ["that begins ten minutes from now", sign({ nbf: seconds + 600 })],
    ["made by a clock ten minutes ahead", sign({ iat: seconds + 600 })],
    ["for another chat", sign({ aud: "another" })],
    ["that names nobody", sign({ sub: " " })],
    ["that names somebody who is another with a space less", sign({ sub: "customer-7 " })],
    ["whose name is a number", sign({ sub: 7 })],
    ["in two parts", sign({}).split(".").slice(0, 2).join(".")],
    ["in four parts", `${sign({})}.x`],
    ["that is no JSON", `${Buffer.from("{").toString("base64url")}.e30.x`],
    ["that is a list", sign({}).replace(/^[^.]+/, part([{ alg: "HS256" }]))],
    ["that is nothing", ""],
  ])("is refused %s", (_what, token) => {
    const said = read(token);
    expect(said).toMatchObject({ ok: false, why: expect.stringMatching(/\.$/) });
    expect(JSON.stringify(said)).not.toContain(SECRET);
  });

  it("is refused where no secret was made, or one that could be guessed", () => {
    expect(read(sign({}), [])).toMatchObject({ ok: false });
    expect(read(sign({}, { secret: "short" }), ["short"])).toMatchObject({ ok: false });
    expect(read(sign({}, { secret: "" }), [""])).toMatchObject({ ok: false });
  });

  it("brings no address that is none, no line ends and no half letters", () => {
    const said = read(sign({ name: "Carla\r\nBcc: x\ud800", email: "carla@example.com\r\nBcc: x@y.z" }));
    expect(said).toMatchObject({ ok: true, identity: { email: "" } });
    expect(JSON.stringify(said)).not.toMatch(/\\[rn]|\\ud800/);
  });
});

describe("the token of a visit", () => {
  const tokens = chatTokens(new Uint8Array(32).fill(1));
  const [channel, visitor] = ["01890000-0000-7000-8000-000000000001", "01890000-0000-7000-8000-000000000002"];
  const token = tokens.make(channel, visitor, false, NOW);

  it("leads back to its visitor for four hundred days, or for one where somebody is signed in", () => {
    expect(tokens.read(channel, token, NOW + 399 * 86_400_000)).toEqual({ visitorId: visitor, signedIn: false });
    expect(tokens.read(channel, token, NOW + 401 * 86_400_000)).toBeNull();
    const signed = tokens.make(channel, visitor, true, NOW);
    expect(tokens.read(channel, signed, NOW + 3_600_000)).toEqual({ visitorId: visitor, signedIn: true });
    expect(tokens.read(channel, signed, NOW + 90_000_000)).toBeNull();
  });

  it("is refused when anything in it was changed, on another chat, and from another house", () => {
    const [id, kind, at, signature] = token.split(".") as [string, string, string, string];
    const other = "01890000-0000-7000-8000-000000000003";
    for (const forged of [
      ...[`${other}.${kind}.${at}.${signature}`, `${id}.s.${at}.${signature}`, `${id}.${kind}.zzzzzz.${signature}`],
      ...[`${id}.${kind}.${at}.`, `${token}.x`, token.toUpperCase(), "", "...", `${id}.${kind}.${at}`],
    ])
      expect(tokens.read(channel, forged, NOW)).toBeNull();
    expect(tokens.read(other, token, NOW)).toBeNull();
    expect(chatTokens(new Uint8Array(32).fill(2)).read(channel, token, NOW)).toBeNull();
  });
});
