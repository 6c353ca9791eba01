import { expect, it } from "vitest";
import { grouped, megabytes, ratio, seconds, table } from "./markdown.ts";

it("a table has its columns under each other", () => {
  expect(
    table(
      ["", "count", "s"],
      [
        ["parse", grouped(100_000), seconds(1066)],
        ["a longer name", "7", seconds(undefined)],
      ],
    ),
  ).toBe(
    "|               |   count |    s |\n" +
      "| ------------- | ------: | ---: |\n" +
      "| parse         | 100,000 | 1.07 |\n" +
      "| a longer name |       7 |    - |\n",
  );
});

it("figures are short", () => {
  expect([megabytes(95_912_345), megabytes(undefined), ratio(3, 2)]).toEqual(["95.9", "-", "1.50"]);
});
