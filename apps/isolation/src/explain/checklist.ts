/**
 * What no program can do for a person: the items of Whonix’s security guide that are to be known, or done by hand. Each says what
 * this program does about it, what stays with the person, and a question that only the person can answer (`checklist`).
 */

export type Advice = {
  id: string;
  topic: string;
  here: string;
  yours: string;
  /** Answered with yes when all is well. */
  question: string;
};

export const checklist: readonly Advice[] = [
  {
    id: 'machine',
    topic: 'Who has this machine in their hands has what is on it',
    here: 'Nothing of the keys leaves it but in a sealed backup; nothing on it is encrypted by this program.',
    yours:
      'Encrypt its disks and what it swaps to, lock its firmware, keep it where nobody is alone with it, and use it for nothing else.',
    question:
      'Are the disks of this machine encrypted, is nobody alone with it, and is it used for nothing else?',
  },
  {
    id: 'behaviour',
    topic: 'What you do gives you away sooner than what you run',
    here: 'Nothing: no wall hides what is written through it.',
    yours:
      'Keep the name you use here apart from every other. Never log in here to what you use elsewhere; never write from here what only you can know.',
    question: 'Is every name, login and manner of writing that is used here used nowhere else?',
  },
  {
    id: 'gateway-broken',
    topic: 'A Gateway that is broken into knows the address, the destinations and the onion’s keys',
    here: 'It runs Tor alone; what the platform stores and carries is sealed, so it sees ciphertext. Its keys can be backed up (`onion backup`).',
    yours:
      'Install nothing there. After a break-in: new keys on a new machine, and tell people the new name.',
    question:
      'Is a backup of the onion’s keys kept apart from this machine, and its passphrase apart from both?',
  },
  {
    id: 'after-an-escape',
    topic: 'Who gets out of a Workstation has the machine, or at least its sensors',
    here: '`explain engines` says what an escape costs behind each kind of wall.',
    yours:
      'For attachments from strangers take two machines. Remove or cover microphones and cameras; keep telephones out of the room.',
    question: 'Are microphones and cameras removed or covered, and telephones out of the room?',
  },
  {
    id: 'modem',
    topic: 'A mobile modem has a serial number, a card, and a place that the network knows',
    here: 'A modem can be the Gateway’s uplink; there is no IPv6 on it, and only TCP to relays leaves.',
    yours:
      'Bought with cash, used for nothing else, before and after; no card in your name; not at home, not where cameras are, not always in the same place.',
    question: 'Were modem and card bought without a name, and used for nothing but this?',
  },
  {
    id: 'wifi',
    topic: 'An adapter for wireless networks shows its MAC to everybody near',
    here: 'The card moves into the Gateway, and gets a new MAC at every `up` (`mac = "random"`).',
    yours: 'As for a modem. Hotspots that ask for a telephone number or a card are not anonymous.',
    question: 'Is the adapter used for nothing else, and never where you live or work?',
  },
  {
    id: 'workstation-broken',
    topic: 'A Workstation that is broken into gives away all that is in it, but not the address',
    here: '`leaktest` attacks as its root. `snapshot suspect` sets it aside as evidence, and the clean state is current again.',
    yours: 'Keep in it only what it needs. Use another one for another purpose.',
    question: 'Does each Workstation hold only what its one purpose needs?',
  },
  {
    id: 'software',
    topic: 'Every further program is a further way in',
    here: 'Programs enter the clean image alone, from signed sources or as signed files (`update install`).',
    yours:
      'Install what you need, from Debian rather than from elsewhere. A signature says who made it, not that it is harmless.',
    question: 'Did every program in the image come from Debian, or from somebody whose key you compared?',
  },
  {
    id: 'tunnels',
    topic: 'Other networks over a tunnel, inside Tor',
    here: 'Only TCP passes: tunnels over UDP, GRE or raw IP find no way.',
    yours:
      'Do it only with a reason: a tunnel is a program more that can be attacked, and seldom makes anything better.',
    question: 'Has every tunnel a reason that was written down, and that still holds?',
  },
  {
    id: 'tunnel-provider',
    topic: 'Who runs the tunnel sees that you use it, whatever it encrypts',
    here: 'Nothing: it lies behind Tor.',
    yours: 'Pay and register for it as anonymously as you use it.',
    question: 'Was the tunnel paid and registered as anonymously as it is used?',
  },
  {
    id: 'one-destination',
    topic: 'One lasting destination gives up what changing circuits protect',
    here: 'Circuits of different Workstations are never shared.',
    yours:
      'A tunnel, a chat or a sync that always runs makes everything that goes through it one person’s. Give it a Workstation of its own.',
    question: 'Has everything that is always connected a Workstation of its own?',
  },
  {
    id: 'when-and-how-much',
    topic: 'Tor hides where, not when and how much',
    here: 'Connections are padded; the hour of updates is drawn anew each day.',
    yours: 'Who watches both ends can compare. Do not follow a routine.',
    question: 'Is this used at no fixed hours, and by no routine that somebody could follow?',
  },
];
