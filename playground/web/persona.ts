import { createHash } from "node:crypto";
import type { State } from "../domain/state.ts";

const FIRST =
  "Sunny Rainy Mellow Brave Quiet Lucky Swift Cosy Merry Witty Gentle Curious Jolly Nimble Dapper Sleepy".split(" ");
const SECOND =
  "Otter Finch Badger Maple Comet Pebble Heron Willow Lynx Poppy Walrus Fern Magpie Hedgehog Clover Robin".split(" ");

/** A free name for a newcomer, the same for the same browser until it is taken. */
export function suggestPersona(state: State, owner: string): { handle: string; name: string } {
  for (let n = 0; ; n++) {
    const digest = createHash("sha256").update(`${state.network} ${owner} ${n}`).digest();
    const first = FIRST[(digest[0] ?? 0) % FIRST.length] as string;
    const second = SECOND[(digest[1] ?? 0) % SECOND.length] as string;
    const handle = `${first}_${second}${digest.readUInt16LE(2) % 100}`.toLowerCase();
    if (!state.byHandle.has(handle)) return { handle, name: `${first} ${second}` };
  }
}
