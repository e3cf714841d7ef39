import { brandOf, calendarOf, isOpen, nextOpening } from "#modules/company";
import type { Instant, Millis } from "#platform/clock";
import { AppError } from "#platform/errors";
import type { AccountId } from "#platform/ids";
import { accessOf } from "../channels.ts";
import { findChannel, findHookOwner } from "../store/channel-store.ts";
import type { ChatHouse, Hours } from "./house.ts";
import { mailChannelOf } from "./mail-on.ts";
import { type ChatSettings, chatSettings } from "./settings.ts";

/** A chat as it stands behind its public key. */
export interface ChatDoor {
  key: string;
  accountId: AccountId;
  channelId: string;
  externalId: string;
  brandId: string;
  brandName: string;
  settings: ChatSettings;
  /** Of the host site's signatures; the former one still counts while it is exchanged. */
  identitySecrets: string[];
  canMail: boolean;
  /** Of this desk itself; empty: not known. */
  ownOrigin: string;
  calendar: Parameters<typeof isOpen>[1] | null;
}

/** A changed setting counts after this time, on every node. */
const KEPT: Millis = 2_000;
const KEY = /^[A-Za-z0-9_-]{16,64}$/;

export interface ChatDoors {
  /** 404 for whatever is no chat of anybody. */
  of(key: string): Promise<ChatDoor>;
  hours(door: ChatDoor, at: Instant): Hours;
}

export function openDoors({ db, clock, publicUrl = "" }: Pick<ChatHouse, "db" | "clock" | "publicUrl">): ChatDoors {
  const ownOrigin = URL.canParse(publicUrl) ? new URL(publicUrl).origin : "";
  const doors = new Map<string, { at: Instant; door: Promise<ChatDoor | null> }>();

  async function lookUp(key: string): Promise<ChatDoor | null> {
    const owner = await findHookOwner(db, key);
    if (!owner) return null;
    return db.withAccount(owner.accountId, async (tx) => {
      const row = await findChannel(tx, owner.channelId);
      if (row?.network !== "webchat" || row.state === "archive") return null;
      const { secret } = await accessOf(tx, row);
      const settings = chatSettings(row.config);
      const brand = await brandOf(tx, row.brandId);
      const calendar =
        settings.calendarId === null ? null : await calendarOf(tx, settings.calendarId).catch(() => null);
      return {
        ...{ key, ...owner, externalId: row.externalId, brandId: row.brandId, brandName: brand.name, settings },
        identitySecrets: [secret.identitySecret, secret.formerIdentitySecret].flatMap((s) => s ?? []),
        canMail: (await mailChannelOf(tx, row, settings)) !== null,
        calendar: calendar?.calendar ?? null,
        ownOrigin,
      };
    });
  }

  return {
    async of(key) {
      const now = clock.now();
      let known = doors.get(key);
      if (!known || now - known.at >= KEPT || now < known.at) {
        // Guesses are remembered, too, and cost one look each; a flood of them begins anew.
        if (doors.size > 5_000) doors.clear();
        known = { at: now, door: KEY.test(key) ? lookUp(key) : Promise.resolve(null) };
        doors.set(key, known);
        known.door.catch(() => doors.delete(key));
      }
      const door = await known.door;
      if (!door) throw new AppError("not-found", "There is no chat at this address.");
      return door;
    },
    hours(door, at) {
      if (door.calendar === null || isOpen(at, door.calendar)) return { open: true, opensAt: null };
      return { open: false, opensAt: nextOpening(at, door.calendar) };
    },
  };
}
