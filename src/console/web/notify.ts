/** Calling an agent who looks elsewhere: a soft two-note sound and a system notification, each only if switched on. */
let context: AudioContext | null = null;

/** Two soft notes of 0.4 s together. Browsers hold sound back until the page was touched once; then this is silent. */
export function chime(): void {
  context ??= new AudioContext();
  const start = context.currentTime;
  for (const [i, frequency] of [587, 784].entries()) {
    const tone = context.createOscillator();
    const volume = context.createGain();
    const at = start + i * 0.14;
    tone.frequency.value = frequency;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(0.12, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.001, at + 0.26);
    tone.connect(volume).connect(context.destination);
    tone.start(at);
    tone.stop(at + 0.28);
  }
}

/** One notification per conversation (`tag`), replaced by its next; a click brings the page forward and calls `open`. */
export function announce(title: string, body: string, tag: string, open: () => void): void {
  if (!('Notification' in window) || Notification.permission !== 'granted') return;
  try {
    const notification = new Notification(title, { body, tag: `firstline-${tag}` });
    notification.onclick = () => {
      window.focus();
      notification.close();
      open();
    };
  } catch (error) {
    // Chromium on Android offers the class but forbids its use outside of a service worker.
    console.warn('firstline: this browser shows no notification', error);
  }
}

/** Asks for the permission; false when it is refused or unknown here. */
export async function mayAnnounce(): Promise<boolean> {
  if (!('Notification' in window)) return false;
  return (await Notification.requestPermission()) === 'granted';
}
