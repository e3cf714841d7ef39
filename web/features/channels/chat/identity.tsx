import { Trans, useLingui } from "@lingui/react/macro";
import { useEffect, useRef, useState } from "react";
import { useCommand } from "../../../shared/api/use-command.ts";
import { Button } from "../../../shared/ui/button.tsx";
import { Card } from "../../../shared/ui/card.tsx";
import { ProblemNotice } from "../../../shared/ui/problem-notice.tsx";
import css from "./chat-page.module.css";
import { newSecret } from "./chat-query.ts";
import { Code } from "./on-the-site.tsx";
import { useCopy } from "./use-copy.ts";

type IdentityProps = { id: string; version: number; onMade: (version: number) => void };

/** The secret by which the site says who its visitor is: shown once, exchanged without anybody noticing. */
export function Identity({ id, version, onMade }: IdentityProps) {
  const { t } = useLingui();
  const copy = useCopy();
  const [shown, setShown] = useState("");
  const box = useRef<HTMLDivElement>(null);
  const make = useCommand({
    run: newSecret,
    onDone: (made) => {
      setShown(made.identitySecret);
      onMade(made.version);
    },
  });
  useEffect(() => {
    if (shown !== "") box.current?.focus();
  }, [shown]);
  return (
    <Card title={t`Who your visitors are`}>
      <div className={css.form}>
        <p className="small mid">
          <Trans>
            Where visitors are signed in on your site, your server signs who they are (a JWT with HS256) and the page
            hands it to the chat: <code dir="ltr">hubbubChat.identify(token)</code>. Whoever is signed so is the same
            customer on every device.
          </Trans>
        </p>
        {shown === "" ? (
          <>
            {make.problem ? (
              <ProblemNotice problem={make.problem} safe={t`The secret of before is still in force.`} />
            ) : null}
            <div className={css.acts}>
              <Button busy={make.busy} icon="key" onClick={() => make.send({ id, expectedVersion: version })}>
                <Trans>Make a new identity secret</Trans>
              </Button>
            </div>
            <p className="small mid">
              <Trans>
                The one before it counts until the next is made, so your server can change over in its own time.
              </Trans>
            </p>
          </>
        ) : (
          <div ref={box} tabIndex={-1} className={css.form}>
            <p className="small">
              <Trans>This is the secret. It is shown this once: put it into your server's settings now.</Trans>
            </p>
            <Code words={shown} label={t`The identity secret`} />
            <div className={css.acts}>
              <Button look="primary" onClick={() => void copy(shown)}>
                <Trans>Copy the secret</Trans>
              </Button>
              <Button
                onClick={() => {
                  setShown("");
                  make.clear();
                }}
              >
                <Trans context="secret noted">I have it</Trans>
              </Button>
            </div>
          </div>
        )}
      </div>
    </Card>
  );
}
