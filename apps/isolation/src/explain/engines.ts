/** What it costs when a program gets out of its Workstation, by the kind of wall it stood behind. */

export type EngineCost = { id: string; engine: string; wall: string; cost: string };

/** From the thinnest wall to the thickest. The first and the last are made by this program; the rest is for comparison. */
export const engineCosts: readonly EngineCost[] = [
  {
    id: 'netns',
    engine: 'netns: one machine, network namespaces (this program)',
    wall: 'The kernel. A fault in it that can be reached from inside, past seccomp and without capabilities, is the way out.',
    cost: 'Everything on the machine: its address, the onion’s keys, every Workstation. Sensors and serial numbers too.',
  },
  {
    id: 'virtual-machine',
    engine: 'a virtual machine in a Workstation (not made by this program yet)',
    wall: 'The hypervisor’s pretended devices, and then the Workstation around it: who gets out of the first stands in the second.',
    cost: 'After the first wall nothing but what the Workstation holds; after both, what is above.',
  },
  {
    id: 'remote',
    engine: 'remote: two machines',
    wall: 'The cable between them. A Workstation that is taken over with its kernel still speaks to Tor alone.',
    cost: 'Everything on the Workstation’s machine, and its serial numbers, sensors, microphones and radios, by which place and machine can be recognised. Not the address: the Gateway holds it, with the onion’s keys.',
  },
];
