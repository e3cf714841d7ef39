import { plural } from "@lingui/core/macro";
import { useLingui } from "@lingui/react/macro";
import type { HealthView } from "#contracts/channels";

type Trouble = HealthView["troubles"][number];

/** What is wrong with a channel, in a sentence for whoever looks after it. */
export function useHealthWords(): (trouble: Trouble) => string {
  const { t } = useLingui();
  return ({ cause, count, says }) => {
    const n = count ?? 0;
    switch (cause) {
      case "sign-in":
        return t`The sign-in is refused: nothing comes in and nothing goes out until there is another secret.`;
      case "set-up":
        return t`It is wrongly set up: nothing goes out until that is mended.`;
      case "half":
        return t`A part of it does not work.`;
      case "clock":
        return t`The clock of this server is wrong.`;
      case "unreachable":
        return t`The network does not answer. What goes out waits and is sent when it does.`;
      case "push-silent":
        return t`${plural(n, { one: "# message was found by looking", other: "# messages were found by looking" })}: the network pushes nothing any more, so everything comes late.`;
      case "push-lossy":
        return t`${plural(n, { one: "# push never came and was found by looking.", other: "# pushes never came and were found by looking." })}`;
      case "behind":
        return t`Reading is behind the network: new messages come late.`;
      case "expired":
        return t`The sign-in has run out.`;
      case "expiring":
        return t`The sign-in runs out soon. Exchange it before.`;
      case "gap":
        return t`${plural(n, { one: "# gap", other: "# gaps" })}: something was missed.`;
      case "unread":
        return t`${plural(n, { one: "# input could not be read and is kept for seven days.", other: "# inputs could not be read and are kept for seven days." })}`;
      case "unsure":
        return t`${plural(n, { one: "Of # answer", other: "Of # answers" })} the network has not said whether it took it.`;
      case "waiting":
        return t`Answers have waited to go out for more than five minutes.`;
      case "budget":
        return t`The network's limit of calls is used up (${says ?? ""}).`;
      case "money":
        return t`The money for calls of this month is spent.`;
    }
  };
}
