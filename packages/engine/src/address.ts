/** One character a byte: for keys of maps. */
export const addressKey = (address: Uint8Array): string => String.fromCharCode(...address);

export const sameAddress = (a: Uint8Array, b: Uint8Array): boolean => addressKey(a) === addressKey(b);
