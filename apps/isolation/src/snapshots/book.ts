/**
 * The book of a Workstation's states: clean → in use → unclean, and never back. Pure: verbs in, a new book or a
 * refusal out.
 *
 * A layer is a folder of changes on top of the image. It is touched as soon as the Workstation has been up with it
 * as the layer that is written. `clean` is what holds no touched layer: the label is computed, not kept, so that no
 * verb can set it.
 */
import * as v from 'valibot';
import { IsolationError } from '../errors.ts';

const Id = v.pipe(
  v.string(),
  v.regex(/^[a-z0-9][a-z0-9-]{0,40}$/, 'must be a lower-case word of at most 41'),
);

const BookSchema = v.strictObject({
  /** Layers whose content came to be while the Workstation was in use. */
  touched: v.array(Id),
  /** Layers set aside by `suspect`: they are evidence, and no state stands on them again. */
  unclean: v.array(Id),
  /** Read-only layers, uppermost first, then the one that is written. */
  current: v.strictObject({ lower: v.array(Id), upper: Id }),
  snapshots: v.array(v.strictObject({ name: Id, layers: v.array(Id) })),
});

export type Book = v.InferOutput<typeof BookSchema>;
export type Label = 'clean' | 'in use' | 'unclean';

/** A Workstation that has never been up. */
export function newBook(upper: string): Book {
  return { touched: [], unclean: [], current: { lower: [], upper }, snapshots: [] };
}

/** Reads a book back. @throws IsolationError `REFUSED` when the file is not one. */
export function parseBook(text: string): Book {
  try {
    const written: unknown = JSON.parse(text);
    return v.parse(BookSchema, written);
  } catch {
    throw new IsolationError(
      'REFUSED',
      'the book of states is damaged',
      'Restore it, or remove the Workstation’s state.',
    );
  }
}

/** The label of a stack of layers. */
export function labelOf(book: Book, layers: readonly string[]): Label {
  if (layers.some((layer) => book.unclean.includes(layer))) return 'unclean';
  return layers.some((layer) => book.touched.includes(layer)) ? 'in use' : 'clean';
}

/** The layers of what is current, uppermost first. */
export function currentLayers({ current }: Book): readonly string[] {
  return [current.upper, ...current.lower];
}

/** The Workstation goes up: what it writes from now on is no longer clean. */
export function use(book: Book): Book {
  const { upper } = book.current;
  return book.touched.includes(upper) ? book : { ...book, touched: [...book.touched, upper] };
}

/** Keeps the current state under a name; a new layer is written from now on. */
export function create(book: Book, name: string, newLayer: string): Book {
  if (!v.is(Id, name))
    throw refused(`${name} is no name for a snapshot`, 'Take lower-case letters, digits and dashes.');
  if (book.snapshots.some((one) => one.name === name))
    throw refused(`there is a snapshot ${name}`, 'Take another name.');
  const layers = [...currentLayers(book)];
  return {
    ...book,
    snapshots: [...book.snapshots, { name, layers }],
    current: { lower: layers, upper: newLayer },
  };
}

/** Goes back to a snapshot, or to the image (`undefined`). What was written since is dropped. */
export function rollback(
  book: Book,
  name: string | undefined,
  newLayer: string,
): { book: Book; dropped: string } {
  const layers = name === undefined ? [] : [...find(book, name).layers];
  return { book: { ...book, current: { lower: layers, upper: newLayer } }, dropped: book.current.upper };
}

/**
 * Something may have broken in: everything written since the last clean state is set aside as evidence, with every
 * snapshot that stands on it, and the newest clean snapshot (or the image) is current again.
 */
export function suspect(book: Book, newLayer: string): { book: Book; evidence: readonly string[] } {
  const evidence = currentLayers(book).filter((layer) => book.touched.includes(layer));
  const unclean = [...book.unclean, ...evidence];
  const snapshots = book.snapshots.filter(({ layers }) => !layers.some((layer) => unclean.includes(layer)));
  const clean = snapshots.findLast(({ layers }) => labelOf(book, layers) === 'clean');
  return {
    book: { ...book, unclean, snapshots, current: { lower: [...(clean?.layers ?? [])], upper: newLayer } },
    evidence,
  };
}

/**
 * Takes a copy of another Workstation's state in, as layers of its own. What is clean becomes a snapshot to stand on, and the
 * current state where nothing would be lost by it; anything else becomes evidence, whatever it is called.
 *
 * @param copied the copies of `state.layers`, in the same order.
 */
export function takeClone(
  book: Book,
  source: Book,
  state: { name: string; layers: readonly string[] },
  copied: readonly string[],
  newLayer: string,
): { book: Book; label: Label } {
  const label = labelOf(source, state.layers);
  if (label !== 'clean')
    return { book: { ...book, unclean: [...book.unclean, ...copied] }, label: 'unclean' };
  if (!v.is(Id, state.name))
    throw refused(`${state.name} is no snapshot`, 'Take a snapshot, and clone that.');
  if (book.snapshots.some((one) => one.name === state.name))
    throw refused(`there is a snapshot ${state.name} already`, 'Take another name.');
  const layers = [...copied];
  const unused = labelOf(book, currentLayers(book)) === 'clean';
  return {
    book: {
      ...book,
      snapshots: [...book.snapshots, { name: state.name, layers }],
      current: unused ? { lower: layers, upper: newLayer } : book.current,
    },
    label,
  };
}

/** A state by its name: a snapshot, `now`, or a layer of the evidence. @throws IsolationError `REFUSED` when there is none. */
export function stateNamed(book: Book, name: string): { name: string; layers: readonly string[] } {
  if (name === 'now') return { name: '(now)', layers: currentLayers(book) };
  if (book.unclean.includes(name)) return { name, layers: [name] };
  return find(book, name);
}

/** The snapshot of that name. @throws IsolationError `REFUSED` when there is none. */
export function find(book: Book, name: string): Book['snapshots'][number] {
  const found = book.snapshots.find((one) => one.name === name);
  if (found === undefined)
    throw refused(`there is no snapshot ${name}`, 'See `sotto isolate snapshot list`.');
  return found;
}

/** Layers that something still stands on. */
export function layersInUse(book: Book): ReadonlySet<string> {
  return new Set([
    ...currentLayers(book),
    ...book.unclean,
    ...book.snapshots.flatMap(({ layers }) => layers),
  ]);
}

function refused(message: string, hint: string): IsolationError {
  return new IsolationError('REFUSED', message, hint);
}
