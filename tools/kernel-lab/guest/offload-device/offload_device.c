// SPDX-License-Identifier: MIT OR GPL-2.0
/*
 * Network devices that take SAs of ESP over from the kernel, as a card with hardware for IPsec does: each driver of
 * Debian's kernel that can do so wants its card. These encipher nothing: what is sent goes out as the kernel leaves it to
 * the hardware, and then nowhere.
 *
 *     ip link add offload0 type offload
 *     cat /proc/offloaded          DEVICE DIRECTION SOURCE DESTINATION SPI [ALGORITHM BITS]...
 *
 * Written from struct xfrmdev_ops of Linux 6.1 (<linux/netdevice.h>); later kernels give its functions more arguments.
 */
#include <linux/etherdevice.h>
#include <linux/module.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>
#include <net/rtnetlink.h>
#include <net/xfrm.h>

/* An SA that a device holds; the SA's offload_handle points back here. */
struct offloaded {
	struct list_head list;
	const struct xfrm_state *sa;
};

static LIST_HEAD(all);
/* A process adds an SA; a timer, too, may delete it. */
static DEFINE_SPINLOCK(lock);

/* After EOPNOTSUPP the kernel enciphers by itself, any other error refuses the SA: a cipher for each. */
static int refusal(const struct xfrm_state *sa)
{
	const char *cipher = sa->ealg ? sa->ealg->alg_name : "";

	if (!strcmp(cipher, "ecb(cipher_null)"))
		return -EOPNOTSUPP;
	return strcmp(cipher, "cbc(des3_ede)") ? 0 : -EINVAL;
}

static int sa_add(struct xfrm_state *sa)
{
	int error = refusal(sa);
	struct offloaded *one = error ? NULL : kmalloc(sizeof(*one), GFP_KERNEL);

	if (!one)
		return error ? error : -ENOMEM;
	one->sa = sa;
	sa->xso.offload_handle = (unsigned long)one;
	spin_lock_bh(&lock);
	list_add_tail(&one->list, &all);
	spin_unlock_bh(&lock);
	return 0;
}

static void sa_delete(struct xfrm_state *sa)
{
	spin_lock_bh(&lock);
	list_del(&((struct offloaded *)sa->xso.offload_handle)->list);
	spin_unlock_bh(&lock);
}

static void sa_free(struct xfrm_state *sa)
{
	kfree((void *)sa->xso.offload_handle);
}

static const struct xfrmdev_ops xfrm_functions = {
	.xdo_dev_state_add = sa_add,
	.xdo_dev_state_delete = sa_delete,
	.xdo_dev_state_free = sa_free,
};

static netdev_tx_t transmit(struct sk_buff *packet, struct net_device *device)
{
	dev_kfree_skb(packet);
	return NETDEV_TX_OK;
}

static const struct net_device_ops functions = { .ndo_start_xmit = transmit };

static void setup(struct net_device *device)
{
	ether_setup(device);
	eth_hw_addr_random(device);
	device->netdev_ops = &functions;
	device->xfrmdev_ops = &xfrm_functions;
	device->features |= NETIF_F_HW_ESP;
	/* A packet of ESP counts as encapsulated. */
	device->hw_enc_features |= NETIF_F_HW_ESP;
	/* There is nobody to ask for addresses. */
	device->flags |= IFF_NOARP;
	device->needs_free_netdev = true;
}

static struct rtnl_link_ops kind = { .kind = "offload", .setup = setup };

static int show(struct seq_file *file, void *unused)
{
	struct offloaded *one;

	spin_lock_bh(&lock);
	list_for_each_entry(one, &all, list) {
		const struct xfrm_state *sa = one->sa;

		seq_printf(file, "%s %s ", sa->xso.dev->name, sa->xso.dir == XFRM_DEV_OFFLOAD_IN ? "in" : "out");
		seq_printf(file, sa->props.family == AF_INET ? "%pI4 %pI4" : "%pI6c %pI6c", &sa->props.saddr, &sa->id.daddr);
		seq_printf(file, " 0x%x", ntohl(sa->id.spi));
		if (sa->ealg)
			seq_printf(file, " %s %u", sa->ealg->alg_name, sa->ealg->alg_key_len);
		if (sa->aalg)
			seq_printf(file, " %s %u", sa->aalg->alg_name, sa->aalg->alg_key_len);
		if (sa->aead)
			seq_printf(file, " %s %u", sa->aead->alg_name, sa->aead->alg_key_len);
		seq_putc(file, '\n');
	}
	spin_unlock_bh(&lock);
	return 0;
}

static int __init begin(void)
{
	int error = rtnl_link_register(&kind);

	if (!error)
		proc_create_single("offloaded", 0444, NULL, show);
	return error;
}
module_init(begin);

MODULE_DESCRIPTION("Network devices that take SAs of ESP over from the kernel");
MODULE_LICENSE("Dual MIT/GPL");
