export const ZONE_LIST = "hours-zones";
const names = ["UTC", ...Intl.supportedValuesOf("timeZone")];
/** Zones this browser can name; the server knows more, old names among them. */
export const zoneNames: ReadonlySet<string> = new Set(names);

/** The list behind zone fields, once on the page. */
export const ZONES = (
  <datalist id={ZONE_LIST}>
    {names.map((zone) => (
      <option key={zone} value={zone} />
    ))}
  </datalist>
);
