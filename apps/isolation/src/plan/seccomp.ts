/**
 * The system calls a Workstation may not make, as a classic BPF program for bubblewrap's `--seccomp`.
 *
 * A list of refusals, not of permissions: a Workstation runs any program of a distribution. What is refused opens
 * a door out (other address families, namespaces, mounts) or a part of the kernel that nothing here needs.
 * Sources: linux/seccomp.h, linux/bpf_common.h, asm/unistd_64.h, asm-generic/unistd.h, linux/audit.h.
 */
import { IsolationError } from '../errors.ts';

/** Audit architecture and system call numbers: x86_64 first, arm64 second; -1 where it has none. */
const architectures = {
  x64: { audit: 0xc000003e, column: 0 },
  arm64: { audit: 0xc00000b7, column: 1 },
} as const;

/** The errno a refused call gets: EPERM for what is forbidden, ENOSYS for what has an older form to fall back on. */
const EPERM = 1;
const ENOSYS = 38;
const EAFNOSUPPORT = 97;

const refused: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
  unshare: [272, 97],
  setns: [308, 268],
  mount: [165, 40],
  umount2: [166, 39],
  pivot_root: [155, 41],
  chroot: [161, 51],
  open_tree: [428, 428],
  move_mount: [429, 429],
  fsopen: [430, 430],
  fsconfig: [431, 431],
  fsmount: [432, 432],
  fspick: [433, 433],
  mount_setattr: [442, 442],
  open_by_handle_at: [304, 265],
  name_to_handle_at: [303, 264],
  ptrace: [101, 117],
  process_vm_readv: [310, 270],
  process_vm_writev: [311, 271],
  kcmp: [312, 272],
  pidfd_getfd: [438, 438],
  bpf: [321, 280],
  perf_event_open: [298, 241],
  userfaultfd: [323, 282],
  add_key: [248, 217],
  request_key: [249, 218],
  keyctl: [250, 219],
  init_module: [175, 105],
  finit_module: [313, 273],
  delete_module: [176, 106],
  kexec_load: [246, 104],
  kexec_file_load: [320, 294],
  reboot: [169, 142],
  syslog: [103, 116],
  acct: [163, 89],
  swapon: [167, 224],
  swapoff: [168, 225],
  settimeofday: [164, 170],
  clock_settime: [227, 112],
  clock_adjtime: [305, 266],
  adjtimex: [159, 171],
  quotactl: [179, 60],
  iopl: [172, -1],
  ioperm: [173, -1],
};

/** Programs use these when they are there and do without when they are not. */
const absent: Readonly<Record<string, readonly [x64: number, arm64: number]>> = {
  // clone3 hides its flags behind a pointer; without it the C library uses clone, whose flags are checked below.
  clone3: [435, 435],
  io_uring_setup: [425, 425],
  io_uring_enter: [426, 426],
  io_uring_register: [427, 427],
};

const callNumbers = { socket: [41, 198], clone: [56, 220], ioctl: [16, 29] } as const;

/** AF_UNIX, AF_INET, AF_INET6, AF_NETLINK. F7: AF_VSOCK reaches the hypervisor past every network namespace. */
const socketFamilies = [1, 2, 10, 16];

/** CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET. */
const namespaceFlags =
  0x00020000 | 0x02000000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000;

/** Types into a terminal as if its user did. */
const TIOCSTI = 0x5412;

/** x86_64's second table of calls (x32) starts here: the same calls under other numbers. */
const x32 = 0x40000000;

/** Offsets in `struct seccomp_data`, bytes; arguments are 64 bits wide, their low half first. */
const offset = { call: 0, architecture: 4, argument0: 16, argument1: 24 } as const;

/** Opcodes: load a word, jump if equal, if greater or equal, if any bit is set, return. */
const op = { load: 0x20, equal: 0x15, atLeast: 0x35, anyBit: 0x45, give: 0x06 } as const;
const ALLOW = 0x7fff0000;
const ERRNO = 0x00050000;
const KILL = 0x80000000;

type Instruction = { code: number; yes: number; no: number; value: number };

/**
 * The program's bytes: `struct sock_filter` after `struct sock_filter`, 8 bytes each, little-endian.
 *
 * @throws IsolationError `CANNOT_HERE` on a processor without a table of calls here.
 */
export function seccompProgram(architecture: string): Uint8Array {
  if (architecture !== 'x64' && architecture !== 'arm64') {
    throw new IsolationError(
      'CANNOT_HERE',
      `no list of system calls for ${architecture}`,
      'x64 and arm64 have one.',
    );
  }
  const { audit, column } = architectures[architecture];
  const program: Instruction[] = [
    load(offset.architecture),
    { code: op.equal, yes: 1, no: 0, value: audit },
    give(KILL),
    load(offset.call),
  ];
  if (architecture === 'x64')
    program.push({ code: op.atLeast, yes: 0, no: 1, value: x32 }, give(ERRNO | ENOSYS));
  program.push(...answers(refused, column, EPERM), ...answers(absent, column, ENOSYS));
  program.push(
    ...onCall(callNumbers.socket[column], [
      load(offset.argument0),
      ...socketFamilies.flatMap((family) => [{ code: op.equal, yes: 0, no: 1, value: family }, give(ALLOW)]),
      give(ERRNO | EAFNOSUPPORT),
    ]),
    ...onCall(callNumbers.clone[column], [
      load(offset.argument0),
      { code: op.anyBit, yes: 0, no: 1, value: namespaceFlags },
      give(ERRNO | EPERM),
      give(ALLOW),
    ]),
    ...onCall(callNumbers.ioctl[column], [
      load(offset.argument1),
      { code: op.equal, yes: 0, no: 1, value: TIOCSTI },
      give(ERRNO | EPERM),
      give(ALLOW),
    ]),
    give(ALLOW),
  );
  return assemble(program);
}

function load(at: number): Instruction {
  return { code: op.load, yes: 0, no: 0, value: at };
}

function give(value: number): Instruction {
  return { code: op.give, yes: 0, no: 0, value };
}

function answers(calls: typeof refused, column: 0 | 1, errno: number): Instruction[] {
  return Object.values(calls)
    .map((numbers) => numbers[column])
    .filter((number) => number >= 0)
    .flatMap((number) => [{ code: op.equal, yes: 0, no: 1, value: number }, give(ERRNO | errno)]);
}

/** `body` runs for one call and must end in an answer: the accumulator no longer holds the call's number. */
function onCall(number: number, body: readonly Instruction[]): Instruction[] {
  return [{ code: op.equal, yes: 0, no: body.length, value: number }, ...body];
}

function assemble(program: readonly Instruction[]): Uint8Array {
  const bytes = new Uint8Array(program.length * 8);
  const view = new DataView(bytes.buffer);
  program.forEach(({ code, yes, no, value }, index) => {
    view.setUint16(index * 8, code, true);
    view.setUint8(index * 8 + 2, yes);
    view.setUint8(index * 8 + 3, no);
    view.setUint32(index * 8 + 4, value >>> 0, true);
  });
  return bytes;
}
