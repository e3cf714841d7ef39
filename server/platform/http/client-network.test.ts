import { expect, it } from "vitest";
import { ManualClock } from "../clock.ts";
import { networkOf } from "./client-network.ts";
import { createLimiter } from "./limiter.ts";

it.each([
  ["203.0.113.9", "203.0.113.9"],
  ["::ffff:203.0.113.9", "203.0.113.9"],
  ["::ffff:cb00:7109", "203.0.113.9"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["fe80::1:2%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::203.0.113.9", "64:ff9b:0:0::/64"],
  ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
  ["nobody", "nobody"],
  ["", ""],
])("counts %s as %s", (address, network) => {
  expect(networkOf(address)).toBe(network);
});

it("lets nobody go on from another address of the same /64, and the neighbour go", () => {
  const limiter = createLimiter(new ManualClock(0), 2, 1_000);
  const tries = Array.from({ length: 5 }, (_, i) => limiter.allows(networkOf(`2001:db8:1:2::${i}`)));
  expect(tries).toEqual([true, true, false, false, false]);
  expect(limiter.allows(networkOf("2001:db8:1:3::1"))).toBe(true);
});
