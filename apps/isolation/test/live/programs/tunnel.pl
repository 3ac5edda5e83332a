# perl tunnel.pl DEVICE connect|listen ADDRESS PORT: a tunnel over one TCP connection, as small as one can be: what comes out of the
# device goes over the connection with its length before it, and the other way round. It opens /dev/net/tun as any VPN does.
use strict;
use Socket;
my ($device, $way, $address, $port) = @ARGV;
open(my $tun, '+<', '/dev/net/tun') or die "tun: $!\n";
# TUNSETIFF with IFF_TUN and IFF_NO_PI: the kernel lets the owner of the device attach, who need not be root.
ioctl($tun, 0x400454ca, my $request = pack('a16Sx22', $device, 0x1001)) or die "attach: $!\n";
socket(my $tcp, PF_INET, SOCK_STREAM, 0);
setsockopt($tcp, SOL_SOCKET, SO_REUSEADDR, 1);
if ($way eq 'listen') {
  bind($tcp, sockaddr_in($port, inet_aton($address))) and listen($tcp, 1) or die "listen: $!\n";
  accept(my $other, $tcp);
  $tcp = $other;
} else {
  connect($tcp, sockaddr_in($port, inet_aton($address))) or die "connect: $!\n";
}
my $waiting = '';
for (;;) {
  my $ready = '';
  vec($ready, fileno($_), 1) = 1 for $tun, $tcp;
  select($ready, undef, undef, undef);
  if (vec($ready, fileno($tun), 1)) {
    sysread($tun, my $packet, 65_535) or die "tun: $!\n";
    syswrite($tcp, pack('n/a*', $packet));
  }
  if (vec($ready, fileno($tcp), 1)) {
    sysread($tcp, $waiting, 65_535, length $waiting) or exit 0;
    while (length $waiting > 2 and length $waiting >= 2 + unpack('n', $waiting)) {
      my $length = unpack('n', $waiting);
      syswrite($tun, substr($waiting, 2, $length));
      $waiting = substr($waiting, 2 + $length);
    }
  }
}
