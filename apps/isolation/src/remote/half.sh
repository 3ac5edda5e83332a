#!/bin/sh
# One half of an isolation on machines of their own: puts this machine's half up and takes it down again.
#
#   half up       puts it up; any failure takes every link down and ends with 4
#   half down     takes it down and gives the cards back
#   half status   0 as up left it, 1 not, 4 closed
#   half audit    compares sockets, programs, accounts, capabilities, settings, devices, addresses, routes and rules with the
#                 exact lists in this folder; 0 equal, 1 not
#
# It reads the files beside it and nothing else. Words in capitals come from half.conf.
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH LANG=C
umask 077
here=$(cd "$(dirname "$0")" && pwd) || exit 3
. "$here/half.conf"
run=/run/sotto-half
mark="SOTTO_HALF=$run"

say() { echo "half: $*"; }
cannot() { echo "half: error: $*" >&2; exit 3; }

# --- what is there -----------------------------------------------------------------------------------------------------------

# Every device but loopback, by name.
devices() { ip -o link show | sed 's/^[0-9]*: \([^:@]*\).*/\1/' | grep -vx lo; }

# Every link down: from here on no packet leaves this machine.
close_links() { for device in $(devices); do ip link set "$device" down; done; }

setting_names() { sed 's/ *=.*//' "$here/settings.conf"; }

# `NAME MAC up|down`: not the state of the other end, which may come and go.
device_lines() {
	ip -o link show | while read -r _ name rest; do
		name=${name%:}
		case $rest in *[\<,]UP[,\>]*) state=up ;; *) state=down ;; esac
		mac=$(echo "$rest" | sed -n 's/.*link\/[a-z]* \([^ ]*\).*/\1/p')
		echo "${name%@*} $mac $state"
	done
}

address_lines() { ip -o address show | awk '{ print $2, $4 }'; }
route_lines() {
	{ ip route show table all; ip -6 route show table all; } | sed 's/ linkdown//; s/ dead//; s/ *$//'
	ip rule show
}
rules() { nft --stateless list ruleset; }

# All that the watch compares.
measure() {
	rules
	setting_names | xargs sysctl
	device_lines
	address_lines
	route_lines
}

# The processes that `up` started: they carry the mark; in a Workstation, also all of its account. What has ended and waits for an
# init that never takes note of it holds no socket and cannot end again.
own() {
	for folder in /proc/[0-9]*; do
		pid=${folder#/proc/}
		[ "$pid" = $$ ] && continue
		grep -q '^State:	Z' "$folder/status" 2>/dev/null && continue
		if grep -zqx "$mark" "$folder/environ" 2>/dev/null; then echo "$pid"; continue; fi
		[ "$KIND" = workstation ] && grep -q "^Uid:	$ACCOUNT	" "$folder/status" 2>/dev/null && echo "$pid"
	done
}

# --- up ----------------------------------------------------------------------------------------------------------------------

closed() {
	trap '' INT TERM HUP
	close_links
	[ -d "$run" ] && echo "$*" > "$run/closed"
	echo "half: error: $*; every link is down" >&2
	echo "half: hint: the logs are in $run; \`half down\` clears all" >&2
	exit 4
}

step() {
	what=$1
	shift
	say "$what"
	"$@" || closed "$what: failed"
}

folders() {
	mkdir -p "$run" && chmod 0711 "$run" || return
	echo "$FOLDERS" | while read -r owner mode path; do
		[ -z "$path" ] && continue
		install -d -o "$owner" -g "$owner" -m "$mode" "$path" || return
	done || return
	for path in $EMPTIED; do find "$path" -name '*.auth' -delete || return; done
	echo "$COPIES" | while read -r owner from to; do
		[ -z "$to" ] && continue
		install -o "$owner" -g "$owner" -m 0600 "$here/$from" "$to" || return
	done
}

settings() {
	setting_names | xargs sysctl > "$run/settings.before" && sysctl -q -p "$here/settings.conf"
}

# The cards get the names that the rules speak of; nothing else on this machine knows those.
name_cards() {
	for pair in $CARDS; do
		card=${pair%=*}
		name=${pair#*=}
		ip link set "$card" down || return
		[ "$card" = "$name" ] || ip link set "$card" name "$name" || return
	done
	for name in $RANDOM_MACS; do
		# Locally administered, unicast: 02, then five bytes of the kernel's.
		mac=02$(od -An -N5 -tx1 /dev/urandom | tr ' ' ':') || return
		ip link set "$name" address "$mac" || return
	done
	ip -batch "$here/devices.ip"
}

names() { [ -z "$RESOLVER" ] || mount --bind "$here/$RESOLVER" "$(readlink -f /etc/resolv.conf)"; }

remember() { measure > "$run/expected"; }

start() {
	program=$1
	shift
	env "$mark" setsid "$@" > "$run/$program.log" 2>&1 < /dev/null 9>&- &
	echo $! > "$run/$program.pid"
}

# Whether what `start` started is still there; a Workstation may have no program.
runs() { [ ! -e "$run/$1.pid" ] || kill -0 "$(cat "$run/$1.pid")" 2>/dev/null; }

program() { [ -z "$PROGRAM" ] || start program sh "$here/$PROGRAM"; }
watchman() { start watch sh "$here/half" watch; }

ready() {
	tries=$((READY_SECONDS * 5))
	# A program that says nothing gets a moment to fail.
	[ -n "$READY" ] || sleep 1
	while [ "$tries" -gt 0 ]; do
		[ ! -e "$run/closed" ] && runs watch && runs program || return
		if [ -z "$READY" ] || grep -qF "$READY" "$run/program.log"; then
			: > "$run/up"
			return 0
		fi
		tries=$((tries - 1))
		sleep 0.2
	done
	return 1
}

# The program's own last word says more than ours.
ready_or_say() {
	ready && return
	tail -n 1 "$run/program.log" >&2 2>/dev/null
	return 1
}

up() {
	if [ -e "$run/up" ] && [ ! -e "$run/closed" ] && measure | cmp -s "$run/expected" -; then
		say 'already up'
		return 0
	fi
	down > /dev/null
	trap 'closed interrupted' INT TERM HUP
	step 'folders' folders
	step 'settings' settings
	step 'devices' name_cards
	step 'firewall' nft -f "$here/firewall.nft"
	step 'links' ip -batch "$here/links.ip"
	step 'names' names
	step 'what the watch compares' remember
	step 'watch' watchman
	step 'program' program
	step 'ready' ready_or_say
	say up
}

# --- down --------------------------------------------------------------------------------------------------------------------

end_programs() {
	tries=30
	while pids=$(own) && [ -n "$pids" ]; do
		[ "$tries" -gt 10 ] && signal=TERM || signal=KILL
		kill "-$signal" $pids 2>/dev/null
		tries=$((tries - 1))
		[ "$tries" = 0 ] && return 1
		sleep 0.1
	done
	return 0
}

down() {
	for pair in $CARDS; do ip link set "${pair#*=}" down 2>/dev/null; done
	end_programs || cannot 'a program does not end'
	[ -z "$RESOLVER" ] || umount "$(readlink -f /etc/resolv.conf)" 2>/dev/null
	for table in $TABLES; do nft delete table "${table%.*}" "${table#*.}" 2>/dev/null; done
	for pair in $CARDS; do
		card=${pair%=*}
		name=${pair#*=}
		ip link show "$name" > /dev/null 2>&1 || continue
		ip address flush dev "$name"
		own_mac=$(ip -o link show "$name" | sed -n 's/.*permaddr \([^ ]*\).*/\1/p')
		[ -z "$own_mac" ] || ip link set "$name" address "$own_mac"
		ip link set "$name" arp on
		[ "$card" = "$name" ] || ip link set "$name" name "$card"
	done
	[ ! -e "$run/settings.before" ] || sysctl -q -p "$run/settings.before"
	rm -rf "$run"
	say down
}

# --- watch, status, audit ----------------------------------------------------------------------------------------------------

# A question that fails once is asked again: a machine out of memory for a moment is no drift, twice is.
unchanged() { measure 2>/dev/null | cmp -s "$run/expected" - || measure 2>/dev/null | cmp -s "$run/expected" -; }

watch() {
	while unchanged; do sleep "$WATCH_SECONDS"; done
	close_links
	echo 'something changed' > "$run/closed"
}

status() {
	if [ -e "$run/closed" ]; then
		say "closed: $(cat "$run/closed")"
		return 4
	fi
	if [ ! -e "$run/up" ]; then
		say down
		return 1
	fi
	if ! unchanged; then
		say 'not as up left it'
		return 1
	fi
	if ! runs watch || ! runs program; then
		say 'a program has ended'
		return 1
	fi
	say up
}

# Whoever holds a socket that a packet can reach: the program (in a Gateway), its account, what it may do.
holders() {
	ss -Hnatuwp0 | grep -o 'pid=[0-9]*' | sort -u | cut -d= -f2 | while read -r pid; do
		[ "$KIND" = gateway ] && program=$(readlink "/proc/$pid/exe") || program='the server'
		account=$(awk '/^Uid:/ { print $2, $3, $4, $5 }' "/proc/$pid/status")
		rights=$(awk '/^(Cap(Inh|Prm|Eff|Bnd|Amb)|NoNewPrivs|Seccomp):/ { printf " %s%s", $1, $2 }' "/proc/$pid/status")
		echo "program $program, account $account,$rights"
	done | sort -u
}

audit_lines() {
	# A transport's program takes a port of loopback by chance.
	ss -Hlntuw0 | awk '{ print "socket", $1, $5 }' | sed "$LOOPBACK_PORTS"
	holders
	setting_names | xargs sysctl | sed 's/^/setting /'
	device_lines | sed 's/^/device /' | sed "$HIDE_MACS"
	address_lines | sed 's/^/address /'
	route_lines | sed 's/^/route /'
}

# What the kernel makes of the rules' file, in a network of its own.
rules_of_file() {
	unshare --net sh -c '
		for pair in $2; do ip link add "${pair#*=}" type veth peer name "x${pair#*=}" || exit; done
		nft -f "$1" && nft --stateless list ruleset' sh "$here/firewall.nft" "$CARDS"
}

audit() {
	found=0
	tor=$(id -u "$TOR_ACCOUNT" 2>/dev/null) || tor=
	sed "s/account TOR,/account $tor $tor $tor $tor,/; s/account ACCOUNT,/account $ACCOUNT $ACCOUNT $ACCOUNT $ACCOUNT,/" "$here/audit" |
		LC_ALL=C sort > "$run/audit.wanted"
	audit_lines | LC_ALL=C sort | diff "$run/audit.wanted" - | sed -n 's/^< /missing: /p; s/^> /not expected: /p' > "$run/audit"
	rules_of_file > "$run/rules" || cannot 'no network of its own for a look at the rules'
	rules | diff "$run/rules" - | sed -n 's/^< /missing: rule /p; s/^> /not expected: rule /p' >> "$run/audit"
	[ -s "$run/audit" ] && found=1
	cat "$run/audit"
	[ "$found" = 0 ] && say 'exactly as it must be'
	return "$found"
}

# -----------------------------------------------------------------------------------------------------------------------------

[ "$(id -u)" = 0 ] || cannot 'this needs root'
for needed in $NEEDED; do command -v "$needed" > /dev/null || cannot "there is no $needed: apt-get install $PACKAGES"; done
case ${1:-} in
up | down)
	exec 9> "$run.lock"
	flock --nonblock 9 || cannot 'another half works on this machine'
	"$1"
	;;
watch) watch ;;
status) status ;;
audit)
	[ -e "$run/up" ] || cannot 'nothing is up'
	audit
	;;
*)
	echo 'usage: half up|down|status|audit' >&2
	exit 2
	;;
esac
