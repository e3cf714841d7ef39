import { randomBytes } from "node:crypto";
import { failing, notTried, passed } from "../domain/connect-check.ts";
import type { ConnectCheck, Connector } from "../domain/connector.ts";
import { chatSettings, exactOrigin } from "./settings.ts";

/** The key that sites embed, and the secret by which a site may vouch for its visitors: 24 and 32 bytes of chance. */
export const freshKey = (): string => randomBytes(24).toString("base64url");
export const freshIdentitySecret = (): string => randomBytes(32).toString("base64url");

/** A list as people type it: one on each line, or with commas. */
export function originsIn(answer: string): { origins: string[]; wrong: string | null } {
  const given = answer.split(/[\s,]+/).filter((one) => one !== "");
  const wrong = given.find((one) => exactOrigin(one) === null) ?? null;
  return { origins: [...new Set(given.flatMap((one) => exactOrigin(one) ?? []))], wrong };
}

/** A site may show the chat when it is named here; everything else is made by us. */
export function webchatConnector(): Connector {
  return {
    needs: [{ name: "origins", kind: "list", required: true }],
    async prepare(answers) {
      const { origins, wrong } = originsIn(answers.origins ?? "");
      const no = (says: string) => ({ ok: false as const, need: "origins", fault: "refused" as const, says });
      if (wrong !== null)
        return no(
          `"${wrong.slice(0, 100)}" is no address of a site. Give scheme and host alone, such as https://www.example.com.`,
        );
      if (origins.length === 0) return no("Name at least one site, such as https://www.example.com.");
      const open = origins.find(
        (one) => one.startsWith("http:") && !/^http:\/\/(?:localhost|127\.0\.0\.1)(?::\d+)?$/.test(one),
      );
      if (open !== undefined)
        return {
          ...no(`${open} is not encrypted: anybody on the way could read along. Give its https address.`),
          fault: "not-encrypted",
        };
      const { key, secret } = newChatKeys();
      return {
        ok: true,
        made: {
          ...{ externalId: key, handle: new URL(origins[0]!).hostname, config: { origins }, secret },
        },
      };
    },
    async check(access): Promise<readonly ConnectCheck[]> {
      const { origins } = chatSettings(access.config);
      const secret = access.secret.identitySecret ?? "";
      return [
        origins.length > 0
          ? passed(
              "receive",
              `${origins.length === 1 ? "One site may" : `${origins.length} sites may`} show this chat.`,
            )
          : notTried(
              "receive",
              "No site is named yet: only this desk's own pages may show this chat. Name the sites in its settings.",
            ),
        passed("send", "Answers are written into the visitor's window by this server itself."),
        secret.length >= 32
          ? notTried(
              "identity",
              "Sites that sign who their visitor is do so with the identity secret; the first signed visitor proves it.",
            )
          : failing(
              "identity",
              "missing-half",
              "There is no identity secret, so no site can say who its visitor is. Make a new one.",
            ),
      ];
    },
    answersOf: ({ config }) => ({ origins: chatSettings(config).origins.join("\n") }),
  };
}

/** A new chat's public key, and what it keeps sealed. */
export function newChatKeys(): { key: string; secret: Record<string, string> } {
  return { key: freshKey(), secret: { identitySecret: freshIdentitySecret() } };
}
