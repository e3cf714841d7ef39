import nodemailer from "nodemailer";
import type { SendMail } from "#modules/routing";
import { exitCodes, StartError } from "#platform/errors";

const TIMEOUT = 15_000;

/**
 * Mail to our own people (pages of escalations). `HUBBUB_SMTP_URL` is `smtp://user:password@host:587` or `smtps://…:465`,
 * `HUBBUB_MAIL_FROM` the sender. Null where nothing is set.
 */
export function pageMail(env: NodeJS.ProcessEnv): SendMail | null {
  const [url, from] = [env.HUBBUB_SMTP_URL, env.HUBBUB_MAIL_FROM];
  if (!url) return null;
  if (!URL.canParse(url) || !/^smtps?:$/.test(new URL(url).protocol) || !from)
    throw new StartError(
      "HUBBUB_SMTP_URL has to look like smtp://user:password@host:587, and HUBBUB_MAIL_FROM has to name the sender.",
      exitCodes["runtime-missing"],
    );
  const transport = nodemailer.createTransport({
    ...{ url, connectionTimeout: TIMEOUT, greetingTimeout: TIMEOUT, socketTimeout: TIMEOUT },
    ...{ disableFileAccess: true, disableUrlAccess: true },
  });
  return async ({ to, subject, text, id }) => {
    const domain = from.replace(/^.*@|>.*$/g, "");
    // The same id at every try: a mail server that took it before can see so.
    await transport.sendMail({ from, to, subject, text, messageId: `<page.${id}@${domain}>`, priority: "high" });
  };
}
