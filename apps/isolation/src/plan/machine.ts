/** The facts of this machine that a plan depends on, gathered once so that the plan itself is a pure function. */
import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';

export type Machine = {
  /** Node's word for the processor: which table of system calls the Workstation gets. */
  architecture: string;
  /** Whole seconds since the machine started; Workstations are told that they started now. */
  uptimeSeconds: number;
  /** Which kind of control groups limits memory and processes. */
  controlGroups: 'v1' | 'v2';
  /** A new MAC for the uplink when the configuration asks for a random one. */
  randomMac: string;
};

/** Reads the facts. Needs no rights. */
export function thisMachine(): Machine {
  return {
    architecture: process.arch,
    uptimeSeconds: Math.floor(Number(readFileSync('/proc/uptime', 'utf8').split(' ')[0])),
    controlGroups: existsSync('/sys/fs/cgroup/cgroup.controllers') ? 'v2' : 'v1',
    randomMac: randomMac(randomBytes(6)),
  };
}

/** Six random bytes as a locally administered unicast address: bit 1 of the first byte set, bit 0 not. */
export function randomMac(bytes: Uint8Array): string {
  return [...bytes]
    .map((byte, index) => (index === 0 ? (byte & 0xfc) | 0x02 : byte).toString(16).padStart(2, '0'))
    .join(':');
}
