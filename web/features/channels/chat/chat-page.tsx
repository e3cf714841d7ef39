import { Trans, useLingui } from "@lingui/react/macro";
import { useQuery } from "@tanstack/react-query";
import { Link, useParams } from "@tanstack/react-router";
import { asProblem } from "../../../shared/api/problem.ts";
import { Button, buttonClass } from "../../../shared/ui/button.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import { Skeleton } from "../../../shared/ui/skeleton.tsx";
import { ChatForm } from "./chat-form.tsx";
import css from "./chat-page.module.css";
import { chatQuery } from "./chat-query.ts";

/** Everything about one chat: the line for the site, how it looks, what it says, when and to whom. */
export default function ChatPage() {
  const { t } = useLingui();
  const { channelId = "" } = useParams({ strict: false }) as { channelId?: string };
  const setUp = useQuery(chatQuery(channelId));
  const name = setUp.data?.name ?? "";
  return (
    <div className={css.page}>
      <div className={css.head}>
        <h2>{name === "" ? t`Set up the chat` : t`Set up ${name}`}</h2>
        <Link to="/channels" className={buttonClass("quiet", "small")}>
          <Trans>To the channels</Trans>
        </Link>
      </div>
      {setUp.isError ? (
        <ProblemNotice
          problem={asProblem(setUp.error)}
          acts={
            <Button size="small" onClick={() => void setUp.refetch()}>
              <Trans>Try again</Trans>
            </Button>
          }
        />
      ) : null}
      {setUp.isPending ? <Skeleton shape="lines" count={6} /> : null}
      {setUp.data ? (
        <ChatForm
          key={channelId}
          id={channelId}
          setUp={setUp.data}
          looking={setUp.isFetching}
          onLook={() => void setUp.refetch()}
        />
      ) : null}
    </div>
  );
}
