/** Two short tones, made on the spot: off until the visitor switches them on. */
export function chime(): void {
  try {
    const audio = new AudioContext();
    const end = audio.currentTime + 0.45;
    for (const [pitch, from] of [
      [660, 0],
      [880, 0.14],
    ] as const) {
      const tone = audio.createOscillator();
      const loudness = audio.createGain();
      const at = audio.currentTime + from;
      tone.frequency.value = pitch;
      loudness.gain.setValueAtTime(0, at);
      loudness.gain.linearRampToValueAtTime(0.08, at + 0.02);
      loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.26);
      tone.connect(loudness).connect(audio.destination);
      tone.start(at);
      tone.stop(end);
      tone.onended = () => void audio.close();
    }
  } catch {
    // No sound here: the badge says it, too.
  }
}
