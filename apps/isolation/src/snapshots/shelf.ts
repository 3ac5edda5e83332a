/** The book and its layers on disk, in a Workstation's state folder. */
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { currentRoot } from '../base/base.ts';
import { compareManifests, manifestOf, readManifest, writeManifest } from '../base/manifest.ts';
import { execute } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import type { Layout, WorkstationLayout } from '../plan/layout.ts';
import type { Layers } from '../plan/up-plan.ts';
import {
  type Book,
  create,
  currentLayers,
  find,
  type Label,
  labelOf,
  layersInUse,
  newBook,
  parseBook,
  rollback,
  stateNamed,
  suspect,
  takeClone,
} from './book.ts';

/** Where a Workstation's book is. */
export function bookPath(workstation: WorkstationLayout): string {
  return join(workstation.state, 'book.json');
}

/** The book; a new one, not yet written, for a Workstation that was never up. */
export function readBook(workstation: WorkstationLayout): Book {
  const path = bookPath(workstation);
  return existsSync(path) ? parseBook(readFileSync(path, 'utf8')) : newBook('first');
}

/** Writes the book in one step: a reader sees the old one or the new one. */
export function writeBook(path: string, book: Book): void {
  mkdirSync(join(path, '..'), { recursive: true, mode: 0o700 });
  writeFileSync(`${path}.new`, `${JSON.stringify(book, undefined, 2)}\n`, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

/** What `up` mounts: the current layers above the image. */
export function layersOf(layout: Layout, workstation: WorkstationLayout): Layers {
  const { current } = readBook(workstation);
  const layer = layerFolder(workstation, current.upper);
  return {
    lower: [...current.lower.map((id) => join(layerFolder(workstation, id), 'upper')), currentRoot(layout)],
    upper: join(layer, 'upper'),
    work: join(layer, 'work'),
  };
}

function layerFolder(workstation: WorkstationLayout, id: string): string {
  return join(workstation.state, 'layers', id);
}

/** `snapshot create`: freezes the written layer, with a signed manifest, and starts a new one above it. */
export async function createSnapshot(
  layout: Layout,
  workstation: WorkstationLayout,
  name: string,
): Promise<Label> {
  const book = readBook(workstation);
  const next = create(book, name, newLayer());
  const frozen = book.current.upper;
  mkdirSync(join(layerFolder(workstation, frozen), 'upper'), { recursive: true, mode: 0o755 });
  writeManifest(
    manifestPath(workstation, frozen),
    await manifestOf(join(layerFolder(workstation, frozen), 'upper')),
    layout.signingKey,
  );
  writeBook(bookPath(workstation), next);
  return labelOf(next, find(next, name).layers);
}

/** `snapshot rollback`: a new layer over the snapshot's; the one that was written is dropped when nothing needs it. */
export function rollBack(workstation: WorkstationLayout, name: string | undefined): Label {
  const { book } = rollback(readBook(workstation), name, newLayer());
  writeBook(bookPath(workstation), book);
  return labelOf(book, currentLayers(book));
}

/** Removes layers that nothing stands on any more: after the answer, for it takes longer than a rollback may. */
export function sweep(workstation: WorkstationLayout, layers: readonly string[]): void {
  const kept = layersInUse(readBook(workstation));
  for (const layer of layers) {
    if (!kept.has(layer)) rmSync(layerFolder(workstation, layer), { recursive: true, force: true });
  }
}

/** `snapshot suspect`: the evidence stays where nobody mounts it; its layers are named in the answer. */
export function setAside(workstation: WorkstationLayout): { label: Label; evidence: readonly string[] } {
  const { book, evidence } = suspect(readBook(workstation), newLayer());
  writeBook(bookPath(workstation), book);
  for (const id of evidence) {
    const folder = layerFolder(workstation, id);
    if (!existsSync(folder)) continue;
    mkdirSync(join(workstation.state, 'evidence'), { recursive: true, mode: 0o700 });
    renameSync(folder, join(workstation.state, 'evidence', id));
  }
  return { label: labelOf(book, currentLayers(book)), evidence };
}

/**
 * `snapshot clone`: copies a state into another Workstation. Clean layers are compared with their signed manifests first, and
 * the manifests go along; what is not clean goes among the evidence.
 *
 * @throws IsolationError `REFUSED` when a clean state is not what was taken.
 */
export async function cloneState(
  layout: Layout,
  from: WorkstationLayout,
  name: string,
  to: WorkstationLayout,
): Promise<Label> {
  const source = readBook(from);
  const state = stateNamed(source, name);
  const copied = state.layers.map(newLayer);
  // A refusal comes before anything is copied.
  const { book, label } = takeClone(readBook(to), source, state, copied, newLayer());
  if (label === 'clean' && (await verifySnapshot(layout, from, name)).length > 0)
    throw new IsolationError('REFUSED', `the snapshot ${name} is not what was taken`, 'Do not use it.');
  const target = label === 'clean' ? join(to.state, 'layers') : join(to.state, 'evidence');
  mkdirSync(target, { recursive: true, mode: 0o700 });
  for (const [index, id] of state.layers.entries()) {
    const folder = [layerFolder(from, id), join(from.state, 'evidence', id)].find(existsSync);
    // A layer that nothing was written to has no folder.
    if (folder === undefined) continue;
    await execute({
      program: 'cp',
      args: ['-a', '--reflink=auto', folder, join(target, copied[index] ?? '')],
    });
  }
  writeBook(bookPath(to), book);
  return label;
}

/**
 * `snapshot verify`: every frozen layer of a snapshot against its signed manifest.
 *
 * @throws IsolationError `REFUSED` when a manifest is missing or not signed by this machine.
 */
export async function verifySnapshot(
  layout: Layout,
  workstation: WorkstationLayout,
  name: string,
): Promise<readonly string[]> {
  const changed: string[] = [];
  for (const id of find(readBook(workstation), name).layers) {
    const expected = readManifest(manifestPath(workstation, id), layout.signingKey);
    if (expected === undefined) {
      throw new IsolationError(
        'REFUSED',
        `the manifest of layer ${id} is missing or not signed by this machine`,
        'Do not go back to it.',
      );
    }
    changed.push(
      ...compareManifests(expected, await manifestOf(join(layerFolder(workstation, id), 'upper'))),
    );
  }
  return changed;
}

function manifestPath(workstation: WorkstationLayout, id: string): string {
  return join(layerFolder(workstation, id), 'manifest');
}

function newLayer(): string {
  return `layer-${randomBytes(8).toString('hex')}`;
}
