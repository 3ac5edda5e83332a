/** What a verb needs to ask an engine for something: the configuration, read and laid out. */
import { existsSync, readFileSync } from 'node:fs';
import { parseConfiguration, readConfiguration } from '../config/read-configuration.ts';
import type { EngineInput } from '../engine/engine.ts';
import { layoutOf } from '../plan/layout.ts';
import type { Context } from './context.ts';

/** @throws IsolationError `CONFIGURATION` for a file that is not there, or wrong. */
export function readInput({
  configurationPath,
  self,
}: Pick<Context, 'configurationPath' | 'self'>): EngineInput {
  // For its message about a file that is not there.
  if (!existsSync(configurationPath)) readConfiguration(configurationPath);
  const configurationText = readFileSync(configurationPath, 'utf8');
  return {
    layout: layoutOf(parseConfiguration(configurationText, configurationPath)),
    configurationText,
    self,
  };
}
