/** So many SPIs are tried at random before the next free one is looked for. */
const randomTries = 64;

/** A free SPI of the range, both ends included; undefined if there is none. `random` gives 0 up to but not 1. */
export function freeSpi(
  min: number,
  max: number,
  random: () => number,
  isFree: (spi: number) => boolean,
): number | undefined {
  const count = max - min + 1;
  let spi = min + Math.floor(random() * count);
  for (let tries = 1; tries < randomTries && !isFree(spi); tries++) {
    spi = min + Math.floor(random() * count);
  }
  for (let tries = 0; tries < count; tries++) {
    if (isFree(spi)) return spi;
    spi = spi === max ? min : spi + 1;
  }
  return undefined;
}
