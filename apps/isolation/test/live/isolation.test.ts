/**
 * The live tests: real namespaces, rules, bubblewrap and Tor, in one process, because all stand on one private Tor
 * network that takes half a minute to make.
 */
import { after, before, describe } from 'node:test';
import { auditClaims } from './audit.ts';
import { bridgeClaims } from './bridges.ts';
import { failureClaims } from './failures.ts';
import { imageClaims } from './image.ts';
import { leakClaims } from './leaks.ts';
import { lifecycleClaims } from './lifecycle.ts';
import { mendingClaims } from './mending.ts';
import { onionClaims } from './onion.ts';
import { remoteClaims } from './remote.ts';
import { startRig, stopRig } from './rig.ts';
import { snapshotClaims } from './snapshots.ts';
import { tunnelClaims } from './tunnel.ts';
import { updateClaims } from './updates.ts';
import { uplinkClaims } from './uplink.ts';
import { workstationClaims } from './workstation.ts';

describe('isolation', () => {
  before(startRig, { timeout: 400_000 });
  after(stopRig);
  describe('image', imageClaims);
  describe('lifecycle', lifecycleClaims);
  describe('workstation', workstationClaims);
  describe('audit', auditClaims);
  describe('two machines', remoteClaims);
  describe('tunnel', tunnelClaims);
  describe('bridges', bridgeClaims);
  describe('failures', failureClaims);
  describe('uplink', uplinkClaims);
  describe('onion', onionClaims);
  describe('leaks', leakClaims);
  describe('snapshots', snapshotClaims);
  describe('updates', updateClaims);
  describe('mending', mendingClaims);
});
