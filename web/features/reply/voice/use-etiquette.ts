import { useLingui } from "@lingui/react/macro";

/** What is custom on a network when a company answers there; null: nothing is written down. */
export function useEtiquette(network: string): readonly string[] | null {
  const { t } = useLingui();
  const cards: Record<string, readonly string[]> = {
    x: [
      t`One short answer; what needs more goes on in a private message.`,
      t`Readers see it without the post above it: name the matter.`,
      t`No hashtags in an answer to a complaint.`,
    ],
    bluesky: [
      t`Talk like a person: set phrases are quoted and laughed at.`,
      t`Answer only who asks you; do not join talk about you unasked.`,
      t`Describe every picture in words.`,
    ],
    mastodon: [
      t`Advertising is unwelcome; help is not.`,
      t`Describe every picture, and put what can upset behind a content warning.`,
      t`Keep their audience: answer a quiet post quietly.`,
    ],
    reddit: [
      t`Say at once that you work there; many boards ban brands, so read the rules first.`,
      t`Explain in full; nobody minds length, everybody minds slogans.`,
      t`Do not vote on, report or argue with critics.`,
    ],
    facebook: [
      t`Answer below the comment it is about, by name.`,
      t`Friends and family of the writer read along.`,
      t`Take account matters to Messenger, and say below the comment that you did.`,
    ],
    instagram: [
      t`Short and warm; links do not work in comments.`,
      t`Complaints below a picture are answered, not deleted.`,
      t`A private message is better for anything with an order in it.`,
    ],
    google: [
      t`Future customers read this for years: stay polite to the last word.`,
      t`One answer is all there is; it can be edited, not continued.`,
      t`Never confirm what somebody bought or had done.`,
    ],
    trustpilot: [
      t`Thank for facts, not for stars, and never offer anything for a change.`,
      t`Say what was changed because of the review.`,
    ],
    youtube: [t`Answer the question that many have; others find it by search.`, t`No links to shops in answers.`],
    linkedin: [
      t`People speak under their real names and before colleagues: be exact.`,
      t`No sales talk below criticism.`,
    ],
    tiktok: [t`Very short, in the tone of the video, never at somebody's cost.`],
    discourse: [
      t`Read the whole topic first and answer the open question.`,
      t`Members help one another: thank them, do not overrule them.`,
    ],
    telegram: [t`In groups answer the message, not the group.`],
    playground: [
      t`Short and plain: strangers read along.`,
      t`What belongs to an account goes on in a private message.`,
    ],
  };
  return Object.hasOwn(cards, network) ? (cards[network] as readonly string[]) : null;
}
