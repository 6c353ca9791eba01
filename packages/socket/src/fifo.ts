/** First in, first out, without moving what is left at each step. */
export interface Fifo<T> {
  push(item: T): void;
  shift(): T | undefined;
  clear(): void;
}

export function fifo<T>(): Fifo<T> {
  let items: T[] = [];
  let head = 0;
  return {
    push(item) {
      items.push(item);
    },
    shift() {
      if (head === items.length) return undefined;
      const item = items[head]!;
      head++;
      if (head === items.length) {
        items = [];
        head = 0;
      }
      return item;
    },
    clear() {
      items = [];
      head = 0;
    },
  };
}
