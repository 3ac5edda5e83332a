/** Files that this machine signs, so that it can tell later that nobody else wrote them: FILE, and in FILE.sig its Ed25519 signature. */
import { createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Writes a text and its signature under the key in `keyPath`, which is made when there is none. */
export function writeSigned(path: string, text: string, keyPath: string): void {
  writeFileSync(path, text, { mode: 0o600 });
  writeFileSync(`${path}.sig`, sign(null, Buffer.from(text), signingKey(keyPath)), { mode: 0o600 });
}

/** Reads a text back; undefined when it is missing, or not what was signed. */
export function readSigned(path: string, keyPath: string): string | undefined {
  if (!existsSync(path) || !existsSync(`${path}.sig`) || !existsSync(keyPath)) return undefined;
  const text = readFileSync(path);
  const publicKey = createPublicKey(signingKey(keyPath));
  return verify(null, text, publicKey, readFileSync(`${path}.sig`)) ? text.toString('utf8') : undefined;
}

/** The key of this machine; made when it is first needed, readable by root alone. */
function signingKey(path: string) {
  if (!existsSync(path)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(path, privateKey.export({ type: 'pkcs8', format: 'pem' }), { mode: 0o600, flag: 'wx' });
  }
  return createPrivateKey(readFileSync(path));
}
