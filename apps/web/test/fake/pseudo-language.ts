/**
 * A language that nobody speaks, made from the English catalogue: each letter becomes an Arabic one, a text grows by a third, and
 * brackets stand at its ends. What does not change is no word of the catalogue; what is cut shows one bracket; and the page
 * runs from right to left as it will for the languages that do. Never shipped.
 */

/** One Arabic letter for each Latin one, by sound where there is one; digits and signs stay. */
const letters: Readonly<Record<string, string>> = {
  a: 'ا',
  b: 'ب',
  c: 'ص',
  d: 'د',
  e: 'ه',
  f: 'ف',
  g: 'غ',
  h: 'ح',
  i: 'ي',
  j: 'ج',
  k: 'ك',
  l: 'ل',
  m: 'م',
  n: 'ن',
  o: 'و',
  p: 'پ',
  q: 'ق',
  r: 'ر',
  s: 'س',
  t: 'ت',
  u: 'ع',
  v: 'ڤ',
  w: 'ض',
  x: 'خ',
  y: 'ئ',
  z: 'ز',
};

/** The text in the pseudo-language; an empty one stays empty. */
export function pseudo(text: string): string {
  if (text === '') return '';
  const longer = text.slice(0, Math.ceil(text.length / 3)).trim();
  return `[${`${text} ${longer}`.replaceAll(/[a-z]/gi, (letter) => letters[letter.toLowerCase()] ?? letter)}]`;
}

/** A catalogue with every text in it, however deep, and every text its functions make. */
export function pseudoCatalogue<Words extends object>(words: Words): Words {
  // why: texts become texts, functions functions of the same parameters, and all else stays as it is
  return translated(words) as Words;
}

function translated(value: unknown): unknown {
  if (typeof value === 'string') return pseudo(value);
  if (typeof value === 'function') return (...given: unknown[]) => translated(value(...given));
  if (Array.isArray(value)) return value.map(translated);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, text]) => {
      if (key === 'language') return [key, 'ar'];
      if (key === 'direction') return [key, 'rtl'];
      return [key, translated(text)];
    }),
  );
}
