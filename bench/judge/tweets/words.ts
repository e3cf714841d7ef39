import type { Chance } from "./chance.ts";

/** Things people write about; a thread keeps to one. */
const MATTERS = [
  "parcel courier depot doorstep tracking",
  "battery phone screen charger heat",
  "flight gate luggage crew seat",
  "router signal mast broadband speed",
  "refund invoice card charge bank",
  "playlist album song shuffle offline",
  "driver ride fare pickup airport",
  "burger queue counter coffee tray",
  "console download patch server lobby",
  "bill meter tariff estimate reading",
  "password login code email reset",
  "jacket size return label shop",
].map((m) => m.split(" "));
const COMMON =
  "really just never now today people work time money thing help again day week month line wait call store still good bad worst best new old year back way night morning hour minute nothing something".split(
    " ",
  );

/** Turns that are commoner where somebody begins, where somebody goes on, and in our first and later answers. */
const TURNS = {
  opens: ["why does my", "so i ordered", "is anybody at", "how is it possible that", "shame on", "can someone explain"],
  goesOn: ["yes", "already did that", "sent", "ok will do", "no it does not", "same as i wrote", "thank you"],
  firstAnswer: ["hello there we are sorry to read this", "thanks for reaching out", "oh no this is not what we want"],
  laterAnswer: ["thank you for the details", "got it", "we have passed it on", "glad it is sorted", "no worries"],
} as const;
export type Turn = keyof typeof TURNS;
/** How often a text holds a turn of its kind: so that by its text alone the beginning of a thread is told from its going on about as badly as in real posts. */
const TELLS = 0.3;

export function matterOf(c: Chance): number {
  return c.whole(MATTERS.length * 6);
}

export function textOn(c: Chance, brand: number, matter: number, turn: Turn, length: number): string {
  const words = Array.from({ length }, () => {
    const u = c.next();
    if (u < 0.6) return COMMON[Math.floor(COMMON.length * c.next() * c.next())]!;
    if (u < 0.75) return `product${brand}x${Math.floor(12 * c.next() * c.next())}`;
    const about = MATTERS[matter % MATTERS.length]!;
    return u < 0.9 ? c.one(about) : `${c.one(about)}${Math.floor(matter / MATTERS.length)}`;
  });
  return [...(c.yes(TELLS) ? [c.one(TURNS[turn])] : []), ...words].join(" ");
}
