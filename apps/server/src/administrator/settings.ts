/** Routes `settings` and `changeSettings`: what an administrator sets for the site. */
import { usualSettings } from '@sotto/contract/settings';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';

/** Handlers of the settings. */
export function settingsHandlers(backend: Backend): Handlers<'settings' | 'changeSettings'> {
  const { settings } = backend;
  const answer = () => ({ settings: settings.now(), usual: usualSettings });
  return {
    settings: async () => answer(),
    async changeSettings({ body, session }) {
      await settings.change(withoutUndefined(body.settings), (transaction) =>
        recordOnSite(backend, transaction, 'settings-changed', session.userId, null),
      );
      return answer();
    },
  };
}

/** A field that is named without a value changes nothing. */
function withoutUndefined<T extends object>(given: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // why: what is undefined was taken out, which the type of fromEntries cannot say
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };
}
