import { createHmac } from "node:crypto";

/** Value of `X-Playground-Signature`. `t` in unix seconds; `body` is exactly what is sent. */
export function signWebhook(secret: string, t: number, body: string): string {
  return `t=${t},v1=${createHmac("sha256", secret).update(`${t}.${body}`).digest("hex")}`;
}
