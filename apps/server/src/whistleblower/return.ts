/** Route `returnWithReceipt` (S5): a wrong receipt, a deleted report and an empty site answer alike, after the same work. */
import { equalSecrets } from '@sotto/protocol/server/credential';
import { usingVerifier } from '../accounts/credentials.ts';
import type { Backend } from '../backend.ts';
import type { Handlers } from '../http/calls.ts';
import { decoded, encoded, nobody, storedId } from '../http/encoded.ts';
import { Refusal } from '../http/refusal.ts';
import { slowed } from '../limits/slowdown.ts';
import { withSlot } from '../storage/keeping.ts';

/** Handler of `returnWithReceipt`. */
export function returnHandlers(backend: Backend): Handlers<'returnWithReceipt'> {
  const { store, slotFile } = backend.home;
  /** @throws Refusal `WRONG_CREDENTIAL`. */
  const open = async (authKey: string) => {
    const verifier = await usingVerifier(slotFile, decoded(authKey));
    const found = await store.transaction(async (transaction) => {
      const report = await store.reports.findByVerifier(transaction, backend.siteId, verifier);
      const id = report?.report_id ?? backend.siteId;
      return { report, seals: await store.seals.ofHolder(transaction, backend.siteId, id, id) };
    });
    const equal = equalSecrets(verifier, found.report?.verifier ?? nobody);
    const seal = found.seals.find((row) => row.kind === 'identity');
    if (!equal || found.report === undefined || seal === undefined) {
      backend.work.receiptFailed();
      throw new Refusal('WRONG_CREDENTIAL');
    }
    return { report: found.report, seal };
  };
  return {
    async returnWithReceipt({ body, client, gone }) {
      const { report, seal } = await slowed(backend.slowdown, { client }, gone, () => open(body.authKey));
      const reportId = storedId(report.report_id);
      return {
        session: backend.sessions.begin({ kind: 'whistleblower', reportId }),
        report: reportId,
        identity: await withSlot(slotFile, report.slot, (keeping) => encoded(keeping.openSeal(seal))),
      };
    },
  };
}
