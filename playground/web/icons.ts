import { type Html, trusted } from "#shared/html";

/** Line icons, 24 × 24. Decoration only: the words stand beside them. */
const PATHS = {
  home: '<path d="M4 11.2 12 4l8 7.2V19a1 1 0 0 1-1 1h-4.5v-5.5h-5V20H5a1 1 0 0 1-1-1z"/>',
  search: '<circle cx="11" cy="11" r="6"/><path d="m19.5 19.5-4.2-4.2"/>',
  bell: '<path d="M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5h4"/>',
  mail: '<path d="M4 5.5h16a1 1 0 0 1 1 1V16a1 1 0 0 1-1 1h-8l-4.5 3.5V17H4a1 1 0 0 1-1-1V6.5a1 1 0 0 1 1-1z"/>',
  person: '<circle cx="12" cy="8.5" r="3.8"/><path d="M4.5 20c.8-4 3.7-6 7.5-6s6.7 2 7.5 6"/>',
  faults:
    '<path d="M9.5 3.5h5M10.5 3.5v6L5 18.6a1.3 1.3 0 0 0 1.1 1.9h11.800a1.3 1.3 0 0 0 1.1-1.9L13.5 9.5v-6M7.6 15h8.8"/>',
  reply:
    '<path d="M20 11.5c0 3.9-3.6 7-8 7-1 0-2-.2-2.9-.5L4.5 19.5l1.2-3.6A6.5 6.5 0 0 1 4 11.5c0-3.9 3.6-7 8-7s8 3.1 8 7z"/>',
  heart: '<path d="M12 19.5S4.5 15 4.5 9.7A3.9 3.9 0 0 1 12 8a3.9 3.9 0 0 1 7.5 1.7c0 5.3-7.5 9.8-7.5 9.800z"/>',
  edit: '<path d="M4.5 19.5h3.800L19 8.8 15.2 5 4.5 15.7zM13 7.200l3.8 3.8"/>',
  trash: '<path d="M5 7h14M9.5 7V4.5h5V7M7 7l.8 12.5h8.400L17 7"/>',
  more: '<path d="M6 12h.01M12 12h.01M18 12h.01"/>',
  back: '<path d="M19 12H5m6-6-6 6 6 6"/>',
  send: '<path d="M4.5 12 20 4.5 15.5 20l-3.3-6.200zM12.2 13.8 20 4.5"/>',
  lock: '<path d="M6 11h12v8.5H6zM8.5 11V8a3.5 3.5 0 0 1 7 0v3"/>',
  verified:
    '<path class="solid" d="m12 2.5 2.4 1.9 3-.3 1 2.9 2.7 1.5-.7 3 .7 3-2.7 1.5-1 2.9-3-.3L12 21.5l-2.4-1.9-3 .3-1-2.9L2.9 14.5l.7-3-.7-3L5.6 7l1-2.9 3 .3z"/><path class="tick" d="m8.3 12 2.6 2.6 4.8-5"/>',
  logo: '<path class="solid" d="M4 4.5h16A1.5 1.5 0 0 1 21.5 6v10a1.5 1.5 0 0 1-1.5 1.5h-6.5L9 21.5v-4H4A1.5 1.5 0 0 1 2.5 16V6A1.5 1.5 0 0 1 4 4.5z"/><path class="tick" d="M7.5 10.5c1.2 3.4 7.8 3.4 9 0"/>',
} as const;

export function icon(name: keyof typeof PATHS, size: "" | "l" = ""): Html {
  return trusted(`<svg class="i ${size}" viewBox="0 0 24 24" aria-hidden="true">${PATHS[name]}</svg>`);
}
