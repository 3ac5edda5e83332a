/** The seccomp program, run by an interpreter of the few BPF instructions it uses, call by call. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { IsolationError } from '../../src/errors.ts';
import { seccompProgram } from '../../src/plan/seccomp.ts';

const ALLOW = 0x7fff0000;
const KILL = 0x80000000;
const errno = (number: number) => 0x00050000 | number;
const x64 = 0xc000003e;
const arm64 = 0xc00000b7;

type Call = { architecture: number; number: number; arguments: readonly number[] };

/** Runs classic BPF over a `struct seccomp_data`; throws at anything that the kernel would refuse to load. */
function verdict(program: Uint8Array, call: Call): number {
  const input = new DataView(new ArrayBuffer(64));
  input.setUint32(0, call.number, true);
  input.setUint32(4, call.architecture, true);
  call.arguments.forEach((value, index) => {
    input.setBigUint64(16 + index * 8, BigInt(value), true);
  });
  const view = new DataView(program.buffer);
  let accumulator = 0;
  for (let at = 0; ; at += 1) {
    assert.ok(at * 8 < program.length, 'runs past the end');
    const code = view.getUint16(at * 8, true);
    const value = view.getUint32(at * 8 + 4, true);
    const jump = (holds: boolean) => view.getUint8(at * 8 + (holds ? 2 : 3));
    if (code === 0x20) accumulator = input.getUint32(value, true);
    else if (code === 0x15) at += jump(accumulator === value);
    else if (code === 0x35) at += jump(accumulator >= value);
    else if (code === 0x45) at += jump((accumulator & value) !== 0);
    else if (code === 0x06) return value;
    else assert.fail(`unknown instruction ${code}`);
  }
}

const onX64 = (number: number, ...values: number[]) =>
  verdict(seccompProgram('x64'), { architecture: x64, number, arguments: values });
const onArm64 = (number: number, ...values: number[]) =>
  verdict(seccompProgram('arm64'), { architecture: arm64, number, arguments: values });

test('sockets of the families UNIX, INET, INET6 and NETLINK are allowed, all 45 others are not', () => {
  for (let family = 0; family < 49; family += 1) {
    const expected = [1, 2, 10, 16].includes(family) ? ALLOW : errno(97);
    assert.equal(onX64(41, family), expected);
    assert.equal(onArm64(198, family), expected);
  }
});

test('AF_VSOCK, which passes by network namespaces, is refused', () => {
  assert.equal(onX64(41, 40), errno(97));
});

test('threads and processes are allowed, namespaces are not', () => {
  const thread = 0x003d0f00;
  assert.equal(onX64(56, thread), ALLOW);
  for (const flag of [0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000]) {
    assert.equal(onX64(56, thread | flag), errno(1));
    assert.equal(onArm64(220, thread | flag), errno(1));
  }
  assert.equal(onX64(272), errno(1), 'unshare');
  assert.equal(onX64(308), errno(1), 'setns');
  assert.equal(onArm64(97), errno(1), 'unshare');
});

test('clone3 says that it does not exist, so that the C library falls back on clone', () => {
  assert.equal(onX64(435), errno(38));
  assert.equal(onArm64(435), errno(38));
});

test('typing into a terminal is refused, other requests to devices are not', () => {
  assert.equal(onX64(16, 0, 0x5412), errno(1));
  assert.equal(onX64(16, 0, 0x5401), ALLOW);
});

test('another architecture is killed, the second table of x86_64 is absent', () => {
  assert.equal(verdict(seccompProgram('x64'), { architecture: 0x40000003, number: 1, arguments: [] }), KILL);
  assert.equal(onX64(0x40000000 | 41, 40), errno(38));
});

test('reading, writing and connecting are allowed', () => {
  for (const number of [0, 1, 42, 59, 257]) assert.equal(onX64(number), ALLOW);
});

test('a processor without a table is refused', () => {
  assert.throws(() => seccompProgram('riscv64'), IsolationError);
});
