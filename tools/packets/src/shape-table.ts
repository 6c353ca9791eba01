/** One way to protect what goes between two machines. */
export interface Shape {
  name: string;
  /** Who talks: the gateways themselves, or the hosts behind them. */
  between: "gateways" | "hosts";
  /** The SAs from left to right as setkey's statements, ESP and AH for the keys. */
  sas: readonly string[];
  /** The rules of the policy. */
  rules: string;
  /** The headers of a packet on the cable; behind its SPI `!` for what stands there only if the packet is long. */
  wire: string;
}

// biome-ignore format: one row a line
export const shapes: readonly Shape[] = [
  { name: "ESP in transport mode",               between: "gateways", wire: "ip esp:1001 icmp",                       rules: "esp/transport//require",                                              sas: ["esp 0x1001 ESP"] },
  { name: "ESP in tunnel mode",                  between: "hosts",    wire: "ip esp:1001 ip icmp",                    rules: "esp/tunnel/LEFT-RIGHT/require",                                       sas: ["esp 0x1001 -m tunnel ESP"] },
  { name: "ESP in a tunnel of two hosts",        between: "gateways", wire: "ip esp:1001 ip icmp",                    rules: "esp/tunnel/LEFT-RIGHT/require",                                       sas: ["esp 0x1001 -m tunnel ESP"] },
  { name: "AH in transport mode",                between: "gateways", wire: "ip ah:1001 icmp",                        rules: "ah/transport//require",                                               sas: ["ah 0x1001 AH"] },
  { name: "AH in tunnel mode",                   between: "hosts",    wire: "ip ah:1001 ip icmp",                     rules: "ah/tunnel/LEFT-RIGHT/require",                                        sas: ["ah 0x1001 -m tunnel AH"] },
  { name: "ESP inside AH",                       between: "gateways", wire: "ip ah:1002 esp:1001 icmp",               rules: "esp/transport//require ah/transport//require",                        sas: ["esp 0x1001 ESP", "ah 0x1002 AH"] },
  { name: "ESP in tunnel mode inside AH",        between: "hosts",    wire: "ip ah:1002 esp:1001 ip icmp",            rules: "esp/tunnel/LEFT-RIGHT/require ah/transport//require",                 sas: ["esp 0x1001 -m tunnel ESP", "ah 0x1002 AH"] },
  { name: "IPComp in transport mode",            between: "gateways", wire: "ip ipcomp:1003! icmp",                   rules: "ipcomp/transport//require",                                               sas: ["ipcomp 0x1003 -C deflate"] },
  { name: "IPComp in tunnel mode",               between: "hosts",    wire: "ip ipcomp:1003! ip icmp",                rules: "ipcomp/tunnel/LEFT-RIGHT/require",                                        sas: ["ipcomp 0x1003 -m tunnel -C deflate"] },
  { name: "IPComp inside ESP",                   between: "gateways", wire: "ip esp:1001 ipcomp:1003! icmp",          rules: "ipcomp/transport//require esp/transport//require",                        sas: ["ipcomp 0x1003 -C deflate", "esp 0x1001 ESP"] },
  { name: "IPComp in tunnel mode inside ESP",    between: "hosts",    wire: "ip esp:1001 ipcomp:1003! ip icmp",       rules: "ipcomp/tunnel/LEFT-RIGHT/require esp/transport//require",                 sas: ["ipcomp 0x1003 -m tunnel -C deflate", "esp 0x1001 ESP"] },
  { name: "IPComp inside ESP inside AH",         between: "gateways", wire: "ip ah:1002 esp:1001 ipcomp:1003! icmp",  rules: "ipcomp/transport//require esp/transport//require ah/transport//require",  sas: ["ipcomp 0x1003 -C deflate", "esp 0x1001 ESP", "ah 0x1002 AH"] },
];
