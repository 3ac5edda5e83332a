/** The book of states: no sequence of verbs turns unclean into clean, or mixes the two. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IsolationError } from '../../src/errors.ts';
import {
  type Book,
  create,
  currentLayers,
  labelOf,
  layersInUse,
  newBook,
  parseBook,
  rollback,
  stateNamed,
  suspect,
  takeClone,
  use,
} from '../../src/snapshots/book.ts';

/** A small generator (Park and Miller) so that a failing sequence can be run again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
}

test('whatever the verbs and their order, what was ever written in use is never clean again', () => {
  for (let seed = 1; seed <= 400; seed += 1) {
    const random = numbers(seed);
    let book: Book = newBook('layer-0');
    // What the world knows, kept apart from the book: layers that were written while in use, and set aside.
    const written = new Set<string>();
    const evidence = new Set<string>();
    for (let step = 1; step <= 60; step += 1) {
      const layer = `layer-${step}`;
      const names = book.snapshots.map(({ name }) => name);
      const pick = names.length === 0 || random(4) === 0 ? undefined : names[random(names.length)];
      const verb = random(4);
      if (verb === 0) {
        book = use(book);
        written.add(book.current.upper);
      } else if (verb === 1) book = create(book, `snapshot-${step}`, layer);
      else if (verb === 2) book = rollback(book, pick, layer).book;
      else {
        const result = suspect(book, layer);
        book = result.book;
        for (const one of result.evidence) evidence.add(one);
        assert.equal(labelOf(book, currentLayers(book)), 'clean', 'after suspect a clean state is current');
      }
      const stacks = [currentLayers(book), ...book.snapshots.map(({ layers }) => layers)];
      for (const layers of stacks) {
        const touched = layers.some((one) => written.has(one));
        assert.equal(labelOf(book, layers) === 'clean', !touched, `seed ${seed}, step ${step}`);
        assert.ok(!layers.some((one) => evidence.has(one)), 'no state stands on evidence');
      }
      for (const one of evidence) assert.ok(layersInUse(book).has(one), 'evidence is never swept away');
      assert.deepEqual(parseBook(JSON.stringify(book)), book);
    }
  }
});

test('whatever is cloned between Workstations, nothing unclean is stood on, and only what is clean can be used', () => {
  for (let seed = 1; seed <= 200; seed += 1) {
    const random = numbers(seed);
    const books: [Book, Book] = [newBook('a-0'), newBook('b-0')];
    // What the world knows, kept apart from the books: what each layer holds of what was written in use or set aside.
    const used = new Set<string>();
    const evidence = new Set<string>();
    for (let step = 1; step <= 40; step += 1) {
      const here = random(2) as 0 | 1; // why: random(2) is 0 or 1.
      const there = here === 0 ? 1 : 0;
      const layer = `${here}-layer-${step}`;
      const book = books[here];
      const taken = book.snapshots;
      const names = [...taken.map(({ name }) => name), ...book.unclean, 'now'];
      const verb = random(5);
      if (verb === 0) {
        books[here] = use(book);
        used.add(book.current.upper);
      } else if (verb === 1) books[here] = create(book, `snapshot-${here}-${step}`, layer);
      else if (verb === 2) books[here] = rollback(book, taken[random(taken.length + 1)]?.name, layer).book;
      else if (verb === 3) {
        const result = suspect(book, layer);
        books[here] = result.book;
        for (const one of result.evidence) evidence.add(one);
      } else {
        const state = stateNamed(book, names[random(names.length)] ?? 'now');
        const copied = state.layers.map((_, index) => `${there}-copy-${step}-${index}`);
        const bad = state.layers.some((one) => used.has(one) || evidence.has(one));
        // The copy holds what the original held.
        for (const [index, one] of state.layers.entries()) {
          if (used.has(one)) used.add(copied[index] ?? '');
        }
        if (bad) for (const one of copied) evidence.add(one);
        try {
          const result = takeClone(books[there], book, state, copied, `${there}-fresh-${step}`);
          books[there] = result.book;
          assert.equal(result.label, bad ? 'unclean' : 'clean', `seed ${seed}, step ${step}`);
        } catch (error) {
          assert.ok(error instanceof IsolationError && !bad, 'only a clean clone is refused, for its name');
        }
      }
      for (const one of books) {
        for (const layers of [currentLayers(one), ...one.snapshots.map((snapshot) => snapshot.layers)]) {
          assert.equal(labelOf(one, layers) === 'clean', !layers.some((id) => used.has(id)));
          assert.ok(!layers.some((id) => evidence.has(id)), 'no state stands on evidence');
        }
      }
    }
    for (const one of books) assert.deepEqual(parseBook(JSON.stringify(one)), one);
  }
});

test('a clone becomes current only where nothing would be lost by it', () => {
  const source = create(newBook('a'), 'master', 'b');
  const state = stateNamed(source, 'master');
  const unused = takeClone(newBook('c'), source, state, ['d'], 'e').book;
  assert.deepEqual(unused.current, { lower: ['d'], upper: 'e' });
  const busy = takeClone(use(newBook('c')), source, state, ['d'], 'e').book;
  assert.deepEqual(busy.current, { lower: [], upper: 'c' });
  assert.deepEqual(busy.snapshots, [{ name: 'master', layers: ['d'] }]);
});

test('a snapshot keeps its label and its layers, whatever comes after', () => {
  const master = create(newBook('a'), 'master', 'b');
  const later = create(use(master), 'later', 'c');
  assert.equal(labelOf(later, later.snapshots[0]?.layers ?? []), 'clean');
  assert.equal(labelOf(later, later.snapshots[1]?.layers ?? []), 'in use');
  assert.deepEqual(later.snapshots[0]?.layers, ['a']);
});

test('rolling back to a clean snapshot after use is clean, to one in use is not', () => {
  const book = create(use(create(newBook('a'), 'master', 'b')), 'later', 'c');
  const clean = rollback(book, 'master', 'd').book;
  const used = rollback(book, 'later', 'e').book;
  assert.equal(labelOf(clean, currentLayers(clean)), 'clean');
  assert.equal(labelOf(used, currentLayers(used)), 'in use');
});

test('suspect removes the snapshots that stand on what is suspected', () => {
  const book = create(use(create(newBook('a'), 'master', 'b')), 'later', 'c');
  const { book: after, evidence } = suspect(use(book), 'd');
  assert.deepEqual(evidence, ['c', 'b']);
  assert.deepEqual(
    after.snapshots.map(({ name }) => name),
    ['master'],
  );
  assert.deepEqual(after.current, { lower: ['a'], upper: 'd' });
});

test('two snapshots of one name, a name that is a path, and one that is not there are refused', () => {
  const book = create(newBook('a'), 'master', 'b');
  for (const wrong of [
    () => create(book, 'master', 'c'),
    () => create(book, '../x', 'c'),
    () => rollback(book, 'no', 'c'),
  ]) {
    assert.throws(wrong, (error) => error instanceof IsolationError && error.code === 'REFUSED');
  }
});

test('a damaged book is refused', () => {
  for (const text of [
    '',
    '{}',
    '{"touched":[],"unclean":[],"current":{"lower":["../../etc"],"upper":"a"},"snapshots":[]}',
  ]) {
    assert.throws(() => parseBook(text), IsolationError);
  }
});
