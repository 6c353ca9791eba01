import { fileURLToPath } from "node:url";

/** The example that the repository shows. */
export const exampleFile: string = fileURLToPath(
  new URL("../../../../examples/setkey.conf", import.meta.url),
);

/** What a kernel holds after examples/setkey.conf, as ip-xfrm(8) says, the newest first. */
export const exampleHeld = {
  states: [
    "src 10.0.11.41 dst 10.0.11.34 proto esp spi 0x00010001 reqid 0 mode tunnel replay-window 32 auth-trunc hmac(md5) 0x61757468656e7469636174696f6e2121 96 enc cbc(des) 0x4553502077697468",
    "src 10.0.11.41 dst 10.0.11.33 proto ah spi 0x0001e240 reqid 0 mode transport replay-window 32 auth-trunc hmac(sha1) 0x414820534120636f6e66696775726174696f6e21 96",
    "src 10.0.11.41 dst 10.0.11.33 proto esp spi 0x0001e241 reqid 0 mode tunnel replay-window 0 enc cbc(des) 0x4553502053412121",
  ],
  policies: [
    "src 192.168.0.1/32 dst 192.168.0.3/32 sport 23 dir out priority 2147483648 ptype main tmpl src 10.0.11.41 dst 10.0.11.33 proto esp reqid 0 mode tunnel tmpl src 0.0.0.0 dst 0.0.0.0 proto ah reqid 0 mode transport",
    "src 192.168.0.1/32 dst 192.168.0.2/32 sport 23 dir out priority 2147483648 ptype main tmpl src 10.0.11.41 dst 10.0.11.34 proto esp reqid 0 mode tunnel",
  ],
};
