/** The keys of the private network's nodes: made once (seconds of RSA each) and kept, as they protect nothing. */
import { randomBytes } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt, execute } from '../engine/execute.ts';
import { type Identity, type Node, nodes } from './network.ts';

/** Makes the identities that `keys` lacks and returns all of them. */
export async function identities(keys: string): Promise<readonly Identity[]> {
  mkdirSync(keys, { recursive: true, mode: 0o700 });
  const made: Identity[] = [];
  // Two at a time: the machine has other work.
  for (let at = 0; at < nodes.length; at += 2) {
    made.push(
      ...(await Promise.all(
        nodes.slice(at, at + 2).map((node) => identity(node, join(keys, node.nickname))),
      )),
    );
  }
  return made;
}

/** Copies the keys into a node's data folder. */
export function installKeys(keys: string, { nickname }: Node, folder: string): void {
  cpSync(join(keys, nickname, 'keys'), join(folder, nickname, 'keys'), { recursive: true });
}

async function identity(node: Node, folder: string): Promise<Identity> {
  const certificate = join(folder, 'keys', 'authority_certificate');
  if (node.role === 'authority' && !isValid(certificate)) await makeCertificate(node, join(folder, 'keys'));
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 });
  const { stdout, status } = await attempt({
    program: 'tor',
    args: [
      ...['--list-fingerprint', '--ignore-missing-torrc', '-f', join(folder, 'no-torrc')],
      ...['--DataDirectory', folder, '--ORPort', '5000', '--Nickname', node.nickname, '--quiet'],
    ],
  });
  // `nickname 0123 4567 …`: the nickname may end in a digit, so it is cut off first.
  const fingerprint = /^\S+ ((?:[0-9A-F]{4} ?){10})$/m.exec(stdout.trim())?.[1]?.replaceAll(' ', '');
  if (status !== 0 || fingerprint === undefined) throw new Error(`tor made no identity for ${node.nickname}`);
  const v3ident =
    node.role === 'authority'
      ? /^fingerprint ([0-9A-F]{40})$/m.exec(readFileSync(certificate, 'utf8'))?.[1]
      : undefined;
  return { nickname: node.nickname, fingerprint, v3ident };
}

/** Whether there is a certificate that still holds for a day (dir-spec, 3.1: `dir-key-expires`). */
function isValid(certificate: string): boolean {
  if (!existsSync(certificate)) return false;
  const expires = /^dir-key-expires (.+)$/m.exec(readFileSync(certificate, 'utf8'))?.[1];
  return expires !== undefined && Date.parse(`${expires.replace(' ', 'T')}Z`) > Date.now() + 86_400_000;
}

async function makeCertificate({ address }: Node, folder: string): Promise<void> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  await execute({
    program: 'tor-gencert',
    args: [
      ...['--create-identity-key', '-m', '12', '-a', `${address}:7000`, '--passphrase-fd', '0'],
      ...['-i', join(folder, 'authority_identity_key'), '-s', join(folder, 'authority_signing_key')],
      ...['-c', join(folder, 'authority_certificate')],
    ],
    // Nobody needs it again: the identity key only signs this one certificate.
    input: `${randomBytes(18).toString('base64')}\n`,
  });
}
