/** A list that shares its beginning with the shorter ones: copying an array at each step would take quadratic time. */
export interface Linked<T> {
  before: Linked<T> | undefined;
  last: T;
}

/** The items, first one first. */
export function arrayOf<T>(list: Linked<T> | undefined): T[] {
  const items: T[] = [];
  for (let link = list; link !== undefined; link = link.before) items.push(link.last);
  return items.reverse();
}
