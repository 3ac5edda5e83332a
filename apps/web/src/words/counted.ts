/** Numbers in sentences: plural forms and sizes as a language has them. */

/** The forms a language has; English has two. `#` stands for the number. */
export type Forms = { readonly other: string } & Partial<Record<Intl.LDMLPluralRule, string>>;

/** The form for a number, with the number in it. */
export function counted(language: string, count: number, forms: Forms): string {
  const form = forms[new Intl.PluralRules(language).select(count)] ?? forms.other;
  return form.replace('#', new Intl.NumberFormat(language).format(count));
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const;
const step = 1000;

/** A size in bytes, as people read it: `1.2 MB`. */
export function sized(language: string, bytes: number): string {
  let unit = 0;
  let amount = bytes;
  // Rounded first: 999 950 bytes are 1 MB, not 1 000 kB.
  while (unit < units.length - 1 && Math.round(amount * 10) / 10 >= step) {
    amount /= step;
    unit += 1;
  }
  return new Intl.NumberFormat(language, {
    style: 'unit',
    unit: units[unit] ?? 'byte',
    unitDisplay: unit === 0 ? 'long' : 'short',
    maximumFractionDigits: unit === 0 ? 0 : 1,
  }).format(amount);
}

/** The largest size that may be, as people read it: never more than it is, so rounded down. */
export function limited(language: string, bytes: number): string {
  const unit = Math.min(units.length - 1, Math.floor(Math.log(Math.max(bytes, 1)) / Math.log(step)));
  return sized(language, Math.floor(bytes / step ** unit) * step ** unit);
}

/** A UTC day `YYYY-MM-DD` in the language's own form; anything else is shown as it came. */
export function dated(language: string, day: string): string {
  const time = Date.parse(`${day}T00:00:00Z`);
  if (Number.isNaN(time)) return day;
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(time);
}

/** About how long something still takes: in minutes from a minute and a half on, and never "0 seconds". */
export function timeLeft(language: string, seconds: number): string {
  const minutes = seconds >= 90;
  const amount = Math.max(1, Math.round(minutes ? seconds / 60 : seconds));
  const unit = minutes ? 'minute' : 'second';
  return new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'long' }).format(amount);
}

/** `a`, `a and b`, `a, b and c`, as the language has it. */
export function listed(language: string, parts: readonly string[]): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(parts);
}
