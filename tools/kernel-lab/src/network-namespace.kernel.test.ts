import assert from "node:assert/strict";
import { test } from "node:test";
import { ip, NetworkNamespace } from "./network-namespace.ts";

test("two networks see nothing of each other", () => {
  const one = new NetworkNamespace();
  ip("link", "add", "d0", "type", "dummy");
  const other = new NetworkNamespace();
  assert.equal(ip("-br", "link").includes("d0"), false);
  one.enter();
  assert.equal(ip("-br", "link").includes("d0"), true);
  one.close();
  other.close();
});
