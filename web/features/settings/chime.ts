import type { NoticeKind } from "#contracts/preferences";

type Note = { pitch: number; at: number; lasts: number };
const note = (pitch: number, at = 0, lasts = 0.32): Note => ({ pitch, at, lasts });

/** Made here, of pure tones (Hz, seconds): an offer rises, a page falls three times, the rest is one soft note each. */
const CHIMES: Record<NoticeKind, readonly Note[]> = {
  offer: [note(659), note(880, 0.14, 0.42)],
  page: [note(784), note(659, 0.18), note(523, 0.36, 0.5)],
  due: [note(587), note(587, 0.2)],
  answered: [note(740, 0, 0.4)],
  mention: [note(988, 0, 0.36)],
  approval: [note(523, 0, 0.4)],
};
const LOUDEST = 0.2;

let audio: AudioContext | null = null;

/** Plays it once; `volume` in percent. A page that nobody has touched yet stays silent: so browsers want it. */
export function chime(kind: NoticeKind, volume: number): void {
  if (typeof AudioContext === "undefined" || volume <= 0) return;
  audio ??= new AudioContext();
  const here = audio;
  void here.resume().then(() => {
    for (const { pitch, at, lasts } of CHIMES[kind]) {
      const [tone, gain] = [here.createOscillator(), here.createGain()];
      const from = here.currentTime + at;
      tone.frequency.value = pitch;
      gain.gain.setValueAtTime(0, from);
      gain.gain.linearRampToValueAtTime((LOUDEST * volume) / 100, from + 0.02);
      gain.gain.exponentialRampToValueAtTime(0.0005, from + lasts);
      tone.connect(gain).connect(here.destination);
      tone.start(from);
      tone.stop(from + lasts + 0.02);
    }
  });
}
