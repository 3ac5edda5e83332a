# What a captured program would try: each line is NAME, then `refused` or `GOT OUT`. System call numbers of x86_64.
# With the argument `four` it stops after the four attempts that would harm nothing where they succeed.
use strict;
$| = 1;
my $four = ($ARGV[0] // '') eq 'four';
sub try { my ($name, $worked) = @_; print "$name: ", ($worked ? "GOT OUT" : "refused"), "\n"; }
sub call { my $result = syscall(shift @_, @_); return $result >= 0; }
try('raw socket', call(41, 2, 3, 1));
try('packet socket', call(41, 17, 3, 0x0300));
try('vsock socket', call(41, 40, 1, 0));
try('new network namespace', call(272, 0x40000000));
exit 0 if $four;
my $first;
my $init = open($first, '<', '/proc/1/ns/net') ? fileno($first) : -1;
try('setns to process 1', $init >= 0 && call(308, $init, 0));
try('bluetooth socket', call(41, 31, 3, 0));
try('kernel crypto socket', call(41, 38, 5, 0));
for my $flag ([user => 0x10000000], [mount => 0x20000], [process => 0x20000000]) {
  try("new $flag->[0] namespace", call(272, $flag->[1]));
}
try('mount', call(165, my $none = 'none', my $where = '/mnt', my $type = 'tmpfs', 0, 0));
try('bpf', call(321, 0, 0, 0));
try('ptrace of another process', call(101, 0x4206, 1, 0, 0));
try('load a module', call(313, 0, 0, 0));
try('set the clock', call(227, 0, my $time = pack('qq', time(), 0)));
try('kernel log', call(103, 3, my $buffer = ' ' x 100, 100));
try('io_uring', call(425, 1, my $ring = "\0" x 120));
try('kernel keyring', call(250, 0, -3, 1));
# Its interface: an ioctl that renames, takes down, or changes the MAC needs power over the namespace.
socket(my $udp, 2, 2, 0);
my $name = pack('a16', 'eth0');
try('take eth0 down', ioctl($udp, 0x8914, my $down = pack('a16s', 'eth0', 0)));
try('change the MAC', ioctl($udp, 0x8924, my $mac = pack('a16S', 'eth0', 1) . "\x02\0\0\0\0\x09" . "\0" x 8));
try('change the address', ioctl($udp, 0x8916, my $address = pack('a16Sna4', 'eth0', 2, 0, "\x0a\x4d\0\x09") . "\0" x 8));
# Moving eth0 into another namespace is a netlink message: RTM_NEWLINK with IFLA_NET_NS_PID.
socket(my $netlink, 16, 3, 0);
my $attribute = pack('SSL', 8, 19, 1);
my $message = pack('LSSLL', 16 + 16 + 8, 16, 5, 1, 0) . pack('CxSlLL', 0, 0, 2, 0, 0) . $attribute;
send($netlink, $message, 0);
recv($netlink, my $answer, 4096, 0);
try('move eth0 to another namespace', unpack('l', substr($answer, 16, 4)) == 0);
try("host's /sys", -e '/sys/class/net');
try("host's disks", scalar(grep { -b } glob('/dev/*')));
try('write to the image', open(my $passwd, '>>', '/etc/passwd'));
try('write kernel settings', open(my $setting, '>', '/proc/sys/net/ipv4/ip_forward'));
my ($memory, $byte, $shadow);
try('read kernel memory', open($memory, '<', '/proc/kcore') && sysread($memory, $byte, 1));
try('become another user', call(105, 0) && $< == 0 && open($shadow, '<', '/etc/shadow'));
# The last: where it succeeds, the paths above lead elsewhere.
try('chroot', call(161, my $root = '/tmp'));
