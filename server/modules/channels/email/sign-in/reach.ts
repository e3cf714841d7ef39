import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { InsideAddress, isInside } from "#platform/outside";
import { NetworkFailure } from "../../domain/errors.ts";
import type { MailServer } from "../mail-server.ts";

/**
 * The address to connect to, looked up once and checked: whoever changes the name in between does not lead us inside. Certificates are
 * still held against the name.
 */
export async function reach(server: MailServer, mayBeInside: boolean): Promise<string> {
  if (server.host === "")
    throw new NetworkFailure({
      class: "invalid",
      retryable: false,
      code: "no-host",
      message: "The channel names no mail server. Connect it again with one.",
    });
  let addresses: string[];
  try {
    addresses = isIP(server.host) ? [server.host] : (await lookup(server.host, { all: true })).map((a) => a.address);
  } catch {
    throw new NetworkFailure({
      class: "transient",
      retryable: true,
      code: "unreachable",
      message: `There is no server called ${server.host} (its name cannot be looked up). Check the name.`,
    });
  }
  if (!mayBeInside && addresses.some(isInside))
    throw new NetworkFailure({
      class: "invalid",
      retryable: false,
      code: "private-address",
      message: new InsideAddress(server.host).message,
    });
  // Where a name has both, the one that every machine can reach.
  return addresses.find((a) => isIP(a) === 4) ?? addresses[0] ?? server.host;
}
