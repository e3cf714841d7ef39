/** What winmail.dat holds (MS-OXTNEF). Bounded, and nothing is thrown: a damaged file gives what came before the damage. */
export interface Tnef {
  text: string;
  html: string;
  attachments: { name: string; mime: string; content: Buffer }[];
}

const SIGNATURE = 0x223e9f78;
const [MESSAGE_PROPS, BODY] = [0x69003, 0x2800c];
const [ATTACH_BEGINS, ATTACH_TITLE, ATTACH_DATA, ATTACH_PROPS] = [0x69002, 0x18010, 0x6800f, 0x69005];
const [PR_BODY, PR_HTML, PR_DATA, PR_LONG_NAME, PR_MIME] = [0x1000, 0x1013, 0x3701, 0x3707, 0x370e];
const [MOST_ATTRIBUTES, MOST_ATTACHMENTS, MOST_PROPS] = [5_000, 100, 2_000];

export function readTnef(bytes: Buffer): Tnef | null {
  if (bytes.length < 6 || bytes.readUInt32LE(0) !== SIGNATURE) return null;
  const found: Tnef = { text: "", html: "", attachments: [] };
  let at = 6;
  for (let n = 0; n < MOST_ATTRIBUTES && at + 9 <= bytes.length; n++) {
    const id = bytes.readUInt32LE(at + 1);
    const length = bytes.readUInt32LE(at + 5);
    if (at + 9 + length > bytes.length) break;
    take(found, id, bytes.subarray(at + 9, at + 9 + length));
    at += 9 + length + 2;
  }
  found.attachments = found.attachments.filter((a) => a.content.length > 0);
  return found;
}

function take(found: Tnef, id: number, data: Buffer): void {
  const file = found.attachments.at(-1);
  if (id === BODY) found.text ||= oneByte(data);
  else if (id === MESSAGE_PROPS) {
    const props = readProps(data);
    found.text = wordsOf(props.get(PR_BODY)) || found.text;
    const html = props.get(PR_HTML);
    found.html = html ? (html.type === 0x102 ? html.value.toString("utf8") : wordsOf(html)) : found.html;
  } else if (id === ATTACH_BEGINS && found.attachments.length < MOST_ATTACHMENTS)
    found.attachments.push({ name: "", mime: "application/octet-stream", content: Buffer.alloc(0) });
  else if (!file) return;
  else if (id === ATTACH_TITLE) file.name ||= oneByte(data);
  else if (id === ATTACH_DATA) file.content = data;
  else if (id === ATTACH_PROPS) {
    const props = readProps(data);
    file.name = wordsOf(props.get(PR_LONG_NAME)) || file.name;
    file.mime = wordsOf(props.get(PR_MIME)) || file.mime;
    const inside = props.get(PR_DATA);
    if (file.content.length === 0 && inside?.type === 0x102) file.content = inside.value;
  }
}

interface Prop {
  type: number;
  value: Buffer;
}

/** MAPI properties of texts and bytes; the first of several values. */
function readProps(data: Buffer): Map<number, Prop> {
  const props = new Map<number, Prop>();
  if (data.length < 4) return props;
  let at = 4;
  const number = (): number => {
    if (at + 4 > data.length) throw new RangeError("the properties end early");
    at += 4;
    return data.readUInt32LE(at - 4);
  };
  try {
    for (let n = Math.min(data.readUInt32LE(0), MOST_PROPS); n > 0; n--) {
      const head = number();
      const [id, kind] = [head >>> 16, head & 0xffff];
      const type = kind & 0x0fff;
      // A property with a name of its own: which one does not matter here.
      if (id >= 0x8000) {
        at += 16;
        if (number() === 0) at += 4;
        else at += padded(number());
      }
      const fixed = FIXED[type];
      const values = kind & 0x1000 || fixed === undefined ? number() : 1;
      for (let v = 0; v < Math.min(values, MOST_PROPS); v++) {
        const length = fixed ?? number();
        if (at + length > data.length) return props;
        if (v === 0 && fixed === undefined) props.set(id, { type, value: data.subarray(at, at + length) });
        at += padded(length);
      }
    }
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
  return props;
}

/** Bytes of the types whose length is known. */
const FIXED: Readonly<Record<number, number>> = {
  ...{ 2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16 },
};
const padded = (length: number): number => (length + 3) & ~3;

function wordsOf(prop: Prop | undefined): string {
  if (!prop) return "";
  if (prop.type === 0x1f)
    return prop.value
      .subarray(0, prop.value.length & ~1)
      .toString("utf16le")
      .replace(/\0+$/, "");
  return prop.type === 0x1e ? oneByte(prop.value) : "";
}

const oneByte = (data: Buffer): string => new TextDecoder("windows-1252").decode(data).replace(/\0[\s\S]*$/, "");
