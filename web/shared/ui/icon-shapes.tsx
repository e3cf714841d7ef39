import type { ReactNode } from "react";

/** Our own marks: one ink, 24 × 24, stroke 1.7. The networks' are simplified signs of ours, not their logos. */
export const iconShapes = {
  logo: (
    <>
      <path d="M5 20V4M5 13c0-3 2-4.6 4.5-4.6S14 10 14 13v7" strokeWidth="2.6" />
      <path d="M17 4.5c1.7 1 2.7 2.6 2.7 4.6M16.2 8.1c.6.4.9 1 .9 1.8" strokeWidth="2" />
    </>
  ),
  globe: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M3 12h18M12 3c3 3 3 15 0 18M12 3c-3 3-3 15 0 18" />
    </>
  ),
  lock: (
    <>
      <rect x="5" y="11" width="14" height="9" rx="2" />
      <path d="M8 11V8a4 4 0 0 1 8 0v3" />
    </>
  ),
  note: <path d="M5 4h14v11l-5 5H5zM14 20v-5h5M8 9h8M8 12.5h5" />,
  inbox: <path d="M4 13 6.5 5h11L20 13v6H4zM4 13h4.5l1.5 3h4l1.5-3H20" />,
  listen: <path d="M4 12h2l2-6 3 13 3-10 2 5h4" />,
  gauge: (
    <>
      <path d="M4 18a9 9 0 1 1 16 0M12 15l4-5" />
      <circle cx="12" cy="15" r="1.3" fill="currentColor" stroke="none" />
    </>
  ),
  people: (
    <>
      <circle cx="9" cy="8.5" r="3.5" />
      <path d="M2.5 20c.5-4 3-6 6.5-6s6 2 6.5 6M16 5.3a3.5 3.5 0 0 1 0 6.4M18 14.6c2 .8 3.2 2.6 3.5 5.4" />
    </>
  ),
  book: <path d="M5 4.5h6a2 2 0 0 1 2 2V20a2 2 0 0 0-2-1.5H5zM19 4.5h-4a2 2 0 0 0-2 2V20a2 2 0 0 1 2-1.5h4z" />,
  chart: <path d="M4 20h16M7 16v-5M12 16V6M17 16v-8" />,
  review: <path d="M5 4h14v16H5zM8.5 9l1.2 1.2L12 8M8.5 15l1.2 1.2L12 14M14.5 9.5h2M14.5 15.5h2" />,
  calendar: <path d="M4 6h16v14H4zM4 10.5h16M8.5 3.5V7M15.5 3.5V7" />,
  gear: (
    <>
      <circle cx="12" cy="12" r="3.2" />
      <path d="M12 3v3M12 18v3M3 12h3M18 12h3M5.6 5.6l2.2 2.2M16.2 16.2l2.2 2.2M18.4 5.6l-2.2 2.2M7.8 16.2l-2.2 2.2" />
    </>
  ),
  search: (
    <>
      <circle cx="10.5" cy="10.5" r="6" />
      <path d="m15 15 5 5" />
    </>
  ),
  bell: <path d="M6 17V11a6 6 0 0 1 12 0v6l1.5 1.5h-15zM10 21h4" />,
  down: <path d="m6 9.5 6 6 6-6" />,
  right: <path d="m9.5 6 6 6-6 6" />,
  left: <path d="m14.5 6-6 6 6 6" />,
  close: <path d="m6 6 12 12M18 6 6 18" />,
  done: <path d="m5 12.5 4.5 4.5L19 7.5" />,
  delivered: <path d="m2.5 12.5 4 4L15 8M11 15.5l1.5 1.5L21.5 8" />,
  plus: <path d="M12 5v14M5 12h14" />,
  reply: <path d="M9 6 4 11l5 5M4 11h9c4 0 7 2.5 7 7" />,
  phone: (
    <path d="M6 3.5h3.5l1.5 4.5-2 1.5a11 11 0 0 0 5.5 5.5l1.5-2 4.5 1.5V18a2.5 2.5 0 0 1-2.5 2.5C10.5 20.5 3.5 13.5 3.5 6A2.5 2.5 0 0 1 6 3.5z" />
  ),
  play: <path fill="currentColor" stroke="none" d="M7 4.5v15l12-7.5z" />,
  undo: <path d="M8 5 4 9l4 4M4 9h10a5.5 5.5 0 0 1 0 11H9" />,
  link: <path d="M10 14a4 4 0 0 0 5.7 0l3-3A4 4 0 1 0 13 5.3l-1 1M14 10a4 4 0 0 0-5.7 0l-3 3A4 4 0 1 0 11 18.7l1-1" />,
  eye: (
    <>
      <path d="M2.5 12C5 7.5 8 5.5 12 5.5s7 2 9.5 6.5c-2.5 4.5-5.5 6.5-9.5 6.5s-7-2-9.5-6.5z" />
      <circle cx="12" cy="12" r="2.8" />
    </>
  ),
  pen: <path d="M4 20l1-4L16.5 4.5l3 3L8 19z" />,
  attach: <path d="M18 11.5 11.5 18a4 4 0 0 1-5.7-5.7l7-7a2.8 2.8 0 0 1 4 4l-7 7a1.4 1.4 0 0 1-2-2l6.2-6.2" />,
  flame: <path d="M12 3c1 4 6 6 6 11a6 6 0 0 1-12 0c0-2.5 1.2-4 2.5-5.5C9.5 10 10 11 10.5 11.5 11 9 10.5 6 12 3z" />,
  warning: <path d="M12 4 2.5 20h19zM12 10v4.5M12 17.2v.1" />,
  clock: (
    <>
      <circle cx="12" cy="12" r="8.5" />
      <path d="M12 7v5l3.5 2" />
    </>
  ),
  snooze: <path d="M5 6h7l-7 9h7M15 11h5l-5 7h5" />,
  bolt: <path d="M13 3 5 13.5h6L10.5 21 19 10h-6z" />,
  star: <path d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z" />,
  "star-full": (
    <path
      fill="currentColor"
      stroke="none"
      d="m12 3.5 2.6 5.4 5.9.8-4.3 4.1 1 5.9L12 16.9l-5.2 2.8 1-5.9L3.5 9.7l5.9-.8z"
    />
  ),
  shield: <path d="M12 3.5 5 6v6c0 4.5 3 7.5 7 9 4-1.5 7-4.5 7-9V6z" />,
  person: (
    <>
      <circle cx="12" cy="8" r="4" />
      <path d="M4.5 20.5c.6-4.5 3.4-6.5 7.5-6.5s6.9 2 7.5 6.5" />
    </>
  ),
  more: (
    <>
      <circle cx="5" cy="12" r="1.7" fill="currentColor" stroke="none" />
      <circle cx="12" cy="12" r="1.7" fill="currentColor" stroke="none" />
      <circle cx="19" cy="12" r="1.7" fill="currentColor" stroke="none" />
    </>
  ),
  filter: <path d="M4 6h16M7 12h10M10 18h4" />,
  "open-outside": <path d="M13 5h6v6M19 5l-9 9M16 14v5H5V8h5" />,
  route: (
    <>
      <circle cx="6" cy="18" r="2.5" />
      <circle cx="18" cy="6" r="2.5" />
      <path d="M8.5 18H14a3.5 3.5 0 0 0 0-7h-4a3.5 3.5 0 0 1 0-5h5.5" />
    </>
  ),
  split: <path d="M12 21v-7L5 7M5 12V7h5M12 14l7-7M14 7h5v5" />,
  sad: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8.5 16.5c1.8-2.2 5.2-2.2 7 0M9 9.5v.6M15 9.5v.6" />
    </>
  ),
  glad: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8.5 14.5c1.8 2.2 5.2 2.2 7 0M9 9.5v.6M15 9.5v.6" />
    </>
  ),
  flat: (
    <>
      <circle cx="12" cy="12" r="9" />
      <path d="M8.5 15.5h7M9 9.5v.6M15 9.5v.6" />
    </>
  ),
  translate: (
    <path d="M3.5 6h10M8.5 4v2M11.5 6c-.8 4-3.5 7-7 8.5M6 9.5c1 2.2 3 4 5.5 5M12.5 20l4.5-11 4.5 11M14 16.5h6" />
  ),
  flag: <path d="M6 21V4h12l-2.5 4.5L18 13H6" />,
  boost: <path d="M5 9l3-3 3 3M8 6v9a3 3 0 0 0 3 3h2M19 15l-3 3-3-3M16 18V9a3 3 0 0 0-3-3h-2" />,
  heart: <path d="M12 20C6 15.5 3.5 12.5 3.5 9a4.5 4.5 0 0 1 8.5-2 4.5 4.5 0 0 1 8.5 2c0 3.5-2.5 6.5-8.5 11z" />,
  key: (
    <>
      <circle cx="8" cy="15" r="4" />
      <path d="m11 12 8-8M16 7l3 3" />
    </>
  ),
  download: <path d="M12 4v9M8 9.5l4 4 4-4M5 18.5h14" />,
  medal: (
    <>
      <circle cx="12" cy="15" r="5.5" />
      <path d="M8 10.5 5 3.5h4.5l2.5 6 2.5-6H19l-3 7" />
    </>
  ),
  poll: <path d="M4 6h13M4 12h9M4 18h15" />,
  swap: <path d="M4 8h15l-3.5-3.5M20 16H5l3.5 3.5" />,
  sun: (
    <>
      <circle cx="12" cy="12" r="4" />
      <path d="M12 3v2M12 19v2M3 12h2M19 12h2M5.6 5.6 7 7M17 17l1.4 1.4M18.4 5.6 17 7M7 17l-1.4 1.4" />
    </>
  ),
  mastodon: <path d="M5 17V9.5a3.5 3.5 0 0 1 7 0V13M12 13V9.5a3.5 3.5 0 0 1 7 0V17" strokeWidth="2.3" />,
  bluesky: (
    <path
      d="M12 11c-1.8-3.3-4.6-5.5-7-6 0 4.5.6 6.6 4 7.4-3 .3-4 1.8-2.3 4C8.5 18.8 11 17.5 12 14.5c1 3 3.5 4.3 5.3 1.9 1.7-2.2.7-3.7-2.3-4 3.4-.8 4-2.9 4-7.4-2.4.5-5.2 2.7-7 6z"
      fill="currentColor"
      stroke="none"
    />
  ),
  "x-network": <path d="M5 5l14 14M19 5 5 19" strokeWidth="2.4" />,
  facebook: <path d="M12 20v-9.5C12 7.5 13.5 6 16.5 6M8 12.5h7.5" strokeWidth="2.5" />,
  instagram: (
    <>
      <rect x="4.5" y="4.5" width="15" height="15" rx="4.5" />
      <circle cx="12" cy="12" r="3.3" />
      <circle cx="16.3" cy="7.7" r=".8" fill="currentColor" stroke="none" />
    </>
  ),
  whatsapp: (
    <>
      <path d="M4 20l1.3-4A8 8 0 1 1 8.3 19z" />
      <path
        d="M9.3 9.5c.2 2.8 2.3 4.9 5.2 5.2l1-1.6-1.9-.9-.8.7c-.8-.4-1.3-.9-1.7-1.7l.7-.8-.9-1.9z"
        fill="currentColor"
        stroke="none"
      />
    </>
  ),
  email: <path d="M4 6.5h16v11H4zM4 7.5l8 6 8-6" />,
  chat: <path d="M4 5.5h16v11h-8L7.5 20v-3.5H4z" />,
  sms: <path d="M4 5.5h16v11h-8L7.5 20v-3.5H4zM8.5 11v.1M12 11v.1M15.5 11v.1" strokeWidth="2" />,
  forum: <path d="M3.5 5h12v8.5H9L6 16v-2.5H3.5zM18 9.5h2.5V18H18v2.5L15 18h-4.5v-1.5" />,
  youtube: (
    <>
      <rect x="3.5" y="6" width="17" height="12" rx="3.5" />
      <path d="M10.5 9.5v5l4-2.5z" fill="currentColor" stroke="none" />
    </>
  ),
  rss: (
    <>
      <path d="M5 12a7 7 0 0 1 7 7M5 6a13 13 0 0 1 13 13" strokeWidth="2.2" />
      <circle cx="6.3" cy="17.7" r="1.8" fill="currentColor" stroke="none" />
    </>
  ),
  reddit: (
    <>
      <ellipse cx="12" cy="14" rx="8" ry="5.5" />
      <path d="M9 13v.2M15 13v.2M9.5 16.5c1.5 1 3.5 1 5 0M12 8.5l1-4 3.5.8" strokeWidth="1.9" />
    </>
  ),
  telegram: <path d="m3.5 11.5 17-6.5-3 15-5.5-4-2.5 3-.5-5.5 7-6" />,
  playground: (
    <>
      <circle cx="8" cy="9" r="3.5" />
      <path d="M2.5 19.5c.5-3.7 2.6-5.5 5.5-5.5s5 1.8 5.5 5.5M14.5 5.5h7v6h-4l-2.5 2.5v-2.5h-.5" />
    </>
  ),
  moon: <path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z" />,
  leave: <path d="M10 4H5v16h5M10 12h10M16 8l4 4-4 4" />,
  keys: <path d="M3 7h18v10H3zM6.5 10.5v.1M10 10.5v.1M14 10.5v.1M17.5 10.5v.1M8 14h8" />,
} satisfies Record<string, ReactNode>;

export type IconName = keyof typeof iconShapes;
