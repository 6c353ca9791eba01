/** The errors that this kernel, or what stands for it, answers with, by Linux's numbers (asm-generic/errno.h). */
export const Errno = {
  ENOENT: 2,
  ESRCH: 3,
  EINTR: 4,
  EBUSY: 16,
  EEXIST: 17,
  EINVAL: 22,
  ENOSYS: 38,
  ELOOP: 40,
  ENODATA: 61,
  EMSGSIZE: 90,
  EPROTONOSUPPORT: 93,
  EOPNOTSUPP: 95,
  ENOBUFS: 105,
} as const;
