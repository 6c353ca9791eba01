/** The errors that this kernel answers with, by illumos's numbers (sys/errno.h). */
export const Errno = {
  ESRCH: 3,
  ENOMEM: 12,
  EEXIST: 17,
  EINVAL: 22,
  EMSGSIZE: 97,
  EPROTONOSUPPORT: 120,
  EOPNOTSUPP: 122,
} as const;
