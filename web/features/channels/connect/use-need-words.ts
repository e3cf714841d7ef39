import { useLingui } from "@lingui/react/macro";

export type NeedWords = { label: string; hint?: string };

/** What a network asks for, in words: by network and name, else by the name alone, else the name itself. */
export function useNeedWords(): (network: string, name: string) => NeedWords {
  const { t } = useLingui();
  const words: Record<string, NeedWords> = {
    "playground.baseUrl": { label: t`Address of the playground` },
    "playground.token": { label: t`Token of the company`, hint: t`Signs our calls. It may read and write.` },
    "playground.appSecret": { label: t`App secret`, hint: t`Signs what the playground pushes to us.` },
    "bluesky.handle": { label: t`Our handle`, hint: t`Such as northwind.bsky.social.` },
    "bluesky.appPassword": {
      label: t`App password`,
      hint: t`Not the password of the account: one made for this desk, which can be taken back by itself.`,
    },
    "bluesky.service": { label: t`Service`, hint: t`Leave it for Bluesky itself; else the address of your own PDS.` },
    "bluesky.firehose": { label: t`Firehose`, hint: t`Only for networks of your own: the address of a relay or PDS.` },
    "feed.address": { label: t`Address`, hint: t`Of a feed, of a page that offers one, or r/name for a subreddit.` },
    "feed.everyMinutes": { label: t`Look every … minutes` },
    "bluesky-network.address": {
      label: t`Address of the stream`,
      hint: t`Leave it for Bluesky itself; else a Jetstream of your own.`,
    },
    "json-lines.address": {
      label: t`Address of the stream`,
      hint: t`It answers with one JSON object a line and does not end.`,
    },
    "json-lines.resumeBy": {
      label: t`Parameter to go on by`,
      hint: t`Where the stream takes one: it is given the last line's cursor.`,
    },
    "webchat.origins": {
      label: t`Sites that may show the chat`,
      hint: t`One a line, such as https://www.northwind.example.`,
    },
    keywords: { label: t`Words to listen for`, hint: t`One a line, beside mentions, replies and quotes.` },
    languages: { label: t`Languages we write in`, hint: t`Tags such as en or pt-BR, one a line.` },
    privateNetwork: { label: t`The addresses may lie in our private network` },
    address: { label: t`E-mail address` },
    password: { label: t`Password` },
    user: { label: t`User name`, hint: t`Leave it empty when it is the address.` },
    imapHost: { label: t`IMAP server` },
    imapPort: { label: t`IMAP port` },
    smtpHost: { label: t`SMTP server` },
    smtpPort: { label: t`SMTP port` },
    clientId: { label: t`OAuth client id` },
    clientSecret: { label: t`OAuth client secret` },
    refreshToken: { label: t`OAuth refresh token` },
    provider: { label: t`Mail service`, hint: t`With a known one the servers need not be named.` },
    imapSecurity: { label: t`Encryption for reading` },
    smtpSecurity: { label: t`Encryption for sending` },
    smtpUser: { label: t`User name for sending`, hint: t`Where it is another one than for reading.` },
    smtpPassword: { label: t`Password for sending`, hint: t`Where it is another one than for reading.` },
    fromName: { label: t`Name that stands beside the address` },
    signature: { label: t`Signature under every mail` },
    aliases: { label: t`Other addresses of this mailbox`, hint: t`One a line.` },
    folders: { label: t`Folders to read`, hint: t`One a line; the inbox unless named.` },
    sentFolder: { label: t`Folder of sent mail` },
    sentCopy: { label: t`Who files what we send`, hint: t`append: we do; server: the mail service does.` },
    afterReading: { label: t`What becomes of a mail that was read` },
    moveTo: { label: t`Folder to move it to` },
    plusAddresses: { label: t`Answers may come to name+token@… addresses` },
    scope: { label: t`OAuth scope` },
    tokenUrl: { label: t`OAuth token address` },
    token: { label: t`Token` },
  };
  return (network, name) => words[`${network}.${name}`] ?? words[name] ?? { label: spaced(name) };
}

/** "folderName" → "Folder name". */
function spaced(name: string): string {
  const apart = name.replace(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return apart.charAt(0).toUpperCase() + apart.slice(1);
}

export type Guide = { what: string; steps: string[]; link?: { href: string; words: string } };

/** Where to get what a network asks for. */
export function useGuides(): (network: string) => Guide {
  const { t } = useLingui();
  const guides: Record<string, Guide> = {
    playground: {
      what: t`The small network beside this desk, for trying and training.`,
      steps: [
        t`A company on the playground has a token and an app secret; whoever runs it makes them.`,
        t`The desk tells the playground by itself where to push to.`,
      ],
    },
    bluesky: {
      what: t`Posts that name you, answer you or say your words; answers where they stand.`,
      steps: [
        t`Sign in on Bluesky with your company's account.`,
        t`Open Settings, Privacy and security, App passwords, and add one named for this desk.`,
        t`Copy it at once: Bluesky shows it only that time.`,
      ],
      link: { href: "https://bsky.app/settings/app-passwords", words: t`App passwords on Bluesky` },
    },
    email: {
      what: t`A mailbox that customers write to: read by IMAP, answered by SMTP.`,
      steps: [
        t`Use a mailbox of its own, not a person's.`,
        t`With Google or Microsoft use OAuth or an app password: they take no account passwords from programs.`,
        t`IMAP has to be switched on for the mailbox.`,
      ],
    },
    webchat: {
      what: t`A chat on your own site, answered from this desk.`,
      steps: [
        t`Name the sites that may show it.`,
        t`After connecting, put the one line of script that the settings show into your pages.`,
      ],
    },
    "bluesky-network": {
      what: t`Every public post of Bluesky, for your monitors to listen to; nobody has to sign in.`,
      steps: [
        t`What no monitor catches is dropped at once and costs nothing.`,
        t`An account on Bluesky that is connected here listens by itself: it needs this only for other brands.`,
      ],
    },
    "json-lines": {
      what: t`Any stream of posts as lines of JSON, for your monitors to listen to.`,
      steps: [t`Give its address; what no monitor catches is dropped at once.`],
    },
    feed: {
      what: t`Blogs, news, subreddits and forums to listen to; answers are written on their own page.`,
      steps: [t`Give the address of the page: its feed is found by itself.`],
    },
  };
  return (network) => guides[network] ?? { what: "", steps: [] };
}

/** What is asked for at first sight, of networks that could be asked much; the rest is folded away. */
const FIRST: Readonly<Record<string, readonly string[]>> = {
  bluesky: ["handle", "appPassword", "keywords"],
  email: ["address", "provider", "password", "imapHost", "smtpHost"],
};

export function isFolded(network: string, need: { name: string; required: boolean }): boolean {
  const first = Object.hasOwn(FIRST, network) ? FIRST[network] : undefined;
  return first !== undefined && !need.required && !first.includes(need.name);
}
