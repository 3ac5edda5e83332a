/** What every handler works with: one site's home, its sessions, the clock and the limits. Made in app.ts, passed on. */
import type { Uuid } from '@sotto/protocol/bytes';
import type { Slowdown } from './limits/slowdown.ts';
import type { Thresholds } from './limits/thresholds.ts';
import type { Log } from './log/log.ts';
import type { Sessions } from './sessions/sessions.ts';
import type { Settings } from './settings/settings.ts';
import type { Home } from './storage/home.ts';
import type { Work } from './work/work.ts';

/** Bounds of a site, in bytes of padded sizes. */
export type Limits = { readonly file: number; readonly report: number };

/** The parts of a running server. */
export type Backend = {
  readonly home: Home;
  readonly siteId: Uuid;
  readonly sessions: Sessions;
  readonly settings: Settings;
  readonly work: Work;
  readonly slowdown: Slowdown;
  readonly thresholds: Thresholds;
  readonly log: Log;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly limits: Limits;
  /** Finishes what is marked for forgetting, after the answer. */
  forgetSoon(): void;
  /** Sends what waits, after the answer. */
  postSoon(): void;
};
