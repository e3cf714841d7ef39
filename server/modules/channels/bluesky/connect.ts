import type { Clock } from "#platform/clock";
import type { NewChannel } from "../channels.ts";
import type { ConnectFault } from "../domain/connector.ts";
import { type ChannelErrorData, NetworkFailure } from "../domain/errors.ts";
import { createRateBudget } from "../domain/rate-budget.ts";
import { signIn } from "./session.ts";
import { DEFAULT_JETSTREAM, DEFAULT_SERVICE, settingsOf } from "./settings.ts";

/** What an operator says of an account on Bluesky. */
export interface BlueskyAnswers {
  brandId: string;
  name: string;
  /** A handle without @, or a DID. */
  handle: string;
  appPassword: string;
  service?: string | undefined;
  plc?: string | undefined;
  /** False: the service passes no `app.bsky` calls on. */
  appView: boolean;
  /** `undefined`: the network's own Jetstream on bsky.social, none elsewhere. */
  stream?: { kind: "repos" | "jetstream"; url: string } | null | undefined;
  keywords: readonly string[];
  languages: readonly string[];
  privateNetwork: boolean;
}

const WITHIN = 15_000;

/** Signs in once to see that all of it is right, and says how the channel is to be made; or a sentence that says what is wrong. */
export async function blueskyChannel(
  clock: Clock,
  answers: BlueskyAnswers,
): Promise<{ ok: true; channel: NewChannel } | { ok: false; why: string; fault: ConnectFault }> {
  const service = (answers.service ?? DEFAULT_SERVICE).replace(/\/+$/, "");
  const { privateNetwork } = answers;
  const stream =
    answers.stream === undefined && service === DEFAULT_SERVICE
      ? { kind: "jetstream", url: DEFAULT_JETSTREAM }
      : (answers.stream ?? null);
  const config = {
    ...{ service, appView: answers.appView, stream, keywords: answers.keywords, languages: answers.languages },
    ...{ privateNetwork, ...(answers.plc && { plc: answers.plc }) },
  };
  try {
    const given = { service, identifier: answers.handle, password: answers.appPassword, privateNetwork };
    const { did, handle, session } = await signIn(given, createRateBudget(), clock, AbortSignal.timeout(WITHIN));
    return {
      ok: true,
      channel: {
        ...{ brandId: answers.brandId, network: "bluesky", name: answers.name, externalId: did },
        ...{ handle: handle || answers.handle, config: { ...config, ...settingsOf(config) } },
        secret: { appPassword: answers.appPassword, ...session },
      },
    };
  } catch (error) {
    if (error instanceof NetworkFailure)
      return { ok: false, why: sentence(error.data, service, answers.handle), fault: faultOf(error.data) };
    throw error;
  }
}

function faultOf(error: ChannelErrorData): ConnectFault {
  if (error.code === "private-address") return "private-address";
  if (error.class === "auth")
    return error.code === "AccountTakedown" || error.code === "AccountDeactivated" ? "refused" : "wrong-secret";
  return error.class === "rate-limited" ? "refused" : "unreachable";
}

function sentence(error: ChannelErrorData, service: string, handle: string): string {
  if (error.code === "private-address")
    return `${service} lies in a private network or speaks plain http. If that is meant, say --private-network.`;
  if (error.code === "AccountTakedown" || error.code === "AccountDeactivated")
    return `${service} has shut the account ${handle}. Ask there why; it cannot be connected until it is open again.`;
  if (error.class === "auth")
    return `${service} knows no account ${handle} with this app password. Check the handle, and make a new app password there (settings, app passwords).`;
  if (error.class === "rate-limited")
    return `${service} has seen too many sign-ins. Wait ${Math.ceil((error.retryAfterMs ?? 60_000) / 60_000)} minutes and try again.`;
  if (error.class === "transient") return `${service} cannot be reached: ${error.message}`;
  return `${service} refused: ${error.message}`;
}
