/** How long ago something was, in words. */

/** `3 h`, or from two days on `3 days`; what lies in the future is `0 h` old. */
export function ageText(milliseconds: number): string {
  const hours = Math.max(0, Math.floor(milliseconds / 3_600_000));
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
