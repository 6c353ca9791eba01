import { describe, expect, it } from "vitest";
import {
  type AttributeTable,
  errorAttributes,
  sadAttributes,
  spdAttributes,
  xfrmAttributes,
} from "./attribute-tables.ts";
import { type MessageRow, rowOfNumber, rowOfType } from "./message-table.ts";

/** linux/netlink.h and linux/xfrm.h: the number, the name, the least bytes of the body. */
// biome-ignore format: a table
const messages: [number: number, name: string, type: string, body: number][] = [
  [1, "NLMSG_NOOP", "noop", 0],
  [2, "NLMSG_ERROR", "error", 20],
  [3, "NLMSG_DONE", "done", 4],
  [4, "NLMSG_OVERRUN", "overrun", 0],
  [16, "XFRM_MSG_NEWSA", "newSa", 224],
  [17, "XFRM_MSG_DELSA", "delSa", 24],
  [18, "XFRM_MSG_GETSA", "getSa", 24],
  [19, "XFRM_MSG_NEWPOLICY", "newPolicy", 168],
  [20, "XFRM_MSG_DELPOLICY", "delPolicy", 64],
  [21, "XFRM_MSG_GETPOLICY", "getPolicy", 64],
  [22, "XFRM_MSG_ALLOCSPI", "allocSpi", 232],
  [23, "XFRM_MSG_ACQUIRE", "acquire", 280],
  [24, "XFRM_MSG_EXPIRE", "expire", 232],
  [25, "XFRM_MSG_UPDPOLICY", "updPolicy", 168],
  [26, "XFRM_MSG_UPDSA", "updSa", 224],
  [27, "XFRM_MSG_POLEXPIRE", "polExpire", 176],
  [28, "XFRM_MSG_FLUSHSA", "flushSa", 1],
  [29, "XFRM_MSG_FLUSHPOLICY", "flushPolicy", 0],
  [30, "XFRM_MSG_NEWAE", "newAe", 48],
  [31, "XFRM_MSG_GETAE", "getAe", 48],
  [32, "XFRM_MSG_REPORT", "report", 60],
  [33, "XFRM_MSG_MIGRATE", "migrate", 64],
  [34, "XFRM_MSG_NEWSADINFO", "newSadInfo", 4],
  [35, "XFRM_MSG_GETSADINFO", "getSadInfo", 4],
  [36, "XFRM_MSG_NEWSPDINFO", "newSpdInfo", 4],
  [37, "XFRM_MSG_GETSPDINFO", "getSpdInfo", 4],
  [38, "XFRM_MSG_MAPPING", "mapping", 64],
  [39, "XFRM_MSG_SETDEFAULT", "setDefault", 3],
  [40, "XFRM_MSG_GETDEFAULT", "getDefault", 3],
  [41, "XFRM_MSG_MIGRATE_STATE", "migrateState", 132],
];

describe("types of messages", () => {
  it.each(messages)("%i %s", (number, _name, type, body) => {
    const row = rowOfNumber.get(number)!;
    expect([row.type, row.body?.minimum ?? 0]).toEqual([type, body]);
    expect(rowOfType.get(row.type)).toBe(row);
  });

  it("there are no others", () => {
    expect([rowOfNumber.size, rowOfType.size]).toEqual([messages.length, messages.length]);
  });
});

/** The number, the name after its prefix, the kind, the least bytes of the value. */
// biome-ignore format: tables
const attributes: [prefix: string, AttributeTable, [number: number, name: string, kind: string, minimum: number][]][] = [
  ["XFRMA_", xfrmAttributes, [
    [1, "ALG_AUTH", "algAuth", 68],
    [2, "ALG_CRYPT", "algCrypt", 68],
    [3, "ALG_COMP", "algComp", 68],
    [4, "ENCAP", "encap", 24],
    [5, "TMPL", "tmpl", 0],
    [6, "SA", "sa", 224],
    [7, "POLICY", "policy", 168],
    [8, "SEC_CTX", "secCtx", 8],
    [9, "LTIME_VAL", "ltimeVal", 32],
    [10, "REPLAY_VAL", "replayVal", 12],
    [11, "REPLAY_THRESH", "replayThresh", 4],
    [12, "ETIMER_THRESH", "etimerThresh", 4],
    [13, "SRCADDR", "srcAddr", 16],
    [14, "COADDR", "coAddr", 16],
    [15, "LASTUSED", "lastUsed", 8],
    [16, "POLICY_TYPE", "policyType", 6],
    [17, "MIGRATE", "migrate", 0],
    [18, "ALG_AEAD", "algAead", 72],
    [19, "KMADDRESS", "kmAddress", 40],
    [20, "ALG_AUTH_TRUNC", "algAuthTrunc", 72],
    [21, "MARK", "mark", 8],
    [22, "TFCPAD", "tfcPad", 4],
    [23, "REPLAY_ESN_VAL", "replayEsnVal", 24],
    [24, "SA_EXTRA_FLAGS", "saExtraFlags", 4],
    [25, "PROTO", "proto", 1],
    [26, "ADDRESS_FILTER", "addressFilter", 36],
    [27, "PAD", "pad", 0],
    [28, "OFFLOAD_DEV", "offloadDev", 8],
    [29, "SET_MARK", "setMark", 4],
    [30, "SET_MARK_MASK", "setMarkMask", 4],
    [31, "IF_ID", "ifId", 4],
    [32, "MTIMER_THRESH", "mtimerThresh", 4],
    [33, "SA_DIR", "saDir", 1],
    [34, "NAT_KEEPALIVE_INTERVAL", "natKeepaliveInterval", 4],
    [35, "SA_PCPU", "saPcpu", 4],
    [36, "IPTFS_DROP_TIME", "iptfsDropTime", 4],
    [37, "IPTFS_REORDER_WINDOW", "iptfsReorderWindow", 2],
    [38, "IPTFS_DONT_FRAG", "iptfsDontFrag", 0],
    [39, "IPTFS_INIT_DELAY", "iptfsInitDelay", 4],
    [40, "IPTFS_MAX_QSIZE", "iptfsMaxQsize", 4],
    [41, "IPTFS_PKT_SIZE", "iptfsPktSize", 4],
  ]],
  ["XFRMA_SAD_", sadAttributes, [
    [1, "CNT", "sadCnt", 4],
    [2, "HINFO", "sadHinfo", 8],
  ]],
  ["XFRMA_SPD_", spdAttributes, [
    [1, "INFO", "spdInfo", 24],
    [2, "HINFO", "spdHinfo", 8],
    [3, "IPV4_HTHRESH", "spdIpv4Hthresh", 2],
    [4, "IPV6_HTHRESH", "spdIpv6Hthresh", 2],
  ]],
  ["NLMSGERR_ATTR_", errorAttributes, [
    [1, "MSG", "errMsg", 0],
    [2, "OFFS", "errOffs", 4],
    [3, "COOKIE", "errCookie", 0],
    [5, "MISS_TYPE", "errMissType", 4],
    [6, "MISS_NEST", "errMissNest", 4],
  ]],
];

describe.each(attributes)("%s", (_prefix, table, rows) => {
  it.each(rows)("%i %s", (number, _name, kind, minimum) => {
    const row = table.byType.get(number)!;
    expect([row.kind, row.structure.minimum]).toEqual([kind, minimum]);
    expect(table.byKind.get(row.kind)).toBe(row);
  });

  it("has no others", () => {
    expect([table.byType.size, table.byKind.size]).toEqual([rows.length, rows.length]);
  });
});

/** Which messages have other attributes than XFRMA_*. */
const others: [type: MessageRow["type"], table: AttributeTable][] = [
  ["newSadInfo", sadAttributes],
  ["getSadInfo", sadAttributes],
  ["newSpdInfo", spdAttributes],
  ["getSpdInfo", spdAttributes],
  ["noop", errorAttributes],
  ["error", errorAttributes],
  ["done", errorAttributes],
  ["overrun", errorAttributes],
];

it("each message has the attributes of its kind", () => {
  const tables = new Map(others);
  for (const [type, row] of rowOfType) expect(row.attributes).toBe(tables.get(type) ?? xfrmAttributes);
});
