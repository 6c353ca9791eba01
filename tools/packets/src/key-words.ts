import { cipher, hmac, type Keys } from "./keys.ts";
import type { Keyring } from "./packet.ts";

const encryptionKey = Buffer.from("000102030405060708090a0b0c0d0e0f", "hex");
const authenticationKey = Buffer.from("f0e0d0c0b0a090807060504030201000f1e1d1c1", "hex");

/** The SPI of the way back. */
export const turned = (spi: number): number => spi + 0x1000;

/** What ESP and AH stand for in the tables, for setkey. */
export const keyWords = {
  ESP: `-E aes-cbc 0x${encryptionKey.toString("hex")} -A hmac-sha1 0x${authenticationKey.toString("hex")}`,
  AH: `-A hmac-sha1 0x${authenticationKey.toString("hex")}`,
};

/** What ESP stands for, for ipseckey. */
export const keysInIpseckey = `encralg aes encrkey ${encryptionKey.toString("hex")} authalg sha1 authkey ${authenticationKey.toString("hex")}`;

const authentication = hmac("sha1", authenticationKey, 12);
const esp: Keys = { authentication, cipher: cipher("aes-128-cbc", encryptionKey, 16) };

/** The tables' SPIs of ESP and AH, there and back. */
export const keyring: Keyring = new Map([
  [0x1001, esp],
  [turned(0x1001), esp],
  [0x1002, { authentication }],
  [turned(0x1002), { authentication }],
]);
