/**
 * Chromium's own log on stderr: complaints about a missing system bus or graphics card that mean
 * nothing to the person who starts the app, and, rarely, the one line that says why it ended.
 */

/** True for a line in Chromium's format, as in `[123:1123/163554.353481:ERROR:bus.cc(407)] …`. */
export function isChromiumLine(line: string): boolean {
  return /^\[\d+:\d{4}\/\d{6}\.\d+:[A-Z]+:[^\]]+\]/.test(line);
}

/** What Chromium said, without process numbers and source places. */
function messageOf(line: string): string {
  return line.replace(/^\[[^\]]*\]\s*/, '').trim();
}

/** The sentence for an app that ended with an error, from the lines Chromium wrote. */
export function explainEnd(code: number, lines: readonly string[]): string {
  if (lines.some((line) => /Missing X server|cannot open display|open X display/i.test(line))) {
    return 'The app could not reach the display that DISPLAY or WAYLAND_DISPLAY names.';
  }
  const last = lines.at(-1);
  return `The app ended with code ${code}${last ? `: ${messageOf(last)}` : ''}`;
}
