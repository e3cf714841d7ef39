import fc from "fast-check";
import { hostileJson, hostileText } from "./hostile-text.ts";

/** A good value, or what nobody expects there. */
export const or = (good: fc.Arbitrary<unknown>) =>
  fc.oneof({ weight: 4, arbitrary: good }, { weight: 1, arbitrary: hostileJson });
const text = hostileText(6);
export const time = or(
  fc.constantFrom(
    "2026-11-17T09:00:00.000Z",
    "1970-01-01T00:00:00Z",
    "+275760-09-13T00:00:00.000Z",
    "-271821-04-20T00:00:00Z",
    "0001-01-01",
    "9999-12-31T23:59:60Z",
  ),
);
const id = or(fc.oneof(fc.constantFrom("po_1", "po_2", "pr_us"), text));

const profile = fc.record({
  id,
  handle: or(text),
  name: or(text),
  followers: or(fc.nat()),
  verified: or(fc.boolean()),
  url: or(text),
});
const post = fc.record(
  {
    ...{
      id,
      author: or(profile),
      from: or(profile),
      to: or(profile),
      text: or(text),
      language: or(text),
      url: or(text),
    },
    ...{ createdAt: time, editedAt: time, deletedAt: or(fc.constant(null)), revision: or(fc.nat()) },
    ...{ rootId: id, parentId: id, threadId: id, privateReplyTo: id },
    mentions: or(fc.array(or(fc.record({ handle: text, profileId: id })), { maxLength: 3 })),
  },
  { requiredKeys: ["id", "author", "from", "text", "threadId"] },
);
const type = or(
  fc.constantFrom(
    "post.created",
    "post.edited",
    "post.deleted",
    "dm.created",
    "dm.edited",
    "like.created",
    "post.frozen",
    "poll.created",
  ),
);
/** Events of the playground's feed with anything in the place of anything. */
export const hostileEvents = fc.array(or(fc.record({ type, at: time, post: or(post), dm: or(post) })), {
  maxLength: 4,
});
