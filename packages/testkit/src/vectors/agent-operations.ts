/** What the vectors of the agent's half ask for, each a call of the protocol's own functions and nothing beside it. */
import { chunkRange, openFileChunk, sealChunk } from '@sotto/protocol/attachment';
import type { AuditEntry } from '@sotto/protocol/audit-chain';
import { nextAuditHead } from '@sotto/protocol/audit-log';
import { box, chunk, openBox, openChunk, openSeal, seal } from '@sotto/protocol/box';
import { fromBase64url, parseUuid, toBase64url, uuidBytes } from '@sotto/protocol/bytes';
import {
  credentialHash,
  deriveCredential,
  enrolmentSeed,
  makeReceipt,
  passwordBytes,
  receiptBytes,
  stretchCredential,
} from '@sotto/protocol/credential';
import { openStatement, signStatement, siteFingerprint } from '@sotto/protocol/directory';
import { boxDraftKeys, openDraftKeys } from '@sotto/protocol/draft';
import { boxIdentity, identityFromSeed, openIdentity } from '@sotto/protocol/identity';
import { type ItemPlace, itemKinds, openItem, sealItem } from '@sotto/protocol/item';
import { carryReportKey, carrySeed, readReportKey, readSeed } from '@sotto/protocol/key-carrier';
import { pad, unpad } from '@sotto/protocol/padding';
import { holds } from '@sotto/protocol/proof-of-work';
import { printRecoveryKey, readRecoveryKey } from '@sotto/protocol/recovery-key';
import { openReportKey, reportCheck, sealReportKey } from '@sotto/protocol/report';
import { chunkCount, chunkLength, paddedFileSize } from '@sotto/protocol/sizes';
import { enrolmentMessage } from '@sotto/protocol/statement';
import { vaultName } from '@sotto/protocol/vault';
import type { Fields } from './fields.ts';
import type { World } from './world.ts';

/** Bytes in an output stand for themselves; the runner writes them in hexadecimal. */
export type Output = Readonly<Record<string, unknown>>;
export type Operation = (fields: Fields, world: World) => Output | Promise<Output>;

const seedKinds = ['identity', 'recovery key', 'escrow seed', 'site seed', 'draft key'] as const;

export const agentOperations: Readonly<Record<string, Operation>> = {
  'read-base64url': (f) => ({ bytes: fromBase64url(f.text('text')) }),
  'write-base64url': (f) => ({ text: toBase64url(f.bytes('bytes')) }),
  'read-id': (f) => ({ bytes: uuidBytes(parseUuid(f.any('id'))) }),

  box: (f, { library }) => ({ box: box(library, f.bytes('key'), f.bytes('message')) }),
  'open-box': (f, { library }) => ({ message: openBox(library, f.bytes('key'), f.bytes('box')) }),
  chunk: (f, { library }) => ({ chunk: chunk(library, f.bytes('key'), f.bytes('message')) }),
  'open-chunk': (f, { library }) => ({ message: openChunk(library, f.bytes('key'), f.bytes('chunk')) }),
  seal: (f, { library }) => ({ seal: seal(library, f.bytes('publicKey'), f.bytes('message')) }),
  'open-seal': (f, { library }) => ({ message: openSeal(library, f.bytes('secretKey'), f.bytes('seal')) }),

  'carry-report-key': (f) => ({ carrier: carryReportKey(reportKey(f)) }),
  'read-report-key': (f) => {
    const { key, whistleblowerPublicKey } = readReportKey(
      f.bytes('carrier'),
      f.id('report'),
      f.number('epoch'),
    );
    return { key, whistleblowerPublicKey };
  },
  'carry-seed': (f) => ({ carrier: carrySeed(f.oneOf('kind', seedKinds), f.id('owner'), f.bytes('seed')) }),
  'read-seed': (f) => ({ seed: readSeed(f.oneOf('kind', seedKinds), f.id('owner'), f.bytes('carrier')) }),

  'read-password': (f) => ({ bytes: passwordBytes(f.text('password')) }),
  'read-receipt': (f) => ({ bytes: receiptBytes(f.text('receipt')) }),
  'make-receipt': (_, { library }) => ({ receipt: makeReceipt(library.random) }),
  'stretch-password': (f, world) => stretched('password', passwordBytes(f.text('password')), f, world),
  'stretch-receipt': (f, world) => stretched('receipt', receiptBytes(f.text('receipt')), f, world),
  'derive-credential': (f, { library }) => {
    const credential = deriveCredential(
      library,
      f.oneOf('use', ['recovery', 'activation']),
      f.bytes('secret'),
    );
    return { ...credential, credential: credentialHash(library, credential) };
  },
  enrol: (f, { library }) => {
    const seed = enrolmentSeed(library, f.bytes('activationSecret'));
    const message = enrolmentMessage(uuidBytes(f.id('user')), f.bytes('publicKey'));
    return { enrolmentKey: library.ed25519PublicKey(seed), signature: library.ed25519Sign(seed, message) };
  },

  'open-enrolment': (f, { library }) => {
    const message = enrolmentMessage(uuidBytes(f.id('user')), f.bytes('publicKey'));
    return { holds: library.ed25519Verify(f.bytes('enrolmentKey'), message, f.bytes('signature')) };
  },

  identity: (f, { library }) => {
    const { secretKey, publicKey, ownKey } = identityFromSeed(library, f.id('owner'), f.bytes('seed'));
    return { secretKey, publicKey, ownKey };
  },
  'box-identity': (f, { library }) => ({
    box: boxIdentity(library, f.bytes('key'), identityFromSeed(library, f.id('owner'), f.bytes('seed'))),
  }),
  'open-identity': (f, { library }) => ({
    seed: openIdentity(library, f.bytes('key'), f.id('owner'), f.bytes('box')).seed,
  }),
  'box-draft-keys': (f, { library }) => ({
    box: boxDraftKeys(library, f.bytes('sessionKey'), {
      reportKey: {
        report: f.id('report'),
        epoch: 0,
        key: f.bytes('key'),
        whistleblowerPublicKey: f.bytes('whistleblowerPublicKey'),
      },
      identity: identityFromSeed(library, f.id('report'), f.bytes('seed')),
      draftKey: f.bytes('draftKey'),
      receipt: f.text('receipt'),
    }),
  }),
  'open-draft-keys': (f, { library }) => {
    const opened = openDraftKeys(library, f.bytes('sessionKey'), f.id('report'), f.bytes('box'));
    const { key, whistleblowerPublicKey } = opened.reportKey;
    const { identity, draftKey, receipt } = opened;
    return { key, whistleblowerPublicKey, seed: identity.seed, draftKey, receipt };
  },
  'vault-name': (f, { library }) => ({ name: vaultName(library, f.bytes('sessionKey')) }),

  submit: (f, { library }) => {
    const report = f.id('report');
    const identity = identityFromSeed(library, report, f.bytes('seed'));
    const made = { report, epoch: 0, key: f.bytes('key'), whistleblowerPublicKey: identity.publicKey };
    return {
      identity: boxIdentity(library, f.bytes('wrapKey'), identity),
      seal: sealReportKey(library, identity.publicKey, made),
      seals: f.bytesList('recipients').map((publicKey) => sealReportKey(library, publicKey, made)),
      check: reportCheck(library, made),
    };
  },

  'seal-item': (f, { library }) => ({
    box: sealItem(library, f.bytes('key'), place(f), {
      seen: f.idOrNobody('seen'),
      content: f.any('content'),
    }),
  }),
  'open-item': (f, { library }) => ({ ...openItem(library, f.bytes('key'), place(f), f.bytes('box')) }),

  'file-layout': (f) => {
    const padded = paddedFileSize(f.number('size'));
    const chunks = chunkCount(padded);
    return { padded, chunks, lastChunk: chunkLength(padded, chunks - 1) };
  },
  'chunk-range': (f) => chunkRange(f.number('size'), f.number('index')),
  'seal-chunk': (f, { library }) => ({
    chunk: sealChunk(library, f.bytes('fileKey'), f.number('size'), f.number('index'), f.bytes('plaintext')),
  }),
  'open-file-chunk': (f, { library }) => ({
    plaintext: openFileChunk(
      library,
      f.bytes('fileKey'),
      f.number('size'),
      f.number('index'),
      f.bytes('chunk'),
    ),
  }),

  grant: (f, { library }) => ({ seal: sealReportKey(library, f.bytes('publicKey'), reportKey(f)) }),
  'open-grant': (f, { library }) => {
    const opened = openReportKey(
      library,
      { secretKey: f.bytes('secretKey') },
      f.bytes('seal'),
      f.id('report'),
      f.number('epoch'),
    );
    return { key: opened.key, whistleblowerPublicKey: opened.whistleblowerPublicKey };
  },
  check: (f, { library }) => ({
    check: reportCheck(library, { report: f.id('report'), epoch: f.number('epoch'), key: f.bytes('key') }),
  }),

  'next-audit-head': (f, { library }) => ({
    head: nextAuditHead(library, f.bytes('head'), f.id('chain'), auditEntry(f)),
  }),

  work: async (f, { workHash }) => ({
    holds: await holds(workHash, f.bytes('token'), BigInt(f.text('counter'))),
  }),

  pad: (f) => ({ padded: pad(f.bytes('message')) }),
  unpad: (f) => ({ message: unpad(f.bytes('padded')) }),

  'sign-statement': (f, { library }) => {
    const siteSeed = f.bytes('siteSeed');
    const siteKey = library.ed25519PublicKey(siteSeed);
    return {
      siteKey,
      fingerprint: siteFingerprint(library, siteKey),
      statement: signStatement(library, siteSeed, f.any('body')),
    };
  },
  'open-statement': (f, { library }) => ({
    body: openStatement(library, f.bytes('siteKey'), f.bytes('statement')),
  }),

  'print-recovery-key': (f, { library }) => ({ printed: printRecoveryKey(library, f.bytes('key')) }),
  'read-recovery-key': (f, { library }) => ({ key: readRecoveryKey(library, f.text('printed')) }),
};

async function stretched(
  use: 'password' | 'receipt',
  secret: Uint8Array<ArrayBuffer>,
  f: Fields,
  { library, stretcher }: World,
): Promise<Output> {
  const credential = await stretchCredential(library, stretcher, use, secret, f.bytes('salt'));
  return { ...credential, credential: credentialHash(library, credential) };
}

function reportKey(f: Fields) {
  return {
    report: f.id('report'),
    epoch: f.number('epoch'),
    key: f.bytes('key'),
    whistleblowerPublicKey: f.bytes('whistleblowerPublicKey'),
  };
}

function place(f: Fields): ItemPlace {
  return {
    kind: f.oneOf('kind', itemKinds),
    report: f.id('report'),
    item: f.id('item'),
    author: f.idOrNobody('author'),
  };
}

/** An entry of the audit log, as both halves read it. */
export function auditEntry(f: Fields): AuditEntry {
  return {
    order: f.number('order'),
    day: f.text('day'),
    actor: f.idOrNobody('actor'),
    act: f.text('act'),
    object: f.idOrNobody('object'),
  };
}
