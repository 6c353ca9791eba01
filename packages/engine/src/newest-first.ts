/** A value's place in a {@link NewestFirst}. */
export interface Place<T> {
  readonly value: T;
  newer: Place<T> | undefined;
  older: Place<T> | undefined;
  gone: boolean;
}

/** Values in the order in which Linux dumps them. They may come and go while somebody walks along them. */
export interface NewestFirst<T> {
  add(value: T): Place<T>;
  remove(place: Place<T>): void;
  /** Each call gives the next older value. What is added after this one is not seen. */
  walk(): () => T | undefined;
}

export function createNewestFirst<T>(): NewestFirst<T> {
  let newest: Place<T> | undefined;

  return {
    add(value) {
      const place: Place<T> = { value, newer: undefined, older: newest, gone: false };
      if (newest !== undefined) newest.newer = place;
      newest = place;
      return place;
    },

    // The place keeps its `older`, by which a walker that stands on it finds back: nothing is ever added behind it.
    remove(place) {
      place.gone = true;
      if (place.newer === undefined) newest = place.older;
      else place.newer.older = place.older;
      if (place.older !== undefined) place.older.newer = place.newer;
    },

    walk() {
      let next = newest;
      return () => {
        while (next?.gone) next = next.older;
        const value = next?.value;
        next = next?.older;
        return value;
      };
    },
  };
}
