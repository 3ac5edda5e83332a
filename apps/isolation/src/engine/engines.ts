/** Which engine a configuration asks for. */
import type { EngineName } from '../config/schema.ts';
import { remote } from '../remote/remote.ts';
import type { Engine } from './engine.ts';
import { netns } from './netns.ts';

const engines: Readonly<Record<EngineName, Engine>> = { netns, remote };

/** The engine of that name. */
export function engineOf({ engine }: { engine: EngineName }): Engine {
  return engines[engine];
}
