import { describe, expect, it } from "vitest";
import { codesIn } from "../domain/invite-code.ts";
import { freshCode, hashOfCode, inviteLinks } from "./links.ts";

const links = inviteLinks(new Uint8Array(32).fill(1), "https://desk.example/");
const tokenOf = (link: string) => link.slice(link.lastIndexOf("/") + 1);

describe("the link of an invite", () => {
  it("leads back to its code, and says it", () => {
    const code = freshCode();
    const link = links.linkOf(code);
    expect(link).toMatch(/^https:\/\/desk\.example\/i\/[0-9A-Z]{12}\.[\w-]{12}$/);
    expect(links.codeOf(tokenOf(link))).toBe(code);
    expect(codesIn(`Come: ${link}.`)).toEqual([code]);
  });

  it("is refused with another signature, another code, another house's key, or anything more", () => {
    const code = "7KPM3XQ9TD4E";
    const token = tokenOf(links.linkOf(code));
    const [, signature] = token.split(".") as [string, string];
    const flipped = `${signature[0] === "a" ? "b" : "a"}${signature.slice(1)}`;
    for (const forged of [
      ...[
        `${code}.${flipped}`,
        `7KPM3XQ9TD4F.${signature}`,
        code,
        `${code}.`,
        `${token}.x`,
        `${token}x`,
        "",
        ".",
        "\u0000",
      ],
      ...[token.toLowerCase(), ` ${token}`, `${code}.${"A".repeat(12)}`, `__proto__.${signature}`, "é".repeat(300)],
    ])
      expect(links.codeOf(forged)).toBeNull();
    expect(inviteLinks(new Uint8Array(32).fill(2), "https://desk.example").codeOf(token)).toBeNull();
    expect(links.codeOf(token)).toBe(code);
  });

  it("is kept as a hash from which nothing is read", () => {
    expect(hashOfCode("7KPM3XQ9TD4E")).toMatch(/^[0-9a-f]{64}$/);
    expect(hashOfCode("7KPM3XQ9TD4E")).not.toContain("7KPM");
    expect(new Set(Array.from({ length: 500 }, freshCode)).size).toBe(500);
  });
});
