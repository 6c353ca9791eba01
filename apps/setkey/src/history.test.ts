import { expect, it } from "vitest";
import { createHistory, HISTORY_LIMIT } from "./history.ts";

it("keeps the newest lines, and takes what the editor has put in out again", () => {
  const history = createHistory();
  const lines = Array.from({ length: HISTORY_LIMIT + 2 }, (_, i) => `spi ${i}`);
  for (const line of lines) history.add([line]);
  const list = ["just entered", "whatever"];
  history.takeOver(list);
  expect(list).toEqual(lines.slice(2).reverse());
  history.add(["flush", ";"]);
  expect(list.slice(0, 3)).toEqual([";", "flush", lines.at(-1)]);
});
