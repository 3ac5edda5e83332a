/** Every hue that a site can have can be read: contrast by WCAG 2.2 (1.4.3, 1.4.11), computed from the stylesheet itself. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

type Rgb = readonly [number, number, number];
const text = 4.5;
const part = 3;
/** What stands on what, and how much contrast it needs. */
const pairs = [
  ['accent', 'paper', text],
  ['accent', 'card', text],
  ['accent', 'accent-soft', text],
  ['accent-ink', 'accent', text],
  ['ink', 'accent-soft', text],
  ['ink-quiet', 'accent-soft', text],
  ['ink', 'paper', text],
  ['ink-quiet', 'paper', text],
  ['ink-quiet', 'card', text],
  ['alarm', 'paper', text],
  ['alarm', 'card', text],
  ['ink', 'alarm-soft', text],
  ['ink', 'care-soft', text],
  ['done', 'paper', text],
  ['done', 'card', text],
  ['line-strong', 'paper', part],
  ['line-strong', 'card', part],
] as const;

const css = readFileSync(join(import.meta.dirname, '../../src/styles/tokens.css'), 'utf8');
const [light = '', dark = ''] = css.split('@media (prefers-color-scheme: dark)');

/** The tokens of a scheme: dark ones over light ones. */
function tokens(...parts: readonly string[]): ReadonlyMap<string, string> {
  return new Map(
    parts.flatMap((found) =>
      [...found.matchAll(/--([a-z-]+): ([^;]+);/g)].map(([, name = '', value = '']) => [name, value]),
    ),
  );
}

/** Linear sRGB of a token's value at a hue; a channel outside 0 to 1 is outside sRGB. */
function linear(value: string, hue: number): Rgb {
  const oklch = /^oklch\(([\d.]+) ([\d.]+) var\(--hue\)\)$/.exec(value);
  if (oklch !== null) return fromOklch(Number(oklch[1]), Number(oklch[2]), hue);
  const hex = /^#(?:([\da-f]{2})([\da-f]{2})([\da-f]{2})|([\da-f])([\da-f])([\da-f]))$/.exec(value);
  assert(hex, `${value} is no colour that this test can read`);
  const [r = 0, g = 0, b = 0] = hex
    .slice(1)
    .filter((digits) => digits !== undefined)
    .map((digits) => Number.parseInt(digits.padStart(2, digits), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return [r, g, b];
}

/** CSS Color 4, 10: OKLCH to linear sRGB. */
function fromOklch(lightness: number, chroma: number, hue: number): Rgb {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s,
    -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s,
    -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s,
  ];
}

/** WCAG 2.2, contrast ratio. */
function contrast(one: Rgb, other: Rgb): number {
  const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;
  const [less = 0, more = 0] = [luminance(one), luminance(other)].toSorted((x, y) => x - y);
  return (more + 0.05) / (less + 0.05);
}

for (const [scheme, values] of [
  ['light', tokens(light)],
  ['dark', tokens(light, dark)],
] as const)
  test(`in ${scheme}, a site's colour lies in sRGB and is read on what it stands on, at every hue`, () => {
    const colour = (name: string, hue: number) => linear(values.get(name) ?? '', hue);
    const failing: string[] = [];
    for (let hue = 0; hue < 360; hue += 1) {
      for (const [front, ground, least] of pairs) {
        const ratio = contrast(colour(front, hue), colour(ground, hue));
        if (ratio < least) failing.push(`${front} on ${ground} at ${hue}: ${ratio.toFixed(2)}`);
      }
      for (const name of ['accent', 'accent-ink', 'accent-soft'])
        if (colour(name, hue).some((channel) => channel < -0.0005 || channel > 1.0005))
          failing.push(`${name} at ${hue} is outside sRGB`);
    }
    assert.deepEqual(failing, []);
  });
