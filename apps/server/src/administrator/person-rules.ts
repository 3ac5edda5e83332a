/** Routes by which an administrator wants a new password or a second factor of one person, and takes a lost one away (S3). */
import { personOf } from '../accounts/accounts.ts';
import { hasFactor } from '../accounts/factor.ts';
import { moveBoxes } from '../accounts/move-boxes.ts';
import { recordOnSite } from '../audit/record.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { Forbidden } from '../http/refusal.ts';
import { day } from '../storage/home.ts';

/** Handlers of the rules for one person. */
export function personRulesHandlers(backend: Backend): Handlers<'setPersonRules' | 'resetFactor'> {
  const { store, allocator } = backend.home;
  return {
    async setPersonRules({ body, path, session }) {
      const rules = {
        password_due: body.passwordDue ? 1 : 0,
        factor_required: body.factorRequired ? 1 : 0,
      };
      await store.transaction(async (transaction) => {
        const { password_due, factor_required } = await personOf(backend, transaction, path.user);
        if (password_due === rules.password_due && factor_required === rules.factor_required) return;
        await store.users.change(transaction, backend.siteId, path.user, rules);
        await recordOnSite(backend, transaction, 'rules-changed', session.userId, path.user);
      });
      return {};
    },

    async resetFactor({ path, session }) {
      // One's own goes by password and code, in one's preferences: a stolen session must not be enough.
      if (path.user === session.userId) throw new Forbidden();
      const has = await store.transaction(async (transaction) => {
        await personOf(backend, transaction, path.user);
        return hasFactor(backend, transaction, path.user);
      });
      if (!has) return {};
      await allocator.withNewSlot((slot) =>
        store.transaction(async (transaction) => {
          const user = await personOf(backend, transaction, path.user);
          await moveBoxes(backend, transaction, user, slot, { factor: 'forgotten' });
          const change = { factor_reset_day: day(backend.clock()) };
          await store.users.change(transaction, backend.siteId, path.user, change);
          await recordOnSite(backend, transaction, 'factor-reset', session.userId, path.user);
        }),
      );
      backend.sessions.endAllOf(path.user);
      backend.forgetSoon();
      return {};
    },
  };
}
