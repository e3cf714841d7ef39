import { isIP } from "node:net";

/**
 * What limits count instead of an address: an IPv4 address by itself, of IPv6 the /64, because one subscriber has all addresses of it
 * (RFC 6177) and could go on from another one after each refusal. What is no address stays as it is.
 */
export function networkOf(address: string): string {
  const plain = address.replace(/%.*$/s, "");
  if (isIP(plain) !== 6) return plain;
  const groups = groupsOf(plain);
  const mapped = groups.slice(0, 5).every((g) => g === 0) && groups[5] === 0xffff;
  if (mapped)
    return groups
      .slice(6)
      .flatMap((g) => [g >> 8, g & 255])
      .join(".");
  return `${groups
    .slice(0, 4)
    .map((g) => g.toString(16))
    .join(":")}::/64`;
}

/** The eight groups of an IPv6 address in whichever of its forms. */
function groupsOf(address: string): number[] {
  // The URL standard's one form has no dotted end left.
  const one = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [front = "", back] = one.split("::");
  const read = (part = "") => (part === "" ? [] : part.split(":").map((g) => Number.parseInt(g, 16)));
  const [head, tail] = [read(front), read(back)];
  return back === undefined ? head : [...head, ...Array<number>(8 - head.length - tail.length).fill(0), ...tail];
}
