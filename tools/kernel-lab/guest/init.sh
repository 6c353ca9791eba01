#!/bin/busybox sh
# Process 1 of the guest. It makes everything ready, says so, and sleeps until it is told what to run; in between
# the machine is saved to a file and restored from it, any number of times.
export PATH=/bin
/bin/busybox --install -s /bin
mount -t devtmpfs dev /dev
mount -t proc proc /proc
mount -t sysfs sys /sys

while read -r module; do
  insmod "/modules/$module" || echo "kernel-lab: $module does not load" > /dev/console
done < /modules/order
# Each REGISTER would look for algorithms that are not there by starting modprobe: two seconds.
echo > /proc/sys/kernel/modprobe

for port in /sys/class/virtio-ports/*; do
  ln -s "/dev/${port##*/}" "/dev/$(cat "$port/name")"
done
exec 3<> /dev/control
echo ready >&3
# The first line is the clock and the number of bytes of the script that follows. Nobody there: end of file at once.
until read -r now length <&3; do sleep 0.05; done
date -s "@$now" > /dev/null
head -c "$length" <&3 > /script
echo 7 > /proc/sys/kernel/printk

# The host's files as the root, under a layer of our own that is forgotten.
mount -t tmpfs -o size=75% tmpfs /layer
mkdir /layer/upper /layer/work
mount -t 9p -o trans=virtio,version=9p2000.L,ro,cache=loose,msize=512000 root /host
mount -t overlay -o lowerdir=/host,upperdir=/layer/upper,workdir=/layer/work overlay /root
mount -t devtmpfs dev /root/dev
mkdir -p /root/dev/pts /root/dev/shm
mount -t devpts devpts /root/dev/pts
mount -t proc proc /root/proc
mount -t sysfs sys /root/sys
mkdir -p /root/run/scratch
mount -t 9p -o trans=virtio,version=9p2000.L,msize=512000 scratch /root/run/scratch
mkdir -p /root/run/modules
mount -o bind /modules /root/run/modules
mv /script /root/run/script
ip link set lo up

chroot /root /bin/sh /run/script < /dev/stdin-port > /dev/stdout-port 2> /dev/stderr-port 3>&-
echo "exit $?" >&3
# Whoever asked ends the machine.
while :; do sleep 1000; done
