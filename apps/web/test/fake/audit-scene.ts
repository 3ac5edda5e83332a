/** Made-up audit logs (S15): one as it was before, one that somebody rewrote. Never shipped. */
import type { AuditView } from '@sotto/client/views';

export function auditScene(say: (words: string) => string): {
  readonly ofReport: AuditView;
  readonly ofSite: AuditView;
} {
  const other = { from: 'other', who: say('Jonas Lindqvist') } as const;
  const self = { from: 'self', who: say('Mira Okafor') } as const;
  const nobody = { from: 'nobody-named', who: null } as const;
  return {
    ofReport: {
      verdict: 'as-before',
      entries: [
        { order: 1, day: '2026-11-19', act: 'filed', ...nobody, what: null },
        { order: 2, day: '2026-11-20', act: 'opened', ...other, what: null },
        { order: 3, day: '2026-11-20', act: 'file-read', ...other, what: say('yard-from-window.jpg') },
        { order: 4, day: '2026-11-21', act: 'commented', ...self, what: null },
      ],
    },
    ofSite: {
      verdict: 'changed',
      entries: [
        { order: 1, day: '2026-10-02', act: 'site-made', ...nobody, what: say('Mira Okafor') },
        { order: 2, day: '2026-10-02', act: 'invited', ...self, what: say('Farah Nasser') },
        { order: 3, day: '2026-11-19', act: 'activated', from: 'other', who: null, what: null },
      ],
    },
  };
}
