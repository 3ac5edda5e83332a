/** Watches the uplink with tcpdump while something happens, and judges every frame as it passes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { plainEnvironment } from '../engine/execute.ts';
import { IsolationError } from '../errors.ts';
import { judge, type Uplink } from './judge.ts';
import { PcapReader } from './pcap.ts';

/** Bytes of each frame that are kept: all headers, no content. */
const keptBytes = 96;

/** How long tcpdump may take until it listens, milliseconds. */
const listeningWithin = 10_000;

export type Capture = {
  /** Frames that left, so far. */
  readonly sent: number;
  /** What left and went to no relay, so far: one entry a frame. */
  readonly leaks: readonly string[];
  /** Everything captured, as a file. */
  readonly file: () => Uint8Array;
  /** Ends it; returns how many frames the kernel could not hand over in time: they were not judged. */
  stop: () => Promise<number>;
};

/** Begins to capture; returns when tcpdump listens. */
export async function startCapture(
  namespace: string,
  device: string,
  uplink: () => Uplink,
): Promise<Capture> {
  // -p: the device stays as it is, or the watchdog would see a change. --immediate-mode, -U: nothing waits.
  const options = ['-i', device, '-p', '-n', '-s', String(keptBytes), '--immediate-mode', '-U', '-w', '-'];
  const child = spawn('nsenter', [`--net=/run/netns/${namespace}`, '--', 'tcpdump', ...options], {
    env: plainEnvironment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const exited = once(child, 'close');
  const reader = new PcapReader();
  const pieces: Uint8Array[] = [];
  const leaks: string[] = [];
  let sent = 0;
  child.stdout.on('data', (piece: Uint8Array) => {
    pieces.push(piece);
    for (const frame of reader.push(piece)) {
      const judgement = judge(frame, uplink());
      if (judgement.direction === 'in') continue;
      sent += 1;
      if (judgement.leak !== undefined) leaks.push(judgement.leak);
    }
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (words: string) => {
    said += words;
  });
  for (const end = performance.now() + listeningWithin; !said.includes('listening on'); await sleep(5)) {
    if (performance.now() > end || child.exitCode !== null) {
      throw new IsolationError(
        'CANNOT_HERE',
        'tcpdump does not listen on the uplink',
        'Install tcpdump; is the Gateway up?',
      );
    }
  }
  return {
    get sent() {
      return sent;
    },
    leaks,
    file: () => Buffer.concat(pieces),
    stop: async () => {
      child.kill('SIGINT');
      await exited;
      return Number(/(\d+) packets? dropped by kernel/.exec(said)?.[1] ?? Number.NaN);
    },
  };
}
