/** A true mail server for tests, over TLS with certificates of an authority made for it; it keeps what it took. */
import { spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

/** Milliseconds until a mail that does not come is a failure: generous, machines are busy. */
const patience = 60_000;

/** An authority, with the files that a server and its clients want. */
export type Authority = {
  /** PEM file of the authority, for NODE_EXTRA_CA_CERTS. */
  readonly path: string;
  readonly pem: string;
  /** A key and a certificate for this address, which the authority signed. */
  issue(address: string): Promise<{ readonly key: string; readonly cert: string }>;
  discard(): Promise<void>;
};

/** A mail as it was taken. */
export type TakenMail = { readonly from: string; readonly to: readonly string[]; readonly raw: string };

export type MailServerOptions = {
  readonly authority: Authority;
  /** `tls` from the first byte, `starttls`, or `plain`: a server, or somebody in the middle, that offers no STARTTLS. */
  readonly security: 'tls' | 'starttls' | 'plain';
  /** Whose name the certificate carries; 127.0.0.1 when not given. */
  readonly certificateFor?: string;
  readonly login?: { readonly userName: string; readonly password: string };
  /** 0 when not given. */
  readonly port?: number;
};

export type MailServer = {
  readonly port: number;
  readonly taken: readonly TakenMail[];
  /** Every user name and password that somebody showed. */
  readonly shown: readonly string[];
  /** Waits until so many mails were taken. */
  waitFor(count: number): Promise<readonly TakenMail[]>;
  stop(): Promise<void>;
};

/** Makes an authority with OpenSSL. */
export async function makeAuthority(): Promise<Authority> {
  const folder = await mkdtemp(join(tmpdir(), 'sotto-authority-'));
  const path = join(folder, 'authority.pem');
  const keyPath = join(folder, 'authority.key');
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(['req', '-x509', ...key, '-keyout', keyPath, '-out', path, '-days', '2', '-subj', '/CN=Tests']);
  return {
    path,
    pem: await readFile(path, 'utf8'),
    async issue(address) {
      const [own, request, cert, names] = ['key', 'csr', 'pem', 'ext'].map((end) =>
        join(folder, `${address}.${end}`),
      );
      if (own === undefined || request === undefined || cert === undefined || names === undefined)
        throw Error();
      const kind = /^[\d.]+$/.test(address) ? 'IP' : 'DNS';
      await writeFile(names, `subjectAltName=${kind}:${address}\n`);
      openssl(['req', '-new', ...key, '-keyout', own, '-out', request, '-subj', `/CN=${address}`]);
      const by = ['-CA', path, '-CAkey', keyPath, '-CAcreateserial'];
      openssl(['x509', '-req', '-in', request, ...by, '-out', cert, '-days', '2', '-extfile', names]);
      return { key: await readFile(own, 'utf8'), cert: await readFile(cert, 'utf8') };
    },
    discard: () => rm(folder, { recursive: true }),
  };
}

/** Starts a mail server on loopback. */
export async function startMailServer(options: MailServerOptions): Promise<MailServer> {
  const { authority, security, login } = options;
  const { key, cert } = await authority.issue(options.certificateFor ?? '127.0.0.1');
  const taken: TakenMail[] = [];
  const shown: string[] = [];
  const arrivals = new EventTarget();
  const server = new SMTPServer({
    secure: security === 'tls',
    key,
    cert,
    disabledCommands: security === 'plain' ? ['STARTTLS'] : [],
    authOptional: login === undefined,
    // A real one takes no login in the clear; this one does, to see whether somebody shows it.
    allowInsecureAuth: true,
    disableReverseLookup: true,
    onAuth(auth, _session, callback) {
      shown.push(`${auth.username} ${auth.password}`);
      const right = auth.username === login?.userName && auth.password === login?.password;
      callback(right ? null : new Error('no'), right ? { user: auth.username } : undefined);
    },
    onData(stream, session, callback) {
      const parts: Buffer[] = [];
      stream.on('data', (part: Buffer) => parts.push(part));
      stream.on('end', () => {
        const { mailFrom, rcptTo } = session.envelope;
        const from = mailFrom === false ? '' : mailFrom.address;
        const raw = Buffer.concat(parts).toString('utf8');
        taken.push({ from, to: rcptTo.map(({ address }) => address), raw });
        callback();
        arrivals.dispatchEvent(new Event('mail'));
      });
    },
  });
  // A client that refuses the certificate ends the talk: that is what some tests are about.
  server.on('error', () => {});
  server.listen(options.port ?? 0, '127.0.0.1');
  await once(server.server, 'listening');
  // why: a listening TCP server's address is an AddressInfo
  const { port } = server.server.address() as AddressInfo;
  return {
    port,
    taken,
    shown,
    async waitFor(count) {
      const late = AbortSignal.timeout(patience);
      while (taken.length < count) await once(arrivals, 'mail', { signal: late });
      return taken;
    },
    stop: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The secret of the link in a mail, with its kind: `reset=…`. */
export function fragmentOf({ raw }: TakenMail): string {
  // Long lines are folded by `=` at their end (quoted-printable).
  const text = raw.replaceAll(/=\r?\n/g, '').replaceAll('=3D', '=');
  const fragment = /\/login#(\w+=[A-Za-z0-9_-]{43})/.exec(text)?.[1];
  if (fragment === undefined) throw new Error('the mail holds no link');
  return fragment;
}

function openssl(args: readonly string[]): void {
  const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl: ${stderr}`);
}
